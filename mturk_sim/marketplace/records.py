"""What the marketplace keeps: slotted records without validators, which refer to each other by id.

Nothing is checked here; the doors check what comes in, once.  Times are integer microseconds since the epoch, cut
to whole seconds as the service's were (HIT-07); amounts are whole cents.
"""

import json
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeVar

import attrs

from mturk_sim.marketplace.requirement import Requirement

V = TypeVar("V", str, int)

ASSIGNABLE: Final = "Assignable"
UNASSIGNABLE: Final = "Unassignable"
REVIEWABLE: Final = "Reviewable"
REVIEWING: Final = "Reviewing"
DISPOSED: Final = "Disposed"
GONE: Final = "Gone"

ACCEPTED: Final = "Accepted"
SUBMITTED: Final = "Submitted"
APPROVED: Final = "Approved"
REJECTED: Final = "Rejected"
RETURNED: Final = "Returned"
ABANDONED: Final = "Abandoned"


def dollars(cents: int) -> Decimal:
    """Whole cents as an amount with two decimals."""
    return Decimal(cents).scaleb(-2)


def on_the_wire(cents: int) -> str:
    """Whole cents, not negative, as the wire shows an amount (HIT-13)."""
    return f"{cents // 100}.{cents % 100:02}"


@lru_cache(maxsize=256)
def kept_once(value: V) -> V:
    """The same text or number, as one object with its equals of late: most records repeat what another said."""
    return value


@attrs.define(eq=False, weakref_slot=False)
class HITType:
    """What HITs of one kind share (HIT-23).

    Attributes:
        requirements: In the form in which they are echoed (HIT-12).
        last_used: When it was last asked for, or a HIT began or ceased to have it (C8).
        hits: How many HITs have it that are not disposed of.
        disposed: Whether it serves only the HITs that have it already.
        shown: What views of its HITs start from; made when first needed.
        needs: The requirements as workers are held to them; made when first needed.
        fees: The fee on its reward, in cents, for HITs with few assignments and with many; known once it is kept.
    """

    id: str
    group_id: str
    requester: str
    title: str
    description: str
    keywords: str | None
    reward: int
    assignment_duration: int
    auto_approval_delay: int
    requirements: list[dict[str, Any]]
    last_used: int = 0
    hits: int = 0
    disposed: bool = False
    shown: dict[str, Any] | None = None
    needs: tuple[Requirement, ...] | None = None
    fees: tuple[int, int] | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two HIT types the same, within one account (HIT-23)."""
        return (
            self.requester,
            self.title,
            self.description,
            self.keywords,
            self.reward,
            self.assignment_duration,
            self.auto_approval_delay,
            json.dumps(self.requirements, sort_keys=True) if self.requirements else "",
        )


@attrs.define(eq=False, weakref_slot=False)
class HIT:
    """A HIT; its slots are counted by what became of them. Instants are in microseconds since the epoch.

    Attributes:
        number: Its place among all HITs, in the order of their making.
        id: The HITId; `type_id` the HITTypeId (HIT-02, HIT-03).
        requester: The name of the requester who made it.
        question: The document with the question.
        created: When it was made.
        expiration: From when on nobody can accept it.
        max_assignments: How many slots it has.
        annotation: The RequesterAnnotation.
        layout_id: The HITLayoutId it was made from, if it was.
        assignment_policy: The AssignmentReviewPolicy as it was given; `hit_policy` the HITReviewPolicy.
        status: The HITStatus.
        taken: How many slots somebody has taken.
        pending: How many of them are work in progress; `submitted`, `approved` and `rejected` count likewise (HIT-31).
        has_expired: Whether the journal was told that its present expiration has come.
        last_activity: When work on it was last handed in or reviewed (C8).
        submissions: The ids of the assignments that were handed in, in that order.
        free_ids: The ids of assignments given back, for the next who accept (ASN-05).
    """

    number: int
    id: str
    type_id: str
    requester: str
    question: str
    created: int
    expiration: int
    max_assignments: int
    annotation: str | None = None
    layout_id: str | None = None
    assignment_policy: dict[str, Any] | None = None
    hit_policy: dict[str, Any] | None = None
    status: str = ASSIGNABLE
    taken: int = 0
    pending: int = 0
    submitted: int = 0
    approved: int = 0
    rejected: int = 0
    has_expired: bool = False
    last_activity: int = 0
    submissions: list[str] | None = None
    free_ids: list[str] | None = None

    @property
    def available(self) -> int:
        """Slots nobody has taken: the arithmetic value, after expiry too (HIT-32, C2)."""
        return self.max_assignments - self.taken


@attrs.define(eq=False, weakref_slot=False)
class Assignment:
    """A worker's taking of one slot. Instants are in microseconds since the epoch.

    Attributes:
        id: The AssignmentId; it may serve a later worker after a return (ASN-05).
        hit_id: The HIT's id; `worker_id` the worker's.
        accepted: When it was accepted.
        deadline: When the work must be in.
        status: Accepted, Submitted, Approved, Rejected, Returned or Abandoned.
        submitted: When the work was submitted, if it was.
        auto_approval: When it approves itself unless it is reviewed before.
        approved: When it was approved, if it was; `rejected` likewise.
        answer: The document with the answers, once they are in.
        feedback: The RequesterFeedback of the review, if there was any.
    """

    id: str
    hit_id: str
    worker_id: str
    accepted: int
    deadline: int
    status: str = ACCEPTED
    submitted: int | None = None
    auto_approval: int | None = None
    approved: int | None = None
    rejected: int | None = None
    answer: str | None = None
    feedback: str | None = None


@attrs.frozen
class Bonus:
    """A bonus that was paid (PAY-20)."""

    worker_id: str
    cents: int
    assignment_id: str
    hit_id: str
    reason: str
    granted: int


@attrs.define(eq=False, weakref_slot=False)
class WorkerAccount:
    """What the marketplace knows of a worker; counts include work done before the simulation began.

    Attributes:
        worked: HIT -> the assignment of it that the worker holds or has handed in.
        reviewed_by: Requester -> when it last approved or rejected work of the worker (NWK-02).
        inbox: What the worker was told, in order.
    """

    id: str
    country: str = "US"
    subdivision: str | None = None
    adult: bool = False
    masters: bool = False
    accepted: int = 0
    submitted: int = 0
    approved: int = 0
    rejected: int = 0
    returned: int = 0
    abandoned: int = 0
    worked: dict[str, str] = attrs.Factory(dict)
    reviewed_by: dict[str, int] = attrs.Factory(dict)
    inbox: list[Any] = attrs.Factory(list)


@attrs.define(eq=False, weakref_slot=False)
class RequesterAccount:
    """A requester.

    Attributes:
        name: What it was asked for by; `id` its own id, the CustomerId.
        aws_account: The twelve digits of its AWS account (NTF-11).
        tokens: The request tokens it used: (operation, token) -> (valid until, what it made) (HIT-23b).
    """

    name: str
    id: str
    aws_account: str
    tokens: dict[tuple[str, str], tuple[int, str]] = attrs.Factory(dict)
