"""The lifecycles of Qualification types, of requests and of what workers hold: all that can change them, as rows.

As with HITs, an `Arrow` is what somebody asks for and a `Settling` what nobody asks for: a request without a test is
in at once, a test with a key scores itself, a deletion ends when nothing needs the type any more.
"""

from typing import Any, Final, TypeVar

from mturk_sim.core.clock import HOUR
from mturk_sim.core.tables import Arrow, Row, Settling, Table
from mturk_sim.documents import parse_answer_key, score
from mturk_sim.marketplace import inbox
from mturk_sim.marketplace.qualifications.records import (
    ACTIVE,
    DISPOSING,
    GONE,
    GRANTED,
    INACTIVE,
    LAPSED,
    REJECTED,
    REQUESTED,
    REVOKED,
    SUBMITTED,
    Qualification,
    QualificationRequest,
    QualificationType,
)
from mturk_sim.marketplace.state import DISPOSAL_AFTER, State

DELETION_TAKES: Final = 48 * HOUR
"""How long a deleted type keeps its name (QTY-03)."""

R = TypeVar("R", QualificationType, QualificationRequest, Qualification)


def fire(state: State, life: Table[State, R], record: R, event: str, **detail: Any) -> bool:
    """Ask for an event; False, and nothing changed, if the lifecycle does not allow it now."""
    arrow = life.arrow(state, record, event)
    if arrow is None:
        return False
    _go(state, record, arrow, detail)
    settle(state, life, record)
    return True


def settle(state: State, life: Table[State, R], record: R) -> None:
    """Let happen what nobody has to ask for."""
    while (row := life.settling(state, record)) is not None:
        _go(state, record, row, {})


def _go(state: State, record: R, row: Row[State, R], detail: dict[str, Any]) -> None:
    record.status = row.target
    if row.fact:
        tell(state, row.fact, record, **detail)
    for consequence in row.then:
        consequence(state, record)


def tell(
    state: State, fact: str, record: QualificationType | QualificationRequest | Qualification, **detail: Any
) -> None:
    """Write into the journal what became of a type, a request or a Qualification."""
    if isinstance(record, QualificationType):
        worker, type_id = None, record.id
    else:
        worker, type_id = record.worker_id, record.type_id
    state.tell(fact, None, None, worker, {"qualification_type_id": type_id, **detail})


# --- what a worker holds -----------------------------------------------------------------------------------------
def grant_anew(state: State, held: Qualification) -> None:
    """Hold it from now on, though it was revoked (QUA-07)."""
    held.granted = state.second
    _move_holder(state, held, REVOKED)


def keep_as_revoked(state: State, held: Qualification) -> None:
    """Stay listed among the revoked (QUA-10)."""
    _move_holder(state, held, GRANTED)


def _move_holder(state: State, held: Qualification, source: str) -> None:
    holders = state.store.qualifications.holders
    holders[held.type_id, source].remove(held.number)
    holders[held.type_id, held.status].add(held.number)


QUALIFICATION_LIFE: Final[Table[State, Qualification]] = Table(
    "Qualification",
    states=(GRANTED, REVOKED),
    initial=GRANTED,
    arrows=(
        Arrow(GRANTED, "read", GRANTED, "QUA-06"),
        Arrow(GRANTED, "grant", GRANTED, "QUA-02", "QualificationGranted"),
        Arrow(REVOKED, "grant", GRANTED, "QUA-07", "QualificationGranted", then=(grant_anew,)),
        Arrow(GRANTED, "revoke", REVOKED, "QUA-09", "QualificationRevoked", then=(keep_as_revoked,)),
    ),
)
"""The life of what a worker holds of one type. `read` is asked by GetQualificationScore."""


