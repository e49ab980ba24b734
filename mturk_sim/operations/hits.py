"""HITs: reading, extending, expiring, reviewing and deleting them (HIT-24 to HIT-57, LST-07 to LST-13)."""

import math
from typing import Final

from mturk_sim.core.clock import SECOND, instant
from mturk_sim.marketplace import errors
from mturk_sim.marketplace.lifecycles import HIT_LIFE
from mturk_sim.marketplace.money import cost_of_changing_type, cost_of_extending
from mturk_sim.marketplace.records import DISPOSED, HIT, REVIEWABLE
from mturk_sim.marketplace.review.actions import FEW
from mturk_sim.marketplace.state import in_micros
from mturk_sim.operations import checks
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.pages import Key, page, page_at_once
from mturk_sim.operations.registry import operation
from mturk_sim.operations.views import hit_views

_EXPIRE: Final = "UpdateExpirationForHIT"


def changeable(call: Call, hit: HIT, event: str) -> None:
    """See to it that the HIT's state allows a change, and that it is not too new for one.

    Raises:
        ServiceError: The state does not (HIT-51), or `Behavior.extension_lag` is not over (C10, HIT-23c).
    """
    if HIT_LIFE.arrow(call.world, hit, event) is None:
        raise wrong_state(hit, event)
    if hit.created > call.world.clock.micros - in_micros(call.world.behavior.extension_lag):
        raise errors.HIT_TOO_NEW(hit_id=hit.id)


def wrong_state(hit: HIT, event: str) -> errors.ServiceError:
    """The refusal of an event that the HIT's state does not allow (HIT-51, ERR-13)."""
    return errors.HIT_STATE(status=hit.status, allowed=", ".join(HIT_LIFE.sources(event)))


@operation("GetHIT")
def get_hit(call: Call, *, hit_id: str) -> Answer:
    """One HIT, in whatever state (HIT-34)."""
    [view] = hit_views(call, call.hit(hit_id))
    return {"HIT": view}


@operation("ListHITs")
def list_hits(call: Call, *, next_token: str | None = None, max_results: int | None = None) -> Answer:
    """All HITs that are not deleted, the newest first (LST-07, LST-10)."""
    listed = call.world.store.listed[call.requester.name]
    newest = _newest_listed(call)

    def found(start: Key | None, count: int) -> list[Key]:
        return list(zip(listed.before(start[0] if start else newest, count), strict=True))

    def show(keys: list[Key]) -> list[Answer]:
        return hit_views(call, *call.world.store.all_numbered(keys))

    return page_at_once(call, ("ListHITs",), "HITs", found, show, next_token, max_results)


def _newest_listed(call: Call) -> int | None:
    """The number before which all HITs are listed; None for all there are (C10, LST-15)."""
    if not (lag := in_micros(call.world.behavior.listing_lag)):
        return None
    store, latest = call.world.store, call.world.clock.micros - lag
    for number in reversed(store.listed[call.requester.name]):
        if store.numbered(number).created <= latest:
            return number + 1
    return 0


