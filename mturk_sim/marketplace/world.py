"""The world: the only writer of the marketplace.

Whatever changes a record's state goes through `World.fire`, whether somebody asks or a timer rings; the rows of
the lifecycles decide.  After each event the HIT settles: what nobody asks for happens, the counters and the money held
follow, and the journal tells it.  Time enters through `World.run_until`, which rings each timer at its own instant.
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
from mturk_sim.marketplace.money import liability
from mturk_sim.marketplace.notifications.notifier import Notifier
from mturk_sim.marketplace.qualifications import acts
from mturk_sim.marketplace.records import (
    ACCEPTED,
    APPROVED,
    ASSIGNABLE,
    HIT,
    REJECTED,
    RETURNED,
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

    def __init__(
        self, *, seed: int, start: datetime, sandbox: bool, behavior: Behavior, clock: VirtualClock | None = None
    ) -> None:
        super().__init__(seed=seed, start=start, sandbox=sandbox, behavior=behavior, clock=clock)
        self.lock = RLock()
        self.actions: dict[str, Callable[[], object]] = {}
        self.ringers: dict[str, Callable[[str, str], None]] = {
            "hit": self._ring_hit,
            "assignment": self._ring_assignment,
            "hit_type": partial(hit_types.dispose_if_unused, self),
            "qualification_type": partial(acts.ring_type, self),
            "qualification_request": partial(acts.ring_request, self),
            _ACTION: self._ring_action,
        }
        self.reviewer = Reviewer(self)
        self.notifier = Notifier(self)
        self.ringers["notification"] = self.notifier.ring
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
        """Let an assignment take an arrow that is open to it, and its HIT settle.

        Only with the end of work in progress does a slot become free or filled; a review moves no more than money.
        """
        slot_changes = assignment.status == ACCEPTED
        self.move_assignment(assignment, arrow, detail)
        hit = self.store.hits[assignment.hit_id]
        if slot_changes:
            self.settle_hit(hit)
        elif not self.sandbox:
            self._hold(hit)

    def move_assignment(
        self, assignment: Assignment, arrow: Arrow[State, Assignment], detail: dict[str, Any] | None = None
    ) -> None:
        """As `take`, for what happens in the course of another event, with which the HIT will settle."""
        if arrow.target != assignment.status:
            self._recount(assignment, arrow.target)
            assignment.status = arrow.target
        if arrow.fact:
            self.tell(arrow.fact, assignment.hit_id, assignment.id, assignment.worker_id, detail)
        for consequence in arrow.then:
            consequence(self, assignment)

    def _recount(self, assignment: Assignment, target: str) -> None:
        """Move the assignment from one counter to another, the HIT's and the worker's (HIT-31, HIT-33)."""
        hit = self.store.hits[assignment.hit_id]
        worker = self.store.workers[assignment.worker_id]
        source = assignment.status
        if source == SUBMITTED:
            hit.submitted -= 1
        elif source == ACCEPTED:
            hit.pending -= 1
        else:
            hit.rejected -= 1
            worker.rejected -= 1
        if target == APPROVED:
            hit.approved += 1
            worker.approved += 1
        elif target == SUBMITTED:
            hit.submitted += 1
            worker.submitted += 1
        elif target == REJECTED:
            hit.rejected += 1
            worker.rejected += 1
        elif target == RETURNED:
            worker.returned += 1
        else:
            worker.abandoned += 1

    def settle_hit(self, hit: HIT) -> None:
        """Let happen to a HIT what nobody has to ask for, and hold what it may cost now."""
        while (row := HIT_LIFE.settling(self, hit)) is not None:
            self.store.move_hit(hit, row.target)
            if row.fact:
                self.tell(row.fact, hit.id, None, None)
            for consequence in row.then:
                consequence(self, hit)
        if not self.sandbox:
            self._hold(hit)

    def _hold(self, hit: HIT) -> None:
        """Hold what the HIT may cost now."""
        self.books.owe(self.clock.micros, hit.requester, hit.id, liability(self, hit))

    # --- time ----------------------------------------------------------------------------------------------------
    @property
    def is_ringing(self) -> bool:
        """Whether something planned happens right now."""
        return self._ringing

    def settle(self) -> None:
        """Ring what is due by now; every door does this first. While something rings, the present is its instant."""
        if not self._ringing:
            now = self.clock.read()
            heap = self.timers.heap
            if now > self.clock.micros or (heap and heap[0] <= now):
                self.run_until(now)

    def follow_up(self) -> None:
        """Ring what an act just made due at once; every door does this last, and the clock is not read again."""
        heap = self.timers.heap
        if heap and heap[0] <= self.clock.micros and not self._ringing:
            self.run_until(self.clock.micros)

    def tick(self) -> None:
        """Let the time pass that a requester's call takes (C44), and what is due by then happen.

        If something rings that calls, whatever falls due during its call waits until it is done.
        """
        clock, heap = self.clock, self.timers.heap
        target = clock.read() if self._follows and not self._ringing else clock.micros + self.latency
        if heap and heap[0] <= target and not self._ringing:
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
        heap, clock = self.timers.heap, self.clock
        bells: dict[str, tuple[Callable[[str, str], None], str]] = {}
        while heap and heap[0] <= target:
            due, ring, subject = self.timers.pop()
            if due > clock.micros:
                clock.set(due)
            bell = bells.get(ring)
            if bell is None:
                kind, _, event = ring.partition(":")
                bell = bells[ring] = self.ringers[kind], event
            bell[0](subject, bell[1])

    def _ring_hit(self, hit_id: str, event: str) -> None:
        if hit := self.store.hits.get(hit_id):
            self.fire_hit(hit, event)

    def _ring_assignment(self, assignment_id: str, event: str) -> None:
        if assignment := self.store.assignments.get(assignment_id):
            self.fire_assignment(assignment, event, _AUTOMATIC if assignment.status == SUBMITTED else None)

    def _ring_action(self, key: str, _: str) -> None:
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
        assignment = Assignment(
            id=hit.free_ids.pop() if hit.free_ids else self.ids.entity("assignment"),
            hit_id=hit.id,
            worker_id=worker.id,
            accepted=now,
            deadline=kept_once(now + duration),
        )
        self.store.assignments[assignment.id] = assignment
        worker.worked[hit.id] = assignment.id
        worker.accepted += 1
        hit.pending += 1
        self.timers.set(assignment.deadline, "assignment:fall_due", assignment.id)
        self.tell("AssignmentAccepted", hit.id, assignment.id, worker.id)
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
