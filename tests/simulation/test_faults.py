"""Planning faults: what is struck, how often, when, by lot; and that what struck can be read afterwards."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from questions import HIT

from mturk_sim import Simulation, simulate
from mturk_sim.operations import OPERATIONS
from mturk_sim.simulation.faults import KINDS

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def struck(sim: Simulation) -> list[str | None]:
    return [call.fault for call in sim.calls]


def test_a_fault_strikes_once_unless_told_otherwise(mturk: Simulation) -> None:
    fault = mturk.faults.throttle()
    mturk.client.list_hits()
    mturk.client.list_hits()

    assert struck(mturk) == ["throttle", None, None]
    assert (fault.struck, fault.left) == (1, 0)
    assert mturk.faults.planned == []


@pytest.mark.parametrize("named", ["CreateHIT", "create_hit", ["get_hit", "CreateHIT"]])
def test_only_the_operations_named_are_struck(mturk: Simulation, named: Any) -> None:
    mturk.faults.throttle(named)
    mturk.client.list_hits()
    mturk.client.create_hit(**HIT)

    assert [(call.operation, call.fault) for call in mturk.calls] == [
        ("ListHITs", None),
        ("CreateHIT", "throttle"),
        ("CreateHIT", None),
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_can_be_named(mturk: Simulation, operation: str) -> None:
    assert mturk.faults.timeout(operation).operations == frozenset({operation})
    assert mturk.faults.timeout(operation.lower()).operations == frozenset({operation})


def test_faults_strike_between_two_instants(mturk: Simulation) -> None:
    hour = timedelta(hours=1)
    mturk.faults.service_fault(times=None, start=START + hour, end=START + 2 * hour)
    for minutes in (0, 50, 20, 49.9, 1):
        mturk.clock.advance(minutes=minutes)
        try:
            mturk.client.list_hits()
        except ClientError:
            continue

    at = [(call.at - START) >= hour and (call.at - START) < 2 * hour for call in mturk.calls]
    assert [call.fault == "service_fault" for call in mturk.calls] == at
    assert sum(at) > 2


def test_the_fault_planned_first_strikes_first(mturk: Simulation) -> None:
    mturk.faults.timeout("GetHIT")
    mturk.faults.throttle()
    mturk.faults.lose_response()
    mturk.client.list_hits()

    assert struck(mturk) == ["throttle", "lose_response", None]


def test_cleared_faults_strike_no_more(mturk: Simulation) -> None:
    mturk.faults.throttle(times=None)
    mturk.faults.clear()
    mturk.client.list_hits()

    assert struck(mturk) == [None]


def test_the_journal_tells_what_struck(mturk: Simulation) -> None:
    mturk.faults.lose_response("CreateHIT")
    mturk.client.create_hit(**HIT)
    (fact,) = mturk.journal.of("FaultInjected")

    assert fact.detail == {"fault": "lose_response", "operation": "CreateHIT", "requester": "default"}
    assert fact.at == mturk.calls[0].at
    assert "lose_response" in str(mturk.journal)


@pytest.mark.parametrize("kind", KINDS)
def test_a_struck_attempt_changes_nothing_unless_only_its_answer_is_lost(mturk: Simulation, kind: str) -> None:
    getattr(mturk.faults, kind)(times=None)
    with pytest.raises(Exception, match=r"."):
        mturk.client.create_hit(**HIT)

    assert (len(mturk.hits()) > 0) == (kind == "lose_response")


def test_lots_are_decided_by_the_seed() -> None:
    def run(**settings: Any) -> list[str | None]:
        with simulate(seed=3) as sim:
            sim.faults.random(0.3, **settings)
            for _ in range(200):
                try:
                    sim.client.list_hits()
                except Exception:
                    continue
            return struck(sim)

    assert run(seed=1) == run(seed=1)
    assert run() == run(seed=3)
    assert run(seed=1) != run(seed=2)
    assert set(run(seed=1)) == {None, *KINDS}
    assert set(run(kinds=["throttle"])) == {None, "throttle"}


def test_the_rate_is_a_share_of_the_attempts(mturk: Simulation) -> None:
    fault = mturk.faults.random(0.25, kinds=["throttle"], operation="GetAccountBalance")
    for _ in range(1000):
        try:
            mturk.client.get_account_balance()
        except ClientError:
            continue

    assert 0.2 < fault.struck / fault.met < 0.3


def test_two_plans_of_one_seed_draw_apart(mturk: Simulation) -> None:
    first, second = (mturk.faults.random(0.5, kinds=["throttle"]) for _ in range(2))
    ours = [first.strikes("GetHIT", 0) for _ in range(40)]

    assert ours != [second.strikes("GetHIT", 0) for _ in range(40)]


NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("plan", "text"),
    [
        (lambda faults: faults.throttle("CreateHat"), "no operation of the service: CreateHat"),
        (lambda faults: faults.throttle(times=0), "from 1 up"),
        (lambda faults: faults.random(1.5), "from 0 to 1"),
        (lambda faults: faults.random(0.5, kinds=["thunder"]), "'thunder' is no kind of fault; there are throttle, s"),
        (lambda faults: faults.random(0.5, kinds="throtle"), "'throtle' is no kind of fault; did you mean 'throttle'"),
        (lambda faults: faults.throttle(start=NOON, end=NOON), "ends after it begins, and not at 2026-01-05 12:00"),
        (lambda faults: faults.random(0.5, kinds=[]), "kinds are some of"),
        (lambda faults: faults.timeout(start=datetime(2026, 1, 1)), "no time zone"),  # noqa: DTZ001 (on purpose)
    ],
)
def test_a_plan_that_cannot_be_is_refused(mturk: Simulation, plan: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        plan(mturk.faults)
    assert mturk.faults.planned == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"times": "x"}, "'x' is no number of times: give a whole number, or None for all attempts"),
        ({"operation": 5}, "5 is no operation: give a name such as 'CreateHIT', several in a list, or None for all"),
        ({"operation": ["GetHIT", 5]}, "5 is no operation: give a name such as 'CreateHIT'"),
        ({"start": 5}, "5 is no instant: give an aware datetime such as datetime(2026, 1, 5, 9, tzinfo=UTC)"),
        ({"end": "x"}, "'x' is no instant: give an aware datetime such as datetime(2026, 1, 5, 9, tzinfo=UTC)"),
        ({"rate": "x"}, "'x' is no rate: give the share of attempts that are struck, a number from 0 to 1"),
        ({"seed": "x"}, "'x' is no seed: give a whole number, or nothing for the simulation's own"),
        ({"kinds": 5}, "5 is no list of kinds: give their names, such as ['throttle', 'timeout']"),
        ({"time": 2}, "'time' is no keyword of {}, which takes {}operation, times, start, end; did you mean 'times'?"),
    ],
    ids=str,
)
def test_what_is_not_of_its_type_is_told_with_what_to_give(mturk: Simulation, given: Any, told: str) -> None:
    plans = {method: getattr(mturk.faults, method) for method in KINDS if not given.keys() & {"rate", "seed", "kinds"}}
    for plan in plans.values():
        with pytest.raises(TypeError) as caught:
            plan(**given)
        assert str(caught.value) == told.format("a fault", "")
    with pytest.raises(TypeError) as caught:
        mturk.faults.random(**{"rate": 0.5} | given)
    assert str(caught.value) == told.format("random()", "rate, seed, kinds, ")
    assert mturk.faults.planned == []


def test_one_kind_may_stand_by_itself(mturk: Simulation) -> None:
    assert mturk.faults.random(0.5, kinds="timeout").kinds == ("timeout",)
