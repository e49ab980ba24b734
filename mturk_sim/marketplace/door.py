"""The workers' door: what a worker may ask of the marketplace, and the words in which it is refused.

Like the requesters' door it first lets happen what is due, and a refused act changes nothing.
"""

from mturk_sim.marketplace.lifecycles import HIT_LIFE
from mturk_sim.marketplace.records import (
    ASSIGNABLE,
    HIT,
    Assignment,
    WorkerAccount,
)
from mturk_sim.marketplace.world import World


class WorkerRefused(Exception):
    """A worker may not do this now; the text says why.

    Attributes:
        reason: One word for programs: ``unknown_hit``, ``expired``, ``no_slot``, ``not_available``,
            ``already_worked``, ``not_held``, ``too_late``, ``blocked`` or ``unqualified``.
    """

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


def search(world: World, worker: WorkerAccount, keywords: str | None = None) -> list[HIT]:
    """The HITs on the market that the worker could find, newest first; with words in title, description or keywords."""
    with world.lock:
        world.settle()
        hits = [world.store.numbered(number) for number in reversed(world.store.market)]
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
        WorkerRefused: The worker cannot see it.
    """
    with world.lock:
        world.settle()
        return _on_market(world, hit_id)


def accept(world: World, worker: WorkerAccount, hit_id: str) -> Assignment:
    """Take a slot of a HIT (ASN-02).

    Raises:
        WorkerRefused: There is no such HIT or no slot, it has expired, or the worker has worked on it (ASN-04).
    """
    with world.lock:
        world.settle()
        if hit_id in worker.worked:
            raise WorkerRefused("already_worked", f"worker {worker.id} has already worked on HIT {hit_id} (ASN-04)")
        hit = _on_market(world, hit_id)
        return world.add_assignment(hit, worker)


def _on_market(world: World, hit_id: str) -> HIT:
    """The HIT if it can be accepted now."""
    hit = world.store.hits.get(hit_id)
    if hit is None:
        raise WorkerRefused("unknown_hit", f"there is no HIT {hit_id}")
    if HIT_LIFE.arrow(world, hit, "accept") is not None:
        return hit
    if hit.expiration <= world.clock.micros:
        raise WorkerRefused("expired", f"HIT {hit_id} expired (HIT-30); its state is {hit.status}")
    if hit.available <= 0:
        raise WorkerRefused(
            "no_slot", f"HIT {hit_id} has no free assignment; its state is {hit.status}, not {ASSIGNABLE}"
        )
    raise WorkerRefused("not_available", f"HIT {hit_id} cannot be accepted in state {hit.status}")


def submit(world: World, worker: WorkerAccount, assignment_id: str, answer: str) -> Assignment:
    """Hand in the work on an assignment the worker holds, before its deadline (ASN-02).

    Raises:
        WorkerRefused: The worker does not hold it, or not any more.
    """
    with world.lock:
        world.settle()
        assignment = _held(world, worker, assignment_id)
        assignment.answer = answer
        world.fire_assignment(assignment, "submit")
        world.run_until(world.clock.micros)  # with no approval delay it is approved at once
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
        return assignment


def _held(world: World, worker: WorkerAccount, assignment_id: str) -> Assignment:
    assignment = world.store.assignments.get(assignment_id)
    if assignment is None or assignment.worker_id != worker.id:
        raise WorkerRefused("not_held", f"worker {worker.id} does not hold assignment {assignment_id}")
    if assignment.status != "Accepted":
        late = "too_late" if assignment.status == "Abandoned" else "not_held"
        raise WorkerRefused(
            late, f"assignment {assignment_id} is {assignment.status}, no longer held by worker {worker.id}"
        )
    return assignment
