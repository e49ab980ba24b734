"""The lifecycles of types, requests and Qualifications, row by row, and what each state lets be done from outside."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from botocore.exceptions import ClientError
from helpers import api, digest
from qualifications import BEST, SCORED, TESTED, associate, make_type, need, post_for

from mturk_sim import Simulation, WorkerRefused
from mturk_sim.core.clock import DAY
from mturk_sim.core.tables import Arrow, Table
from mturk_sim.marketplace.qualifications.lifecycles import (
    QUALIFICATION_LIFE,
    QUALIFICATION_REQUEST_LIFE,
    QUALIFICATION_TYPE_LIFE,
    fire,
)
from mturk_sim.marketplace.qualifications.records import Qualification, QualificationRequest, QualificationType
from mturk_sim.marketplace.rules import rules

AnyArrow = Arrow[Any, Any]
TABLES: dict[str, Table[Any, Any]] = {
    "type": QUALIFICATION_TYPE_LIFE,
    "request": QUALIFICATION_REQUEST_LIFE,
    "held": QUALIFICATION_LIFE,
}


# --- a record in each state, by real acts ------------------------------------------------------------------------
def a_type(sim: Simulation, state: str) -> QualificationType:
    status = "Inactive" if state == "Inactive" else "Active"
    type_id = make_type(sim, QualificationTypeStatus=status)
    if state in ("Disposing", "Gone"):
        api(sim).delete_qualification_type(QualificationTypeId=type_id)
    if state == "Gone":
        sim.clock.advance(days=2)
    return sim.world.store.qualifications.types[type_id]


def a_request(sim: Simulation, state: str) -> QualificationRequest:
    request = sim.worker().request_qualification(make_type(sim, **TESTED))
    if state == "Lapsed":
        sim.clock.advance(minutes=10)
    elif state != "Requested":
        request.submit(BEST)
    if state == "Granted":
        api(sim).accept_qualification_request(QualificationRequestId=request.id)
    elif state == "Rejected":
        api(sim).reject_qualification_request(QualificationRequestId=request.id)
    return sim.world.store.qualifications.requests[request.id]


def a_qualification(sim: Simulation, state: str) -> Qualification:
    type_id, worker = make_type(sim), sim.worker()
    associate(sim, type_id, worker.id)
    if state == "Revoked":
        api(sim).disassociate_qualification_from_worker(QualificationTypeId=type_id, WorkerId=worker.id)
    held = sim.world.store.qualifications.of(worker.id, type_id)
    assert held is not None
    return held


MAKE: dict[str, Callable[[Simulation, str], Any]] = {"type": a_type, "request": a_request, "held": a_qualification}


def in_state(sim: Simulation, kind: str, state: str) -> Any:
    record = MAKE[kind](sim, state)
    assert record.status == state
    return record


def let(sim: Simulation, record: Any, guard: str) -> None:
    """Put the clock, and nothing else, where a guard holds."""
    if guard == "the_test_time_is_over":
        sim.world.clock.set(record.deadline)
    elif guard == "unused_for_120_days":
        sim.world.clock.set(record.last_used + 120 * DAY)


def name_of(row: tuple[str, AnyArrow]) -> str:
    return f"{row[0]}-{row[1].source}-{row[1].event}"


# --- arrows ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("QTY-12", "QTY-16", "QTY-24", "QTY-25", "QRQ-06", "QRQ-08", "QRQ-09", "QRQ-15", "QUA-02", "QUA-07")
@pytest.mark.parametrize("row", [(kind, arrow) for kind in TABLES for arrow in TABLES[kind].arrows], ids=name_of)
def test_each_arrow_leads_where_it_says_and_is_told(mturk: Simulation, row: tuple[str, AnyArrow]) -> None:
    kind, arrow = row
    record, told = in_state(mturk, kind, arrow.source), len(mturk.journal)
    if arrow.guard is not None:
        let(mturk, record, arrow.guard.__name__)
    assert fire(mturk.world, TABLES[kind], record, arrow.event)
    assert record.status == arrow.target
    kinds = [fact.kind for fact in list(mturk.journal)[told:]]
    assert kinds[:1] == ([] if arrow.fact is None else [arrow.fact])


@pytest.mark.parametrize(
    "row", [(kind, arrow) for kind in TABLES for arrow in TABLES[kind].arrows if arrow.guard is not None], ids=name_of
)
def test_each_guard_keeps_its_arrow_shut(mturk: Simulation, row: tuple[str, AnyArrow]) -> None:
    kind, arrow = row
    record = in_state(mturk, kind, arrow.source)
    if arrow.event == "submit":
        mturk.world.clock.set(record.deadline)
    before = digest_without_ringing(mturk)
    assert not fire(mturk.world, TABLES[kind], record, arrow.event)
    assert digest_without_ringing(mturk) == before


def digest_without_ringing(sim: Simulation) -> Any:
    """A digest for a clock that was put somewhere by hand: no timer rings first."""
    rung, sim.world._ringing = sim.world._ringing, True
    try:
        return digest(sim)
    finally:
        sim.world._ringing = rung


@pytest.mark.rule("QTY-07", "QRQ-15", "C27")
def test_a_test_lapses_at_its_deadline_and_not_before_and_is_handed_in_before_and_not_then(mturk: Simulation) -> None:
    request = a_request(mturk, "Requested")
    assert not fire(mturk.world, QUALIFICATION_REQUEST_LIFE, request, "lapse")
    assert request.deadline is not None
    mturk.world.clock.set(request.deadline)
    assert not fire(mturk.world, QUALIFICATION_REQUEST_LIFE, request, "submit")
    assert request.status == "Requested"


@pytest.mark.rule("QRQ-09")
def test_a_rejection_is_told_with_its_reason(mturk: Simulation) -> None:
    request = a_request(mturk, "Submitted")
    api(mturk).reject_qualification_request(QualificationRequestId=request.id, Reason="Too few.")
    (fact,) = mturk.journal.of("QualificationRequestRejected")
    told = {"qualification_type_id": request.type_id, "reason": "Too few."}
    assert (fact.worker_id, fact.detail) == (request.worker_id, told)


@pytest.mark.rule("QUA-09")
@pytest.mark.parametrize("reason", [None, "Too many mistakes."])
def test_a_revocation_is_told_with_its_reason(mturk: Simulation, reason: str | None) -> None:
    held = a_qualification(mturk, "Granted")
    given = {} if reason is None else {"Reason": reason}
    api(mturk).disassociate_qualification_from_worker(
        QualificationTypeId=held.type_id, WorkerId=held.worker_id, **given
    )
    (fact,) = mturk.journal.of("QualificationRevoked")
    assert fact.detail == {"qualification_type_id": held.type_id, "reason": reason}


@pytest.mark.rule("QTY-24")
@pytest.mark.parametrize("state", ["Requested", "Submitted"])
def test_a_request_that_is_closed_with_its_type_is_told_as_rejected(mturk: Simulation, state: str) -> None:
    request = a_request(mturk, state)
    api(mturk).delete_qualification_type(QualificationTypeId=request.type_id)
    assert [fact.worker_id for fact in mturk.journal.of("QualificationRequestRejected")] == [request.worker_id]


ABSENT = [
    (kind, state, event)
    for kind, table in TABLES.items()
    for state, event in product(table.states, table.events)
    if state not in table.sources(event)
]


@pytest.mark.parametrize(("kind", "state", "event"), ABSENT)
def test_what_has_no_arrow_changes_nothing(mturk: Simulation, kind: str, state: str, event: str) -> None:
    record = in_state(mturk, kind, state)
    before = digest(mturk)
    assert not fire(mturk.world, TABLES[kind], record, event)
    assert digest(mturk) == before


def test_rows_cite_rules_that_exist() -> None:
    assert {row.rule for table in TABLES.values() for row in table.rows()} <= set(rules())


@pytest.mark.rule("QUA-02", "QUA-07")
def test_each_grant_is_told_with_its_value(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    for value in (1, 5):
        associate(mturk, type_id, worker.id, IntegerValue=value)
    api(mturk).disassociate_qualification_from_worker(QualificationTypeId=type_id, WorkerId=worker.id)
    associate(mturk, type_id, worker.id, IntegerValue=7)
    told = [(fact.worker_id, fact.detail) for fact in mturk.journal.of("QualificationGranted")]
    assert told == [(worker.id, {"qualification_type_id": type_id, "value": value}) for value in (1, 5, 7)]


# --- settlings ---------------------------------------------------------------------------------------------------
@pytest.mark.rule("QRQ-01", "QRQ-06")
@pytest.mark.parametrize(
    ("members", "answers", "facts"),
    [
        ({}, None, ["QualificationRequested"]),
        ({"AutoGranted": True}, None, ["QualificationRequested", "QualificationGranted"]),
        (TESTED, None, ["QualificationRequested"]),
        (TESTED, BEST, ["QualificationRequested", "QualificationTestSubmitted"]),
        (SCORED, BEST, ["QualificationRequested", "QualificationTestSubmitted", "QualificationGranted"]),
    ],
)
def test_what_nobody_has_to_ask_for_happens_at_once(
    mturk: Simulation, members: dict[str, Any], answers: Any, facts: list[str]
) -> None:
    type_id = make_type(mturk, **members)
    worker = mturk.worker()
    worker.request_qualification(type_id, answers)
    told = list(mturk.journal)[1:]
    assert [fact.kind for fact in told] == facts
    assert {(fact.worker_id, (fact.detail or {})["qualification_type_id"]) for fact in told} == {(worker.id, type_id)}


# --- what each state of a type lets be done from outside ----------------------------------------------------------
STATE, MISSING, OK = "InvalidQualificationTypeState", "QualificationTypeDoesNotExist", "ok"
MATRIX = {
    "get_qualification_type": (OK, OK, OK, MISSING),
    "update_qualification_type": (OK, OK, STATE, MISSING),
    "delete_qualification_type": (OK, OK, STATE, MISSING),
    "associate_qualification_with_worker": (OK, OK, STATE, MISSING),
    "disassociate_qualification_from_worker": (OK, OK, OK, MISSING),
    "get_qualification_score": (OK, OK, OK, OK),
    "list_workers_with_qualification_type": (OK, OK, OK, MISSING),
    "list_qualification_requests": (OK, OK, OK, MISSING),
    "list_hits_for_qualification_type": (OK, OK, OK, MISSING),
    "require": (OK, STATE, STATE, MISSING),
    "request": (OK, "not_requestable", "not_requestable", "unknown_qualification_type"),
}


@pytest.mark.rule("QTY-16", "QTY-24", "QTY-25", "QTY-26", "QUA-13", "REQ-14", "REQ-17")
@pytest.mark.parametrize("act", MATRIX)
@pytest.mark.parametrize("state", QUALIFICATION_TYPE_LIFE.states)
def test_each_act_in_each_state_of_a_type(mturk: Simulation, act: str, state: str) -> None:
    holder = mturk.worker()
    type_id = make_type(mturk)
    associate(mturk, type_id, holder.id)
    if state == "Inactive":
        api(mturk).update_qualification_type(QualificationTypeId=type_id, QualificationTypeStatus="Inactive")
    elif state != "Active":
        api(mturk).delete_qualification_type(QualificationTypeId=type_id)
    mturk.clock.advance(days=2 if state == "Gone" else 1)
    members = {"QualificationTypeId": type_id} | ({"WorkerId": holder.id} if act in WITH_WORKER else {})
    outcome = OK
    try:
        if act == "require":
            post_for(mturk, need(type_id))
        elif act == "request":
            mturk.worker().request_qualification(type_id)
        else:
            getattr(api(mturk), act)(**members)
    except ClientError as error:
        outcome = str(error.response.get("TurkErrorCode")).rpartition(".")[2]
    except WorkerRefused as refusal:
        outcome = refusal.reason
    assert outcome == MATRIX[act][QUALIFICATION_TYPE_LIFE.states.index(state)]


WITH_WORKER = (
    "associate_qualification_with_worker",
    "disassociate_qualification_from_worker",
    "get_qualification_score",
)
