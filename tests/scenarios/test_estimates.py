"""Means come with the intervals of Student's t distribution."""

import math

import pytest

from mturk_sim.scenarios.estimates import estimate, student


@pytest.mark.parametrize(
    ("freedom", "bound"), [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (30, 2.042), (200, 1.972)]
)
def test_bounds_are_those_of_the_tables(freedom: int, bound: float) -> None:
    assert student(freedom) == pytest.approx(bound, abs=5e-4)


def test_an_estimate_is_a_mean_and_an_interval() -> None:
    found = estimate([1.0, 2.0, 3.0])

    assert found.mean == 2.0
    assert found.half_width == pytest.approx(4.303 / math.sqrt(3), abs=1e-3)
    assert (found.low, found.high) == (found.mean - found.half_width, found.mean + found.half_width)
    assert str(found) == "2 ± 2.5"


def test_what_is_not_a_number_does_not_count() -> None:
    assert estimate([1.0, math.nan, 3.0]).values == (1.0, 3.0)


def test_one_value_has_no_interval_and_none_no_mean() -> None:
    assert str(estimate([5.0])) == "5"
    assert str(estimate([])) == "–"
