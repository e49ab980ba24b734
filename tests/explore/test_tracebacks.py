"""What pytest shows of a broken day: whoever asked for the day, and the day, but none of our lines between."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mturk_sim.explore import BrokenDay, explore, replay
from mturk_sim.strategies import Schedule, schedules


def _idle(client: Any) -> None:
    pass


def _never(sim: Any) -> bool:
    return False


ASKED: list[Callable[[], None]] = [
    lambda: explore(_idle, _never, schedules=schedules(faults=()), max_examples=3),
    lambda: replay(_idle, Schedule(), _never),
]


@pytest.mark.parametrize("ask", ASKED, ids=["explore", "replay"])
def test_no_lines_of_ours_stand_above_the_day(ask: Callable[[], None]) -> None:
    with pytest.raises(BrokenDay) as caught:
        ask()

    shown = caught.traceback.filter(caught)
    assert {Path(entry.path) for entry in shown} == {Path(__file__)}
    assert len(shown) < len(caught.traceback)
