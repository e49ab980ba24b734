"""Draws on behalf of an entity have the distributions they are called by."""

import math

import exact
import pytest

from mturk_sim.core.draws import Draws
from mturk_sim.workers.luck import Luck, lognormal_at

LUCK = Luck(Draws(5), ("test",))
MANY = 4000


def test_what_belongs_to_an_entity_has_draws_of_its_own_and_always_the_same() -> None:
    one, other = LUCK.of("a"), LUCK.of("b")

    assert one.uniform("x") == LUCK.of("a").uniform("x")
    assert len({one.uniform("x"), one.uniform("y"), one.uniform("x", 1), other.uniform("x")}) == 4


def test_numbers_that_are_drawn_together_are_uniform_and_independent_of_how_many_there_are() -> None:
    below = sum(u < 0.25 for n in range(500) for u in LUCK.uniforms(8, "together", n))

    assert below in exact.binomial(4000, 0.25)
    assert all(0 <= u < 1 for u in LUCK.uniforms(9, "together"))


@pytest.mark.parametrize("shape", [0.35, 0.48, 1.0, 2.23, 20.0])
def test_gamma_numbers_lie_below_the_mean_as_often_as_they_should(shape: float) -> None:
    below = sum(LUCK.gamma(shape, "gamma", n) < shape for n in range(MANY))

    assert below in exact.binomial(MANY, lower_gamma(shape, shape))


@pytest.mark.parametrize(("a", "b"), [(10.96, 2.23), (1.0, 3.0), (0.96, 18.6)])
def test_beta_numbers_have_the_mean_and_spread_of_their_parameters(a: float, b: float) -> None:
    numbers = [LUCK.beta(a, b, "beta", n) for n in range(MANY)]
    mean = a / (a + b)
    sd = math.sqrt(mean * (1 - mean) / (a + b + 1))

    assert all(0 <= number <= 1 for number in numbers)
    assert sum(numbers) / MANY == pytest.approx(mean, abs=5 * sd / math.sqrt(MANY))
    assert math.sqrt(sum((x - mean) ** 2 for x in numbers) / MANY) == pytest.approx(sd, rel=0.1)


def test_beta_numbers_with_one_sided_parameters_are_uniform_after_a_power() -> None:
    below = sum(LUCK.beta(2.0, 1.0, "beta", n) < 0.5 for n in range(MANY))

    assert below in exact.binomial(MANY, 0.25)


@pytest.mark.parametrize(
    ("multiple", "share"), [(0.377, 0.05), (0.670, 0.25), (1.0, 0.5), (1.492, 0.75), (2.652, 0.95)]
)
def test_log_normal_numbers_have_the_published_quantiles_of_work_times(multiple: float, share: float) -> None:
    assert lognormal_at(share, 1.0, 0.593) == pytest.approx(multiple, rel=1e-3)

    below = sum(LUCK.lognormal(10.0, 0.593, "work", n) < 10 * multiple for n in range(MANY))
    assert below in exact.binomial(MANY, share)


def lower_gamma(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function, by its series."""
    term = total = 1 / shape
    for n in range(1, 500):
        term *= x / (shape + n)
        total += term
    return total * math.exp(shape * math.log(x) - x - math.lgamma(shape))


def test_draws_are_those_of_the_whole_key() -> None:
    draws, luck = Draws(5), Luck(Draws(5), ("worker", 7))

    assert luck.of("x").uniform("y", 3) == draws.uniform("worker", 7, "x", "y", 3)
    assert luck.integer(10**9, "y", 3) == draws.integer(10**9, "worker", 7, "y", 3)
    assert luck.normal("y", 3) == draws.normal("worker", 7, "y", 3)
    assert luck.exponential(1.0, "y", 3) == draws.exponential("worker", 7, "y", 3)
    assert luck.choice("abc", "y", 3) == draws.choice("abc", "worker", 7, "y", 3)
