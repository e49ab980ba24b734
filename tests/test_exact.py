"""The bounds that statistical tests use leave out just the tails they say."""

from math import comb, exp, factorial

import exact
import pytest


def test_binomial_bounds_leave_out_less_than_a_tail_and_not_a_count_more() -> None:
    chances = [comb(50, k) * 0.3**k * 0.7 ** (50 - k) for k in range(51)]
    within = exact.binomial(50, 0.3)

    assert sum(chances[: within.start]) < exact.TAIL <= sum(chances[: within.start + 1])
    assert sum(chances[within.stop :]) < exact.TAIL <= sum(chances[within.stop - 1 :])


def test_poisson_bounds_leave_out_less_than_a_tail_and_not_a_count_more() -> None:
    chances = [exp(-9.0) * 9.0**k / factorial(k) for k in range(80)]
    within = exact.poisson(9.0)

    assert sum(chances[: within.start]) < exact.TAIL <= sum(chances[: within.start + 1])
    assert sum(chances[within.stop :]) < exact.TAIL <= sum(chances[within.stop - 1 :])


def test_what_is_certain_has_no_tails() -> None:
    assert list(exact.binomial(7, 1)) == [7]
    assert list(exact.binomial(7, 0)) == [0]


def test_trials_of_equal_chance_have_the_binomial_distribution_and_its_bounds() -> None:
    masses = exact.successes([0.3] * 50)

    assert masses[15] == pytest.approx(comb(50, 15) * 0.3**15 * 0.7**35)
    assert sum(masses) == pytest.approx(1)
    assert exact.within(masses) == exact.binomial(50, 0.3)
