"""The clock that follows the test's time, whoever froze it, and never goes back."""

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import freezegun
import pytest
import time_machine

from mturk_sim.core.clock import ClockMovedBackwards, is_frozen, micros, time_of_day
from mturk_sim.core.system_clock import SystemClock, is_travelling

START = datetime(2026, 3, 1, 12, 0, 0, 250_001, tzinfo=UTC)
DAY = timedelta(days=1)

Freezer = Callable[..., AbstractContextManager[Any]]


def travel(when: datetime) -> AbstractContextManager[Any]:
    """A standing time-machine."""
    return time_machine.travel(when, tick=False)


BOTH = pytest.mark.parametrize("freeze", [freezegun.freeze_time, travel], ids=["freezegun", "time-machine"])


@BOTH
def test_it_reads_the_frozen_instant(freeze: Freezer) -> None:
    with freeze(START):
        clock = SystemClock()

        assert clock.now == START
        assert clock.read() == micros(START)
        assert type(clock.now).__module__ == "datetime"


@BOTH
def test_it_follows_what_moves_the_tests_time(freeze: Freezer) -> None:
    with freeze(START) as frozen:
        clock = SystemClock(frozen)
        frozen.move_to(START + DAY)

        assert clock.now == START + DAY


@BOTH
@pytest.mark.parametrize("given", [True, False], ids=["given", "found"])
def test_moving_it_moves_the_tests_time(freeze: Freezer, given: bool) -> None:
    with freeze(START) as frozen:
        clock = SystemClock(frozen if given else None)

        assert clock.advance(hours=1) == START + timedelta(hours=1)
        assert clock.advance_to(START + DAY) == START + DAY
        assert datetime.now(UTC) == clock.now == START + DAY


@BOTH
def test_what_moves_it_lets_happen_what_was_planned(freeze: Freezer) -> None:
    driven: list[int] = []
    with freeze(START):
        clock = SystemClock()
        clock.drive = driven.append
        clock.advance(DAY)

    assert driven == [micros(START + DAY)]


@BOTH
def test_time_that_moved_back_is_an_error_that_names_both_instants(freeze: Freezer) -> None:
    with freeze(START) as frozen:
        clock = SystemClock()
        clock.micros = clock.read()
        frozen.move_to(START - DAY)

        with pytest.raises(ClockMovedBackwards, match=r"2026-03-01T12:00:00.250001.*2026-02-28T12:00:00.250001"):
            clock.read()


@BOTH
def test_it_cannot_be_moved_back(freeze: Freezer) -> None:
    with freeze(START):
        clock = SystemClock()
        with pytest.raises(ClockMovedBackwards, match=r"2026-03-01T12:00:00.250001.*2026-02-28T12:00:00.250001"):
            clock.advance_to(START - DAY)

        assert datetime.now(UTC) == clock.now == START


def test_a_nested_freeze_that_ends_moves_time_back() -> None:
    with freezegun.freeze_time(START):
        clock = SystemClock()
        with freezegun.freeze_time(START + DAY):
            clock.micros = clock.read()

        with pytest.raises(ClockMovedBackwards):
            clock.read()


def test_it_begins_with_its_first_reading() -> None:
    clock = SystemClock()
    with freezegun.freeze_time(START):
        assert clock.now == START


@pytest.mark.parametrize("offset", [-5, 0, 9.5])
def test_the_offset_of_the_local_time_zone_does_not_matter(offset: float) -> None:
    with freezegun.freeze_time(START, tz_offset=timedelta(hours=offset)):
        assert time_of_day() == micros(START)


def test_threads_read_the_same() -> None:
    read: list[int] = []
    with freezegun.freeze_time(START):
        thread = threading.Thread(target=lambda: read.append(time_of_day()))
        thread.start()
        thread.join()

    assert read == [micros(START)]


def test_a_move_takes_one_reading() -> None:
    with freezegun.freeze_time(START, auto_tick_seconds=15) as frozen:
        clock = SystemClock(frozen)  # one
        clock.advance(hours=1)  # one more, from which it goes on

        assert clock.read() == micros(START + timedelta(hours=1, seconds=15))


def test_frozen_instants_can_be_given() -> None:
    with freezegun.freeze_time(START) as frozen:
        clock = SystemClock(frozen)
        tomorrow = datetime.now(UTC) + DAY

        assert type(tomorrow).__name__ == "FakeDatetime"
        assert clock.advance_to(tomorrow) == START + DAY
        assert micros(tomorrow) == micros(START + DAY)


def test_time_that_runs_goes_on_from_where_it_was_moved_to() -> None:
    with freezegun.freeze_time(START, tick=True) as frozen:
        clock = SystemClock(frozen)
        clock.advance(DAY)

        assert timedelta(0) <= clock.now - (START + DAY) < timedelta(hours=1)


def test_the_walls_clock_cannot_be_moved() -> None:
    clock = SystemClock()

    with pytest.raises(RuntimeError, match="nothing has frozen"):
        clock.advance(DAY)
    assert abs(clock.now - datetime.now(UTC)) < timedelta(hours=1)


@BOTH
def test_it_is_known_whether_a_test_has_moved_time(freeze: Freezer) -> None:
    assert not is_travelling()
    with freeze(START):
        assert is_travelling()
        assert is_frozen() == (freeze is freezegun.freeze_time)


def test_the_real_class_is_found_even_when_imported_in_a_freeze() -> None:
    program = (
        "import freezegun, sys\n"
        "with freezegun.freeze_time('2026-03-01'):\n"
        "    from mturk_sim.core.clock import instant, is_frozen, time_of_day\n"
        "    assert is_frozen() and time_of_day() == 1772323200_000000\n"
        "assert not is_frozen() and type(instant(0)).__module__ == 'datetime' and time_of_day() > 1772323200_000000\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


def test_neither_library_is_imported_for_it() -> None:
    program = (
        "import sys\n"
        "from mturk_sim.core.system_clock import SystemClock, is_travelling\n"
        "assert not is_travelling() and SystemClock().mover is None\n"
        "assert not {'freezegun', 'time_machine'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)
