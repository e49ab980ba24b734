"""The workers' door: what a worker may ask of the marketplace, and the words in which it is refused.

Like the requesters' door it first lets happen what is due, and a refused act changes nothing.
"""

from collections.abc import Collection

from mturk_sim.marketplace import eligibility
from mturk_sim.marketplace.lifecycles import HIT_LIFE
from mturk_sim.marketplace.records import (
    ABANDONED,
    ACCEPTED,
    ASSIGNABLE,
    HIT,
    Assignment,
    WorkerAccount,
    kept_once,
)
from mturk_sim.marketplace.requirement import ACCEPT, PREVIEW, Requirement
from mturk_sim.marketplace.world import World


class WorkerRefused(Exception):
    """A worker may not do this now; the text says why.

    Attributes:
        reason: One word for programs: ``unknown_hit``, ``expired``, ``no_slot``, ``already_worked``, ``not_held``,
            ``too_late``, ``blocked`` or ``unqualified``; and for Qualifications ``unknown_qualification_type``,
            ``not_requestable``, ``no_retake``, ``retry_delay``, ``request_open`` or ``no_test``.
        requirement: The requirement that the worker does not meet, if that is why.
    """

    def __init__(self, reason: str, text: str, requirement: Requirement | None = None) -> None:
        super().__init__(text)
        self.reason = reason
        self.requirement = requirement


def unknown(world: World, what: str, given: str) -> str:
    """That there is nothing of an id, and what else it is the id of, if anything."""
    store = world.store
    others: dict[str, Collection[str]] = {
        "HIT": store.hits,
        "HIT type": store.hit_types,
        "HIT group": {each.group_id for each in store.hit_types.values()},
        "assignment": store.assignments,
        "Qualification type": store.qualifications.types,
        "worker": store.workers,
    }
    found = next(
        (f"; that is the id of a {name}" for name, known in others.items() if name != what and given in known), ""
    )
    return f"there is no {what} {given}{found}"


def search(world: World, worker: WorkerAccount, keywords: str | None = None) -> list[HIT]:
    """The HITs on the market that the worker could find, newest first; with words in title, description or keywords."""
    with world.lock:
        world.settle()
        on_market = (world.store.numbered(number) for number in reversed(world.store.market))
        hits = list(filter(eligibility.finder(world, worker), on_market))
        if keywords is None:
            return hits
        wanted = keywords.casefold().split()
        return [hit for hit in hits if all(word in _searchable(world, hit) for word in wanted)]


def _searchable(world: World, hit: HIT) -> str:
    hit_type = world.store.hit_types[hit.type_id]
    return f"{hit_type.title}\n{hit_type.description}\n{hit_type.keywords or ''}".casefold()


def preview(world: World, worker: WorkerAccount, hit_id: str) -> HIT:
    """Look at a HIT on the market without accepting it.

    Raises:
        WorkerRefused: It is not on the market, or the worker may not see it (REQ-09, BLK-07).
    """
    with world.lock:
        world.settle()
        hit = _on_market(world, hit_id)
        _let_in(world, worker, hit, PREVIEW)
        return hit


def accept(world: World, worker: WorkerAccount, hit_id: str) -> Assignment:
    """Take a slot of a HIT (ASN-02).

    Raises:
        WorkerRefused: There is no such HIT or no slot, it has expired, the worker has worked on it (ASN-04), or may not
            now; what changes later takes no work away (ASN-26, REQ-15).
    """
    with world.lock:
        world.settle()
        if hit_id in worker.worked:
            raise WorkerRefused("already_worked", f"worker {worker.id} has already worked on HIT {hit_id} (ASN-04)")
        hit = _on_market(world, hit_id)
        _let_in(world, worker, hit, ACCEPT)
        assignment = world.add_assignment(hit, worker)
        world.follow_up()
        return assignment


def _let_in(world: World, worker: WorkerAccount, hit: HIT, act: int) -> None:
    """See to it that neither a block nor a requirement keeps the worker from the HIT (BLK-07, REQ-09)."""
    if eligibility.is_blocked(world, worker, hit.requester):
        raise WorkerRefused("blocked", f"requester {hit.requester} has blocked worker {worker.id} (BLK-07)")
    hit_type = world.store.hit_types[hit.type_id]
    if not hit_type.requirements:
        return
    need = eligibility.unmet(world, worker, hit_type, act)
    if need is not None:
        name = world.store.qualifications.types[need.type_id].name
        value = eligibility.value_of(world, worker, need.type_id)
        has = "does not have it" if value is None else f"has {value}"
        demand = f"HIT {hit.id} requires {name} ({need.type_id}) {need}"
        raise WorkerRefused("unqualified", f"{demand}, and worker {worker.id} {has} (REQ-09)", need)


def _on_market(world: World, hit_id: str) -> HIT:
    """The HIT if it can be accepted now."""
    hit = world.store.hits.get(hit_id)
    if hit is None:
        raise WorkerRefused("unknown_hit", unknown(world, "HIT", hit_id))
    if HIT_LIFE.arrow(world, hit, "accept") is not None:
        return hit
    if hit.expiration <= world.clock.micros:
        raise WorkerRefused("expired", f"HIT {hit_id} expired (HIT-30); its state is {hit.status}")
    raise WorkerRefused("no_slot", f"HIT {hit_id} has no free assignment; its state is {hit.status}, not {ASSIGNABLE}")


def submit(world: World, worker: WorkerAccount, assignment_id: str, answer: str) -> Assignment:
    """Hand in the work on an assignment the worker holds, before its deadline (ASN-02).

    Raises:
        WorkerRefused: The worker does not hold it, or not any more.
    """
    with world.lock:
        world.settle()
        assignment = _held(world, worker, assignment_id)
        assignment.answer = kept_once(answer)
        world.fire_assignment(assignment, "submit")
        world.follow_up()  # with no approval delay it is approved at once
        return assignment


def return_(world: World, worker: WorkerAccount, assignment_id: str) -> Assignment:
    """Give back an assignment the worker holds; its slot is free again (HIT-29).

    Raises:
        WorkerRefused: The worker does not hold it, or not any more.
    """
    with world.lock:
        world.settle()
        assignment = _held(world, worker, assignment_id)
        world.fire_assignment(assignment, "return")
        world.follow_up()  # a HIT long expired disposes of itself at once
        return assignment


def _held(world: World, worker: WorkerAccount, assignment_id: str) -> Assignment:
    assignment = world.store.assignments.get(assignment_id)
    if assignment is None or assignment.worker_id != worker.id:
        raise WorkerRefused("not_held", f"worker {worker.id} does not hold assignment {assignment_id}")
    if assignment.status == ACCEPTED and assignment.deadline > world.clock.micros:
        return assignment
    # At the instant of its deadline, whatever rings before the deadline does finds it still Accepted.
    if assignment.status in (ACCEPTED, ABANDONED):
        raise WorkerRefused(
            "too_late", f"the deadline of assignment {assignment_id} has passed; worker {worker.id} holds it no longer"
        )
    raise WorkerRefused(
        "not_held", f"assignment {assignment_id} is {assignment.status}, no longer held by worker {worker.id}"
    )