@operation("ListReviewableHITs")
def list_reviewable_hits(
    call: Call,
    *,
    hit_type_id: str | None = None,
    status: str = REVIEWABLE,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Answer:
    """The HITs that wait for review, the last to expire first; items hold only a HITId (LST-09, LST-12, LST-13)."""
    if hit_type_id is not None:
        call.hit_type(hit_type_id)
    places = call.world.store.reviewable(call.requester.name, status, hit_type_id)

    def found(start: Key | None, count: int) -> list[Key]:
        return list(places.after((start[0], start[1]) if start else None, count))

    def show(key: Key) -> Answer:
        return {"HITId": call.world.store.numbered(-key[1]).id}

    scope = ("ListReviewableHITs", hit_type_id, status)
    return page(call, scope, "HITs", found, show, next_token, max_results)


@operation("CreateAdditionalAssignmentsForHIT")
def create_additional_assignments_for_hit(
    call: Call, *, hit_id: str, number_of_additional_assignments: int, unique_request_token: str | None = None
) -> Answer:
    """Give a HIT more slots; an expired one stays expired (HIT-46, HIT-47, HIT-49)."""
    name = "CreateAdditionalAssignmentsForHIT"
    hit, more = call.hit(hit_id), number_of_additional_assignments
    checks.in_range("NumberOfAdditionalAssignments", more)
    if call.used_token(name, unique_request_token):
        raise errors.ALREADY_PROCESSED(token=unique_request_token)
    changeable(call, hit, "extend")
    if hit.max_assignments < FEW <= hit.max_assignments + more:
        raise errors.TOO_MANY_ASSIGNMENTS()
    call.afford(cost_of_extending(call.world, hit, hit.expiration, more))
    hit.max_assignments += more
    call.world.fire_hit(hit, "extend", {"additional_assignments": more})
    call.keep_token(name, unique_request_token, hit.id)
    return {}


@operation("UpdateExpirationForHIT")
def update_expiration_for_hit(call: Call, *, hit_id: str, expire_at: float) -> Answer:
    """Expire a HIT now, or give it more time; the instant is in epoch seconds, fractions included (HIT-40, HIT-45)."""
    hit, world = call.hit(hit_id), call.world
    if HIT_LIFE.arrow(world, hit, "extend") is None:
        raise wrong_state(hit, "extend")
    at = math.floor(expire_at) * SECOND
    # Where expiry may move earlier, the rest of this second is as good as now: whole seconds are all a HIT can keep.
    if (at if world.behavior.expiry_can_move_earlier else expire_at * SECOND) <= world.clock.micros:
        if hit.expiration > world.clock.micros:
            world.set_expiration(hit, world.second)
        world.fire_hit(hit, "expire")
    else:
        changeable(call, hit, "extend")
        _extend(call, hit, at)
    return {}


def _extend(call: Call, hit: HIT, at: int) -> None:
    """Let a HIT expire at an instant that is still to come (HIT-41, HIT-42, HIT-43, HIT-44, C1, C6, C7)."""
    world, token = call.world, f"{hit.id}@{at}"
    if call.used_token(_EXPIRE, token):
        raise errors.ALREADY_PROCESSED(token=hit.id + _java_date(at))
    increment = (at - max(hit.expiration, world.second)) // SECOND
    if not (world.behavior.expiry_can_move_earlier and at < hit.expiration):
        checks.in_range("ExpirationIncrementInSeconds", increment)
    call.afford(cost_of_extending(world, hit, at, 0))
    world.set_expiration(hit, at)
    world.fire_hit(hit, "extend", {"seconds": increment})
    call.keep_token(_EXPIRE, token, hit.id)


def _java_date(at: int) -> str:
    """An instant as Java writes a Date, as the service's own token had it (HIT-44)."""
    weekday, month, day, time, year = instant(at).ctime().split()
    return f"{weekday} {month} {day:0>2} {time} UTC {year}"


@operation("UpdateHITTypeOfHIT")
def update_hit_type_of_hit(call: Call, *, hit_id: str, hit_type_id: str) -> Answer:
    """Swap all that a HIT has from its type; the reward only while no slot is taken (HIT-50)."""
    hit, hit_type, world = call.hit(hit_id), call.usable_hit_type(hit_type_id), call.world
    changeable(call, hit, "change_type")
    taken = hit.available < hit.max_assignments
    if taken and hit_type.reward != world.store.hit_types[hit.type_id].reward:
        raise errors.REWARD_IN_USE()
    call.afford(cost_of_changing_type(world, hit, hit_type))
    world.set_type(hit, hit_type_id)
    world.fire_hit(hit, "change_type", {"hit_type_id": hit_type_id})
    return {}


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
    """Delete a HIT whose work is all reviewed, or that has none (HIT-51, HIT-52, HIT-53, HIT-54, HIT-55)."""
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