def grant(state: State, type_id: str, worker_id: str, value: int) -> None:
    """Let a worker hold a value of a type, in place of what the worker held of it before (QUA-02, QRQ-13)."""
    store = state.store.qualifications
    store.types[type_id].last_used = state.second
    held = store.of(worker_id, type_id)
    if held is None:
        held = Qualification(len(store.numbered), type_id, worker_id, state.second, value)
        store.add(held)
        tell(state, "QualificationGranted", held, value=value)
    else:
        held.value = value
        fire(state, QUALIFICATION_LIFE, held, "grant", value=value)


# --- requests: conditions and consequences -----------------------------------------------------------------------
def the_type_has_no_test(state: State, request: QualificationRequest) -> bool:
    """There is nothing to wait for."""
    return request.test is None


def it_needs_no_owner(state: State, request: QualificationRequest) -> bool:
    """The type grants at once, or its key scores the test."""
    return request.key is not None or request.value is not None


def the_test_time_is_not_over(state: State, request: QualificationRequest) -> bool:
    """The answers can still be handed in (QTY-07)."""
    return request.deadline is not None and state.clock.micros < request.deadline


def the_test_time_is_over(state: State, request: QualificationRequest) -> bool:
    """It is too late for the answers (C27)."""
    return request.deadline is not None and request.deadline <= state.clock.micros


def submit(state: State, request: QualificationRequest) -> None:
    """Wait for the owner (QRQ-02, QRQ-06)."""
    request.submitted = state.second
    for waiting in state.store.qualifications.wait_lists(request):
        waiting.add((request.submitted, request.number))


def wait_no_more(state: State, request: QualificationRequest) -> None:
    """The owner need not decide any more."""
    for waiting in state.store.qualifications.wait_lists(request):
        waiting.remove((request.submitted or 0, request.number))


def score_the_test(state: State, request: QualificationRequest) -> None:
    """Work out the value with the key as it stood when the worker asked (QRQ-01, QRQ-05)."""
    if request.key is not None:
        request.value = score(parse_answer_key(request.key), request.answer or "")


def hand_over(state: State, request: QualificationRequest) -> None:
    """Let the worker hold what was granted."""
    if request.value is not None:
        grant(state, request.type_id, request.worker_id, request.value)


def tell_of_rejection(state: State, request: QualificationRequest) -> None:
    """Let the worker read why, if that was said (QRQ-09)."""
    owner = state.store.qualifications.types[request.type_id].requester
    kind = inbox.REQUEST_REJECTION
    inbox.write(state, request.worker_id, kind, owner, request.reason, qualification_type_id=request.type_id)


_REJECTED: Final = "QualificationRequestRejected"

QUALIFICATION_REQUEST_LIFE: Final[Table[State, QualificationRequest]] = Table(
    "Qualification request",
    states=(REQUESTED, SUBMITTED, GRANTED, REJECTED, LAPSED),
    initial=REQUESTED,
    arrows=(
        Arrow(
            REQUESTED,
            "submit",
            SUBMITTED,
            "QRQ-06",
            "QualificationTestSubmitted",
            the_test_time_is_not_over,
            (submit,),
        ),
        Arrow(REQUESTED, "lapse", LAPSED, "QRQ-15", "QualificationRequestLapsed", the_test_time_is_over),
        Arrow(REQUESTED, "close", REJECTED, "QTY-24", _REJECTED, then=(tell_of_rejection,)),
        Arrow(SUBMITTED, "close", REJECTED, "QTY-24", _REJECTED, then=(wait_no_more, tell_of_rejection)),
        Arrow(SUBMITTED, "grant", GRANTED, "QRQ-08", then=(wait_no_more, hand_over)),
        Arrow(SUBMITTED, "reject", REJECTED, "QRQ-09", _REJECTED, then=(wait_no_more, tell_of_rejection)),
    ),
    settlings=(
        Settling(REQUESTED, the_type_has_no_test, SUBMITTED, "QRQ-06", then=(submit,)),
        Settling(SUBMITTED, it_needs_no_owner, GRANTED, "QRQ-01", then=(score_the_test, wait_no_more, hand_over)),
    ),
)
"""The life of a request. `lapse` is asked by a timer, `close` by the deletion of the type."""


