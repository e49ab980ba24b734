"""Qualifications that workers hold: granted, revoked, read and listed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from helpers import api, ids, pages, refused
from hypothesis import given
from hypothesis import strategies as st
from qualifications import associate, make_type, score_of

from mturk_sim import Behavior, Simulation

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
PATTERN = (
    "1 validation error detected: Value '{}' at 'workerId' failed to satisfy constraint: "
    "Member must satisfy regular expression pattern: ^A[A-Z0-9]+$"
)
NO_QUALIFICATION = (
    "RequestError",
    "AWS.MechanicalTurk.QualificationDoesNotExist",
    "You requested a Qualification that does not exist.",
)
NOT_GRANTED = (
    "RequestError",
    "AWS.MechanicalTurk.InvalidQualificationState",
    "This operation can be called with a status of: Granted",
)


def revoke(sim: Simulation, type_id: str, worker_id: str, **members: Any) -> dict[str, Any]:
    answer: dict[str, Any] = api(sim).disassociate_qualification_from_worker(
        QualificationTypeId=type_id, WorkerId=worker_id, **members
    )
    return answer


def shown(sim: Simulation, type_id: str, worker_id: str) -> dict[str, Any]:
    answer = api(sim).get_qualification_score(QualificationTypeId=type_id, WorkerId=worker_id)
    qualification: dict[str, Any] = answer["Qualification"]
    return qualification


# --- granting ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("QUA-01", "QUA-11")
def test_an_association_grants_1_and_tells_the_worker(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    mturk.clock.advance(minutes=1)
    associate(mturk, type_id, worker.id)
    assert shown(mturk, type_id, worker.id) == {
        "QualificationTypeId": type_id,
        "WorkerId": worker.id,
        "GrantTime": START + timedelta(minutes=1),
        "IntegerValue": 1,
        "Status": "Granted",
    }
    assert worker.qualifications == {type_id: 1}
    (message,) = worker.inbox
    assert (message.kind, message.qualification_type_id, message.value) == ("grant", type_id, 1)


@pytest.mark.rule("QUA-01")
@pytest.mark.parametrize("send", [True, False])
def test_the_worker_is_told_unless_that_is_switched_off(mturk: Simulation, send: bool) -> None:
    worker = mturk.worker()
    associate(mturk, make_type(mturk), worker.id, IntegerValue=9, SendNotification=send)
    assert [message.value for message in worker.inbox] == ([9] if send else [])


@pytest.mark.rule("QUA-02")
def test_associating_again_overwrites_the_value(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    for value in (2, 3):
        associate(mturk, type_id, worker.id, IntegerValue=value)
    assert score_of(mturk, type_id, worker.id) == 3
    listed = api(mturk).list_workers_with_qualification_type(QualificationTypeId=type_id)
    assert listed["NumResults"] == 1


@pytest.mark.rule("QUA-03", "C24")
def test_somebody_unknown_cannot_be_given_anything(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    call = api(mturk).associate_qualification_with_worker
    error = refused(mturk, call, QualificationTypeId=type_id, WorkerId="A143XRCI1YXAFE")
    assert error.type == "ParameterValidationError"
    assert error.text == 'The value "A143XRCI1YXAFE" is not valid for the parameter WorkerId.'
    assert error.code is None


@pytest.mark.rule("QUA-03", "C24")
@pytest.mark.mturk(behavior=Behavior(any_worker_exists=True))
def test_where_anybody_exists_an_unknown_worker_holds_what_it_is_given(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    associate(mturk, type_id, "A143XRCI1YXAFE", IntegerValue=3)
    assert score_of(mturk, type_id, "A143XRCI1YXAFE") == 3
    assert mturk.worker("A143XRCI1YXAFE").qualifications == {type_id: 3}


@pytest.mark.rule("QUA-14")
@pytest.mark.parametrize("value", [0, -1, -(2**31), 2**31 - 1])
def test_values_are_32_bit_integers(mturk: Simulation, value: int) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    associate(mturk, type_id, worker.id, IntegerValue=value)
    assert score_of(mturk, type_id, worker.id) == value


@pytest.mark.rule("QUA-14")
@pytest.mark.parametrize("value", [-(2**31) - 1, 2**31])
def test_larger_values_are_refused(mturk: Simulation, value: int) -> None:
    call = api(mturk).associate_qualification_with_worker
    worker = mturk.worker()
    error = refused(mturk, call, QualificationTypeId=make_type(mturk), WorkerId=worker.id, IntegerValue=value)
    assert error.text == (
        f"The value {value} is invalid for IntegerValue. Valid values range from -2147483648 to 2147483647."
    )


# --- revoking ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("QUA-09", "QUA-06", "QUA-10")
@pytest.mark.parametrize("reason", [None, "Too slow."])
def test_what_is_revoked_is_kept_and_cannot_be_read(mturk: Simulation, reason: str | None) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    associate(mturk, type_id, worker.id, IntegerValue=4, SendNotification=False)
    assert set(revoke(mturk, type_id, worker.id, **({"Reason": reason} if reason else {}))) == {"ResponseMetadata"}
    error = refused(mturk, api(mturk).get_qualification_score, QualificationTypeId=type_id, WorkerId=worker.id)
    assert (error.type, error.code, error.text) == NOT_GRANTED
    assert worker.qualifications == {}
    (message,) = worker.inbox
    assert (message.kind, message.text, message.qualification_type_id) == ("revocation", reason, type_id)
    revoked = api(mturk).list_workers_with_qualification_type(QualificationTypeId=type_id, Status="Revoked")
    assert [(each["WorkerId"], each["IntegerValue"], each["Status"]) for each in revoked["Qualifications"]] == [
        (worker.id, 4, "Revoked")
    ]


@pytest.mark.rule("QUA-09")
def test_what_was_never_held_does_not_exist_and_revoking_twice_is_the_wrong_state(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    call = api(mturk).disassociate_qualification_from_worker
    error = refused(mturk, call, QualificationTypeId=type_id, WorkerId=worker.id)
    assert (error.type, error.code, error.text) == NO_QUALIFICATION
    associate(mturk, type_id, worker.id)
    revoke(mturk, type_id, worker.id)
    error = refused(mturk, call, QualificationTypeId=type_id, WorkerId=worker.id)
    assert (error.type, error.code, error.text) == NOT_GRANTED


@pytest.mark.rule("QUA-07")
def test_who_lost_it_can_be_given_it_anew_from_then_on(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    associate(mturk, type_id, worker.id, IntegerValue=2)
    mturk.clock.advance(hours=1)
    associate(mturk, type_id, worker.id, IntegerValue=3)
    assert shown(mturk, type_id, worker.id)["GrantTime"] == START
    revoke(mturk, type_id, worker.id)
    mturk.clock.advance(hours=1)
    associate(mturk, type_id, worker.id, IntegerValue=4)
    again = shown(mturk, type_id, worker.id)
    assert (again["GrantTime"], again["IntegerValue"]) == (START + timedelta(hours=2), 4)


# --- reading -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("QUA-04", "QUA-05", "QUA-08")
@pytest.mark.parametrize(
    "choose",
    [make_type, lambda sim: "NONEXISTENT", lambda sim: "00000000000000000071", lambda sim: "000000000000000000L0"],
    ids=["not held", "unknown type", "locale", "approval rate"],
)
def test_what_is_not_there_to_be_read_does_not_exist(mturk: Simulation, choose: Callable[[Simulation], str]) -> None:
    call = api(mturk).get_qualification_score
    error = refused(mturk, call, QualificationTypeId=choose(mturk), WorkerId=mturk.worker().id)
    assert (error.type, error.code, error.text) == NO_QUALIFICATION
    assert error.typed == "RequestError"


@pytest.mark.rule("QUA-04", "C24")
def test_somebody_unknown_holds_nothing(mturk: Simulation) -> None:
    call = api(mturk).get_qualification_score
    error = refused(mturk, call, QualificationTypeId=make_type(mturk), WorkerId="A143XRCI1YXAFE")
    assert (error.type, error.code, error.text) == NO_QUALIFICATION


@pytest.mark.rule("QUA-08", "QUA-01", "C42")
@pytest.mark.parametrize(
    "operation",
    ["get_qualification_score", "associate_qualification_with_worker", "disassociate_qualification_from_worker"],
)
def test_others_types_are_none_of_ones_business(mturk: Simulation, operation: str) -> None:
    type_id = make_type(mturk, client=mturk.requester("another").client)
    worker = mturk.worker()
    error = refused(mturk, getattr(api(mturk), operation), QualificationTypeId=type_id, WorkerId=worker.id)
    assert error.code == "AWS.MechanicalTurk.PermissionDenied"


@pytest.mark.rule("QTY-26", "QUA-01", "QUA-09")
@pytest.mark.parametrize("operation", ["associate_qualification_with_worker", "disassociate_qualification_from_worker"])
def test_an_unknown_type_cannot_be_granted_or_revoked(mturk: Simulation, operation: str) -> None:
    worker = mturk.worker()
    error = refused(mturk, getattr(api(mturk), operation), QualificationTypeId="UNKNOWN", WorkerId=worker.id)
    assert error.code == "AWS.MechanicalTurk.QualificationTypeDoesNotExist"


@pytest.mark.rule("QUA-12", "QUA-03")
@pytest.mark.parametrize(
    "operation",
    ["get_qualification_score", "associate_qualification_with_worker", "disassociate_qualification_from_worker"],
)
@pytest.mark.parametrize("worker_id", ["nonsense", "A1,A1", "a1", "A"])
def test_a_malformed_worker_id_is_refused_by_its_pattern(mturk: Simulation, operation: str, worker_id: str) -> None:
    type_id = make_type(mturk)
    error = refused(mturk, getattr(api(mturk), operation), QualificationTypeId=type_id, WorkerId=worker_id)
    assert (error.type, error.text, error.suffix) == ("ValidationException", PATTERN.format(worker_id), "")


# --- listing -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("QUA-10")
@given(
    acts=st.lists(st.tuples(st.sampled_from(["grant", "revoke"]), st.integers(0, 5)), max_size=20),
    size=st.integers(1, 4),
)
def test_pages_hold_every_holder_once_by_status_and_first_grant(
    mturk_factory: Any, acts: list[tuple[str, int]], size: int
) -> None:
    with mturk_factory() as sim:
        type_id = make_type(sim)
        workers = [sim.worker().id for _ in range(6)]
        holders: dict[str, str] = {}
        for act, place in acts:
            worker_id = workers[place]
            if act == "grant":
                associate(sim, type_id, worker_id, IntegerValue=place)
                holders[worker_id] = "Granted"
            elif holders.get(worker_id) == "Granted":
                revoke(sim, type_id, worker_id)
                holders[worker_id] = "Revoked"
        for status, asked in (("Granted", {}), ("Granted", {"Status": "Granted"}), ("Revoked", {"Status": "Revoked"})):
            call = api(sim).list_workers_with_qualification_type
            found = pages(call, "Qualifications", QualificationTypeId=type_id, MaxResults=size, **asked)
            listed = [each for page in found for each in page]
            assert ids(listed, "WorkerId") == [worker for worker, has in holders.items() if has == status]
            assert all(each["Status"] == status for each in listed)
