"""The register of operations agrees with the service description botocore ships, member by member."""

import inspect
from typing import Any

import pytest
from botocore.session import get_session
from helpers import api
from questions import HIT

from mturk_sim import OperationNotModelled, Simulation
from mturk_sim.operations import OPERATIONS
from mturk_sim.operations.model import description, input_shape, operation_names
from mturk_sim.operations.registry import wire_name

MODEL: Any = get_session().get_service_model("mturk")


def test_the_service_has_39_operations() -> None:
    assert len(operation_names()) == 39
    assert sorted(MODEL.operation_names) == list(operation_names())
    assert set(OPERATIONS) <= set(operation_names())


def test_the_description_is_the_one_botocore_uses() -> None:
    for name in operation_names():
        shape = MODEL.operation_model(name).input_shape
        assert list(shape.members) == list(input_shape(name)["members"])
        assert list(shape.required_members) == input_shape(name).get("required", [])
    assert description()["metadata"]["targetPrefix"] == "MTurkRequesterServiceV20170117"


@pytest.mark.rule("HIT-17", "ENV-09")
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_functions_signature_is_the_request(name: str) -> None:
    """Its keyword-only parameters are the members, and those without a default the required ones."""
    entry = OPERATIONS[name]
    call, *parameters = inspect.signature(entry.function).parameters.values()
    assert call.name == "call"
    assert {parameter.kind for parameter in parameters} <= {inspect.Parameter.KEYWORD_ONLY}
    shape = input_shape(name)
    assert {wire_name(parameter.name) for parameter in parameters} == set(shape["members"])
    required = {wire_name(each.name) for each in parameters if each.default is inspect.Parameter.empty}
    assert required == set(shape.get("required", ()))
    assert entry.parameters == {wire_name(parameter.name): parameter.name for parameter in parameters}
    assert inspect.getdoc(entry.function)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_parameters_type_is_its_members(name: str) -> None:
    kinds = {"string": str, "integer": int, "long": int, "boolean": bool, "list": list, "structure": dict, "map": dict}
    hints = inspect.get_annotations(OPERATIONS[name].function, eval_str=True)
    for member, reference in input_shape(name)["members"].items():
        shape = description()["shapes"][reference["shape"]]
        hint = hints[OPERATIONS[name].parameters[member]]
        allowed = getattr(hint, "__args__", ()) if str(hint).endswith("| None") else (hint,)
        wanted = (int, float) if shape["type"] == "timestamp" else (kinds[shape["type"]],)
        assert any(getattr(kind, "__origin__", kind) in wanted for kind in allowed), (member, hint)


@pytest.mark.parametrize("wire", [False, True])
def test_an_operation_that_is_not_modelled_is_named(
    monkeypatch: pytest.MonkeyPatch, mturk_factory: Any, wire: bool
) -> None:
    monkeypatch.delitem(OPERATIONS, "GetHIT")
    with mturk_factory(wire=wire) as sim:
        hit_id = api(sim).create_hit(**HIT)["HIT"]["HITId"]
        with pytest.raises(OperationNotModelled, match=r"GetHIT is not modelled yet; mturk_sim answers: .*CreateHIT"):
            api(sim).get_hit(HITId=hit_id)


def test_not_modelled_is_an_ordinary_error(mturk: Simulation) -> None:
    assert issubclass(OperationNotModelled, NotImplementedError)
