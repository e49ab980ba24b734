"""Shapes: a request that breaks the service description in any way it can be broken is refused, and says where."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import attrs
import boto3
import pytest
from botocore.config import Config
from helpers import digest, refused
from questions import HIT

from mturk_sim import Simulation, simulate
from mturk_sim.marketplace.errors import BAD_SHAPE, ServiceError
from mturk_sim.operations import OPERATIONS
from mturk_sim.operations.model import description, input_shape
from mturk_sim.operations.shapes import check_request
from mturk_sim.transport.clients import PLACEHOLDER_KEYS, REGION, SANDBOX
from mturk_sim.transport.stamps import wire_stamp

Shape = dict[str, Any]
SAMPLES = ("3ABC", "A1B2", "0.05", "US", "x")
KINDS = {"string": "a string", "integer": "an integer", "long": "an integer", "boolean": "a boolean", "list": "a list"}
KINDS |= {"structure": "a structure", "timestamp": "a timestamp"}


def shape_of(reference: Shape) -> Shape:
    shape: Shape = description()["shapes"][reference["shape"]]
    return shape


# --- requests that are good --------------------------------------------------------------------------------------
def sample(shape: Shape) -> Any:
    """A value that is as its shape demands, with no member that is not required."""
    match shape["type"]:
        case "string":
            return next(text for text in (*shape.get("enum", ()), *SAMPLES) if fits(shape, text))
        case "list":
            return [sample(shape_of(shape["member"])) for _ in range(shape.get("min", 0))]
        case "structure":
            return {name: sample(shape_of(shape["members"][name])) for name in shape.get("required", ())}
        case "boolean":
            return True
    return shape.get("min", 1)


def fits(shape: Shape, text: str) -> bool:
    within = shape.get("min", 0) <= len(text) <= shape.get("max", 99)
    return within and text in shape.get("enum", [text]) and re.fullmatch(shape.get("pattern", ".*"), text) is not None


# --- requests that are not ---------------------------------------------------------------------------------------
@attrs.frozen
class Broken:
    """A request with one mistake: which operation, what is sent, and the problem as the refusal words it."""

    operation: str
    params: dict[str, Any]
    problem: str

    def __str__(self) -> str:
        return f"{self.operation}-{self.problem.split(' failed ')[0][-40:]}-{self.problem[-40:]}"


def wrong(shape: Shape) -> Iterator[tuple[Any, str, str]]:
    """Values that break a shape in one way each: the value, how the refusal shows it, and what it says."""
    kind, low, high = shape["type"], shape.get("min"), shape.get("max")
    other: Any = 7 if kind in ("string", "boolean", "list", "structure") else "seven"
    yield other, f"'{other}'", f"be {KINDS[kind]}"
    if kind in ("integer", "long"):
        yield True, "'True'", "be an integer"
    if kind == "string":
        yield ["one", "two"], "'[one, two]'", "be a string"
        yield from wrong_texts(shape, low, high)
    if kind in ("integer", "long"):
        if high is not None:
            yield high + 1, f"'{high + 1}'", f"have value less than or equal to {high}"
        if low is not None:
            yield low - 1, f"'{low - 1}'", f"have value greater than or equal to {low}"


def wrong_texts(shape: Shape, low: int | None, high: int | None) -> Iterator[tuple[str, str, str]]:
    if high is not None:
        long = (sample(shape) * (high + 1))[: high + 1]
        assert fits(shape | {"max": high + 1}, long)
        yield long, f"'{long}'", f"have length less than or equal to {high}"
    if low and "pattern" not in shape:
        yield "", "''", f"have length greater than or equal to {low}"
    if pattern := shape.get("pattern"):
        for text in ("a!", f"{sample(shape)}\n"):
            yield text, f"'{text}'", f"satisfy regular expression pattern: {pattern}"
    if enum := shape.get("enum"):
        for text in ("Bogus", enum[0].lower(), f"{enum[0]}\n"):
            yield text, f"'{text}'", f"satisfy enum value set: [{', '.join(enum)}]"


def mistakes(shape: Shape, path: str) -> Iterator[tuple[Any, str]]:
    """A shape's values with one mistake each, its own or one deeper down, with the problem in words."""
    for value, shown, demand in wrong(shape):
        yield value, f"Value {shown} at '{path}' failed to satisfy constraint: Member must {demand}"
    if shape["type"] == "list":
        inner = shape_of(shape["member"])
        for value, problem in mistakes(inner, f"{path}.2.member"):
            yield [sample(inner), value], problem
        yield (
            [sample(inner), None],
            f"Value null at '{path}.2.member' failed to satisfy constraint: Member must not be null",
        )
    if shape["type"] == "structure":
        yield from mistakes_in(shape, f"{path}.")


