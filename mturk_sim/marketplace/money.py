"""What HITs cost: fees, liability, and the payments that follow from the lifecycles."""

from typing import Final

from mturk_sim.marketplace.ledger import fee
from mturk_sim.marketplace.qualifications.system import MASTERS
from mturk_sim.marketplace.records import ASSIGNABLE, DISPOSED, GONE, HIT, UNASSIGNABLE, Assignment, HITType
from mturk_sim.marketplace.state import State

BONUS_FEE: Final = 20
"""The fee on a bonus, in percent, however many assignments the HIT has (PAY-02)."""
_MANY: Final = 10
_ON_THE_MARKET: Final = (ASSIGNABLE, UNASSIGNABLE)


def fee_percent(state: State, hit_type: HITType, max_assignments: int) -> int:
    """The fee on a reward in percent: 20, 40 from ten assignments on, and 5 more for Masters (PAY-01, PAY-05)."""
    percent = 40 if max_assignments >= _MANY else 20
    for need in hit_type.requirements:
        if need["QualificationTypeId"] == MASTERS[state.sandbox]:
            return percent + 5
    return percent


def slot_cost(state: State, hit_type: HITType, max_assignments: int) -> int:
    """What one approved assignment costs: reward and fee, in cents."""
    return hit_type.reward + slot_fee(state, hit_type, max_assignments)


def slot_fee(state: State, hit_type: HITType, max_assignments: int) -> int:
    """The fee on one reward, in cents."""
    return (hit_type.fees or fees(state, hit_type))[max_assignments >= _MANY]


def fees(state: State, hit_type: HITType) -> tuple[int, int]:
    """The fee on its reward, in cents, for a HIT with few assignments and for one with many."""
    few, many = (fee(hit_type.reward, fee_percent(state, hit_type, slots)) for slots in (1, _MANY))
    return few, many


def liability(state: State, hit: HIT) -> int:
    """What the HIT may still cost, in cents (PAY-08)."""
    slots = _liable_slots(hit)
    return slots * slot_cost(state, state.store.hit_types[hit.type_id], hit.max_assignments) if slots else 0


def hold_liability(state: State, hit: HIT) -> None:
    """Hold what the HIT may still cost, and no more (PAY-08, C23); nothing on the sandbox."""
    if not state.sandbox:
        state.books.owe(state.clock.micros, hit.requester, hit.id, liability(state, hit))


def _liable_slots(hit: HIT) -> int:
    """Assignments still to be paid, perhaps: work not reviewed yet, and free ones while it is on the market (C23)."""
    if hit.status in (DISPOSED, GONE):
        return 0
    return hit.pending + hit.submitted + (hit.available if hit.status in _ON_THE_MARKET else 0)


def cost_of_extending(state: State, hit: HIT, expiration: int, more: int) -> int:
    """What must be held besides when a HIT is given another expiration or `more` slots (C23).

    A HIT that left the market holds nothing for its free slots; they cost again once it can return.
    """
    if hit.status in _ON_THE_MARKET:
        slots = more
    elif expiration > state.clock.micros:
        slots = hit.available + more
    else:
        return 0
    return slots * slot_cost(state, state.store.hit_types[hit.type_id], hit.max_assignments + more)


def cost_of_changing_type(state: State, hit: HIT, hit_type: HITType) -> int:
    """What must be held besides when a HIT changes to a type (HIT-50); less than nothing where that is cheaper."""
    dearer = slot_cost(state, hit_type, hit.max_assignments)
    dearer -= slot_cost(state, state.store.hit_types[hit.type_id], hit.max_assignments)
    return _liable_slots(hit) * dearer


def can_pay_reward(state: State, assignment: Assignment, from_hold: bool = True) -> bool:
    """Whether the requester can pay for this assignment now (PAY-11); on the sandbox always (C22)."""
    if state.sandbox:
        return True
    hit = state.store.hits[assignment.hit_id]
    cost = slot_cost(state, state.store.hit_types[hit.type_id], hit.max_assignments)
    return state.books.covers(hit.requester, cost, hit.id if from_hold else None)


def pay_reward(state: State, hit: HIT, assignment: Assignment, from_hold: bool) -> None:
    """Pay the reward and its fee; an override pays from the balance, since a rejection gives its hold back (PAY-13)."""
    hit_type = state.store.hit_types[hit.type_id]
    payer = (hit.requester, hit.id, assignment.id, assignment.worker_id)
    charge = slot_fee(state, hit_type, hit.max_assignments)
    state.books.pay(state.clock.micros, payer, "reward", hit_type.reward, charge, from_hold)
