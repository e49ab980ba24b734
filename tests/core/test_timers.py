"""Timers: in order of their instants, and of their setting where those are equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.core.timers import Timers


@given(st.lists(st.integers(0, 5)))
def test_timers_ring_in_order_and_ties_go_to_the_one_set_first(dues: list[int]) -> None:
    timers: Timers[int] = Timers()
    for place, due in enumerate(dues):
        timers.set(due, place)

    rung = [timers.pop() for _ in dues]

    assert rung == sorted((due, place) for place, due in enumerate(dues))


def test_what_rings_next_can_be_asked() -> None:
    timers: Timers[str] = Timers()

    assert timers.due is None

    timers.set(7, "later")
    timers.set(3, "sooner")

    assert (timers.due, len(timers)) == (3, 2)


def test_an_empty_queue_gives_nothing() -> None:
    with pytest.raises(IndexError):
        Timers[str]().pop()
