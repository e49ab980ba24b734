"""The lifecycles of HITs and assignments: everything that can change their state stands here, as rows.

An `Arrow` is what somebody asks for, a person, a program or a timer; a `Settling` is what nobody asks for: slots
are taken, time has run out, all work is in.  Each row names its rule.  The functions before the rows are the
conditions (their names are the words of the diagrams) and the consequences; they see the whole state and one record.
"""

from typing import Final

from mturk_sim.core.clock import DAY
from mturk_sim.core.tables import Arrow, Settling, Table
from mturk_sim.marketplace import hit_types, inbox
from mturk_sim.marketplace.money import can_pay_reward, hold_liability, pay_reward
from mturk_sim.marketplace.records import (
    ABANDONED,
    ACCEPTED,
    APPROVED,
    ASSIGNABLE,
    DISPOSED,
    GONE,
    HIT,
    REJECTED,
    RETURNED,
    REVIEWABLE,
    REVIEWING,
    SUBMITTED,
    UNASSIGNABLE,
    Assignment,
    WorkerAccount,
    kept_once,
)
from mturk_sim.marketplace.state import DISPOSAL_AFTER, State, in_micros

OVERRIDE_WITHIN: Final = 30 * DAY
"""How long after its submission a rejection can be overridden (ASN-13)."""


# --- HIT: conditions ---------------------------------------------------------------------------------------------
def its_expiration_has_come(state: State, hit: HIT) -> bool:
    """Its time on the market is over, and nobody was told yet."""
    return hit.expiration <= state.clock.micros and not hit.has_expired


def a_slot_is_free_before_expiry(state: State, hit: HIT) -> bool:
    """Somebody could accept it."""
    return hit.taken < hit.max_assignments and hit.expiration > state.clock.micros


def no_slot_is_free_or_work_runs_past_expiry(state: State, hit: HIT) -> bool:
    """Nobody can accept it now, and somebody works on it."""
    return hit.pending > 0 and not a_slot_is_free_before_expiry(state, hit)


def nothing_is_pending_and_no_slot_can_be_taken(state: State, hit: HIT) -> bool:
    """All work is in, or time ran out with none under way."""
    return hit.pending == 0 and not a_slot_is_free_before_expiry(state, hit)


def all_work_is_reviewed(state: State, hit: HIT) -> bool:
    """Nothing that was handed in waits for the requester (HIT-52)."""
    return hit.submitted == 0


def unused_for_120_days(state: State, hit: HIT) -> bool:
    """It can dispose of itself (HIT-35)."""
    return disposal_time(hit) <= state.clock.micros


def disposal_time(hit: HIT) -> int:
    """The later of expiry, last submission and last review, and 120 days (C8)."""
    return max(hit.expiration, hit.last_activity) + DISPOSAL_AFTER


# --- HIT: consequences -------------------------------------------------------------------------------------------
def note_expiry(state: State, hit: HIT) -> None:
    """Remember that the expiry was told."""
    hit.has_expired = True


def plan_disposal(state: State, hit: HIT) -> None:
    """Let it look whether it is unused, at the earliest time that it can be."""
    state.timers.set(disposal_time(hit), "hit:auto_dispose", hit.id)


def review_hit(state: State, hit: HIT) -> None:
    """Let its review policy compare the work (RVP-05)."""
    if hit.id in state.store.reviews:
        state.reviewer.review_hit(hit)


def drop_work(state: State, hit: HIT) -> None:
    """Forget the work, and leave the list of HITs at once (HIT-37, HIT-55)."""
    state.store.drop_assignments(hit)
    state.store.listed[hit.requester].remove(hit.number)
    hit_types.end_use(state, hit)


def plan_forgetting(state: State, hit: HIT) -> None:
    """Let it answer as Disposed for a while (C9)."""
    state.timers.set(state.clock.micros + in_micros(state.behavior.disposed_for), "hit:forget", hit.id)


def forget(state: State, hit: HIT) -> None:
    """From now on it does not exist (HIT-36)."""
    state.store.forget_hit(hit)


_LIVE: Final = (ASSIGNABLE, UNASSIGNABLE, REVIEWABLE, REVIEWING)
_DELETED: Final = (drop_work, plan_forgetting)

