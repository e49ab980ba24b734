"""The world: the only writer of the marketplace.

Whatever changes a record's state goes through `World.fire_hit` or `World.fire_assignment`, whether somebody asks or a
timer rings; the rows of the lifecycles decide, and what follows is among their consequences: the counters, the money,
and that the HIT settles, with what nobody asks for.  The journal tells it.  Time enters through `World.run_until`,
which rings each timer at its own instant.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from threading import RLock
from typing import Any, ClassVar, Final

from mturk_sim.core.clock import VirtualClock, moved_backwards
from mturk_sim.core.system_clock import SystemClock
from mturk_sim.core.tables import Arrow
from mturk_sim.marketplace import hit_types
from mturk_sim.marketplace.behavior import Behavior
from mturk_sim.marketplace.lifecycles import ASSIGNMENT_LIFE, HIT_LIFE
from mturk_sim.marketplace.money import hold_liability
from mturk_sim.marketplace.notifications.notifier import Notifier
from mturk_sim.marketplace.qualifications import acts
from mturk_sim.marketplace.records import (
    ASSIGNABLE,
    HIT,
    SUBMITTED,
    Assignment,
    RequesterAccount,
    WorkerAccount,
    kept_once,
)
from mturk_sim.marketplace.review.running import Reviewer
from mturk_sim.marketplace.state import State, in_micros

_ACTION: Final = "action"
_AUTOMATIC: Final = {"automatic": True}
"""What is told of an approval that nobody asked for."""
DEFAULT_REQUESTER: Final = "default"


@lru_cache(maxsize=256)
def _slots(number: int) -> dict[str, int]:
    """What is told of a new HIT; one for all that have as many slots."""
    return {"max_assignments": number}


class World(State):
    """One marketplace. Every call from outside is atomic: the doors hold `lock` while they work."""

    _TRANSIENT: ClassVar = {"lock": RLock, "clock": lambda: None}

    reviewer: Reviewer
    notifier: Notifier

    def __init__(
        self, *, seed: int, start: datetime, sandbox: bool, behavior: Behavior, clock: VirtualClock | None = None
    ) -> None:
        super().__init__(seed=seed, start=start, sandbox=sandbox, behavior=behavior, clock=clock)
        self.lock = RLock()
        self.actions: dict[str, Callable[[], object]] = {}
        self.reviewer = Reviewer(self)
        self.notifier = Notifier(self)
        self.ringers: dict[str, Callable[[str], object]] = {
            "hit:expire": partial(self._ring_hit, "expire"),
            "hit:auto_dispose": partial(self._ring_hit, "auto_dispose"),
            "hit:forget": partial(self._ring_hit, "forget"),
            "assignment:fall_due": self._ring_assignment,
            "hit_type:auto_dispose": partial(hit_types.dispose_if_unused, self),
            "qualification_type:auto_dispose": partial(acts.dispose_if_unused, self),
            "qualification_type:settle": partial(acts.end_deletion, self),
            "qualification_request:lapse": partial(acts.lapse, self),
            "notification:arrive": self.notifier.ring,
            _ACTION: self._ring_action,
        }
        self._ringing = False
        self.follow(self.clock)

    def follow(self, clock: VirtualClock) -> None:
        """Let this clock tell the time from now on."""
        self.clock = clock
        self._follows = isinstance(clock, SystemClock)
        self.latency = 0 if self._follows else in_micros(self.behavior.latency)
        clock.drive, clock.guard = self.run_until, self.lock

    # --- events --------------------------------------------------------------------------------------------------
    def fire_hit(self, hit: HIT, event: str, detail: dict[str, Any] | None = None) -> bool:
        """Ask for an event of a HIT; False, and nothing changed, if its lifecycle does not allow it now."""
        arrow = HIT_LIFE.arrow(self, hit, event)
        if arrow is None:
            return False
        if arrow.target != hit.status:
            self.store.move_hit(hit, arrow.target)
        if arrow.fact:
            self.tell(arrow.fact, hit.id, None, None, detail)
        for consequence in arrow.then:
            consequence(self, hit)
        self.settle_hit(hit)
        return True

    def fire_assignment(self, assignment: Assignment, event: str, detail: dict[str, Any] | None = None) -> bool:
        """Ask for an event of an assignment; False, and nothing changed, if its lifecycle does not allow it now."""
        arrow = ASSIGNMENT_LIFE.arrow(self, assignment, event)
        if arrow is None:
            return False
        self.take(assignment, arrow, detail)
        return True

    def take(
        self, assignment: Assignment, arrow: Arrow[State, Assignment], detail: dict[str, Any] | None = None
    ) -> None:
        """Let an assignment take an arrow that is open to it; what becomes of its HIT is among the consequences."""
        assignment.status = arrow.target
        if arrow.fact:
            self.tell(arrow.fact, assignment.hit_id, assignment.id, assignment.worker_id, detail)
        for consequence in arrow.then:
            consequence(self, assignment)

    def settle_hit(self, hit: HIT) -> None:
        """Let happen to a HIT what nobody has to ask for, and hold what it may cost now."""
        while (row := HIT_LIFE.settling(self, hit)) is not None:
            self.store.move_hit(hit, row.target)
            if row.fact:
                self.tell(row.fact, hit.id, None, None)
            for consequence in row.then:
                consequence(self, hit)
        hold_liability(self, hit)

    # --- time ----------------------------------------------------------------------------------------------------
    @property
    def is_ringing(self) -> bool:
        """Whether something planned happens right now."""
        return self._ringing

    def settle(self) -> None:
        """Ring what is due by now; every door does this first. While something rings, the present is its instant."""
        if not self._ringing:
            now = self.clock.read()
            if now > self.clock.micros or self.timers.soonest <= now:
                self.run_until(now)

    def follow_up(self) -> None:
        """Ring what an act just made due at once; every door does this last, and the clock is not read again."""
        if self.timers.soonest <= self.clock.micros and not self._ringing:
            self.run_until(self.clock.micros)

    def tick(self) -> None:
        """Let the time pass that a requester's call takes (C44), and what is due by then happen.

        If something rings that calls, whatever falls due during its call waits until it is done.
        """
        clock = self.clock
        target = clock.read() if self._follows and not self._ringing else clock.micros + self.latency
        if self.timers.soonest <= target and not self._ringing:
            self.run_until(target)
        elif clock.watchers:
            clock.set(target)
        else:
            clock.micros = target

    def rest(self, duration: int) -> None:
        """Let time pass in which a caller only waits; if something rings that calls, whatever falls due waits too."""
        with self.lock:
            if not self._ringing:
                self.clock.reach(self.clock.read() + duration)
            elif not isinstance(self.clock, SystemClock):
                self.clock.set(self.clock.micros + duration)

    def run_until(self, target: int) -> None:
        """Move the clock to `target`, ringing every timer on the way at its own instant.

        Raises:
            ClockMovedBackwards: The clock is past `target`.
        """
        with self.lock:
            if target < self.clock.micros:
                raise moved_backwards(self.clock.micros, target)
            if self._ringing and target > self.clock.micros:
                raise RuntimeError(
                    "time is moving already: what runs at a planned instant cannot move the clock itself"
                )
            if not self._ringing:
                self._ringing = True
                try:
                    self._ring_until(target)
                finally:
                    self._ringing = False
            if target > self.clock.micros:
                self.clock.set(target)

    def _ring_until(self, target: int) -> None:
        clock, ringers = self.clock, self.ringers
        for due, ring, subject in self.timers.until(target):
            if due > clock.micros:
                if clock.watchers:
                    clock.set(due)
                else:  # the same, for what is done millions of times
                    clock.micros = due
            ringers[ring](subject)

    def _ring_hit(self, event: str, hit_id: str) -> None:
        if hit := self.store.hits.get(hit_id):
            self.fire_hit(hit, event)

    def _ring_assignment(self, assignment_id: str) -> None:
        if assignment := self.store.assignments.get(assignment_id):
            self.fire_assignment(assignment, "fall_due", _AUTOMATIC if assignment.status == SUBMITTED else None)

    def _ring_action(self, key: str) -> None:
        self.actions.pop(key)()

    def call_at(self, when: int, action: Callable[[], object]) -> None:
        """Run `action` at `when` (microseconds), in order with everything else that is planned.

        Raises:
            ClockMovedBackwards: `when` has passed.
        """
        if when < self.clock.micros:
            raise moved_backwards(self.clock.micros, when)
        key = str(self.ids.number(_ACTION))
        self.actions[key] = action
        self.timers.set(when, _ACTION, key)

    # --- what comes into being, and changes that are not a change of state ---------------------------------------
    def add_hit(self, hit: HIT) -> None:
        """Put a new HIT on the market (HIT-16)."""
        self.store.add_hit(hit)
        hit_types.begin_use(self, hit)
        self.timers.set(hit.expiration, "hit:expire", hit.id)
        self.tell("HITCreated", hit.id, None, None, _slots(hit.max_assignments))
        self.settle_hit(hit)

    def add_assignment(self, hit: HIT, worker: WorkerAccount) -> Assignment:
        """Let a worker take a slot of an assignable HIT, under the id of one given back if there is any (ASN-05)."""
        now, duration = self.second, self.store.hit_types[hit.type_id].assignment_duration
        deadline = kept_once(now + duration)
        assignment_id = hit.free_ids.pop() if hit.free_ids else self.ids.entity("assignment")
        assignment = Assignment(assignment_id, hit.id, worker.id, now, deadline)
        self.store.assignments[assignment_id] = assignment
        worker.worked[hit.id] = assignment_id
        worker.accepted += 1
        hit.taken += 1
        hit.pending += 1
        self.timers.set(deadline, "assignment:fall_due", assignment_id)
        self.tell("AssignmentAccepted", hit.id, assignment_id, worker.id)
        if hit.taken == hit.max_assignments:  # with free slots it stays on the market, and a taken slot costs no more
            self.settle_hit(hit)
        return assignment

    def set_expiration(self, hit: HIT, expiration: int) -> None:
        """Give a HIT another expiration; it settles with the event that follows."""
        self.store.unlist(hit)
        hit.expiration, hit.has_expired = expiration, False
        self.store.relist(hit)
        if expiration > self.clock.micros:
            self.timers.set(expiration, "hit:expire", hit.id)

    def set_type(self, hit: HIT, hit_type_id: str) -> None:
        """Give a HIT another type; it settles with the event that follows (HIT-50)."""
        self.store.unlist(hit)
        hit_types.end_use(self, hit)
        hit.type_id = hit_type_id
        hit_types.begin_use(self, hit)
        self.store.relist(hit)
        if hit.status == ASSIGNABLE:
            self.store.announce(hit)

    def requester(self, name: str) -> RequesterAccount:
        """The requester of that name, made on first use."""
        account = self.store.requesters.get(name)
        if account is None:
            aws_account = f"{self.draws.integer(10**12, 'aws_account', name):012}"
            account = RequesterAccount(name, self.ids.person("requester"), aws_account)
            self.store.requesters[name] = account
        return account
