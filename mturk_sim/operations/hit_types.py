"""HIT types: what HITs of one kind share, found again by their values (HIT-22, HIT-23)."""

from typing import Any

from mturk_sim.core.clock import SECOND
from mturk_sim.marketplace import hit_types
from mturk_sim.marketplace.records import HITType
from mturk_sim.operations import checks, requirements
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.registry import operation

DEFAULT_AUTO_APPROVAL = 2592000
"""Thirty days (HIT-18)."""


@operation("CreateHITType")
def create_hit_type(
    call: Call,
    *,
    assignment_duration_in_seconds: int,
    reward: str,
    title: str,
    description: str,
    auto_approval_delay_in_seconds: int = DEFAULT_AUTO_APPROVAL,
    keywords: str | None = None,
    qualification_requirements: list[dict[str, Any]] | None = None,
) -> Answer:
    """Register a HIT type, or find the one with the same values (HIT-22)."""
    hit_type = find_or_make(
        call,
        assignment_duration_in_seconds=assignment_duration_in_seconds,
        reward=reward,
        title=title,
        description=description,
        auto_approval_delay_in_seconds=auto_approval_delay_in_seconds,
        keywords=keywords,
        qualification_requirements=qualification_requirements,
    )
    return {"HITTypeId": keep(call, hit_type).id}


def find_or_make(
    call: Call,
    *,
    assignment_duration_in_seconds: int,
    reward: str,
    title: str,
    description: str,
    auto_approval_delay_in_seconds: int,
    keywords: str | None,
    qualification_requirements: list[dict[str, Any]] | None,
) -> HITType:
    """The HIT type of these values; a new one has no id yet, so that a refused request leaves nothing behind.

    Raises:
        ServiceError: A value is not one the service takes (HIT-19, HIT-20, C13).
    """
    checks.fits("Title", title)
    checks.fits("Description", description)
    checks.fits("Keywords", keywords)
    hit_type = HITType(
        id="",
        group_id="",
        requester=call.requester.name,
        title=title,
        description=description,
        keywords=keywords,
        reward=checks.amount("Reward", reward),
        assignment_duration=checks.in_range("AssignmentDurationInSeconds", assignment_duration_in_seconds) * SECOND,
        auto_approval_delay=checks.in_range("AutoApprovalDelayInSeconds", auto_approval_delay_in_seconds) * SECOND,
        requirements=requirements.echoed(call, qualification_requirements),
    )
    return hit_types.same_as(call.world, hit_type) or hit_type


def keep(call: Call, hit_type: HITType) -> HITType:
    """Keep a HIT type that is new, which has no id yet; one that is known has been asked for once more."""
    if hit_type.id:
        hit_type.last_used = call.world.second
    else:
        hit_types.add(call.world, hit_type)
    return hit_type