# --- types: conditions and consequences --------------------------------------------------------------------------
def unused_for_120_days(state: State, qualification_type: QualificationType) -> bool:
    """It can dispose of itself (C8)."""
    idle = state.clock.micros - qualification_type.last_used
    return idle >= DISPOSAL_AFTER and not state.store.qualifications.in_use(qualification_type.id)


def no_hit_uses_it_48_hours_after_its_deletion(state: State, qualification_type: QualificationType) -> bool:
    """Nothing holds up its deletion any more (QTY-03, QTY-25)."""
    deleted = qualification_type.deleted
    over = deleted is not None and deleted + DELETION_TAKES <= state.clock.micros
    return over and not state.store.qualifications.in_use(qualification_type.id)


def leave_the_searches(state: State, qualification_type: QualificationType) -> None:
    """Be found no more."""
    state.store.qualifications.by_name.remove((qualification_type.name, qualification_type.number))


def close_its_requests(state: State, qualification_type: QualificationType) -> None:
    """Turn down all who still wait or take the test (QTY-24)."""
    store = state.store.qualifications
    for request in store.open_requests(qualification_type.id):
        fire(state, QUALIFICATION_REQUEST_LIFE, request, "close")


def dispose_its_hit_types(state: State, qualification_type: QualificationType) -> None:
    """Let no new HITs have the HIT types that require it (QTY-24)."""
    for hit_type_id in state.store.qualifications.hit_types[qualification_type.id]:
        state.store.hit_types[hit_type_id].disposed = True


def plan_the_end(state: State, qualification_type: QualificationType) -> None:
    """Let it look in 48 hours whether it can go; before, and while HITs require it, it cannot (QTY-03)."""
    qualification_type.deleted = state.clock.micros
    state.timers.set(state.clock.micros + DELETION_TAKES, "qualification_type:settle", qualification_type.id)


def free_its_name(state: State, qualification_type: QualificationType) -> None:
    """Let another type have the name (QTY-03)."""
    del state.store.qualifications.names[qualification_type.requester, qualification_type.name]


_LIVE: Final = (ACTIVE, INACTIVE)
_DELETED: Final = (leave_the_searches, close_its_requests, dispose_its_hit_types, plan_the_end)
_GONE_FACT: Final = "QualificationTypeDeleted"

QUALIFICATION_TYPE_LIFE: Final[Table[State, QualificationType]] = Table(
    "Qualification type",
    states=(ACTIVE, INACTIVE, DISPOSING, GONE),
    initial=ACTIVE,
    arrows=(
        Arrow(ACTIVE, "request", ACTIVE, "QTY-16"),
        Arrow(ACTIVE, "require", ACTIVE, "REQ-17"),
        *(Arrow(state, "grant", state, "QUA-01") for state in _LIVE),
        *(Arrow(state, "update", state, "QTY-12") for state in _LIVE),
        *(Arrow(state, "activate", ACTIVE, "QTY-16") for state in _LIVE),
        *(Arrow(state, "deactivate", INACTIVE, "QTY-16") for state in _LIVE),
        *(Arrow(state, "delete", DISPOSING, "QTY-25", _GONE_FACT, then=_DELETED) for state in _LIVE),
        *(Arrow(state, "auto_dispose", DISPOSING, "C8", _GONE_FACT, unused_for_120_days, _DELETED) for state in _LIVE),
    ),
    settlings=(Settling(DISPOSING, no_hit_uses_it_48_hours_after_its_deletion, GONE, "QTY-25", then=(free_its_name,)),),
)
"""The life of a type; some begin Inactive. `request` is asked by workers, `require` by new HITs and HIT types, `grant`
by direct associations, `auto_dispose` by a timer."""
