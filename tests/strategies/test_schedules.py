"""Schedules: they evaluate back, shrink to the plainest, and are drawn as they are asked for."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from mturk_sim import strategies
from mturk_sim.strategies import Abandons, Pause, Returns, Schedule, Strikes, Works, schedules
from mturk_sim.strategies.events import Event

PLAIN = settings(max_examples=2000, database=None, derandomize=True, phases=(Phase.generate, Phase.shrink))
SOMETIMES = settings(max_examples=50)


@given(schedules())
def test_the_repr_of_a_schedule_evaluates_back(schedule: Schedule) -> None:
    assert eval(repr(schedule), vars(strategies)) == schedule


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
        operations=("create_hit",),
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
    ({"faults": ("nonsense",)}, "faults: no 'nonsense'; there are throttle, "),
    ({"faults": "throttle"}, r"faults: give a sequence such as \('throttle',\)"),
    ({"operations": ("create_hat",)}, "no operation of the service: create_hat; did you mean 'CreateHIT'"),
    ({"operations": "CreateHIT"}, r"operations: give a sequence such as \('CreateHIT',\)"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_wrong_arguments_are_refused_at_once(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        schedules(**arguments)
