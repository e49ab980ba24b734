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

    assert [(due, int(subject)) for due, _, subject in rung] == sorted((due, place) for place, due in enumerate(dues))


def test_what_rings_next_can_be_asked() -> None:
    timers = Timers()

    assert timers.due is None

    timers.set(7, "ring", "later")
    timers.set(3, "ring", "sooner")

    assert (timers.due, len(timers)) == (3, 2)


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=60))
def test_setting_and_ringing_in_turns_keeps_the_order(steps: list[int | None]) -> None:
    """A number sets a timer, None rings one; nothing is set before what rings now."""
    timers, model, now = Timers(), list[tuple[int, int]](), 0
    for place, due in enumerate(steps):
        if due is not None:
            timers.set(max(due, now), "ring", str(place))
            model.append((max(due, now), place))
        elif model:
            now, ring, subject = timers.pop()
            assert (now, int(subject), ring) == (*min(model), "ring")
            model.remove((now, int(subject)))
        assert (len(timers), timers.due) == (len(model), min(model)[0] if model else None)


def test_what_is_set_for_the_past_while_an_instant_rings_comes_at_its_end() -> None:
    timers = Timers()
    for subject in "abc":
        timers.set(5, "ring", subject)
    assert timers.pop() == (5, "ring", "a")
    timers.set(3, "ring", "late")
    assert [timers.pop()[2] for _ in range(3)] == ["b", "c", "late"]
    timers.set(3, "ring", "alone")
    assert timers.pop() == (3, "ring", "alone")


def test_an_empty_queue_gives_nothing() -> None:
    with pytest.raises(IndexError):
        Timers().pop()


def test_a_copy_rings_on_its_own() -> None:
    timers = Timers()
    timers.set(1, "ring", "x")

    twin = timers.copy()
    twin.pop()
    twin.set(2, "ring", "y")

    assert timers.pop() == (1, "ring", "x")
    assert twin.pop() == (2, "ring", "y")
