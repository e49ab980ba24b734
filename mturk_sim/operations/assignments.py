"""Assignments: reading and reviewing them (ASN-06 to ASN-20, LST-08, LST-11)."""

from mturk_sim.core.tables import Arrow
from mturk_sim.marketplace import errors, uploads
from mturk_sim.marketplace.lifecycles import ASSIGNMENT_LIFE
from mturk_sim.marketplace.money import can_pay_reward
from mturk_sim.marketplace.records import APPROVED, REJECTED, SUBMITTED, Assignment
from mturk_sim.marketplace.state import State, in_micros
from mturk_sim.operations import checks
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.hits import existing
from mturk_sim.operations.pages import Key, page, positions
from mturk_sim.operations.registry import operation
from mturk_sim.operations.views import assignment_view, hit_views

_HANDED_IN = (SUBMITTED, APPROVED, REJECTED)


@operation("ListAssignmentsForHIT")
def list_assignments_for_hit(
    call: Call,
    *,
    hit_id: str,
    next_token: str | None = None,
    max_results: int | None = None,
    assignment_statuses: list[str] | None = None,
) -> Answer:
    """The work handed in on a HIT, in the order of its submission (ASN-01, ASN-22, ASN-23, LST-08, LST-11)."""
    hit = existing(call, hit_id)
    wanted = frozenset(assignment_statuses or _HANDED_IN)
    assignments, work = call.world.store.assignments, hit.submissions or ()

    def listed(assignment_id: str) -> bool:
        assignment = assignments[assignment_id]
        return assignment.status in wanted and _shows(call, assignment)

    found = positions(work, listed)

    def show(key: Key) -> Answer:
        return assignment_view(call, assignments[work[key[0]]])

    scope = ("ListAssignmentsForHIT", hit_id, *sorted(wanted))
    return page(call, scope, "Assignments", found, show, next_token, max_results)


@operation("GetAssignment")
def get_assignment(call: Call, *, assignment_id: str) -> Answer:
    """One assignment that was handed in, with its HIT (ASN-10, ASN-12)."""
    assignment = _handed_in(call, assignment_id)
    [hit] = hit_views(call, call.world.store.hits[assignment.hit_id])
    return {"Assignment": assignment_view(call, assignment), "HIT": hit}


@operation("GetFileUploadURL")
def get_file_upload_url(call: Call, *, assignment_id: str, question_identifier: str) -> Answer:
    """Where to fetch a file that a worker uploaded, for 60 seconds (ASN-27)."""
    assignment = _handed_in(call, assignment_id)
    file = uploads.uploaded_file(assignment, question_identifier)
    if file is None:
        raise errors.BAD_VALUE(value=question_identifier, name="QuestionIdentifier")
    return {"FileUploadURL": uploads.address(call.world, assignment, question_identifier, file)}


def _handed_in(call: Call, assignment_id: str) -> Assignment:
    """The assignment, if its work was handed in (ASN-12)."""
    assignment = call.assignment(assignment_id)
    if not _shows(call, assignment):
        raise errors.ASSIGNMENT_STATE(allowed="Reviewable,Approved,Rejected")
    return assignment


def _shows(call: Call, assignment: Assignment) -> bool:
    """Whether the work was handed in, and long enough ago to be seen (C10, ASN-20, ASN-21, NTF-20)."""
    if assignment.status not in _HANDED_IN or assignment.submitted is None:
        return False
    lag = call.world.behavior.submission_lag
    return not lag or assignment.submitted + in_micros(lag) <= call.world.clock.micros


@operation("ApproveAssignment")
def approve_assignment(
    call: Call, *, assignment_id: str, requester_feedback: str | None = None, override_rejection: bool = False
) -> Answer:
    """Approve submitted work, with `override_rejection` also rejected work, and pay (ASN-13 to ASN-17, PAY-11)."""
    assignment = call.assignment(assignment_id)
    if requester_feedback is not None:
        checks.feedback(requester_feedback)
    arrow = _review(call, assignment, "override" if override_rejection else "approve")
    if not can_pay_reward(call.world, assignment, from_hold=assignment.status == SUBMITTED):
        raise errors.INSUFFICIENT_FUNDS()
    if requester_feedback is not None:
        assignment.feedback = requester_feedback
    call.world.take(assignment, arrow)
    return {}


@operation("RejectAssignment")
def reject_assignment(call: Call, *, assignment_id: str, requester_feedback: str) -> Answer:
    """Reject submitted work; its slot stays taken and nothing is paid (ASN-18, HIT-27, PAY-12)."""
    assignment = call.assignment(assignment_id)
    checks.feedback(requester_feedback)
    arrow = _review(call, assignment, "reject")
    assignment.feedback = requester_feedback
    call.world.take(assignment, arrow)
    return {}


def _review(call: Call, assignment: Assignment, event: str) -> Arrow[State, Assignment]:
    """The arrow that the review takes.

    Raises:
        ServiceError: Not handed in, or not seen to be yet (ASN-20), reviewed already (ASN-14), or too late to
            override (C19).
    """
    if not _shows(call, assignment):
        raise errors.ASSIGNMENT_STATE(allowed="null")
    arrow = ASSIGNMENT_LIFE.arrow(call.world, assignment, event)
    if arrow is None:
        raise errors.ASSIGNMENT_STATE(allowed=SUBMITTED)
    return arrow
