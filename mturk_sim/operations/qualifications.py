"""Qualifications that workers hold: granting, revoking and reading them (QUA-01 to QUA-14)."""

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.qualifications import acts
from mturk_sim.marketplace.qualifications.lifecycles import QUALIFICATION_LIFE
from mturk_sim.marketplace.qualifications.records import GRANTED, Qualification
from mturk_sim.operations import checks
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.pages import Key, page
from mturk_sim.operations.qualification_types import wrong_state as wrong_type_state
from mturk_sim.operations.qualification_views import qualification_view
from mturk_sim.operations.registry import operation


def wrong_state(event: str) -> errors.ServiceError:
    """The refusal of an event that the Qualification's state does not allow (QUA-06, QUA-09)."""
    return errors.QUALIFICATION_STATE(allowed=",".join(QUALIFICATION_LIFE.sources(event)))


@operation("AssociateQualificationWithWorker")
def associate_qualification_with_worker(
    call: Call, *, qualification_type_id: str, worker_id: str, integer_value: int = 1, send_notification: bool = True
) -> Answer:
    """Let a worker hold a value of a type, whatever the worker held before (QUA-01, QUA-02, QUA-03, QUA-07, QUA-14)."""
    qualification_type = call.qualification_type(qualification_type_id)
    checks.worker(call, worker_id)
    checks.in_range("IntegerValue", integer_value)
    if not acts.associate(call.world, qualification_type, worker_id, integer_value, send_notification):
        raise wrong_type_state("grant")
    return {}


@operation("DisassociateQualificationFromWorker")
def disassociate_qualification_from_worker(
    call: Call, *, worker_id: str, qualification_type_id: str, reason: str | None = None
) -> Answer:
    """Revoke what a worker holds of a type (QUA-09)."""
    call.qualification_type(qualification_type_id)
    if not acts.revoke(call.world, _held(call, qualification_type_id, worker_id), reason):
        raise wrong_state("revoke")
    return {}


@operation("GetQualificationScore")
def get_qualification_score(call: Call, *, qualification_type_id: str, worker_id: str) -> Answer:
    """What a worker holds of a type of the requester, also of one that is deleted (QUA-04, QUA-06, QUA-13).

    Types that are unknown or the system's have no score to be read (QUA-05, QUA-08), nor have malformed ids (QUA-12).
    """
    qualification_type = call.world.store.qualifications.types.get(qualification_type_id)
    if qualification_type is None or not qualification_type.requestable:
        raise errors.QUALIFICATION_DOES_NOT_EXIST()
    call.own(qualification_type.requester)
    held = _held(call, qualification_type_id, worker_id)
    if QUALIFICATION_LIFE.arrow(call.world, held, "read") is None:
        raise wrong_state("read")
    return {"Qualification": qualification_view(call, held)}


def _held(call: Call, type_id: str, worker_id: str) -> Qualification:
    """What the worker holds of the type, or held.

    Raises:
        ServiceError: The worker never held any (QUA-04).
    """
    held = call.world.store.qualifications.of(worker_id, type_id)
    if held is None:
        raise errors.QUALIFICATION_DOES_NOT_EXIST()
    return held


@operation("ListWorkersWithQualificationType")
def list_workers_with_qualification_type(
    call: Call,
    *,
    qualification_type_id: str,
    status: str = GRANTED,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Answer:
    """What workers hold of a type, or held until it was revoked, in the order of the first grant (QUA-10)."""
    store = call.world.store.qualifications
    holders = store.holders[call.qualification_type(qualification_type_id).id, status]

    def found(start: Key | None, count: int) -> list[Key]:
        return [(number,) for number in holders.after(start[0] if start else None, count)]

    scope = ("ListWorkersWithQualificationType", qualification_type_id, status)
    numbered = store.numbered
    return page(
        call,
        scope,
        "Qualifications",
        found,
        lambda key: qualification_view(call, numbered[key[0]]),
        next_token,
        max_results,
    )