def mistakes_in(shape: Shape, lead: str) -> Iterator[tuple[dict[str, Any], str]]:
    for name, reference in shape["members"].items():
        spelt = f"{lead}{name[0].lower()}{name[1:]}"
        for value, problem in mistakes(shape_of(reference), spelt):
            yield sample(shape) | {name: value}, problem
    for name in shape.get("required", ()):
        rest = {other: value for other, value in sample(shape).items() if other != name}
        spelt = f"{lead}{name[0].lower()}{name[1:]}"
        for params in (rest, rest | {name: None}):
            yield params, f"Value null at '{spelt}' failed to satisfy constraint: Member must not be null"


CASES = [
    Broken(operation, params, problem)
    for operation in sorted(OPERATIONS)
    for params, problem in mistakes_in(input_shape(operation), "")
]


@pytest.mark.rule("ENV-05", "ENV-09", "ENV-10", "ERR-08", "ERR-09", "C14")
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_each_way_to_break_a_request_is_refused_and_changes_nothing(mturk: Simulation, operation: str) -> None:
    answer = mturk.requester("default").answer
    cases = [case for case in CASES if case.operation == operation]
    assert cases or not input_shape(operation)["members"]
    for case in cases:
        before = digest(mturk)
        refusal, _, _ = answer(operation, case.params, wire_stamp)
        assert isinstance(refusal, ServiceError)
        assert refusal.refusal is BAD_SHAPE, case
        assert refusal.text == f"1 validation error detected: {case.problem}"
        assert digest(mturk) == before


def test_there_are_many_ways() -> None:
    assert len(CASES) > 600
    assert {case.operation for case in CASES} == {name for name in OPERATIONS if input_shape(name)["members"]}


def with_null(shape: Shape) -> Iterator[tuple[Any, Any]]:
    """A shape's values with one optional member that is null, its own or one deeper down; and the same without it."""
    if shape["type"] == "list":
        inner = shape_of(shape["member"])
        yield from (([sample(inner), value], [sample(inner), rest]) for value, rest in with_null(inner))
    for name, reference in shape.get("members", {}).items():
        if name not in shape.get("required", ()):
            yield sample(shape) | {name: None}, sample(shape)
        for value, rest in with_null(shape_of(reference)):
            yield sample(shape) | {name: value}, sample(shape) | {name: rest}


@pytest.mark.rule("ENV-05", "ENV-09")
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_optional_member_that_is_null_is_as_good_as_absent(name: str) -> None:
    for params, rest in with_null(input_shape(name)):
        sent = deepcopy(params)
        assert check_request(OPERATIONS[name], params) == rest
        assert params == sent, "what the caller holds was changed"


def test_there_are_many_optional_members() -> None:
    assert sum(len(list(with_null(input_shape(name)))) for name in OPERATIONS) > 100


@pytest.mark.rule("ENV-05")
def test_several_mistakes_are_told_together(mturk: Simulation) -> None:
    params = HIT | {"UniqueRequestToken": "", "HITLayoutId": "a", "MaxAssignments": "x"}
    refusal, _, _ = mturk.requester("default").answer("CreateHIT", params, wire_stamp)
    assert isinstance(refusal, ServiceError)
    assert refusal.text == (
        "3 validation errors detected: "
        "Value 'x' at 'maxAssignments' failed to satisfy constraint: Member must be an integer; "
        "Value '' at 'uniqueRequestToken' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1; "
        "Value 'a' at 'hITLayoutId' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^[A-Z0-9]+$"
    )


