"""Timers: in order of their instants, and of their setting where those are equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.core.timers import Timers


@given(st.lists(st.integers(0, 5)))
def test_timers_ring_in_order_and_ties_go_to_the_one_set_first(dues: list[int]) -> None:
    timers = Timers()
    for place, due in enumerate(dues):
        timers.set(due, "ring", str(place))

    rung = [timers.pop() for _ in dues]

    assert [(due, int(subject)) for due, _, _, subject in rung] == sorted(
        (due, place) for place, due in enumerate(dues)
    )


def test_what_rings_next_can_be_asked() -> None:
    timers = Timers()

    assert timers.due is None

    timers.set(7, "ring", "later")
    timers.set(3, "ring", "sooner")

    assert (timers.due, len(timers)) == (3, 2)


def test_an_empty_queue_gives_nothing() -> None:
    with pytest.raises(IndexError):
        Timers().pop()


def test_a_copy_rings_on_its_own() -> None:
    timers = Timers()
    timers.set(1, "ring", "x")

    twin = timers.copy()
    twin.pop()
    twin.set(2, "ring", "y")

    assert timers.pop() == (1, 1, "ring", "x")
    assert twin.pop() == (2, 2, "ring", "y")