HIT_LIFE: Final[Table[State, HIT]] = Table(
    "HIT",
    states=(ASSIGNABLE, UNASSIGNABLE, REVIEWABLE, REVIEWING, DISPOSED, GONE),
    initial=ASSIGNABLE,
    arrows=(
        Arrow(ASSIGNABLE, "accept", ASSIGNABLE, "HIT-16", guard=a_slot_is_free_before_expiry),
        *(
            Arrow(state, "expire", state, "HIT-30", "HITExpired", its_expiration_has_come, (note_expiry,))
            for state in _LIVE
        ),
        *(Arrow(state, "extend", state, "HIT-46", "HITExtended") for state in _LIVE),
        *(Arrow(state, "change_type", state, "HIT-50", "HITTypeChanged") for state in _LIVE),
        Arrow(REVIEWABLE, "review", REVIEWING, "HIT-38", "HITReviewing"),
        Arrow(REVIEWING, "revert", REVIEWABLE, "HIT-38", "HITReviewable"),
        Arrow(REVIEWING, "delete", DISPOSED, "HIT-39", "HITDisposed", all_work_is_reviewed, _DELETED),
        Arrow(REVIEWABLE, "delete", DISPOSED, "HIT-51", "HITDisposed", all_work_is_reviewed, _DELETED),
        Arrow(REVIEWING, "auto_dispose", DISPOSED, "HIT-35", "HITDisposed", unused_for_120_days, _DELETED),
        Arrow(REVIEWING, "auto_dispose", REVIEWING, "C8", then=(plan_disposal,)),
        Arrow(REVIEWABLE, "auto_dispose", DISPOSED, "HIT-35", "HITDisposed", unused_for_120_days, _DELETED),
        Arrow(REVIEWABLE, "auto_dispose", REVIEWABLE, "C8", then=(plan_disposal,)),
        Arrow(DISPOSED, "forget", GONE, "HIT-36", then=(forget,)),
    ),
    settlings=(
        Settling(ASSIGNABLE, no_slot_is_free_or_work_runs_past_expiry, UNASSIGNABLE, "HIT-24", "HITUnassignable"),
        Settling(
            ASSIGNABLE,
            nothing_is_pending_and_no_slot_can_be_taken,
            REVIEWABLE,
            "HIT-26",
            "HITReviewable",
            (plan_disposal, review_hit),
        ),
        Settling(UNASSIGNABLE, a_slot_is_free_before_expiry, ASSIGNABLE, "HIT-29", "HITAssignable"),
        Settling(
            UNASSIGNABLE,
            nothing_is_pending_and_no_slot_can_be_taken,
            REVIEWABLE,
            "HIT-24",
            "HITReviewable",
            (plan_disposal, review_hit),
        ),
        Settling(REVIEWABLE, a_slot_is_free_before_expiry, ASSIGNABLE, "HIT-28", "HITAssignable"),
        Settling(REVIEWING, a_slot_is_free_before_expiry, ASSIGNABLE, "HIT-28", "HITAssignable"),
    ),
)
"""The life of a HIT; the official table of states and counters follows from it (HIT-25).

`accept` is asked by a worker's accept, `expire`, `auto_dispose` and `forget` by timers.
"""


# --- assignment: conditions --------------------------------------------------------------------------------------
def before_the_deadline(state: State, assignment: Assignment) -> bool:
    """The work can still be handed in or given back."""
    return state.clock.micros < assignment.deadline


def the_deadline_has_passed(state: State, assignment: Assignment) -> bool:
    """It is too late for the work."""
    return assignment.deadline <= state.clock.micros


def the_approval_delay_runs(state: State, assignment: Assignment) -> bool:
    """The requester still has time to review the work."""
    return assignment.auto_approval is not None and assignment.auto_approval > state.clock.micros


def there_is_money_for_it(state: State, assignment: Assignment) -> bool:
    """The requester can pay for the work (PAY-11)."""
    return can_pay_reward(state, assignment)


def within_30_days_of_submission(state: State, assignment: Assignment) -> bool:
    """A rejection can still be overridden (ASN-13)."""
    return assignment.submitted is not None and state.clock.micros <= assignment.submitted + OVERRIDE_WITHIN


# --- assignment: consequences ------------------------------------------------------------------------------------
def submit(state: State, assignment: Assignment) -> None:
    """Note when, and when it will be approved; the timer of the deadline plans that, if it comes in time."""
    hit, now = state.store.hits[assignment.hit_id], state.second
    hit.pending -= 1
    hit.submitted += 1
    state.store.workers[assignment.worker_id].submitted += 1
    assignment.submitted = hit.last_activity = now
    assignment.auto_approval = approval = kept_once(now + state.store.hit_types[hit.type_id].auto_approval_delay)
    if hit.submissions is None:
        hit.submissions = []
    hit.submissions.append(assignment.id)
    if approval < assignment.deadline:
        plan_approval(state, assignment)


def review_work(state: State, assignment: Assignment) -> None:
    """Let the HIT's review policy for assignments score the work (RVP-04)."""
    if assignment.hit_id in state.store.reviews:
        state.reviewer.review_work(assignment)


def let_the_hit_settle(state: State, assignment: Assignment) -> None:
    """See what becomes of the HIT: all work may be in, or a slot may be free again (HIT-24, HIT-29)."""
    state.settle_hit(state.store.hits[assignment.hit_id])


def plan_approval(state: State, assignment: Assignment) -> None:
    """Let the work be approved when the delay is over (ASN-06)."""
    assert assignment.auto_approval is not None  # since it was handed in
    state.timers.set(assignment.auto_approval, "assignment:fall_due", assignment.id)


