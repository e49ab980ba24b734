"""Invalid requests: botocore lets them through, and the service answers each as it says."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from mturk_sim import Simulation, strategies
from mturk_sim.marketplace import rules
from mturk_sim.operations.model import operation_names
from mturk_sim.strategies import Call, InvalidRequest, Marketplace, Refused, invalid_requests, marketplaces
from mturk_sim.strategies.mistake_rows import Mistake
from mturk_sim.strategies.mistakes import mistakes

Factory = Callable[..., Simulation]

ALL = [name for name in operation_names() if mistakes(name)]
BY_THEMSELVES = [name for name in ALL if any(not mistake.placed for mistake in mistakes(name))]


def _is_refused_as_it_says(sim: Simulation, invalid: InvalidRequest) -> None:
    found = Call(invalid.operation, invalid.request).do(sim)

    assert isinstance(found, Refused)
    assert found.kind == invalid.error
    assert found.text.startswith(invalid.text)
    if found.kind == "RequestError":
        assert found.code == invalid.code


@pytest.mark.rule(
    "HIT-19", "HIT-20", "HIT-21", "ERR-06", "ERR-08", "ENV-02", "ENV-05", "ENV-09", "ENV-10", "C13", "C14"
)
@pytest.mark.parametrize("operation", BY_THEMSELVES)
def test_a_request_is_refused_as_it_says_whatever_there_is(operation: str, mturk_factory: Factory) -> None:
    @given(invalid_requests(operation))
    def holds(invalid: InvalidRequest) -> None:
        with mturk_factory() as sim:
            _is_refused_as_it_says(sim, invalid)

    holds()


@pytest.mark.parametrize("operation", ALL)
def test_a_request_is_refused_as_it_says_where_all_else_is_right(operation: str) -> None:
    @settings(max_examples=25)
    @given(st.data(), marketplaces(max_acts=2))
    def holds(data: st.DataObject, sim: Marketplace) -> None:
        _is_refused_as_it_says(sim, data.draw(invalid_requests(operation, sim)))

    holds()


def _every_mistake() -> list[tuple[str, Mistake]]:
    return [(name, mistake) for name in ALL for mistake in mistakes(name)]


def test_every_rule_that_is_said_to_be_broken_is_one_on_record() -> None:
    known = set(rules.rules())

    assert {mistake.rule for _, mistake in _every_mistake()} <= known


def test_only_an_operation_without_parameters_cannot_be_asked_wrongly() -> None:
    assert set(operation_names()) - set(ALL) == {"GetAccountBalance"}


@given(invalid_requests(st.sampled_from(["CreateHIT", "GetHIT"])))
def test_the_operation_may_be_a_strategy_and_the_repr_evaluates_back(invalid: InvalidRequest) -> None:
    assert eval(repr(invalid), vars(strategies) | {"datetime": datetime}) == invalid


@given(invalid_requests("create_hit_type"))
def test_the_operation_may_be_named_like_the_clients_method(invalid: InvalidRequest) -> None:
    assert invalid.operation == "CreateHITType"


@given(st.data())
def test_a_request_can_be_changed_without_harm(data: st.DataObject) -> None:
    invalid = data.draw(invalid_requests("CreateHITType"))
    invalid.request.setdefault("QualificationRequirements", []).append({"Comparator": "In"})

    for _, mistake in _every_mistake():
        assert {"Comparator": "In"} not in mistake.change.get("QualificationRequirements", [])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: invalid_requests("create_hat"), "did you mean 'CreateHIT'"),
        (lambda: invalid_requests("GetAccountBalance"), "nothing can be wrong"),
    ],
)
def test_bad_arguments_are_refused_at_once(make: Any, said: str) -> None:
    with pytest.raises(InvalidArgument, match=said):
        make()
