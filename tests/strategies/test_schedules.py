"""Schedules: they evaluate back, shrink to the plainest, and let happen in a marketplace what they say."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from questions import HIT

from mturk_sim import Simulation, simulate, strategies
from mturk_sim.strategies import Abandons, Pause, Returns, Schedule, Strikes, Works, questions, schedules
from mturk_sim.strategies.schedules import Event, plain_answers

PLAIN = settings(max_examples=2000, database=None, derandomize=True, phases=(Phase.generate, Phase.shrink))
SOMETIMES = settings(max_examples=50)


@given(schedules())
def test_the_repr_of_a_schedule_evaluates_back(schedule: Schedule) -> None:
    assert eval(repr(schedule), vars(strategies)) == schedule


def test_the_repr_tells_only_what_is_unusual() -> None:
    schedule = Schedule([Works(), Works(crowd=3, answers={"label": "cat"}), Pause(after=3600), Strikes(times=5)])

    assert repr(schedule) == (
        "Schedule([Works(), Works(crowd=3, answers={'label': 'cat'}), Pause(after=3600), Strikes(times=5)])"
    )


SMALLEST: list[tuple[Callable[[Event], bool], Event]] = [
    (lambda event: isinstance(event, Works), Works()),
    (lambda event: isinstance(event, Returns), Returns()),
    (lambda event: isinstance(event, Abandons), Abandons()),
    (lambda event: isinstance(event, Pause), Pause(after=3600)),
    (lambda event: isinstance(event, Works) and event.crowd > 3, Works(crowd=12)),
    (lambda event: isinstance(event, Works) and event.takes > 600, Works(takes=1800)),
    (lambda event: isinstance(event, Works) and event.answers == 1, Works(answers=1)),
    (lambda event: isinstance(event, Strikes), Strikes(operation="SendBonus")),
    (
        lambda event: isinstance(event, Strikes) and event.operation == "DeleteHIT",
        Strikes(operation="DeleteHIT"),
    ),
]


@pytest.mark.parametrize(("wanted", "smallest"), SMALLEST, ids=[repr(smallest) for _, smallest in SMALLEST])
def test_schedules_shrink_to_the_one_event_that_matters(wanted: Callable[[Event], bool], smallest: Event) -> None:
    found = find(schedules(), lambda schedule: any(map(wanted, schedule.events)), settings=PLAIN)

    assert found == Schedule([smallest])


def test_schedules_shrink_to_nothing() -> None:
    assert find(schedules(), lambda schedule: True, settings=PLAIN) == Schedule()


@SOMETIMES
@given(
    schedules(
        max_events=st.integers(1, 3),
        answers=st.fixed_dictionaries({"label": st.sampled_from(("cat", "dog"))}),
        faults=st.just(("throttle",)),
        operations=("CreateHIT",),
    )
)
def test_arguments_may_be_strategies(schedule: Schedule) -> None:
    assert len(schedule.events) <= 3
    for event in schedule.events:
        if isinstance(event, Works):
            assert event.answers in ({"label": "cat"}, {"label": "dog"})
        if isinstance(event, Strikes):
            assert (event.fault, event.operation) == ("throttle", "CreateHIT")


@given(schedules(faults=()))
def test_without_faults_no_call_is_struck(schedule: Schedule) -> None:
    assert not any(isinstance(event, Strikes) for event in schedule.events)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"max_events": -1}, "max_events=-1 is negative"),
    ({"faults": ("nonsense",)}, "faults: .* without nonsense"),
    ({"operations": ("CreateHit",)}, "operations: .* without CreateHit"),
    ({"operations": "CreateHIT"}, "operations: a sequence"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_wrong_arguments_are_refused_at_once(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        schedules(**arguments)


def test_no_event_comes_before_the_one_before_it() -> None:
    with pytest.raises(ValueError):
        Works(after=-1)


# --- what happens ------------------------------------------------------------------------------------------------
def _happens(sim: Simulation, *events: Event, **hit: Any) -> tuple[list[str], list[str]]:
    """What becomes of the work on a HIT on the next day, and what turns out impossible."""
    sim.client.create_hit(**HIT | {"MaxAssignments": 3} | hit)
    told: list[str] = []
    Schedule(events).plan(sim, told.append)
    sim.clock.advance(days=1)
    return [work.status for work in sim.assignments()], told


HAPPENS: list[tuple[tuple[Event, ...], list[str]]] = [
    ((Works(),), ["Submitted"]),
    ((Works(takes=601),), ["Abandoned"]),
    ((Returns(),), ["Returned"]),
    ((Abandons(),), ["Abandoned"]),
    ((Works(), Works()), ["Submitted", "Submitted"]),
    ((Works(crowd=2), Abandons(worker=1)), ["Submitted", "Submitted", "Abandoned"]),
    ((Pause(after=3600),), []),
]


@pytest.mark.parametrize(("events", "work"), HAPPENS, ids=[repr(Schedule(events)) for events, _ in HAPPENS])
def test_what_an_event_says_becomes_of_the_work(mturk: Simulation, events: tuple[Event, ...], work: list[str]) -> None:
    assert _happens(mturk, *events)[0] == work


def test_events_follow_each_other_by_their_delays(mturk: Simulation) -> None:
    start = mturk.clock.now
    _happens(mturk, Pause(after=3600), Works(after=60), Works(after=5, takes=30))

    at = [
        int((fact.at - start).total_seconds()) for fact in mturk.journal.of("AssignmentAccepted", "AssignmentSubmitted")
    ]
    assert at == [3660, 3665, 3695, 3720]


def test_of_the_hits_on_the_market_the_remainder_counts(mturk: Simulation) -> None:
    made = [mturk.client.create_hit(**HIT)["HIT"]["HITId"] for _ in range(2)]
    Schedule([Works(hit=3), Works(hit=3)]).plan(mturk)
    mturk.clock.advance(hours=1)

    assert [work.hit_id for work in mturk.assignments()] == [made[1], made[0]]


def test_what_is_impossible_is_told(mturk: Simulation) -> None:
    work, told = _happens(mturk, Works(crowd=2), Returns(takes=700), MaxAssignments=2)

    assert work == ["Submitted", "Submitted"]
    assert told == ["no HIT is on the market for Returns(takes=700)"]
    assert _happens(mturk, Works(takes=700))[1][0].startswith("refused: ")


def test_calls_are_struck_from_the_instant_on(mturk: Simulation) -> None:
    Schedule([Strikes(after=60, fault="throttle", operation="ListHITs", times=5)]).plan(mturk)

    mturk.client.list_hits()
    mturk.clock.advance(minutes=1)
    with pytest.raises(ClientError, match="ThrottlingException"):
        mturk.client.list_hits()
    mturk.client.list_hits()


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(questions(), st.integers(0, 3))
def test_plain_answers_can_be_handed_in(question: str, number: int) -> None:
    with simulate() as sim:
        assert _happens(sim, Works(answers=number), Question=question)[0] == ["Submitted"]


def test_plain_answers_differ_where_there_is_a_choice() -> None:
    assert plain_answers(HIT["Question"], 0) == {"label": "answer 0"}
    assert plain_answers(HIT["Question"], 1) == {"label": "answer 1"}
