"""What there is in a marketplace for a request to name.

For each operation: the ways to fill in the members that name something, and whether the state of what is named allows
the operation now, as the lifecycles say.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mturk_sim.core.clock import instant
from mturk_sim.core.tables import Table
from mturk_sim.documents import UploadedFile, question_answers
from mturk_sim.marketplace.lifecycles import ASSIGNMENT_LIFE, HIT_LIFE
from mturk_sim.marketplace.records import APPROVED, DISPOSED, HIT, REJECTED, SUBMITTED, Assignment
from mturk_sim.marketplace.review.actions import FEW
from mturk_sim.marketplace.world import DEFAULT_REQUESTER
from mturk_sim.operations.model import input_shape
from mturk_sim.operations.payments import BONUS_WITHIN
from mturk_sim.strategies.members import MEMBERS
from mturk_sim.strategies.values import spelt_out

if TYPE_CHECKING:
    from mturk_sim.simulation import Simulation

Naming = tuple[dict[str, Any], bool]
"""Members that name something, each a value or a strategy, and whether the operation is allowed on it now."""
Source = Callable[["Simulation"], Iterator[Naming]]

_HANDED_IN: Final = (SUBMITTED, APPROVED, REJECTED)
_MOST_MORE: Final = 100
_LEAST_EXTENSION: Final = 120
_YEAR: Final = 31536000


def standing(operation: str, sim: "Simulation") -> list[dict[str, Any]]:
    """What requests can name as the marketplace stands: ways to fill in members, each with a value or a strategy."""
    found = list(SOURCES.get(operation, _by_members(operation))(sim))
    return [naming for naming, allows in found if allows] or [naming for naming, _ in found]


# --- what there is -----------------------------------------------------------------------------------------------
def _hits(sim: "Simulation") -> list[HIT]:
    return [hit for hit in sim.hits() if hit.requester == DEFAULT_REQUESTER]


def _work(sim: "Simulation") -> list[Assignment]:
    mine = {hit.id for hit in _hits(sim)}
    return [work for work in sim.assignments() if work.hit_id in mine and work.status in _HANDED_IN]


def _hit_types(sim: "Simulation") -> list[str]:
    types = sim.world.store.hit_types.values()
    return [each.id for each in types if each.requester == DEFAULT_REQUESTER and not each.disposed]


def _qualification_types(sim: "Simulation") -> list[str]:
    types = sim.world.store.qualifications.types.values()
    return [each.id for each in types if each.requester == DEFAULT_REQUESTER and each.status in ("Active", "Inactive")]


def _waiting(sim: "Simulation") -> list[str]:
    store = sim.world.store.qualifications
    return [store.numbered_requests[number].id for _, number in store.waiting[DEFAULT_REQUESTER,]]


BY_MEMBER: Final[Mapping[str, Callable[["Simulation"], list[str]]]] = {
    "HITId": lambda sim: [hit.id for hit in _hits(sim) if hit.status != DISPOSED],
    "AssignmentId": lambda sim: [assignment.id for assignment in _work(sim)],
    "HITTypeId": _hit_types,
    "WorkerId": lambda sim: [worker.id for worker in sim.workers],
    "QualificationTypeId": _qualification_types,
    "QualificationRequestId": _waiting,
}
"""What each member can name."""


def _by_members(operation: str) -> Source:
    """Every combination of what the members can name; a member that is not required may be left out too."""
    shape = input_shape(operation)
    names = [name for name in shape["members"] if name in BY_MEMBER]

    def source(sim: "Simulation") -> Iterator[Naming]:
        ways = [
            [{name: value} for value in BY_MEMBER[name](sim)] + ([] if name in shape.get("required", ()) else [{}])
            for name in names
        ]
        for parts in product(*ways):
            yield {name: value for part in parts for name, value in part.items()}, True

    return source


# --- HITs --------------------------------------------------------------------------------------------------------
def _allowed(sim: "Simulation", table: Table[Any, Any], record: Any, event: str) -> bool:
    return table.arrow(sim.world, record, event) is not None


def _any_hit(sim: "Simulation") -> Iterator[Naming]:
    for hit in _hits(sim):
        yield {"HITId": hit.id}, True


def _hits_to_delete(sim: "Simulation") -> Iterator[Naming]:
    for hit in _hits(sim):
        yield {"HITId": hit.id}, _allowed(sim, HIT_LIFE, hit, "delete")


def _hits_to_mark(sim: "Simulation") -> Iterator[Naming]:
    for hit in _hits(sim):
        yield {"HITId": hit.id, "Revert": False}, _allowed(sim, HIT_LIFE, hit, "review")
        yield {"HITId": hit.id, "Revert": True}, _allowed(sim, HIT_LIFE, hit, "revert")


def _hits_to_enlarge(sim: "Simulation") -> Iterator[Naming]:
    for hit in _hits(sim):
        room = FEW - 1 - hit.max_assignments if hit.max_assignments < FEW else _MOST_MORE
        number = st.integers(1, max(1, room))
        allowed = room >= 1 and _allowed(sim, HIT_LIFE, hit, "extend")
        yield {"HITId": hit.id, "NumberOfAdditionalAssignments": number}, allowed


def _hits_to_extend(sim: "Simulation") -> Iterator[Naming]:
    for hit in _hits(sim):
        allowed = _allowed(sim, HIT_LIFE, hit, "extend")
        base = max(hit.expiration, sim.world.second)
        yield {"HITId": hit.id, "ExpireAt": _later_than(instant(base))}, allowed
        yield {"HITId": hit.id, "ExpireAt": instant(sim.world.second)}, allowed


def _later_than(base: datetime) -> SearchStrategy[datetime]:
    return spelt_out("later", st.integers(_LEAST_EXTENSION, _YEAR), lambda seconds: base + timedelta(seconds=seconds))


def _hits_to_retype(sim: "Simulation") -> Iterator[Naming]:
    types = sim.world.store.hit_types
    for hit, type_id in product(_hits(sim), _hit_types(sim)):
        untouched = hit.available == hit.max_assignments
        same_reward = types[hit.type_id].reward == types[type_id].reward
        allowed = _allowed(sim, HIT_LIFE, hit, "change_type") and (untouched or same_reward)
        yield {"HITId": hit.id, "HITTypeId": type_id}, allowed


# --- assignments -------------------------------------------------------------------------------------------------
def _work_to_approve(sim: "Simulation") -> Iterator[Naming]:
    for work in _work(sim):
        yield {"AssignmentId": work.id, "OverrideRejection": False}, _allowed(sim, ASSIGNMENT_LIFE, work, "approve")
        yield {"AssignmentId": work.id, "OverrideRejection": True}, _allowed(sim, ASSIGNMENT_LIFE, work, "override")


def _work_to_reject(sim: "Simulation") -> Iterator[Naming]:
    for work in _work(sim):
        yield {"AssignmentId": work.id}, _allowed(sim, ASSIGNMENT_LIFE, work, "reject")


def _work_to_bonus(sim: "Simulation") -> Iterator[Naming]:
    for work in _work(sim):
        in_time = sim.world.clock.micros < (work.submitted or 0) + BONUS_WITHIN
        yield {"AssignmentId": work.id, "WorkerId": work.worker_id}, in_time


def _files(sim: "Simulation") -> Iterator[Naming]:
    for work in _work(sim):
        answers = question_answers(work.answer or "")
        for name, value in answers.items():
            yield {"AssignmentId": work.id, "QuestionIdentifier": name}, isinstance(value, UploadedFile)


def _scopes_of_bonuses(sim: "Simulation") -> Iterator[Naming]:
    for name in ("HITId", "AssignmentId"):
        for value in BY_MEMBER[name](sim):
            yield {name: value}, True


# --- workers and Qualifications ----------------------------------------------------------------------------------
def _addressees(sim: "Simulation") -> Iterator[Naming]:
    if sim.workers:
        ids = [worker.id for worker in sim.workers]
        yield {"WorkerIds": st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)}, True


def _held(sim: "Simulation") -> Iterator[Naming]:
    mine = set(_qualification_types(sim))
    for held in sim.world.store.qualifications.numbered:
        if held.type_id in mine:
            yield {"QualificationTypeId": held.type_id, "WorkerId": held.worker_id}, held.status == "Granted"


def _types_to_update(sim: "Simulation") -> Iterator[Naming]:
    types = sim.world.store.qualifications.types
    for type_id in _qualification_types(sim):
        ends_auto_grants = {"AutoGranted": False} if types[type_id].auto_granted else {}
        yield {"QualificationTypeId": type_id, **ends_auto_grants}, True


def _free_names(sim: "Simulation") -> Iterator[Naming]:
    taken = {name for owner, name in sim.world.store.qualifications.names if owner == DEFAULT_REQUESTER}
    yield {"Name": MEMBERS["Name"].filter(lambda name: name not in taken)}, True


SOURCES: Final[Mapping[str, Source]] = {
    "GetHIT": _any_hit,
    "DeleteHIT": _hits_to_delete,
    "UpdateHITReviewStatus": _hits_to_mark,
    "CreateAdditionalAssignmentsForHIT": _hits_to_enlarge,
    "UpdateExpirationForHIT": _hits_to_extend,
    "UpdateHITTypeOfHIT": _hits_to_retype,
    "ApproveAssignment": _work_to_approve,
    "RejectAssignment": _work_to_reject,
    "GetFileUploadURL": _files,
    "SendBonus": _work_to_bonus,
    "ListBonusPayments": _scopes_of_bonuses,
    "NotifyWorkers": _addressees,
    "GetQualificationScore": _held,
    "DisassociateQualificationFromWorker": _held,
    "CreateQualificationType": _free_names,
    "UpdateQualificationType": _types_to_update,
}
"""Operations that name more than each member by itself tells, or that a state may not allow."""
