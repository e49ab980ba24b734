"""What is done with Qualifications, whoever asks: the doors check, these carry out."""

from collections.abc import Iterable

from mturk_sim.marketplace import inbox
from mturk_sim.marketplace.qualifications.lifecycles import (
    QUALIFICATION_LIFE,
    QUALIFICATION_REQUEST_LIFE,
    QUALIFICATION_TYPE_LIFE,
    fire,
    grant,
    settle,
    tell,
)
from mturk_sim.marketplace.qualifications.records import (
    ACTIVE,
    INACTIVE,
    Qualification,
    QualificationRequest,
    QualificationType,
)
from mturk_sim.marketplace.records import HIT, HITType
from mturk_sim.marketplace.state import DISPOSAL_AFTER, State


# --- types -------------------------------------------------------------------------------------------------------
def add_type(state: State, qualification_type: QualificationType) -> None:
    """Keep a new type."""
    state.store.qualifications.add_type(qualification_type)
    tell(state, "QualificationTypeCreated", qualification_type, name=qualification_type.name)
    touch(state, qualification_type)
    _plan_disposal(state, qualification_type, state.second)


def touch(state: State, qualification_type: QualificationType) -> None:
    """Note that somebody has to do with a type now (C8)."""
    qualification_type.last_used = state.second


def _plan_disposal(state: State, qualification_type: QualificationType, since: int) -> None:
    state.timers.set(since + DISPOSAL_AFTER, "qualification_type:auto_dispose", qualification_type.id)


def dispose_if_unused(state: State, type_id: str) -> None:
    """Dispose of a type that was unused for long, by its timer (C8).

    A type in use is looked at again after the time in which it could fall out of use at the earliest.
    """
    qualification_type = state.store.qualifications.types[type_id]
    fire(state, QUALIFICATION_TYPE_LIFE, qualification_type, "auto_dispose")
    if qualification_type.status in (ACTIVE, INACTIVE):
        in_use = state.store.qualifications.in_use(type_id)
        _plan_disposal(state, qualification_type, state.second if in_use else qualification_type.last_used)


def end_deletion(state: State, type_id: str) -> None:
    """Let a deleted type go, by its timer, unless something holds it up (QTY-03)."""
    settle(state, QUALIFICATION_TYPE_LIFE, state.store.qualifications.types[type_id])


# --- HIT types and HITs that require a type ----------------------------------------------------------------------
def add_hit_type(state: State, hit_type: HITType) -> None:
    """Note which Qualification types a new HIT type requires."""
    store = state.store.qualifications
    for type_id in _required(hit_type):
        store.hit_types[type_id].append(hit_type.id)
        touch(state, store.types[type_id])


def list_hit(state: State, hit: HIT) -> None:
    """Note that a HIT of a type with requirements exists (QTY-31)."""
    state.store.qualifications.hits[hit.type_id].add(hit.number)


def unlist_hit(state: State, hit: HIT) -> None:
    """Note that such a HIT is deleted or gets another type; a deleted Qualification type may wait for that (QTY-25)."""
    store = state.store.qualifications
    store.hits[hit.type_id].remove(hit.number)
    for type_id in _required(state.store.hit_types[hit.type_id]):
        touch(state, store.types[type_id])
        settle(state, QUALIFICATION_TYPE_LIFE, store.types[type_id])


def _required(hit_type: HITType) -> Iterable[str]:
    """The Qualification types that a HIT type requires, each once."""
    return dict.fromkeys(need["QualificationTypeId"] for need in hit_type.requirements)


# --- requests ----------------------------------------------------------------------------------------------------
def add_request(state: State, qualification_type: QualificationType, worker_id: str) -> QualificationRequest:
    """Let a worker ask for a Qualification; what the type decides by itself is decided at once (QRQ-01)."""
    store, now, duration = state.store.qualifications, state.second, qualification_type.test_duration
    latest = store.latest.get((qualification_type.id, worker_id))
    request = QualificationRequest(
        number=len(store.numbered_requests),
        id=state.draws.name(40, "id", "qualification_request", state.ids.number("qualification_request")),
        type_id=qualification_type.id,
        worker_id=worker_id,
        requested=now,
        attempt=1 if latest is None else latest.attempt + 1,
        test=qualification_type.test,
        key=qualification_type.key,
        deadline=None if duration is None else now + duration,
        value=qualification_type.value_granted_at_once if qualification_type.auto_granted else None,
    )
    store.add_request(request)
    touch(state, qualification_type)
    if request.deadline is not None:
        state.timers.set(request.deadline, "qualification_request:lapse", request.id)
    tell(state, "QualificationRequested", request)
    settle(state, QUALIFICATION_REQUEST_LIFE, request)
    return request


def lapse(state: State, request_id: str) -> None:
    """The time for a request's test is over, by its timer, unless the answers are in (QRQ-15)."""
    fire(state, QUALIFICATION_REQUEST_LIFE, state.store.qualifications.requests[request_id], "lapse")


def submit_test(state: State, request: QualificationRequest, answer: str) -> bool:
    """Hand in the answers to a request's test; False, and nothing changed, if they are not awaited."""
    if QUALIFICATION_REQUEST_LIFE.arrow(state, request, "submit") is None:
        return False
    request.answer = answer
    return fire(state, QUALIFICATION_REQUEST_LIFE, request, "submit")


def accept_request(state: State, request: QualificationRequest, value: int) -> bool:
    """Grant what a worker asked for (QRQ-08); False, and nothing changed, if that is decided."""
    if QUALIFICATION_REQUEST_LIFE.arrow(state, request, "grant") is None:
        return False
    request.value = value
    _tell_of_grant(state, request.type_id, request.worker_id, value)
    return fire(state, QUALIFICATION_REQUEST_LIFE, request, "grant")


def reject_request(state: State, request: QualificationRequest, reason: str | None) -> bool:
    """Turn a request down (QRQ-09, QRQ-16); False, and nothing changed, if that is decided."""
    if QUALIFICATION_REQUEST_LIFE.arrow(state, request, "reject") is None:
        return False
    request.reason = reason
    return fire(state, QUALIFICATION_REQUEST_LIFE, request, "reject", reason=reason)


# --- what workers hold -------------------------------------------------------------------------------------------
def associate(
    state: State, qualification_type: QualificationType, worker_id: str, value: int, send_notification: bool
) -> bool:
    """Let a worker hold a value without being asked (QUA-01); False, and nothing changed, if the type is deleted."""
    if not fire(state, QUALIFICATION_TYPE_LIFE, qualification_type, "grant"):
        return False
    grant(state, qualification_type.id, worker_id, value)
    if send_notification:
        _tell_of_grant(state, qualification_type.id, worker_id, value)
    return True


def _tell_of_grant(state: State, type_id: str, worker_id: str, value: int) -> None:
    owner = state.store.qualifications.types[type_id].requester
    inbox.write(state, worker_id, inbox.GRANT, owner, qualification_type_id=type_id, value=value)


def revoke(state: State, held: Qualification, reason: str | None) -> bool:
    """Take from a worker what it holds (QUA-09); False, and nothing changed, if that was done before."""
    if not fire(state, QUALIFICATION_LIFE, held, "revoke", reason=reason):
        return False
    qualification_type = state.store.qualifications.types[held.type_id]
    touch(state, qualification_type)
    owner = qualification_type.requester
    inbox.write(state, held.worker_id, inbox.REVOCATION, owner, reason, qualification_type_id=held.type_id)
    return True
