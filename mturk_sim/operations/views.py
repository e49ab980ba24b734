"""Records as the wire shows them: unset members are left out, never null (HIT-09)."""

from collections.abc import Callable
from typing import Any

from mturk_sim.core.clock import SECOND
from mturk_sim.marketplace.records import HIT, Assignment, Bonus, HITType, on_the_wire
from mturk_sim.operations.call import Answer, Call


def hit_view(call: Call, hit: HIT) -> Answer:
    """A HIT with the members and the order of members of a recorded answer (HIT-11)."""
    return hit_viewer(call)(hit)


def hit_viewer(call: Call) -> Callable[[HIT], Answer]:
    """What makes views of HITs for one call: a page of a hundred looks things up once."""
    types, stamp, behavior, now = call.world.store.hit_types, call.stamp, call.world.behavior, call.world.clock.micros

    def view(hit: HIT) -> Answer:
        hit_type = types[hit.type_id]
        shown = (hit_type.shown or _show_type(hit_type)).copy()
        shown["HITId"] = hit.id
        shown["CreationTime"] = stamp(hit.created)
        shown["Question"] = hit.question
        shown["HITStatus"] = hit.status
        shown["MaxAssignments"] = hit.max_assignments
        shown["Expiration"] = stamp(hit.expiration)
        needs = hit_type.requirements
        shown["QualificationRequirements"] = [_requirement(need) for need in needs] if needs else []
        reviewed = hit.approved + hit.rejected
        shown["NumberOfAssignmentsPending"] = hit.pending
        shown["NumberOfAssignmentsAvailable"] = hit.max_assignments - hit.pending - hit.submitted - reviewed
        shown["NumberOfAssignmentsCompleted"] = reviewed
        if hit.annotation is not None:
            shown["RequesterAnnotation"] = hit.annotation
        if hit.layout_id is not None:
            shown["HITLayoutId"] = hit.layout_id
        if behavior.zero_available_after_expiry and hit.expiration <= now:  # C2
            shown["NumberOfAssignmentsAvailable"] = 0
        if behavior.completed_counts_submitted:  # C4
            shown["NumberOfAssignmentsCompleted"] += hit.submitted
        return shown

    return view


def _show_type(hit_type: HITType) -> Answer:
    """What all HITs of a type show alike, in the recorded order, with room for what each shows for itself."""
    shown = {
        "HITId": None,
        "HITTypeId": hit_type.id,
        "HITGroupId": hit_type.group_id,
        "CreationTime": None,
        "Title": hit_type.title,
        "Description": hit_type.description,
        "Question": None,
        "Keywords": hit_type.keywords,
        "HITStatus": None,
        "MaxAssignments": None,
        "Reward": on_the_wire(hit_type.reward),
        "AutoApprovalDelayInSeconds": hit_type.auto_approval_delay // SECOND,
        "Expiration": None,
        "AssignmentDurationInSeconds": hit_type.assignment_duration // SECOND,
        "QualificationRequirements": None,
        "HITReviewStatus": "NotReviewed",  # HIT-14
        "NumberOfAssignmentsPending": None,
        "NumberOfAssignmentsAvailable": None,
        "NumberOfAssignmentsCompleted": None,
    }
    if hit_type.keywords is None:
        del shown["Keywords"]
    hit_type.shown = shown
    return shown


def _requirement(need: dict[str, Any]) -> dict[str, Any]:
    """A fresh copy of an echoed requirement (HIT-12)."""
    copy = dict(need)
    if "IntegerValues" in copy:
        copy["IntegerValues"] = list(copy["IntegerValues"])
    if "LocaleValues" in copy:
        copy["LocaleValues"] = [dict(locale) for locale in copy["LocaleValues"]]
    return copy


def assignment_view(call: Call, assignment: Assignment) -> Answer:
    """A submitted assignment: what happened later appears only once it has happened (ASN-08, ASN-09)."""
    view: Answer = {
        "AssignmentId": assignment.id,
        "WorkerId": assignment.worker_id,
        "HITId": assignment.hit_id,
        "AssignmentStatus": assignment.status,
    }
    times = (
        ("AutoApprovalTime", assignment.auto_approval),
        ("AcceptTime", assignment.accepted),
        ("SubmitTime", assignment.submitted),
        ("ApprovalTime", assignment.approved),
        ("RejectionTime", assignment.rejected),
    )
    for name, at in times:
        if at is not None:
            view[name] = call.stamp(at)
    view["Answer"] = assignment.answer
    if assignment.feedback is not None:
        view["RequesterFeedback"] = assignment.feedback
    return view


def bonus_view(call: Call, bonus: Bonus) -> Answer:
    """A bonus payment (PAY-26)."""
    return {
        "WorkerId": bonus.worker_id,
        "BonusAmount": on_the_wire(bonus.cents),
        "AssignmentId": bonus.assignment_id,
        "Reason": bonus.reason,
        "GrantTime": call.stamp(bonus.granted),
    }
