"""Facts: what the journal is made of. Kinds are the service's own event names where it has one (NTF-07)."""

from datetime import datetime
from typing import Any, ClassVar, Final

import attrs

from mturk_sim.core.clock import instant

KINDS: Final = (
    "HITCreated",
    "HITExpired",
    "HITExtended",
    "HITTypeChanged",
    "HITAssignable",
    "HITUnassignable",
    "HITReviewable",
    "HITReviewing",
    "HITDisposed",
    "AssignmentAccepted",
    "AssignmentSubmitted",
    "AssignmentReturned",
    "AssignmentAbandoned",
    "AssignmentApproved",
    "AssignmentRejected",
    "RejectionDisputed",
    "BonusPaid",
    "ReviewPolicyRun",
    "ReviewActionFailed",
    "QualificationTypeCreated",
    "QualificationTypeDeleted",
    "QualificationRequested",
    "QualificationTestSubmitted",
    "QualificationRequestLapsed",
    "QualificationRequestRejected",
    "QualificationGranted",
    "QualificationRevoked",
    "WorkerBlocked",
    "WorkerUnblocked",
    "WorkerNotified",
    "NotificationSent",
    "NotificationLost",
    "FaultInjected",
)
"""Every kind of fact that this library writes."""


@attrs.frozen
class Fact:
    """Something that happened.

    Attributes:
        KINDS: Every kind there is.
        micros: When, in microseconds since the epoch.
        kind: What, such as ``HITCreated`` or ``AssignmentSubmitted``.
        hit_id: The HIT it happened to, if any; `assignment_id` and `worker_id` likewise.
        detail: Whatever else there is to tell, by name; None where that is nothing.
    """

    KINDS: ClassVar = KINDS

    micros: int
    kind: str
    hit_id: str | None = None
    assignment_id: str | None = None
    worker_id: str | None = None
    detail: dict[str, Any] | None = None

    @property
    def at(self) -> datetime:
        """When, as an aware UTC datetime."""
        return instant(self.micros)

    def __str__(self) -> str:
        words = [f"{self.at:%Y-%m-%d %H:%M:%S}", f"{self.kind:<20}"]
        named = (("HIT", self.hit_id), ("assignment", self.assignment_id), ("worker", self.worker_id))
        words += [f"{name} {value}" for name, value in named if value]
        words += [f"{name}={value}" for name, value in (self.detail or {}).items() if value is not None]
        return "  ".join(words)
