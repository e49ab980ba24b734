"""Who may find, preview and accept a HIT: requirements, compared with what the worker holds now, and blocks."""

from collections.abc import Callable

from mturk_sim.marketplace.qualifications.records import GRANTED
from mturk_sim.marketplace.qualifications.system import SYSTEM_TYPES
from mturk_sim.marketplace.records import HIT, HITType, WorkerAccount
from mturk_sim.marketplace.requirement import DISCOVER, Requirement, Value, compiled
from mturk_sim.marketplace.state import State


def value_of(state: State, worker: WorkerAccount, type_id: str) -> Value | None:
    """The worker's value of a type, the system's included (REQ-16); None without it or if it was revoked (REQ-12)."""
    system = SYSTEM_TYPES[state.sandbox].get(type_id)
    if system is not None:
        return system.value(worker)
    held = state.store.qualifications.of(worker.id, type_id)
    return held.value if held is not None and held.status == GRANTED else None


def requirements(hit_type: HITType) -> tuple[Requirement, ...]:
    """What HITs of a type demand of workers; the same HIT type always gives the same (REQ-13)."""
    if hit_type.needs is None:
        hit_type.needs = compiled(hit_type.requirements)
    return hit_type.needs


def unmet(state: State, worker: WorkerAccount, hit_type: HITType, act: int) -> Requirement | None:
    """The first requirement that keeps a worker from an act, or None if the worker may.

    Args:
        state: The marketplace.
        worker: Who wants to.
        hit_type: What kind of HIT it is about.
        act: `ACCEPT`, `PREVIEW` or `DISCOVER`; a requirement guards its own act and all below (REQ-09).
    """
    for need in requirements(hit_type):
        if need.guards >= act and not need.met_by(value_of(state, worker, need.type_id)):
            return need
    return None


def is_blocked(state: State, worker: WorkerAccount, requester: str) -> bool:
    """Whether the requester bars the worker from its HITs (BLK-07)."""
    return bool(state.store.blocks) and state.store.blocks.of(requester, worker.id) is not None


def finder(state: State, worker: WorkerAccount) -> Callable[[HIT], bool]:
    """Whether a worker finds a HIT by searching now; of many HITs each type is looked at once (REQ-09)."""
    known: dict[str, bool] = {}

    def finds(hit: HIT) -> bool:
        found = known.get(hit.type_id)
        if found is None:
            hit_type = state.store.hit_types[hit.type_id]
            found = known[hit.type_id] = unmet(state, worker, hit_type, DISCOVER) is None
        return found

    return finds
