"""HIT types: what HITs of one kind share, found again by their values (HIT-22, HIT-23)."""

import json
from typing import Any

from mturk_sim.core.clock import SECOND
from mturk_sim.marketplace.records import HITType
from mturk_sim.operations import checks
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
        requirements=checks.requirements(qualification_requirements),
        created=call.world.second,
    )
    known = call.world.store.hit_type_by_identity.get(_identity(hit_type))
    return hit_type if known is None else call.world.store.hit_types[known]


def keep(call: Call, hit_type: HITType) -> HITType:
    """Give a new HIT type its ids and keep it; one that has them is returned as it is."""
    if not hit_type.id:
        hit_type.id = call.world.ids.entity("hit_type")
        hit_type.group_id = call.world.ids.entity("hit_group")
        call.world.store.hit_types[hit_type.id] = hit_type
        call.world.store.hit_type_by_identity[_identity(hit_type)] = hit_type.id
    return hit_type


def _identity(hit_type: HITType) -> tuple[object, ...]:
    """What makes two HIT types the same, within one account (HIT-23)."""
    return (
        hit_type.requester,
        hit_type.title,
        hit_type.description,
        hit_type.keywords,
        hit_type.reward,
        hit_type.assignment_duration,
        hit_type.auto_approval_delay,
        json.dumps(hit_type.requirements, sort_keys=True),
    )
