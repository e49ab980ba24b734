"""The virtual clock: stands still, goes forward, never back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mturk_sim.core.clock import ClockMovedBackwards, VirtualClock, instant, micros

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_it_stands_still() -> None:
    clock = VirtualClock(START)

    assert clock.now == clock.now == START


def test_it_advances_by_units_and_by_timedelta() -> None:
    clock = VirtualClock(START)

    assert clock.advance(hours=2, minutes=5) == START + timedelta(hours=2, minutes=5)
    assert clock.advance(timedelta(seconds=1)) == START + timedelta(hours=2, minutes=5, seconds=1)


def test_it_advances_to_an_instant_of_any_zone() -> None:
    clock = VirtualClock(START)
    clock.advance_to(datetime(2026, 1, 5, 5, tzinfo=timezone(timedelta(hours=-5))))

    assert clock.now == START + timedelta(hours=1)


def test_its_repr_shows_the_present() -> None:
    assert repr(VirtualClock(START)) == "VirtualClock(2026-01-05T09:00:00+00:00)"


@pytest.mark.parametrize("back", [timedelta(microseconds=-1), timedelta(days=-1)])
def test_going_back_raises_and_names_both_instants(back: timedelta) -> None:
    clock = VirtualClock(START)

    with pytest.raises(ClockMovedBackwards, match=r"2026-01-05T09:00:00.*cannot go back to"):
        clock.advance(back)

    assert clock.now == START


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        VirtualClock(START).advance_to(datetime(2026, 1, 6))  # noqa: DTZ001 (naive on purpose)


def test_advance_takes_one_way_of_saying_how_far() -> None:
    clock = VirtualClock(START)

    with pytest.raises(TypeError):
        clock.advance()
    with pytest.raises(TypeError):
        clock.advance(timedelta(1), hours=1)


def test_watchers_see_each_move_until_they_leave() -> None:
    clock, seen = VirtualClock(START), list[int]()
    leave = clock.watch(seen.append)
    clock.advance(seconds=1)
    leave()
    clock.advance(seconds=1)

    assert seen == [micros(START) + 1_000_000]


def test_microseconds_and_instants_are_inverse() -> None:
    assert instant(micros(START)) == START
