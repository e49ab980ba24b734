"""Virtual time where the test has frozen its own: what it froze is moved, and nothing is frozen twice."""

import time
from datetime import UTC, datetime, timedelta

import freezegun
import pytest
import time_machine

from mturk_sim import SystemClock, simulate

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_sleeping_moves_what_the_test_has_frozen() -> None:
    with freezegun.freeze_time(START) as frozen, simulate(clock=frozen) as sim:
        with sim.virtual_time():
            time.sleep(3600)

        assert datetime.now(UTC) == sim.clock.now == START + timedelta(hours=1)


def test_sleeping_moves_a_time_machine() -> None:
    with time_machine.travel(START, tick=False) as traveller, simulate(clock=traveller) as sim:
        with sim.virtual_time():
            time.sleep(3600)

        assert datetime.now(UTC) == sim.clock.now == START + timedelta(hours=1)


def test_the_walls_clock_is_refused() -> None:
    with simulate(clock=SystemClock()) as sim, pytest.raises(RuntimeError, match="nothing has frozen"):
        sim.virtual_time().__enter__()


def test_a_frozen_test_may_run_a_simulation_with_a_time_of_its_own() -> None:
    with freezegun.freeze_time(START), simulate() as sim:
        with sim.virtual_time():
            time.sleep(60)
            assert datetime.now(UTC) == sim.clock.now == datetime(2026, 1, 5, 9, 1, tzinfo=UTC)

        assert datetime.now(UTC) == START
