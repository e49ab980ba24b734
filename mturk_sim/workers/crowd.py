"""The engine of workers who act by themselves: whoever is on the way or at work stands in the timers, as data.

Three things ring: ``crowd:arrival`` for the next candidate to look at a group of HITs, ``worker:step`` for the next
step of a visit, and ``dispute:write`` for a worker who disputes a rejection.  A group's arrivals go on as long as one
of its HITs can be accepted, and begin again when one can again.
"""

from typing import Final

import attrs

from mturk_sim.core.arguments import expect
from mturk_sim.core.clock import SECOND
from mturk_sim.marketplace.records import HIT, REJECTED, Assignment, WorkerAccount
from mturk_sim.marketplace.world import World
from mturk_sim.workers.abilities import Ability
from mturk_sim.workers.listing import Listing
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.members import Members
from mturk_sim.workers.plans import Plan, Profile
from mturk_sim.workers.population import Population
from mturk_sim.workers.visits import STEP, Actors, Visit

_ARRIVAL: Final = "crowd:arrival"
_DISPUTE: Final = "dispute:write"


SCRIPTED: Final = Population(
    name="scripted",
    arrivals_per_hour=0,
    size=0,
    abilities=(Ability(name="scripted", share=1, accuracy=1.0),),
    p_dispute=0.0,
)
"""Workers with a plan of their own: nobody else comes, and what they answer by themselves is right."""


@attrs.define(eq=False, weakref_slot=False)
class Stream:
    """The arrivals at one group of HITs.

    Attributes:
        population: Whose.
        group: The HIT type's id.
        posted: When the newest HIT of the group was posted, in microseconds.
        candidates: How many candidates there were.
        arrived: How many of them came.
        flowing: Whether the next one is planned.
    """

    population: str
    group: str
    posted: int = 0
    candidates: int = 0
    arrived: int = 0
    flowing: bool = False

    @property
    def key(self) -> str:
        """What timers call it."""
        return f"{self.population}/{self.group}"


class Crowd:
    """Everybody who acts by themselves in one marketplace.

    Attributes:
        members: The populations by name.
        streams: The arrivals by population and group.
        visits: Who is at work, or waits.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._listing = Listing(world.store)
        self._actors = Actors(world, self._listing)
        self.members: dict[str, Members] = {}
        self.streams: dict[str, Stream] = {}
        self.visits: dict[str, Visit] = {}
        world.ringers[_ARRIVAL] = self._ring_arrival
        world.ringers[STEP] = self._ring_step
        world.ringers[_DISPUTE] = self._ring_dispute
        world.store.on_market.append(self._come_on_market)
        world.store.on_rejection.append(self._be_rejected)
        for hit in self._on_market():
            self._listing.add(hit)

    def add(self, population: Population) -> None:
        """Let a population come, to the HITs that are out and to those to come.

        Raises:
            ValueError: There is one of that name already.
        """
        expect(population, Population, "population", "Population(...)")
        if population.name in self.members:
            raise ValueError(f"there is a population {population.name!r} already; give this one another name")
        with self._world.lock:
            self._world.settle()
            self.members[population.name] = Members(population, self._world)
            for hit in self._on_market():
                self._attract(population.name, hit)

    def _on_market(self) -> list[HIT]:
        return [self._world.store.numbered(number) for number in self._world.store.market]

    def _come_on_market(self, hit: HIT) -> None:
        """A HIT has come on the market, or back."""
        self._listing.add(hit)
        for name in self.members:
            self._attract(name, hit)

    def _attract(self, population: str, hit: HIT) -> None:
        """Let a population's arrivals at a HIT's group flow."""
        fresh = Stream(population, hit.type_id)
        stream = self.streams.setdefault(fresh.key, fresh)
        stream.posted = max(stream.posted, hit.created)
        if not stream.flowing:
            self._plan_arrival(stream)

    def _plan_arrival(self, stream: Stream) -> None:
        gap = self.members[stream.population].arrivals.gap(stream.group, stream.candidates)
        stream.flowing = gap is not None
        if gap is not None:
            self._world.timers.set(self._world.clock.micros + gap, _ARRIVAL, stream.key)

    def _ring_arrival(self, key: str) -> None:
        stream = self.streams[key]
        if self._listing.newest(stream.group) is None:
            stream.flowing = False
            return
        people, now, number = self.members[stream.population], self._world.clock.micros, stream.candidates
        found = people.arrivals.country(stream.group, number, now, stream.posted)
        stream.candidates += 1
        self._plan_arrival(stream)
        if found is not None:
            stream.arrived += 1
            visit = Visit(stream.population, stream.group, number, people.pool.somebody(*found, now))
            self.visits[visit.key] = visit
            self._go_on(visit)

    def _ring_step(self, key: str) -> None:
        self._go_on(self.visits[key])

    def _go_on(self, visit: Visit) -> None:
        if not self._actors.act(visit, self.members[visit.population]):
            del self.visits[visit.key]

    # --- workers with a plan of their own --------------------------------------------------------------------------
    def follow(self, worker: WorkerAccount, steps: Plan) -> None:
        """Let a worker take some steps, the first at once, and no others."""
        (kind,) = SCRIPTED.abilities
        profile = Profile(worker.id, worker.country, kind.name, 1.0, 0.0)
        with self._world.lock:
            self._world.settle()
            if SCRIPTED.name not in self.members:
                self.members[SCRIPTED.name] = Members(SCRIPTED, self._world)
            visit = Visit(SCRIPTED.name, "", self._world.ids.number("script"), profile)
            visit.follow(steps)
            self.visits[visit.key] = visit
            self._go_on(visit)

    # --- disputes ------------------------------------------------------------------------------------------------
    def _be_rejected(self, assignment: Assignment) -> None:
        """A worker's work was rejected: perhaps the worker will write to the requester."""
        people = self._members_of(assignment.worker_id)
        if people is None:
            return
        luck = Luck(self._world.draws, ("dispute", assignment.worker_id, assignment.id))
        if luck.uniform("dispute") < people.population.p_dispute:
            wait = round(luck.lognormal(people.population.dispute_hours * 3600, 1.0, "wait")) * SECOND
            self._world.timers.set(self._world.clock.micros + wait, _DISPUTE, assignment.id)

    def _ring_dispute(self, assignment_id: str) -> None:
        assignment = self._world.store.assignments.get(assignment_id)
        if assignment is not None and assignment.status == REJECTED:
            self._world.tell("RejectionDisputed", assignment.hit_id, assignment.id, assignment.worker_id)

    def _members_of(self, worker_id: str) -> Members | None:
        return next((people for people in self.members.values() if worker_id in people.met), None)
