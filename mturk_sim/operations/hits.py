"""HITs: reading, extending, expiring, reviewing and deleting them (HIT-24 to HIT-57, LST-07 to LST-13)."""

import math

from mturk_sim.core.clock import SECOND, instant
from mturk_sim.marketplace import errors
from mturk_sim.marketplace.lifecycles import HIT_LIFE
from mturk_sim.marketplace.money import slot_cost
from mturk_sim.marketplace.records import DISPOSED, HIT, REVIEWABLE
from mturk_sim.operations import checks
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.pages import Key, page
from mturk_sim.operations.registry import operation
from mturk_sim.operations.views import hit_view

_FEW = 10
"""A HIT created with fewer assignments stays below this, so what it has now tells how it was created (HIT-47)."""


def wrong_state(hit: HIT, event: str) -> errors.ServiceError:
    """The refusal of an event that the HIT's state does not allow (HIT-51, ERR-13)."""
    return errors.HIT_STATE(status=hit.status, allowed=", ".join(HIT_LIFE.sources(event)))


@operation("GetHIT")
def get_hit(call: Call, *, hit_id: str) -> Answer:
    """One HIT, in whatever state (HIT-34)."""
    return {"HIT": hit_view(call, call.hit(hit_id))}


@operation("ListHITs")
def list_hits(call: Call, *, next_token: str | None = None, max_results: int | None = None) -> Answer:
    """All HITs that are not deleted, the newest first (LST-07, LST-10)."""
    listed = call.world.store.listed[call.requester.name]

    def found(start: Key | None, count: int) -> list[Key]:
        return [(number,) for number in listed.before(start[0] if start else None, count)]

    hit = call.world.store.numbered
    return page(call, ("ListHITs",), "HITs", found, lambda key: hit_view(call, hit(key[0])), next_token, max_results)


@operation("ListReviewableHITs")
def list_reviewable_hits(
    call: Call,
    *,
    hit_type_id: str | None = None,
    status: str = REVIEWABLE,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Answer:
    """The HITs that wait for review, the last to expire first; each item holds only a HITId (LST-09, LST-12, LST-13)."""
    if hit_type_id is not None:
        call.hit_type(hit_type_id)
    places = call.world.store.reviewable(call.requester.name, status, hit_type_id)

    def found(start: Key | None, count: int) -> list[Key]:
        return [place for place in places.after((start[0], start[1]) if start else None, count)]

    def show(key: Key) -> Answer:
        return {"HITId": call.world.store.numbered(-key[1]).id}

    scope = ("ListReviewableHITs", hit_type_id, status)
    return page(call, scope, "HITs", found, show, next_token, max_results)


@operation("CreateAdditionalAssignmentsForHIT")
def create_additional_assignments_for_hit(
    call: Call, *, hit_id: str, number_of_additional_assignments: int, unique_request_token: str | None = None
) -> Answer:
    """Give a HIT more slots; an expired one stays expired (HIT-46, HIT-47)."""
    name = "CreateAdditionalAssignmentsForHIT"
    hit, more = call.hit(hit_id), number_of_additional_assignments
    checks.in_range("NumberOfAdditionalAssignments", more)
    if call.used_token(name, unique_request_token):
        raise errors.ALREADY_PROCESSED(token=unique_request_token)
    if HIT_LIFE.arrow(call.world, hit, "extend") is None:
        raise wrong_state(hit, "extend")
    if hit.max_assignments < _FEW <= hit.max_assignments + more:
        raise errors.TOO_MANY_ASSIGNMENTS()
    call.afford(more * slot_cost(call.world, call.world.store.hit_types[hit.type_id], hit.max_assignments + more))
    hit.max_assignments += more
    call.world.fire_hit(hit, "extend", {"additional_assignments": more})
    call.keep_token(name, unique_request_token, hit.id)
    return {}


@operation("UpdateExpirationForHIT")
def update_expiration_for_hit(call: Call, *, hit_id: str, expire_at: float) -> Answer:
    """Expire a HIT now, or give it more time (HIT-40 to HIT-44)."""
    hit, world = call.hit(hit_id), call.world
    at = math.floor(expire_at) * SECOND
    if expire_at * SECOND <= world.clock.micros:
        if HIT_LIFE.arrow(world, hit, "extend") is None:
            raise wrong_state(hit, "extend")
        if hit.expiration > world.clock.micros:
            world.set_expiration(hit, world.second)
            world.fire_hit(hit, "expire")
        return {}
    token = hit.id + _java_date(at)
    if call.used_token("UpdateExpirationForHIT", token):
        raise errors.ALREADY_PROCESSED(token=token)
    if HIT_LIFE.arrow(world, hit, "extend") is None:
        raise wrong_state(hit, "extend")
    base = max(hit.expiration, world.second)
    increment = (at - base) // SECOND
    if not (world.behavior.expiry_can_move_earlier and at < hit.expiration):
        checks.in_range("ExpirationIncrementInSeconds", increment)
    _afford_return_to_market(call, hit)
    world.set_expiration(hit, at)
    world.fire_hit(hit, "extend", {"seconds": increment})
    call.keep_token("UpdateExpirationForHIT", token, hit.id)
    return {}


def _afford_return_to_market(call: Call, hit: HIT) -> None:
    """See to it that the free slots of a HIT that left the market can be held again (C23)."""
    if hit.status not in ("Assignable", "Unassignable"):
        cost = slot_cost(call.world, call.world.store.hit_types[hit.type_id], hit.max_assignments)
        call.afford(hit.available * cost)


def _java_date(at: int) -> str:
    """An instant as Java writes a Date, as the service's own token had it (HIT-44)."""
    return instant(at).strftime("%a %b %d %H:%M:%S UTC %Y")


@operation("UpdateHITReviewStatus")
def update_hit_review_status(call: Call, *, hit_id: str, revert: bool = False) -> Answer:
    """Mark a reviewable HIT as being reviewed, or take that back (HIT-38)."""
    hit = call.hit(hit_id)
    event = "revert" if revert else "review"
    if not call.world.fire_hit(hit, event):
        raise wrong_state(hit, event)
    return {}


@operation("DeleteHIT")
def delete_hit(call: Call, *, hit_id: str) -> Answer:
    """Delete a HIT whose work is all reviewed (HIT-51 to HIT-55)."""
    hit = call.hit(hit_id)
    if not call.world.fire_hit(hit, "delete"):
        raise wrong_state(hit, "delete")
    return {}


def existing(call: Call, hit_id: str) -> HIT:
    """The requester's HIT of that id, unless it is deleted (LST-16).

    Raises:
        ServiceError: There is none, or none any more.
    """
    hit = call.hit(hit_id)
    if hit.status == DISPOSED:
        raise errors.HIT_DOES_NOT_EXIST(hit_id=hit_id)
    return hit
