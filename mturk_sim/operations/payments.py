"""Money: bonuses and the balance (PAY-14, PAY-20 to PAY-27)."""

from mturk_sim.core.clock import DAY
from mturk_sim.marketplace import errors, inbox
from mturk_sim.marketplace.ledger import fee
from mturk_sim.marketplace.money import BONUS_FEE
from mturk_sim.marketplace.records import APPROVED, REJECTED, SUBMITTED, Assignment, Bonus, on_the_wire
from mturk_sim.operations import checks
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.hits import existing
from mturk_sim.operations.pages import page, positions
from mturk_sim.operations.registry import operation
from mturk_sim.operations.views import bonus_view

BONUS_WITHIN = 183 * DAY
"""How long after its submission an assignment can earn a bonus: six months (PAY-21, C21)."""


@operation("SendBonus")
def send_bonus(
    call: Call,
    *,
    worker_id: str,
    bonus_amount: str,
    assignment_id: str,
    reason: str,
    unique_request_token: str | None = None,
) -> Answer:
    """Pay a worker a bonus for work handed in, at once and with a fee of 20 % (PAY-02, PAY-20 to PAY-25)."""
    world = call.world
    cents = checks.amount("BonusAmount", bonus_amount)
    checks.worker(call, worker_id)
    assignment = _handed_in(call, assignment_id)
    if assignment.worker_id != worker_id:
        raise errors.BAD_VALUE(value=worker_id, name="WorkerId")  # C20
    if call.used_token("SendBonus", unique_request_token):
        raise errors.ALREADY_PROCESSED(token=unique_request_token)
    if assignment.submitted is None or world.clock.micros > assignment.submitted + BONUS_WITHIN:
        raise errors.BONUS_TOO_LATE(assignment_id=assignment_id)
    charge = fee(cents, BONUS_FEE)
    call.afford(cents + charge)
    bonus = Bonus(worker_id, cents, assignment_id, assignment.hit_id, reason, world.second)
    world.store.bonuses[assignment.hit_id].append(bonus)
    payer = (call.requester.name, assignment.hit_id, assignment_id, worker_id)
    world.books.pay(world.clock.micros, payer, "bonus", cents, charge)
    world.tell("BonusPaid", assignment.hit_id, assignment_id, worker_id, {"amount": on_the_wire(cents)})
    inbox.write(world, worker_id, inbox.BONUS, call.requester.name, reason, assignment_id=assignment_id)
    call.keep_token("SendBonus", unique_request_token, assignment_id)
    return {}


def _handed_in(call: Call, assignment_id: str) -> Assignment:
    """The assignment, if its work was handed in; to SendBonus any other does not exist (PAY-22)."""
    assignment = call.assignment(assignment_id)
    if assignment.status not in (SUBMITTED, APPROVED, REJECTED):
        raise errors.ASSIGNMENT_DOES_NOT_EXIST(assignment_id=assignment_id)
    return assignment


@operation("ListBonusPayments")
def list_bonus_payments(
    call: Call,
    *,
    hit_id: str | None = None,
    assignment_id: str | None = None,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Answer:
    """The bonuses paid for a HIT or for one assignment, in the order of payment (PAY-26, C16)."""
    if hit_id is None and assignment_id is None:
        raise errors.MISSING(name="HITId or AssignmentId")
    if hit_id is not None and assignment_id is not None:
        raise errors.BAD_COMBINATION(names="HITId, AssignmentId")
    scope_hit = existing(call, hit_id).id if hit_id is not None else call.assignment(str(assignment_id)).hit_id
    bonuses = call.world.store.bonuses.get(scope_hit, [])
    found = positions(bonuses, lambda bonus: assignment_id in (None, bonus.assignment_id))
    scope = ("ListBonusPayments", hit_id, assignment_id)
    return page(
        call, scope, "BonusPayments", found, lambda key: bonus_view(call, bonuses[key[0]]), next_token, max_results
    )


@operation("GetAccountBalance")
def get_account_balance(call: Call) -> Answer:
    """What the requester can spend (PAY-14)."""
    return {"AvailableBalance": on_the_wire(call.world.books.available(call.requester.name))}
