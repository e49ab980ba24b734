"""What follows from a score: approving, rejecting, extending, as ordinary events of the world (RVP-46 to RVP-50)."""

from typing import TYPE_CHECKING, Final

from mturk_sim.core.clock import SECOND
from mturk_sim.marketplace import errors
from mturk_sim.marketplace.lifecycles import ASSIGNMENT_LIFE
from mturk_sim.marketplace.money import can_pay_reward, slot_cost
from mturk_sim.marketplace.records import APPROVED, HIT, REJECTED, Assignment
from mturk_sim.marketplace.review.policies import Extension, Verdict
from mturk_sim.marketplace.review.records import ASSIGNMENT_LEVEL, FAILED, HIT_LEVEL, SUCCEEDED, Action

if TYPE_CHECKING:
    from mturk_sim.marketplace.world import World

FEW: Final = 10
"""A HIT made with fewer assignments stays below this, so what it has now tells how it was made (HIT-47, RVP-15)."""
_WRONG_STATE: Final = "Assignment was in an invalid state for this operation."
_NO_FUNDS: Final = "Insufficient funds."


class Actions:
    """The actions of one run of a policy on a HIT or on an assignment of it, done and written down in order.

    They leave the HIT to settle with the event that set the policy off; only an extension settles it at once. The money
    held follows each of them.
    """

    def __init__(self, world: "World", hit: HIT, policy: str) -> None:
        self._world = world
        self._hit = hit
        self._policy = policy
        self.done: list[Action] = []

    def review(self, assignment: Assignment | None, found: str) -> str:
        """Write down that an assignment, or the HIT, was looked at; gives the action's id (RVP-47)."""
        return self._note("review", assignment, f"Reviewed {found}")

    def judge(self, assignment: Assignment, verdict: Verdict, score: int) -> None:
        """Approve or reject, whichever is asked for at this score; approve goes first (RVP-12, RVP-13, RVP-17, C31)."""
        if verdict.approve_from is not None and score >= verdict.approve_from:
            self._conclude(assignment, "approve", APPROVED, verdict.approve_reason)
        if verdict.reject_below is not None and score < verdict.reject_below:
            self._conclude(assignment, "reject", REJECTED, verdict.reject_reason)

    def _conclude(self, assignment: Assignment, event: str, target: str, reason: str | None) -> None:
        """Approve or reject an assignment, unless it is so already or cannot be any more (RVP-48, RVP-50)."""
        arrow = ASSIGNMENT_LIFE.arrow(self._world, assignment, event)
        if assignment.status == target:
            self._note(event, assignment, f"Already {target.lower()}")
        elif arrow is None:
            self._fail(event, assignment, _WRONG_STATE, errors.ASSIGNMENT_STATE)
        elif target == APPROVED and not can_pay_reward(self._world, assignment):
            self._fail(event, assignment, _NO_FUNDS, errors.INSUFFICIENT_FUNDS)
        else:
            assignment.feedback = reason
            self._world.take(assignment, arrow, {"policy": self._policy})
            self._note(event, assignment, target)

    def extend(self, extension: Extension, score: int) -> None:
        """Give the HIT one more assignment, and more time, if asked for at this score (RVP-14, RVP-30, RVP-31)."""
        if extension.below is None or score >= extension.below:
            return
        world, hit = self._world, self._hit
        ceiling = min(extension.maximum, FEW - 1) if hit.max_assignments < FEW else extension.maximum
        if hit.max_assignments >= ceiling:
            self._note("extend", None, f"Not extended: there are {hit.max_assignments} assignments already")
            return
        expiration = hit.expiration
        if extension.seconds:
            expiration = max(expiration, world.second) + extension.seconds * SECOND
        if not self._affordable(expiration):
            self._fail("extend", None, _NO_FUNDS, errors.INSUFFICIENT_FUNDS)
            return
        hit.max_assignments += 1
        if extension.seconds:
            world.set_expiration(hit, expiration)
        told = {"additional_assignments": 1, "seconds": extension.seconds or None, "policy": self._policy}
        world.fire_hit(hit, "extend", told)
        self._note("extend", None, f"Extended to {hit.max_assignments} assignments")

    def _affordable(self, expiration: int) -> bool:
        """Whether the requester can pay for the extended HIT, counting what is held for it (RVP-49)."""
        world, hit = self._world, self._hit
        slots = hit.pending + hit.submitted
        if expiration > world.clock.micros:
            slots += hit.available + 1
        cost = slots * slot_cost(world, world.store.hit_types[hit.type_id], hit.max_assignments + 1)
        return world.books.covers(hit.requester, cost - world.books.liabilities.get(hit.id, 0))

    def _note(
        self, name: str, assignment: Assignment | None, result: str, status: str = SUCCEEDED, code: str | None = None
    ) -> str:
        target, level = (self._hit.id, HIT_LEVEL) if assignment is None else (assignment.id, ASSIGNMENT_LEVEL)
        action_id = self._world.ids.entity("review_action")
        self.done.append(Action(action_id, name, target, level, status, self._world.second, result, code))
        return action_id

    def _fail(self, name: str, assignment: Assignment | None, result: str, refusal: errors.Refusal) -> None:
        """Write down, in the journal too, that an action was not possible."""
        self._note(name, assignment, result, FAILED, refusal.code)
        work, worker = (assignment.id, assignment.worker_id) if assignment else (None, None)
        self._world.tell("ReviewActionFailed", self._hit.id, work, worker, {"action": name, "code": refusal.code})
