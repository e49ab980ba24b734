"""What came of a campaign, read from the journal and the ledger, which keep what the service forgets."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

import attrs

from mturk_sim.core.clock import instant, micros
from mturk_sim.marketplace.lifecycles import ASSIGNMENT_LIFE, HIT_LIFE
from mturk_sim.marketplace.records import dollars
from mturk_sim.simulation import Simulation

_HIT_STATES: Final = {
    "HITCreated": "Assignable",
    **{f"HIT{state}": state for state in HIT_LIFE.states},
}
_ENDS: Final = {f"Assignment{state}": state for state in ASSIGNMENT_LIFE.states}
_PAID: Final = ("reward", "reward_fee", "bonus", "bonus_fee")


@attrs.define
class Taking:
    """One worker's taking of one slot of a HIT, from its acceptance on.

    Attributes:
        hit_id: The HIT.
        assignment_id: The assignment; its id may have served an earlier taking (ASN-05).
        worker_id: The worker.
        accepted: When, in microseconds since the epoch.
        outcome: The state it is in.
        submitted: When the work was handed in, if it was.
        ended: When it came into that state.
        automatic: Whether it was approved because nobody had decided in time (ASN-06).
    """

    hit_id: str
    assignment_id: str
    worker_id: str
    accepted: int
    outcome: str = "Accepted"
    submitted: int | None = None
    ended: int | None = None
    automatic: bool = False


@attrs.frozen(kw_only=True)
class Campaign:
    """Everything a report tells.

    Attributes:
        start: When the simulation began, in microseconds since the epoch.
        now: How far it has come.
        hits: HIT id -> its states, each with the instant it came into it.
        takings: Every acceptance, in order.
        payments: What was paid: instant, kind (``reward``, ``reward_fee``, ``bonus``, ``bonus_fee``), cents.
        events: Every fact: its instant and its kind.
    """

    start: int
    now: int
    hits: dict[str, list[tuple[int, str]]]
    takings: list[Taking]
    payments: list[tuple[int, str, int]]
    events: list[tuple[int, str]]

    def hits_by_state(self) -> dict[str, int]:
        """How many HITs are in each state now, in the order of their life; states without any are left out."""
        return _in_order(Counter(states[-1][1] for states in self.hits.values()), HIT_LIFE.states)

    def takings_by_outcome(self) -> dict[str, int]:
        """How many takings came to what, in the order of their life; outcomes without any are left out."""
        return _in_order(Counter(taking.outcome for taking in self.takings), ASSIGNMENT_LIFE.states)

    def money_by_kind(self) -> dict[str, Decimal]:
        """What was paid, in dollars, by kind; kinds without any are left out."""
        cents: Counter[str] = Counter()
        for _, kind, amount in self.payments:
            cents[kind] += amount
        return {kind: dollars(amount) for kind, amount in _in_order(cents, _PAID).items()}

    def work_by_worker(self) -> dict[str, int]:
        """How many assignments each worker handed in, the busiest first."""
        work = Counter(taking.worker_id for taking in self.takings if taking.submitted is not None)
        return dict(sorted(work.items(), key=lambda item: (-item[1], item[0])))

    @property
    def end(self) -> datetime:
        """How far the simulation has come, as an aware UTC datetime."""
        return instant(self.now)


def campaign_of(sim: Simulation, start: datetime | None = None) -> Campaign:
    """The campaign that a simulation has seen until now; it began at `start`, or with the first fact."""
    hits: dict[str, list[tuple[int, str]]] = {}
    events = []
    for fact in sim.journal:
        events.append((fact.micros, fact.kind))
        if fact.kind in _HIT_STATES and fact.hit_id:
            hits.setdefault(fact.hit_id, []).append((fact.micros, _HIT_STATES[fact.kind]))
    payments = [(entry.micros, entry.kind, entry.cents) for entry in sim.ledger.entries if entry.kind in _PAID]
    now = sim.world.clock.micros
    first = events[0][0] if events else now
    return Campaign(
        start=first if start is None else micros(start),
        now=now,
        hits=hits,
        takings=list(_takings(sim)),
        payments=payments,
        events=events,
    )


def _takings(sim: Simulation) -> Iterator[Taking]:
    current: dict[str, Taking] = {}
    for fact in sim.journal:
        if fact.kind not in _ENDS or not (fact.assignment_id and fact.hit_id and fact.worker_id):
            continue
        if fact.kind == "AssignmentAccepted":
            taking = current[fact.assignment_id] = Taking(fact.hit_id, fact.assignment_id, fact.worker_id, fact.micros)
            yield taking
            continue
        taking = current[fact.assignment_id]
        taking.outcome, taking.ended = _ENDS[fact.kind], fact.micros
        taking.automatic = bool(fact.detail and fact.detail.get("automatic"))
        if fact.kind == "AssignmentSubmitted":
            taking.submitted = fact.micros


def _in_order(counts: Counter[str], order: tuple[str, ...]) -> dict[str, int]:
    return {name: counts[name] for name in order if counts[name]}
