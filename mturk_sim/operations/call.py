"""What a requester's calls need: who asks, of which marketplace, and how instants are put into the answer."""

from collections.abc import Callable
from typing import Any

import attrs

from mturk_sim.core.clock import DAY
from mturk_sim.marketplace import errors
from mturk_sim.marketplace.qualifications.records import GONE, QualificationRequest, QualificationType
from mturk_sim.marketplace.records import HIT, Assignment, HITType, RequesterAccount
from mturk_sim.marketplace.world import World

Stamp = Callable[[int], Any]
"""Turns microseconds since the epoch into what stands in a timestamp member of the answer."""

Answer = dict[str, Any]


@attrs.define(eq=False)
class Call:
    """What every operation is given besides its parameters; one serves all calls of a requester."""

    world: World
    requester: RequesterAccount
    stamp: Stamp

    def hit(self, hit_id: str) -> HIT:
        """The requester's HIT of that id.

        Raises:
            ServiceError: There is none (HIT-57), or it is somebody else's (HIT-56, C42).
        """
        hit = self.world.store.hits.get(hit_id)
        if hit is None:
            raise errors.HIT_DOES_NOT_EXIST(hit_id=hit_id)
        if hit.requester != self.requester.name:
            raise errors.PERMISSION_DENIED()
        return hit

    def hit_type(self, hit_type_id: str) -> HITType:
        """The requester's HIT type of that id; one that is disposed of is known while HITs still have it (C47).

        Raises:
            ServiceError: There is none (C17, HIT-23d), or it is somebody else's (C42).
        """
        hit_type = self.world.store.hit_types.get(hit_type_id)
        if hit_type is None or (hit_type.disposed and not hit_type.hits):
            raise errors.HIT_TYPE_DOES_NOT_EXIST(hit_type_id=hit_type_id)
        self.own(hit_type.requester)
        return hit_type

    def usable_hit_type(self, hit_type_id: str) -> HITType:
        """The requester's HIT type of that id, for a HIT that is to have it from now on.

        Raises:
            ServiceError: There is none, or it is disposed of (QTY-24, HIT-35), or it is somebody else's (C42).
        """
        hit_type = self.hit_type(hit_type_id)
        if hit_type.disposed:
            raise errors.HIT_TYPE_DOES_NOT_EXIST(hit_type_id=hit_type_id)
        return hit_type

    def assignment(self, assignment_id: str) -> Assignment:
        """The assignment of that id on a HIT of the requester, whatever its state.

        Raises:
            ServiceError: There is none (ASN-11), or it is on somebody else's HIT (C42).
        """
        assignment = self.world.store.assignments.get(assignment_id)
        if assignment is None:
            raise errors.ASSIGNMENT_DOES_NOT_EXIST(assignment_id=assignment_id)
        self.own(self.world.store.hits[assignment.hit_id].requester)
        return assignment

    def known_type(self, qualification_type_id: str) -> QualificationType:
        """The Qualification type of that id, whoever's it is (QTY-27).

        Raises:
            ServiceError: There is none (QTY-26, C17).
        """
        qualification_type = self.world.store.qualifications.types.get(qualification_type_id)
        if qualification_type is None or qualification_type.status == GONE:
            raise errors.QUALIFICATION_TYPE_DOES_NOT_EXIST()
        return qualification_type

    def qualification_type(self, qualification_type_id: str) -> QualificationType:
        """The requester's Qualification type of that id.

        Raises:
            ServiceError: There is none (QTY-26), or it is somebody else's or the system's (QTY-27, C42).
        """
        qualification_type = self.known_type(qualification_type_id)
        self.own(qualification_type.requester)
        return qualification_type

    def qualification_request(self, request_id: str) -> QualificationRequest:
        """The request of that id for a type of the requester, whatever its state.

        Raises:
            ServiceError: There is none (QRQ-10), or it is for somebody else's type (C42).
        """
        store = self.world.store.qualifications
        request = store.requests.get(request_id)
        if request is None:
            raise errors.QUALIFICATION_REQUEST_DOES_NOT_EXIST()
        self.own(store.types[request.type_id].requester)
        return request

    def own(self, owner: str) -> None:
        """See to it that what belongs to `owner` is the requester's.

        Raises:
            ServiceError: It is not (HIT-56, C42).
        """
        if owner != self.requester.name:
            raise errors.PERMISSION_DENIED()

    def used_token(self, operation: str, token: str | None) -> str | None:
        """What an earlier call of this operation made with this request token in the last 24 hours (HIT-23b)."""
        if token is None:
            return None
        until, made = self.requester.tokens.get((operation, token), (0, ""))
        return made if until > self.world.clock.micros else None

    def keep_token(self, operation: str, token: str | None, made: str) -> None:
        """Remember for 24 hours what this request token was used for (HIT-23b, PAY-25)."""
        if token is not None:
            self.requester.tokens[operation, token] = (self.world.clock.micros + DAY, made)

    def afford(self, cents: int) -> None:
        """See to it that the requester can pay this now.

        Raises:
            ServiceError: The balance is too low (PAY-09).
        """
        if not self.world.books.covers(self.requester.name, cents):
            raise errors.INSUFFICIENT_FUNDS()
