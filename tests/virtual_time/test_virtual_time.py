"""A block of virtual time: sleeping moves the simulation, and the program's time of day agrees with it."""

import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from time import sleep
from types import ModuleType

import pytest

from mturk_sim import simulate
from mturk_sim.core.clock import micros
from mturk_sim.simulation import Simulation
from mturk_sim.virtual_time import VirtualTimeLimit

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
REAL = {"sleep": time.sleep}


def test_sleep_moves_the_clock_and_takes_no_time(mturk: Simulation) -> None:
    with mturk.virtual_time():
        time.sleep(86_400)
        sleep(0.5)

        assert mturk.clock.now == START + timedelta(days=1, seconds=0.5)


def test_the_time_of_day_agrees_with_the_clock(mturk: Simulation) -> None:
    with mturk.virtual_time():
        for step in (0, 1.25, 3600):
            time.sleep(step)

            assert datetime.now(UTC) == mturk.clock.now
            assert time.time() == mturk.clock.now.timestamp()
            assert micros(datetime.now(UTC)) == mturk.clock.micros


def test_the_time_of_day_follows_calls_and_advances_too(mturk: Simulation) -> None:
    with mturk.virtual_time():
        mturk.clock.advance(hours=2)
        mturk.client.list_hits()

        assert datetime.now(UTC) == mturk.clock.now > START + timedelta(hours=2)


def test_what_is_planned_happens_on_the_way_at_its_own_instant(mturk: Simulation) -> None:
    seen: list[datetime] = []
    mturk.at(START + timedelta(minutes=90), lambda: seen.append(datetime.now(UTC)))
    with mturk.virtual_time():
        time.sleep(86_400)

    assert seen == [START + timedelta(minutes=90)]


def test_everything_is_undone_at_the_end_and_after_an_exception(mturk: Simulation) -> None:
    latecomer = ModuleType("latecomer")

    def fail_in_a_block() -> None:
        with mturk.virtual_time():
            vars(latecomer)["nap"] = time.sleep
            sys.modules["latecomer"] = latecomer
            raise KeyError("oops")

    with pytest.raises(KeyError, match="oops"):
        fail_in_a_block()
    del sys.modules["latecomer"]

    assert time.sleep is sleep is vars(latecomer)["nap"] is REAL["sleep"]
    assert datetime.now(UTC) > START + timedelta(days=100)


def test_blocks_may_be_nested(mturk: Simulation) -> None:
    with simulate(start=START + timedelta(days=300)) as other, mturk.virtual_time():
        with other.virtual_time():
            time.sleep(1)
            assert datetime.now(UTC) == other.clock.now == START + timedelta(days=300, seconds=1)
        time.sleep(1)

        assert datetime.now(UTC) == mturk.clock.now == START + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("seconds", "error"), [(-1, ValueError), (-0.001, ValueError), (float("nan"), ValueError), ("1", TypeError)]
)
def test_bad_lengths_raise_what_the_real_sleep_raises(mturk: Simulation, seconds: float, error: type) -> None:
    with pytest.raises(error) as real:
        time.sleep(seconds)
    with mturk.virtual_time(), pytest.raises(error) as ours:
        time.sleep(seconds)

    assert str(ours.value) == str(real.value)
    assert mturk.clock.now == START


def test_an_endless_poll_ends_in_an_error_that_names_the_place_of_its_sleep(mturk: Simulation) -> None:
    def poll() -> None:
        while not mturk.client.list_reviewable_hits()["HITs"]:
            time.sleep(60)

    with mturk.virtual_time(limit=timedelta(days=2)), pytest.raises(VirtualTimeLimit) as caught:
        poll()

    line = poll.__code__.co_firstlineno + 2
    assert str(caught.value).startswith(f"{__file__}:{line} sleeps 60 s")
    assert mturk.clock.now <= START + timedelta(days=2)


@pytest.mark.parametrize("seconds", [float("inf"), 1e300, 10**30])
def test_a_sleep_beyond_all_durations_passes_the_limit(mturk: Simulation, seconds: float) -> None:
    with mturk.virtual_time(), pytest.raises(VirtualTimeLimit):
        time.sleep(seconds)


def test_only_the_thread_that_entered_moves_time(mturk: Simulation) -> None:
    elapsed: list[float] = []

    def other() -> None:
        began = time.monotonic()
        time.sleep(0.05)
        elapsed.append(time.monotonic() - began)

    with mturk.virtual_time():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

        assert mturk.clock.now == START
    assert elapsed[0] >= 0.05  # freezegun leaves what threads see of the monotonic clock alone


def test_a_wait_until_a_time_of_day_ends(mturk: Simulation) -> None:
    with mturk.virtual_time():
        end = time.time() + 0.3
        naps = 0
        while (left := end - time.time()) > 0:
            time.sleep(left)
            naps += 1

    assert naps <= 3
