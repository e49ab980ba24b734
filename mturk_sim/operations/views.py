"""Records as the wire shows them: unset members are left out, never null (HIT-09)."""

from typing import Any

from mturk_sim.marketplace.records import HIT, Assignment, Bonus, dollars
from mturk_sim.operations.call import Answer, Call


def hit_view(call: Call, hit: HIT) -> Answer:
    """A HIT with the members and the order of members of a recorded answer (HIT-11)."""
    hit_type = call.world.store.hit_types[hit.type_id]
    behavior = call.world.behavior
    available, completed = hit.available, hit.approved + hit.rejected
    if behavior.zero_available_after_expiry and hit.expiration <= call.world.clock.micros:
        available = 0
    if behavior.completed_counts_submitted:
        completed += hit.submitted
    view: Answer = {
        "HITId": hit.id,
        "HITTypeId": hit.type_id,
        "HITGroupId": hit_type.group_id,
        "CreationTime": call.stamp(hit.created),
        "Title": hit_type.title,
        "Description": hit_type.description,
        "Question": hit.question,
        "HITStatus": hit.status,
        "MaxAssignments": hit.max_assignments,
        "Reward": str(dollars(hit_type.reward)),
        "AutoApprovalDelayInSeconds": hit_type.auto_approval_delay // 1_000_000,
        "Expiration": call.stamp(hit.expiration),
        "AssignmentDurationInSeconds": hit_type.assignment_duration // 1_000_000,
        "QualificationRequirements": [_requirement(need) for need in hit_type.requirements],
        "HITReviewStatus": "NotReviewed",
        "NumberOfAssignmentsPending": hit.pending,
        "NumberOfAssignmentsAvailable": available,
        "NumberOfAssignmentsCompleted": completed,
    }
    if hit_type.keywords is not None:
        view["Keywords"] = hit_type.keywords
    if hit.annotation is not None:
        view["RequesterAnnotation"] = hit.annotation
    if hit.layout_id is not None:
        view["HITLayoutId"] = hit.layout_id
    return view


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
        "BonusAmount": str(dollars(bonus.cents)),
        "AssignmentId": bonus.assignment_id,
        "Reason": bonus.reason,
        "GrantTime": call.stamp(bonus.granted),
    }
