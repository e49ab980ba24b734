"""Records as the wire shows them: unset members are left out, never null (HIT-09)."""

from typing import Any

from mturk_sim.core.clock import SECOND
from mturk_sim.marketplace.records import HIT, Assignment, Bonus, HITType, on_the_wire
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.model import arranged


def hit_views(call: Call, *hits: HIT) -> list[Answer]:
    """HITs with the members of a recorded answer, in the order in which botocore shows them (HIT-11)."""
    types, stamp, now = call.world.store.hit_types, call.stamp, call.world.clock.micros
    none_after_expiry = call.world.behavior.zero_available_after_expiry
    count_submitted = call.world.behavior.completed_counts_submitted
    views = []
    for hit in hits:
        hit_type = types[hit.type_id]
        view = (hit_type.shown or _show_type(hit_type)).copy()
        view["HITId"] = hit.id
        view["CreationTime"] = stamp(hit.created)
        view["Question"] = hit.question
        view["HITStatus"] = hit.status
        view["MaxAssignments"] = hit.max_assignments
        view["Expiration"] = stamp(hit.expiration)
        needs = hit_type.requirements
        view["QualificationRequirements"] = [_requirement(need) for need in needs] if needs else []
        reviewed = hit.approved + hit.rejected
        view["NumberOfAssignmentsPending"] = hit.pending
        view["NumberOfAssignmentsAvailable"] = hit.max_assignments - hit.taken
        view["NumberOfAssignmentsCompleted"] = reviewed
        if hit.annotation is None:
            del view["RequesterAnnotation"]
        else:
            view["RequesterAnnotation"] = hit.annotation
        if hit.layout_id is None:
            del view["HITLayoutId"]
        else:
            view["HITLayoutId"] = hit.layout_id
        if none_after_expiry and hit.expiration <= now:  # C2
            view["NumberOfAssignmentsAvailable"] = 0
        if count_submitted:  # C4
            view["NumberOfAssignmentsCompleted"] += hit.submitted
        views.append(view)
    return views


def _show_type(hit_type: HITType) -> Answer:
    """What all HITs of a type show alike, with room for what each shows for itself."""
    shown: Answer = {
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
        "RequesterAnnotation": None,
        "HITLayoutId": None,
    }
    if hit_type.keywords is None:
        del shown["Keywords"]
    hit_type.shown = arranged("HIT", shown)
    return hit_type.shown


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
