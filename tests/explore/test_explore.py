"""`explore` finds the mistakes of three programs, shows each on the smallest day, and lets corrected programs pass."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import boto3
import pytest
from botocore.exceptions import BotoCoreError, ClientError
from hypothesis import settings
from hypothesis.strategies import SearchStrategy
from questions import HIT

from mturk_sim import Simulation
from mturk_sim.explore import BrokenDay, explore, replay
from mturk_sim.strategies import Pause, Schedule, Strikes, Works, schedules
from mturk_sim.virtual_time import VirtualTimeLimit

REQUESTERS = Path(__file__).parents[2] / "fixtures" / "requesters"


def everybody_is_paid(sim: Simulation) -> None:
    waiting = [work.id for work in sim.assignments() if work.status == "Submitted"]
    assert not waiting, f"{len(waiting)} were not paid"


def one_bonus_each(sim: Simulation) -> bool:
    paid = [fact.assignment_id for fact in sim.journal.of("BonusPaid")]
    return len(paid) == len(set(paid))


CALM = schedules(faults=())
GIVES_UP = (BotoCoreError, ClientError)
"""What a program may end with when botocore has tried a call often enough, or tells that the first try came to pass."""


@attrs.frozen
class Mistake:
    """A program with a mistake: what it breaks, how, and what to write instead of which words; and what it may meet.

    Two of them have been written for days on which every call is answered.
    """

    invariant: Callable[[Simulation], object]
    says: str
    wrong: str
    right: str
    days: SearchStrategy[Schedule] | None = CALM


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
        """    client.send_bonus(
        WorkerId=assignment["WorkerId"],
        AssignmentId=assignment["AssignmentId"],
        BonusAmount="0.50",
        Reason="Thank you for your word!",
    )""",
        """    try:
        client.send_bonus(
            WorkerId=assignment["WorkerId"],
            AssignmentId=assignment["AssignmentId"],
            BonusAmount="0.50",
            Reason="Thank you for your word!",
            UniqueRequestToken=assignment["AssignmentId"],
        )
    except client.exceptions.RequestError as error:
        if assignment["AssignmentId"] not in str(error):  # otherwise the token is known: it is paid already
            raise""",
        None,
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


def _broken(name: str) -> BrokenDay:
    program = __import__(name).main
    with pytest.raises(BrokenDay) as caught:
        explore(program, MISTAKES[name].invariant, schedules=MISTAKES[name].days, allow=GIVES_UP)
    return caught.value


# --- three programs ----------------------------------------------------------------------------------------------
def test_a_mistake_is_found_and_shown_on_a_small_day_that_can_be_had_again(name: str) -> None:
    broken = _broken(name)

    assert 1 <= len(broken.schedule.events) <= 2
    with pytest.raises(BrokenDay, match=MISTAKES[name].says):
        raise broken
    space: dict[str, Any] = {MISTAKES[name].invariant.__name__: MISTAKES[name].invariant}
    exec(broken.example, space)
    with pytest.raises(BrokenDay) as again:
        space["test_this_day"]()
    assert str(again.value) == str(broken)
    assert again.value.events == broken.events
    replay(_corrected(name).main, broken.schedule, MISTAKES[name].invariant)


def test_the_same_mistake_is_found_on_the_same_day_again() -> None:
    first, second = (_found(forgetful) for _ in range(2))

    assert str(first) == str(second)
    assert first.events == second.events


@pytest.mark.parametrize("name", ["buggy_num_results", "buggy_completed"], indirect=True)
def test_what_else_is_wrong_with_a_program_is_found_too(name: str) -> None:
    """Two of the programs ask for a HIT without a token, so that it may be made twice and one of the two forgotten."""
    with pytest.raises(BrokenDay, match="were not paid"):
        replay(_corrected(name).main, Schedule([Strikes(operation="CreateHIT"), Works()]), everybody_is_paid)


def test_a_corrected_program_passes(name: str) -> None:
    mistake = MISTAKES[name]
    explore(_corrected(name).main, mistake.invariant, schedules=mistake.days, max_examples=60, allow=GIVES_UP)


# --- programs of a few lines -------------------------------------------------------------------------------------
def forgetful(client: Any) -> None:
    """Approves nothing, but waits for work."""
    hit_id = client.create_hit(**HIT)["HIT"]["HITId"]
    while not client.list_assignments_for_hit(HITId=hit_id)["Assignments"] and time.time() < client_gives_up(client):
        time.sleep(3600)


def client_gives_up(client: Any) -> float:
    """When the HIT that was made last has expired, in seconds since the epoch."""
    expires: float = client.list_hits()["HITs"][0]["Expiration"].timestamp()
    return expires


def _found(program: Any, invariant: Any = everybody_is_paid, **settings: Any) -> BrokenDay:
    with pytest.raises(BrokenDay) as caught:
        explore(program, invariant, **settings)
    return caught.value


def test_the_day_tells_calls_and_what_happened_by_short_names_and_waiting_in_one_line() -> None:
    with pytest.raises(BrokenDay) as caught:
        replay(forgetful, Schedule([Pause(after=7200), Works(after=120, hit=2)]), everybody_is_paid)

    assert [line.rstrip() for line in caught.value.day.splitlines()] == [
        "Mon 05 Jan 09:00:00  CreateHIT(Reward=0.10, LifetimeInSeconds=86400, AssignmentDurationInSeconds=600)",
        "Mon 05 Jan 09:00:00    HITCreated H1 max_assignments=1",
        "Mon 05 Jan 09:00:00  ListAssignmentsForHIT(HITId=H1), ListHITs()  ×6, until Mon 11:00",
        "Mon 05 Jan 11:02:00    AssignmentAccepted H1 A1 W1",
        "Mon 05 Jan 11:02:00    HITUnassignable H1",
        "Mon 05 Jan 11:03:00    AssignmentSubmitted H1 A1 W1",
        "Mon 05 Jan 11:03:00    HITReviewable H1",
        "Mon 05 Jan 12:00:00  ListAssignmentsForHIT(HITId=H1)",
        "Mon 05 Jan 12:00:00  the end: AssertionError: 1 were not paid",
    ]
    assert caught.value.schedule == Schedule([Pause(after=7200), Works(after=120, hit=2)])
    assert caught.value.events[-1].kind == "HITReviewable"


def test_the_day_tells_of_faults_refusals_and_of_what_turned_out_impossible() -> None:
    def approves_nothing_known(client: Any) -> None:
        time.sleep(600)
        client.create_hit(**HIT)
        client.approve_assignment(AssignmentId="NOTHING")

    with pytest.raises(BrokenDay, match=r"RequestError.*Assignment NOTHING does not exist") as caught:
        replay(approves_nothing_known, Schedule([Works(), Strikes(fault="throttle", operation="CreateHIT")]))

    assert "(no HIT is on the market for Works())" in caught.value.day
    assert ") meets throttle" in caught.value.day
    assert "ApproveAssignment(AssignmentId=NOTHING) refused: " in caught.value.day
    assert "FaultInjected" not in caught.value.day


def test_a_program_that_fails_on_every_day_fails_without_any_event() -> None:
    def broken(client: Any) -> None:
        client.get_hit(HITId="unknown")

    assert _found(broken, None, max_examples=5).schedule == Schedule()
    explore(broken, max_examples=5, allow=(ClientError,))


def test_a_program_without_an_end_fails_and_is_told_where_it_waits() -> None:
    def endless(client: Any) -> None:
        while True:
            time.sleep(60)

    broken = _found(endless, None, max_examples=5, horizon=timedelta(hours=2))

    assert isinstance(broken.__cause__, VirtualTimeLimit)
    assert f"{__file__}:" in str(broken)
    assert "endless,\n        Schedule([]),\n        horizon=datetime.timedelta(seconds=7200),\n" in broken.example
    assert broken.example.startswith("import datetime\n# ")


def test_the_limit_of_a_program_that_sleeps_on_is_set_by_the_horizon() -> None:
    with pytest.raises(BrokenDay, match=r"never ends\? horizon=timedelta\(\.\.\.\) sets another limit"):
        replay(lambda client: time.sleep(3600), Schedule(), horizon=timedelta(minutes=1))


def test_a_program_may_make_its_own_client_and_is_answered_in_the_marketplace_asked_for() -> None:
    balances = set()

    def asks(client: Any) -> None:
        balances.add(boto3.client("mturk", region_name="us-east-1").get_account_balance()["AvailableBalance"])

    explore(asks, lambda sim: not sim.world.sandbox, max_examples=3, sandbox=False, balance=7)

    assert balances == {"7.00"}


# --- which days --------------------------------------------------------------------------------------------------
def test_how_many_days_and_which_can_be_said() -> None:
    days: list[int] = []

    def counts(client: Any) -> None:
        days.append(1)
        print("a day")

    explore(counts, max_examples=7, schedules=schedules(max_events=3))
    assert len(days) == 7
    explore(counts, settings=settings(max_examples=4, deadline=1, database=None), schedules=schedules(max_events=3))
    assert len(days) == 11


def test_faults_strike_what_the_program_calls_to_change_something() -> None:
    struck = set()

    def program(client: Any) -> None:
        client.list_hits()
        client.create_hit(**HIT)
        time.sleep(3600)
        for work in client.list_assignments_for_hit(HITId=client.list_hits()["HITs"][0]["HITId"])["Assignments"]:
            client.approve_assignment(AssignmentId=work["AssignmentId"])

    def note(sim: Simulation) -> None:
        struck.update(*(fault.operations or () for fault in sim.faults.planned))

    explore(program, note, max_examples=60, allow=GIVES_UP)
    assert struck == {"CreateHIT", "ApproveAssignment"}


def test_only_replay_shows_what_the_program_prints(capsys: pytest.CaptureFixture[str]) -> None:
    explore(lambda client: print("a day"), max_examples=3)
    assert capsys.readouterr().out == ""

    replay(lambda client: print("a day"), Schedule())
    assert capsys.readouterr().out == "a day\n"


def test_a_program_may_exit_but_not_in_failure() -> None:
    replay(lambda client: sys.exit(), Schedule())

    with pytest.raises(BrokenDay, match="does not hold"):
        replay(lambda client: sys.exit(0), Schedule(), lambda sim: False)
    with pytest.raises(BrokenDay, match="the program exits with 3"):
        replay(lambda client: sys.exit(3), Schedule(), allow=(ClientError,))


def test_functions_that_cannot_be_imported_have_a_name_in_the_example_all_the_same() -> None:
    with pytest.raises(BrokenDay) as caught:
        replay(lambda client: None, Schedule(), lambda sim: False)

    assert caught.value.example.startswith("# program: from where you have it\n# invariant: from where you have it\n")
    assert "replay(\n        program,\n        Schedule([]),\n        invariant,\n    )" in caught.value.example


def test_another_seed_has_other_days() -> None:
    def days(seed: int) -> list[str]:
        met: list[str] = []
        explore(
            lambda client: None,
            lambda sim: met.append(str(sim.faults.planned)),
            schedules=schedules(),
            seed=seed,
            max_examples=10,
        )
        return met

    assert days(1) == days(1) != days(2)