@pytest.mark.rule("ENV-09")
def test_members_that_the_service_does_not_know_are_passed_over(mturk: Simulation) -> None:
    answer, _, _ = mturk.requester("default").answer("CreateHIT", HIT | {"Colour": "red"}, wire_stamp)
    assert isinstance(answer, dict)
    assert answer["HIT"]["HITStatus"] == "Assignable"


# --- as a user meets it ------------------------------------------------------------------------------------------
def trusting_client(sim: Simulation) -> Any:
    """A client that sends whatever it is given."""
    settings: dict[str, Any] = {**PLACEHOLDER_KEYS, "region_name": REGION, "endpoint_url": SANDBOX}
    client = boto3.session.Session().client("mturk", **settings, config=Config(parameter_validation=False))
    return sim.attach(client)


@pytest.fixture
def trusting(mturk: Simulation) -> Any:
    return trusting_client(mturk)


@pytest.mark.rule("ENV-11", "ERR-08")
@pytest.mark.parametrize("worker_id", ["A1,A1", "B123", "a143XRCI1YXAFE", "A143XRCI1YXAFE\n"])
def test_a_worker_id_in_two_parts_is_refused_by_its_pattern(mturk: Simulation, worker_id: str) -> None:
    client: Any = mturk.client
    refusal = refused(mturk, client.associate_qualification_with_worker, QualificationTypeId="3ABC", WorkerId=worker_id)
    assert (refusal.type, refusal.typed, refusal.suffix) == ("ValidationException", "ClientError", "")
    assert refusal.text == (
        f"1 validation error detected: Value '{worker_id}' at 'workerId' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^A[A-Z0-9]+$"
    )


@pytest.mark.rule("ENV-05", "ENV-09")
def test_what_botocore_would_have_caught_is_refused_if_it_is_told_not_to_look(mturk: Simulation, trusting: Any) -> None:
    rest = {name: value for name, value in HIT.items() if name != "Title"}
    refusal = refused(mturk, trusting.create_hit, **rest)
    assert refusal.text == (
        "1 validation error detected: Value null at 'title' failed to satisfy constraint: Member must not be null"
    )
    refusal = refused(mturk, trusting.get_hit, HITId="")
    assert refusal.type == "ValidationException"
    assert refused(mturk, trusting.list_hits, MaxResults=0).type == "ValidationException"
    assert refused(mturk, trusting.create_hit, **HIT | {"Title": 5}).type == "ValidationException"


@pytest.mark.rule("ENV-05", "ENV-09")
@pytest.mark.parametrize("wire", [False, True])
def test_a_client_that_is_told_not_to_look_can_send_nulls(wire: bool) -> None:
    with simulate(wire=wire) as sim:
        client = trusting_client(sim)
        refusal = refused(sim, client.create_hit, **HIT | {"Title": None})
        assert (refusal.type, refusal.text) == (
            "ValidationException",
            "1 validation error detected: Value null at 'title' failed to satisfy constraint: Member must not be null",
        )
        place = {"Country": "US", "Subdivision": None}
        need = {"QualificationTypeId": "00000000000000000071", "Comparator": "In", "LocaleValues": [place]}
        hit = client.create_hit(
            **HIT | {"Keywords": None, "MaxAssignments": None, "QualificationRequirements": [need]}
        )["HIT"]
        assert (hit.get("Keywords"), hit["MaxAssignments"]) == (None, 1)
        assert hit["QualificationRequirements"][0]["LocaleValues"] == [{"Country": "US"}]
        assert client.list_hits(NextToken=None, MaxResults=None)["NumResults"] == 1


@pytest.mark.rule("ENV-09")
def test_botocore_itself_looks_at_no_maximum_pattern_or_enumeration(mturk: Simulation) -> None:
    """Such requests arrive; that they are refused is the marketplace's doing."""
    client: Any = mturk.client
    for call, params in (
        (client.list_hits, {"MaxResults": 101}),
        (client.get_hit, {"HITId": "lower-case!"}),
        (client.list_reviewable_hits, {"Status": "Bogus"}),
        (client.create_hit, HIT | {"UniqueRequestToken": "x" * 65}),
    ):
        assert refused(mturk, call, **params).type == "ValidationException"
    assert len(mturk.calls) == 4
