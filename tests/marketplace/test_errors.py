"""The error catalogue: one line each, its suffix by the environment, and values in its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.errors import CATALOGUE, Refusal, ServiceError


@pytest.mark.rule("ERR-03", "ENV-04")
def test_a_message_ends_in_milliseconds_and_on_the_sandbox_in_s() -> None:
    error = errors.HIT_DOES_NOT_EXIST(hit_id="3X")
    assert error.message(1563818969320, sandbox=True) == "Hit 3X does not exist. (1563818969320 s)"
    assert error.message(1563818969320, sandbox=False) == "Hit 3X does not exist. (1563818969320)"


@pytest.mark.rule("ENV-05", "ERR-05", "ERR-10")
@pytest.mark.parametrize("name", ["BAD_SHAPE", "THROTTLED", "NOT_LINKED", "UNKNOWN_KEY"])
def test_some_messages_have_no_suffix(name: str) -> None:
    line = CATALOGUE[name]
    error = ServiceError(line, "text")
    assert error.message(1, sandbox=True) == error.message(1, sandbox=False) == "text"


@given(st.text())
def test_values_stand_in_the_text_as_they_are(value: str) -> None:
    error = errors.BAD_VALUE(value=value, name="X")
    assert error.text == str(error) == f'The value "{value}" is not valid for the parameter X.'


def test_an_error_knows_its_line() -> None:
    error = errors.ASSIGNMENT_STATE(allowed="Submitted")
    assert (error.type, error.code, error.status, error.rule) == (
        "RequestError",
        "AWS.MechanicalTurk.InvalidAssignmentState",
        400,
        "ASN-14",
    )


def test_a_value_that_is_missing_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="hit_id"):
        errors.HIT_DOES_NOT_EXIST()


@pytest.mark.rule("ERR-12", "ENV-08")
def test_the_catalogue_has_every_line_by_its_name() -> None:
    lines = {name: line for name, line in vars(errors).items() if isinstance(line, Refusal)}
    assert lines == CATALOGUE
    known = {
        "HITDoesNotExist",
        "AssignmentDoesNotExist",
        "QualificationDoesNotExist",
        "QualificationTypeDoesNotExist",
        "QualificationRequestDoesNotExist",
        "InvalidHITState",
        "InvalidAssignmentState",
        "InvalidQualificationTypeState",
        "InvalidQualificationState",
        "InvalidQualificationRequestState",
        "QualificationTypeAlreadyExists",
        "HitAlreadyExists",
        "DuplicateCall",
        "PermissionDenied",
        "XMLParseError",
        "XHTMLParseError",
        "InvalidTransportEndpoint",
        "InvalidParameterValue",
        "InsufficientFunds",
        "InvalidMaximumAssignmentsIncrease",
    }
    codes = {line.code.rpartition(".")[2] for line in CATALOGUE.values() if line.code}
    assert known <= codes
