"""The bounds that statistical tests use leave out just the tails they say."""

from math import comb, exp, factorial

import exact


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
