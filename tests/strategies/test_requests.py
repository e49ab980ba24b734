"""Requests: each operation's are taken by botocore and by the service, and their repr evaluates back."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from mturk_sim import Simulation, strategies
from mturk_sim.marketplace.errors import CATALOGUE
from mturk_sim.operations import OPERATIONS
from mturk_sim.operations.model import input_shape, operation_names
from mturk_sim.strategies import requests, shapes

Factory = Callable[..., Simulation]

UNKNOWN = tuple(line.code for name, line in CATALOGUE.items() if name.endswith("DOES_NOT_EXIST"))
"""What is said of ids that are made up; an unknown worker is told in other words (PAY-23)."""


def _call(sim: Simulation, operation: str, request: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = getattr(sim.client, xform_name(operation))(**request)
    return answer


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_nothing_but_made_up_ids_is_wrong_with_a_request(operation: str, mturk_factory: Factory) -> None:
    @given(requests(operation))
    def holds(request: dict[str, Any]) -> None:
        with mturk_factory() as sim:
            try:
                _call(sim, operation, request)
            except ClientError as error:
                response: Any = error.response
                unknown_worker = "is not valid for the parameter WorkerId" in response["Error"]["Message"]
                assert unknown_worker or response.get("TurkErrorCode") in UNKNOWN, response

    holds()


@pytest.mark.parametrize("operation", operation_names())
def test_requests_evaluate_back_and_every_member_that_can_be_drawn_is(operation: str) -> None:
    met: set[str] = set()

    @given(requests(operation))
    def meet(request: dict[str, Any]) -> None:
        assert eval(repr(request), {"datetime": datetime}) == request
        met.update(request)

    meet()

    out_of_reach = {"NextToken", "HITLayoutId", "HITLayoutParameters"}
    if operation == "UpdateQualificationType":
        out_of_reach |= {"AutoGranted", "AutoGrantedValue"}
    assert met | out_of_reach >= input_shape(operation)["members"].keys()


@pytest.mark.parametrize("operation", operation_names())
def test_each_operation_has_a_strategy_of_its_own_name(operation: str) -> None:
    name = f"{xform_name(operation)}_requests"

    assert name in dir(strategies)
    assert name in strategies.__all__
    assert name in repr(getattr(strategies, name)())
    assert getattr(strategies, name).__name__ == name


def test_there_is_no_strategy_of_another_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'create_hut_requests'"):
        _ = strategies.create_hut_requests


def test_a_shape_of_a_kind_that_the_service_never_had_is_no_silent_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "description", lambda: {"shapes": {"Photo": {"type": "blob"}}})
    with pytest.raises(NotImplementedError, match="a blob shape Photo that no strategy is made for"):
        shapes._shaped.__wrapped__("Photo")


@given(requests("CreateHIT", Title=st.just("A title"), MaxAssignments=3))
def test_members_may_be_strategies_or_values(request: dict[str, Any]) -> None:
    assert (request["Title"], request["MaxAssignments"]) == ("A title", 3)


@given(requests("SendBonus", without=("WorkerId", "UniqueRequestToken")))
def test_members_can_be_left_to_the_caller(request: dict[str, Any]) -> None:
    assert request.keys() == {"AssignmentId", "BonusAmount", "Reason"}


@given(requests("CreateHIT", HITLayoutId="3ABC"))
def test_members_that_hang_together_are_all_left_to_the_caller(request: dict[str, Any]) -> None:
    assert "Question" not in request


@pytest.mark.parametrize("operation", operation_names())
def test_the_operation_may_be_named_like_the_clients_method(operation: str) -> None:
    assert requests(xform_name(operation)) is requests(operation)


@given(requests(st.sampled_from(["GetHIT", "delete_hit"])))
def test_the_operation_may_be_a_strategy(request: dict[str, Any]) -> None:
    assert request.keys() == {"HITId"}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: requests("CreateHat"), "did you mean 'CreateHIT'"),
        (lambda: requests("CreateHIT", Titel="x"), "no member 'Titel'; it has .*Title"),
        (lambda: requests("CreateHIT", without=("Titel",)), "no member 'Titel'"),
        (lambda: requests("GetAccountBalance", HITId="3A"), "it has none"),
    ],
)
def test_bad_arguments_are_refused_at_once(make: Any, said: str) -> None:
    with pytest.raises(InvalidArgument, match=said):
        make()
