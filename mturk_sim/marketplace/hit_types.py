"""HIT types: found again by their values, and disposed of when nobody has used them for long (HIT-22, HIT-35, C8)."""

from mturk_sim.marketplace.money import fees
from mturk_sim.marketplace.qualifications import acts
from mturk_sim.marketplace.records import HIT, HITType
from mturk_sim.marketplace.state import DISPOSAL_AFTER, State


def same_as(state: State, hit_type: HITType) -> HITType | None:
    """The HIT type in use with the same values, if there is one (HIT-22)."""
    known = state.store.hit_types.get(state.store.hit_type_by_identity.get(hit_type.identity, ""))
    return None if known is None or known.disposed else known


def add(state: State, hit_type: HITType) -> None:
    """Give a new HIT type its two ids, one for itself and one for the group of its HITs (HIT-04), and keep it."""
    hit_type.last_used, hit_type.fees = state.second, fees(state, hit_type)
    hit_type.id = state.ids.entity("hit_type")
    hit_type.group_id = state.ids.entity("hit_group")
    state.store.hit_types[hit_type.id] = hit_type
    state.store.hit_type_by_identity[hit_type.identity] = hit_type.id
    acts.add_hit_type(state, hit_type)
    _plan_disposal(state, hit_type, hit_type.last_used + DISPOSAL_AFTER)


def begin_use(state: State, hit: HIT) -> None:
    """A HIT has its type from now on."""
    hit_type = state.store.hit_types[hit.type_id]
    hit_type.hits += 1
    hit_type.last_used = state.second
    if hit_type.requirements:
        acts.list_hit(state, hit)


def end_use(state: State, hit: HIT) -> None:
    """A HIT had its type until now."""
    hit_type = state.store.hit_types[hit.type_id]
    hit_type.hits -= 1
    hit_type.last_used = state.second
    if hit_type.requirements:
        acts.unlist_hit(state, hit)


def dispose_if_unused(state: State, hit_type_id: str) -> None:
    """Dispose of a type that no HIT has had, and nobody has asked for, in 120 days; else look again then."""
    hit_type, now = state.store.hit_types[hit_type_id], state.clock.micros
    due = (now if hit_type.hits else hit_type.last_used) + DISPOSAL_AFTER
    if hit_type.disposed:
        return
    if due > now:
        _plan_disposal(state, hit_type, due)
    else:
        hit_type.disposed = True


def _plan_disposal(state: State, hit_type: HITType, due: int) -> None:
    state.timers.set(due, "hit_type:auto_dispose", hit_type.id)
