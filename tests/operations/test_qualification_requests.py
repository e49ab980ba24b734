"""Requests that wait for the owner of a Qualification type: listed, accepted, rejected."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from helpers import api, ids, pages, refused
from hypothesis import given
from hypothesis import strategies as st
from qualifications import (
    AUTOMATIC,
    BEST,
    ESSAY,
    MANUAL,
    SCORED,
    TEST,
    TESTED,
    associate,
    make_type,
    score_of,
    shown_type,
)

from mturk_sim import Simulation
from mturk_sim.documents import question_answers

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
STATE = "This operation can be called with a status of: Submitted"


def listed(sim: Simulation, **members: Any) -> list[dict[str, Any]]:
    requests: list[dict[str, Any]] = api(sim).list_qualification_requests(**members)["QualificationRequests"]
    return requests


def accept(sim: Simulation, request_id: str, **members: Any) -> dict[str, Any]:
    answer: dict[str, Any] = api(sim).accept_qualification_request(QualificationRequestId=request_id, **members)
    return answer


def reject(sim: Simulation, request_id: str, **members: Any) -> dict[str, Any]:
    answer: dict[str, Any] = api(sim).reject_qualification_request(QualificationRequestId=request_id, **members)
    return answer


# --- what is listed ----------------------------------------------------------------------------------------------
@pytest.mark.rule("QRQ-01", "QRQ-02", "QRQ-14")
@pytest.mark.parametrize(
    ("kind", "answers", "status", "is_listed"),
    [
        (AUTOMATIC, None, "Granted", False),
        (MANUAL, None, "Submitted", True),
        (SCORED, None, "Requested", False),
        (SCORED, BEST, "Granted", False),
        (TESTED, None, "Requested", False),
        (TESTED, BEST, "Submitted", True),
    ],
)
def test_only_what_the_owner_must_decide_is_listed(
    mturk: Simulation, kind: dict[str, Any], answers: Any, status: str, is_listed: bool
) -> None:
    type_id = make_type(mturk, **kind)
    request = mturk.worker().request_qualification(type_id, answers)
    assert request.status == status
    assert ids(listed(mturk), "QualificationRequestId") == ([request.id] if is_listed else [])


@pytest.mark.rule("QRQ-05", "QRQ-06", "QRQ-07")
def test_a_request_shows_the_test_as_it_stood_and_the_answers(mturk: Simulation) -> None:
    type_id = make_type(mturk, **TESTED)
    worker = mturk.worker()
    request = worker.request_qualification(type_id)
    api(mturk).update_qualification_type(QualificationTypeId=type_id, Test=ESSAY, TestDurationInSeconds=60)
    mturk.clock.advance(minutes=3)
    request.submit({"q1": ["a"], "q2": []})
    (shown,) = listed(mturk)
    assert question_answers(shown.pop("Answer")) == {"q1": ["a"], "q2": []}
    assert shown == {
        "QualificationRequestId": request.id,
        "QualificationTypeId": type_id,
        "WorkerId": worker.id,
        "Test": TEST,
        "SubmitTime": START + timedelta(minutes=3),
    }
    assert 30 < len(request.id) <= 255
    assert shown_type(mturk, type_id)["Test"] == ESSAY


@pytest.mark.rule("QRQ-05")
def test_no_answers_at_all_are_an_empty_text(mturk: Simulation) -> None:
    mturk.worker().request_qualification(make_type(mturk, **TESTED), {})
    assert listed(mturk)[0]["Answer"] == ""


@pytest.mark.rule("QRQ-06")
def test_without_a_test_there_is_none_and_the_request_counts_as_submitted_at_once(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    mturk.clock.advance(minutes=1)
    worker = mturk.worker()
    request = worker.request_qualification(type_id)
    mturk.clock.advance(hours=1)
    assert listed(mturk) == [
        {
            "QualificationRequestId": request.id,
            "QualificationTypeId": type_id,
            "WorkerId": worker.id,
            "SubmitTime": START + timedelta(minutes=1),
        }
    ]


@pytest.mark.rule("QRQ-03")
def test_without_a_type_the_requests_for_all_ones_own_types_are_listed(mturk: Simulation) -> None:
    first, second = make_type(mturk, "first"), make_type(mturk, "second")
    others = make_type(mturk, "others", mturk.requester("another").client)
    requests = [mturk.worker().request_qualification(type_id).id for type_id in (second, first, others)]
    assert ids(listed(mturk), "QualificationRequestId") == requests[:2]
    assert ids(listed(mturk, QualificationTypeId=first), "QualificationRequestId") == requests[1:2]


@pytest.mark.rule("QRQ-04")
@given(delays=st.lists(st.integers(0, 3), max_size=12), size=st.integers(1, 5), decided=st.sets(st.integers(0, 11)))
def test_pages_hold_every_waiting_request_once_the_oldest_submission_first(
    mturk_factory: Any, delays: list[int], size: int, decided: set[int]
) -> None:
    with mturk_factory() as sim:
        type_id = make_type(sim, **TESTED)
        requests = [sim.worker().request_qualification(type_id) for _ in delays]
        order = sorted(range(len(delays)), key=lambda place: (delays[place], place))
        for minute in range(4):
            for place in order:
                if delays[place] == minute:
                    requests[place].submit(BEST)
            sim.clock.advance(minutes=1)
        for place in decided & set(order):
            reject(sim, requests[place].id)
        found = pages(api(sim).list_qualification_requests, "QualificationRequests", MaxResults=size)
        assert ids([each for page in found for each in page], "QualificationRequestId") == [
            requests[place].id for place in order if place not in decided
        ]


# --- deciding ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("QRQ-08")
@pytest.mark.parametrize(("members", "value"), [({}, 1), ({"IntegerValue": 0}, 0), ({"IntegerValue": -7}, -7)])
def test_an_accept_grants_1_unless_it_says_otherwise(mturk: Simulation, members: dict[str, int], value: int) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    request = worker.request_qualification(type_id)
    assert set(accept(mturk, request.id, **members)) == {"ResponseMetadata"}
    assert (request.status, request.value, worker.qualifications) == ("Granted", value, {type_id: value})
    assert listed(mturk) == []
    (message,) = worker.inbox
    assert (message.kind, message.qualification_type_id, message.value) == ("grant", type_id, value)


@pytest.mark.rule("QRQ-08", "QUA-14")
def test_an_accept_takes_32_bits_only(mturk: Simulation) -> None:
    request = mturk.worker().request_qualification(make_type(mturk))
    call = api(mturk).accept_qualification_request
    error = refused(mturk, call, QualificationRequestId=request.id, IntegerValue=2**31)
    assert error.text == (
        "The value 2147483648 is invalid for IntegerValue. Valid values range from -2147483648 to 2147483647."
    )


@pytest.mark.rule("QRQ-09", "QRQ-16")
@pytest.mark.parametrize("reason", [None, "Not now."])
def test_a_reject_leaves_nothing_behind_but_its_reason(mturk: Simulation, reason: str | None) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    request = worker.request_qualification(type_id)
    given_reason = {} if reason is None else {"Reason": reason}
    assert set(reject(mturk, request.id, **given_reason)) == {"ResponseMetadata"}
    assert (request.status, request.value, worker.qualifications) == ("Rejected", None, {})
    (message,) = worker.inbox
    assert (message.kind, message.text, message.requester) == ("request_rejection", reason, "default")
    error = refused(mturk, api(mturk).get_qualification_score, QualificationTypeId=type_id, WorkerId=worker.id)
    assert error.code == "AWS.MechanicalTurk.QualificationDoesNotExist"
    revoked = api(mturk).list_workers_with_qualification_type(QualificationTypeId=type_id, Status="Revoked")
    assert revoked["Qualifications"] == []


@pytest.mark.rule("QRQ-10", "C17")
@pytest.mark.parametrize("operation", ["accept_qualification_request", "reject_qualification_request"])
@pytest.mark.parametrize("request_id", ["UNKNOWN", "not even an id"])
def test_an_unknown_request_does_not_exist(mturk: Simulation, operation: str, request_id: str) -> None:
    error = refused(mturk, getattr(api(mturk), operation), QualificationRequestId=request_id)
    assert (error.type, error.code) == ("RequestError", "AWS.MechanicalTurk.QualificationRequestDoesNotExist")
    assert error.text == "You requested a Qualification request that does not exist."


@pytest.mark.rule("QRQ-10", "C18")
@pytest.mark.parametrize(
    ("operation", "members"),
    [("accept_qualification_request", {"IntegerValue": 9}), ("reject_qualification_request", {"Reason": "Too late."})],
)
@pytest.mark.parametrize("state", ["Requested", "Granted", "Rejected", "Lapsed"])
def test_only_what_waits_can_be_decided(mturk: Simulation, operation: str, members: dict[str, Any], state: str) -> None:
    request = mturk.worker().request_qualification(make_type(mturk, **TESTED))
    if state == "Lapsed":
        mturk.clock.advance(minutes=10)
    elif state != "Requested":
        request.submit(BEST)
        (accept if state == "Granted" else reject)(mturk, request.id)
    assert request.status == state
    error = refused(mturk, getattr(api(mturk), operation), QualificationRequestId=request.id, **members)
    assert (error.type, error.code) == ("RequestError", "AWS.MechanicalTurk.InvalidQualificationRequestState")
    assert error.text == STATE


@pytest.mark.rule("QRQ-08", "QTY-27", "C42")
@pytest.mark.parametrize("operation", ["accept_qualification_request", "reject_qualification_request"])
def test_only_the_owner_decides(mturk: Simulation, operation: str) -> None:
    request = mturk.worker().request_qualification(make_type(mturk, client=mturk.requester("another").client))
    error = refused(mturk, getattr(api(mturk), operation), QualificationRequestId=request.id)
    assert error.code == "AWS.MechanicalTurk.PermissionDenied"


@pytest.mark.rule("QRQ-11")
def test_a_direct_grant_leaves_the_request_open_and_its_accept_overwrites(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    request = worker.request_qualification(type_id)
    associate(mturk, type_id, worker.id, IntegerValue=5)
    assert (request.status, score_of(mturk, type_id, worker.id)) == ("Submitted", 5)
    accept(mturk, request.id, IntegerValue=2)
    assert score_of(mturk, type_id, worker.id) == 2


@pytest.mark.rule("QRQ-11", "QRQ-16")
def test_rejecting_the_request_leaves_a_direct_grant_alone(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    request = worker.request_qualification(type_id)
    associate(mturk, type_id, worker.id, IntegerValue=5)
    reject(mturk, request.id)
    assert score_of(mturk, type_id, worker.id) == 5
