"""Timers: in order of their instants, and of their setting where those are equal."""

from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.core.timers import NEVER, Timers

PAGE = 1 << 28


@given(st.lists(st.integers(0, 5)))
def test_timers_ring_in_order_and_ties_go_to_the_one_set_first(dues: list[int]) -> None:
    timers = Timers()
    for place, due in enumerate(dues):
        timers.set(due, "ring", str(place))

    rung = list(timers.until(5))

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
            now, ring, subject = next(timers.until(NEVER))
            assert (now, int(subject), ring) == (*min(model), "ring")
            model.remove((now, int(subject)))
        assert (len(timers), timers.due) == (len(model), min(model)[0] if model else None)


def test_what_is_set_for_the_past_rings_next() -> None:
    timers, rung = Timers(), []
    for subject in "abc":
        timers.set(5, "ring", subject)

    for due, _, subject in timers.until(6):
        rung.append((due, subject))
        if subject == "a":
            timers.set(6, "ring", "after")
            timers.set(3, "ring", "late")
            timers.set(5, "ring", "d")

    assert rung == [(5, "a"), (3, "late"), (5, "b"), (5, "c"), (5, "d"), (6, "after")]
    timers.set(3, "ring", "alone")
    assert list(timers.until(9)) == [(3, "ring", "alone")]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30),
    st.lists(st.none() | st.integers(-3, 9), max_size=30),
)
def test_what_is_set_while_something_rings_comes_in_its_place(
    steps: list[tuple[int, int]], more: list[int | None]
) -> None:
    """Against a sorted list; what rings sets more, some for the past, for the present and on later pages."""
    timers, model, now = Timers(), list[tuple[int, int]](), 0

    def plan(ahead: int) -> None:
        due = now + ahead * PAGE // 4
        model.append((due, len(rung) + len(model)))
        timers.set(due, "ring", str(model[-1][1]))

    rung: list[int] = []
    for ahead, on in steps:
        plan(ahead)
        target = now + on * PAGE // 4
        for due, _, subject in timers.until(target):
            assert (due, int(subject)) == min(model)
            model.remove((due, int(subject)))
            rung.append(due)
            now = max(now, due)
            if more and (another := more.pop()) is not None:
                plan(another)
        now = target
        assert now < timers.soonest <= min(model, default=(NEVER, 0))[0]
        assert list(timers) == list(timers.copy()) == [(due, "ring", str(place)) for due, place in sorted(model)]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=40), st.integers(0, 2 * PAGE))
def test_nothing_rings_before_soonest_and_what_is_due_is_taken_out_up_to_an_instant(
    steps: list[tuple[int, int]], start: int
) -> None:
    """Each step sets a timer some way ahead of the present and moves on a bit; timers may lie on different pages."""
    timers, model, now = Timers(), list[tuple[int, int]](), start
    for place, (ahead, on) in enumerate(steps):
        due = now + ahead * PAGE // 3
        timers.set(due, "ring", str(place))
        model.append((due, place))
        now += on * PAGE // 4

        assert timers.soonest <= min(model)[0]

        expected = sorted(timer for timer in model if timer[0] <= now)
        assert [(due, int(subject)) for due, _, subject in timers.until(now)] == expected
        model = [timer for timer in model if timer not in expected]
        assert timers.soonest > now
        assert [due for due, _, _ in timers] == sorted(due for due, _ in model)


def test_an_empty_queue_gives_nothing() -> None:
    timers = Timers()

    assert list(timers.until(NEVER)) == []
    assert (timers.soonest, timers.due) == (NEVER, None)


def test_who_stops_in_the_middle_loses_nothing() -> None:
    timers = Timers()
    for subject in "ab":
        timers.set(5, "ring", subject)

    assert next(timers.until(5)) == (5, "ring", "a")
    assert (len(timers), timers.due) == (1, 5)
    assert list(timers.until(5)) == [(5, "ring", "b")]


def test_a_copy_rings_on_its_own() -> None:
    timers = Timers()
    timers.set(1, "ring", "x")

    twin = timers.copy()
    list(twin.until(1))
    twin.set(2, "ring", "y")

    assert next(timers.until(9)) == (1, "ring", "x")
    assert next(twin.until(9)) == (2, "ring", "y")