def try_again_tomorrow(state: State, assignment: Assignment) -> None:
    """Let the approval that lacks money be tried once more, a whole number of days after the first try (C46)."""
    assert assignment.auto_approval is not None  # since it was handed in
    days = (state.clock.micros - assignment.auto_approval) // DAY + 1
    state.timers.set(assignment.auto_approval + days * DAY, "assignment:fall_due", assignment.id)


def return_work(state: State, assignment: Assignment) -> None:
    """Give the slot back (HIT-29)."""
    _free_the_slot(state, assignment).returned += 1


def abandon(state: State, assignment: Assignment) -> None:
    """Lose the slot (ASN-03)."""
    _free_the_slot(state, assignment).abandoned += 1


def _free_the_slot(state: State, assignment: Assignment) -> WorkerAccount:
    """Let the next who accepts have the id, and the worker, who is given, take the HIT again (ASN-04, ASN-05)."""
    hit, worker = state.store.hits[assignment.hit_id], state.store.workers[assignment.worker_id]
    hit.taken -= 1
    hit.pending -= 1
    hit.free_ids = [*(hit.free_ids or ()), assignment.id]
    worker.worked.pop(hit.id, None)
    return worker


def approve(state: State, assignment: Assignment) -> None:
    """Pay for the work (PAY-11)."""
    hit, worker = _note_review(state, assignment)
    hit.submitted -= 1
    hit.approved += 1
    worker.approved += 1
    assignment.approved = hit.last_activity
    pay_reward(state, hit, assignment, from_hold=True)
    hold_liability(state, hit)


def reject(state: State, assignment: Assignment) -> None:
    """Pay nothing (PAY-12)."""
    hit, worker = _note_review(state, assignment)
    hit.submitted -= 1
    hit.rejected += 1
    worker.rejected += 1
    assignment.rejected = hit.last_activity
    hold_liability(state, hit)
    for tell in state.store.on_rejection:
        tell(assignment)


def approve_after_all(state: State, assignment: Assignment) -> None:
    """Pay for work that was rejected before (PAY-13)."""
    hit, worker = _note_review(state, assignment)
    hit.rejected -= 1
    worker.rejected -= 1
    hit.approved += 1
    worker.approved += 1
    assignment.approved, assignment.rejected = hit.last_activity, None
    pay_reward(state, hit, assignment, from_hold=False)
    hold_liability(state, hit)


def _note_review(state: State, assignment: Assignment) -> tuple[HIT, WorkerAccount]:
    """Note when the HIT was last worked on, which is now (C8), and let the worker read the feedback."""
    hit, worker = state.store.hits[assignment.hit_id], state.store.workers[assignment.worker_id]
    hit.last_activity = worker.reviewed_by[hit.requester] = state.second
    if assignment.feedback:
        kind = inbox.REJECTION if assignment.status == REJECTED else inbox.APPROVAL
        inbox.write(state, worker.id, kind, hit.requester, assignment.feedback, assignment_id=assignment.id)
    return hit, worker


ASSIGNMENT_LIFE: Final[Table[State, Assignment]] = Table(
    "assignment",
    states=(ACCEPTED, SUBMITTED, APPROVED, REJECTED, RETURNED, ABANDONED),
    initial=ACCEPTED,
    arrows=(
        Arrow(
            ACCEPTED,
            "submit",
            SUBMITTED,
            "ASN-06",
            "AssignmentSubmitted",
            before_the_deadline,
            (submit, review_work, let_the_hit_settle),
        ),
        Arrow(
            ACCEPTED,
            "return",
            RETURNED,
            "HIT-29",
            "AssignmentReturned",
            before_the_deadline,
            (return_work, let_the_hit_settle),
        ),
        Arrow(
            ACCEPTED,
            "fall_due",
            ABANDONED,
            "ASN-03",
            "AssignmentAbandoned",
            the_deadline_has_passed,
            (abandon, let_the_hit_settle),
        ),
        Arrow(SUBMITTED, "fall_due", SUBMITTED, "ASN-24", guard=the_approval_delay_runs, then=(plan_approval,)),
        Arrow(SUBMITTED, "fall_due", APPROVED, "ASN-06", "AssignmentApproved", there_is_money_for_it, (approve,)),
        Arrow(SUBMITTED, "fall_due", SUBMITTED, "C46", then=(try_again_tomorrow,)),
        Arrow(SUBMITTED, "approve", APPROVED, "ASN-13", "AssignmentApproved", then=(approve,)),
        Arrow(SUBMITTED, "override", APPROVED, "ASN-17", "AssignmentApproved", then=(approve,)),
        Arrow(SUBMITTED, "reject", REJECTED, "ASN-13", "AssignmentRejected", then=(reject,)),
        Arrow(
            REJECTED,
            "override",
            APPROVED,
            "ASN-13",
            "AssignmentApproved",
            within_30_days_of_submission,
            (approve_after_all,),
        ),
    ),
)
"""The life of an assignment; nothing leads out of Approved (ASN-07, ASN-15, ASN-16).

`fall_due` is asked by its timer: at the deadline, and once handed in at its approval, daily until there is money.
"""
