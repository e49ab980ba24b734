"""`explore` finds the mistakes of three programs, shows each on the smallest day, and lets corrected programs pass."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from mturk_sim import Simulation
from mturk_sim.explore import BrokenDay, explore

REQUESTERS = Path(__file__).parents[2] / "fixtures" / "requesters"


def everybody_is_paid(sim: Simulation) -> None:
    waiting = [work.id for work in sim.assignments() if work.status == "Submitted"]
    assert not waiting, f"{len(waiting)} were not paid"


def one_bonus_each(sim: Simulation) -> bool:
    paid = [fact.assignment_id for fact in sim.journal.of("BonusPaid")]
    return len(paid) == len(set(paid))


@attrs.frozen
class Mistake:
    """A program with a mistake: what it breaks, how, and what to write instead of which words."""

    invariant: Callable[[Simulation], object]
    says: str
    wrong: str
    right: str


MISTAKES = {
    "buggy_num_results": Mistake(
        everybody_is_paid,
        r"AssertionError: \d+ were not paid",
        """    page = client.list_assignments_for_hit(HITId=hit_id)
    return page["Assignments"][: page["NumResults"]]""",
        """    pages = client.get_paginator("list_assignments_for_hit").paginate(HITId=hit_id)
    return [assignment for page in pages for assignment in page["Assignments"]]""",
    ),
    "buggy_bonus": Mistake(
        one_bonus_each,
        "AssertionError: one_bonus_each does not hold",
        """        Reason="Thank you for your word!",\n""",
        """        Reason="Thank you for your word!",\n        UniqueRequestToken=assignment["AssignmentId"],\n""",
    ),
    "buggy_completed": Mistake(
        everybody_is_paid,
        r"VirtualTimeLimit: .*buggy_completed.py:\d+ sleeps 600 s",
        """    done = hit["NumberOfAssignmentsCompleted"]
    return hit["MaxAssignments"] - hit["NumberOfAssignmentsAvailable"] - done""",
        """    return hit["NumberOfAssignmentsPending"]""",
    ),
}


@pytest.fixture(params=MISTAKES)
def name(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a program, which can be imported in the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(REQUESTERS))
        yield request.param
    sys.modules.pop(request.param, None)


def _corrected(name: str) -> ModuleType:
    source, mistake = (REQUESTERS / f"{name}.py").read_text(), MISTAKES[name]
    assert source.count(mistake.wrong) == 1
    module = ModuleType(name)
    exec(source.replace(mistake.wrong, mistake.right), vars(module))
    return module


def _broken(name: str, **settings: Any) -> BrokenDay:
    program = __import__(name).main
    with pytest.raises(BrokenDay) as caught:
        explore(program, MISTAKES[name].invariant, **settings)
    return caught.value


# --- three programs ----------------------------------------------------------------------------------------------
def test_a_mistake_is_found_and_shown_on_a_small_day_that_can_be_had_again(name: str) -> None:
    broken = _broken(name)

    assert 1 <= len(broken.schedule.events) <= 2
    with pytest.raises(BrokenDay, match=MISTAKES[name].says):
        raise broken
    space = {MISTAKES[name].invariant.__name__: MISTAKES[name].invariant}
    exec(broken.example, space)
    with pytest.raises(BrokenDay) as again:
        space["test_this_day"]()  # type: ignore[operator]
    assert str(again.value) == str(broken)
    assert again.value.events == broken.events
