"""The engine of workers who act by themselves: whoever is on the way or at work stands in the timers, as data.

Two things ring: ``crowd:arrival`` for the next candidate to look at a group of HITs, and ``worker:step`` for the next
step of a visit.  A group's arrivals go on as long as one of its HITs can be accepted, and begin again when one can
again.
"""

from typing import Final

import attrs

from mturk_sim.core.clock import SECOND
from mturk_sim.documents import QuestionForm, answers_document, parse_question
from mturk_sim.marketplace import door
from mturk_sim.marketplace.records import ASSIGNABLE, HIT, WorkerAccount
from mturk_sim.marketplace.world import World
from mturk_sim.workers.answering import Answerer, AnswerModel, Task, fields_of
from mturk_sim.workers.arrivals import Recency, ceiling, is_weekend, shares
from mturk_sim.workers.habits import Habits
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.plans import (
    Accept,
    Leave,
    Moment,
    Offer,
    Policy,
    Profile,
    RequestQualification,
    Return,
    Step,
    Submit,
    Wait,
)
from mturk_sim.workers.pool import Pool
from mturk_sim.workers.population import Population

_ARRIVAL: Final = "crowd:arrival"
_STEP: Final = "worker:step"
_MOST_STEPS: Final = 10_000


class Members:
    """One population in one marketplace: its people, and what decides and answers for them."""

    def __init__(self, population: Population, world: World) -> None:
        self.population = population
        self.pool = Pool(population, world.draws, world.clock.micros)
        self.policy: Policy = population.policy or Habits(population)
        self.answers: AnswerModel = population.answers or Answerer(difficulty_sd=population.difficulty_sd)
        self.recency = Recency(population.v_inf, population.tau_hours)
        self.ceiling = ceiling(population.day_shapes, population.weekend_factor)


@attrs.define(eq=False)
class Stream:
    """The arrivals at one group of HITs.

    Attributes:
        population: Whose.
        group: The HIT type's id.
        posted: When the newest HIT of the group was created, in microseconds.
        candidates: How many candidates there were.
        flowing: Whether the next one is planned.
    """

    population: str
    group: str
    posted: int = 0
    candidates: int = 0
    flowing: bool = False


@attrs.define(eq=False)
class Visit:
    """A worker at a group of HITs, with the steps that are still to be taken."""

    population: str
    group: str
    number: int
    worker: Profile
    steps: tuple[Step, ...] = ()
    holding: str | None = None
    done: int = 0
    plans: int = 0
    refused: str | None = None


class Crowd:
    """Everybody who acts by themselves in one marketplace."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.members: dict[str, Members] = {}
        self.streams: dict[str, Stream] = {}
        self.visits: dict[str, Visit] = {}
        self.open: dict[str, list[HIT]] = {}
        self._listed: set[str] = set()
        world.ringers["crowd"] = self._ring_arrival
        world.ringers["worker"] = self._ring_step
        world.store.on_market.append(self._on_market)

    def add(self, population: Population) -> None:
        """Let a population come, to the HITs that are out and to those to come.

        Raises:
            ValueError: There is one of that name already.
        """
        if population.name in self.members:
            raise ValueError(f"there is a population {population.name!r} already; give this one another name")
        self.members[population.name] = Members(population, self._world)
        for number in self._world.store.market:
            self._on_market(self._world.store.numbered(number))

    # --- HITs that can be accepted -------------------------------------------------------------------------------
    def _on_market(self, hit: HIT) -> None:
        """A HIT has come on the market, or back."""
        if hit.id not in self._listed:
            self._listed.add(hit.id)
            self.open.setdefault(hit.type_id, []).append(hit)
        for name in self.members:
            stream = self.streams.setdefault(f"{name}/{hit.type_id}", Stream(name, hit.type_id))
            stream.posted = max(stream.posted, hit.created)
            if not stream.flowing:
                stream.flowing = True
                self._plan_arrival(stream)

    def pick(self, group: str, worker: WorkerAccount, luck: Luck, n: int) -> HIT | None:
        """A HIT of the group that is on the market and that the worker has not worked on, or None."""
        hits = self.open.get(group, [])
        start = luck.integer(len(hits), "pick", n) if hits else 0
        seen = 0
        while hits and seen < len(hits):
            place = (start + seen) % len(hits)
            hit = hits[place]
            if hit.status != ASSIGNABLE:
                self._listed.discard(hit.id)
                hits[place] = hits[-1]
                hits.pop()
            elif hit.id in worker.worked:
                seen += 1
            else:
                return hit
        return None

    def _any_open(self, group: str) -> bool:
        hits = self.open.get(group, [])
        while hits and hits[-1].status != ASSIGNABLE:
            self._listed.discard(hits.pop().id)
        return bool(hits)

    # --- arrivals ------------------------------------------------------------------------------------------------
    def _plan_arrival(self, stream: Stream) -> None:
        people = self.members[stream.population]
        rate = people.population.arrivals_per_hour * people.ceiling
        if rate <= 0:
            return
        luck = self._arrival_luck(stream)
        gap = max(1, round(luck.exponential(3_600_000 / rate, "gap", stream.candidates)))
        self._world.timers.set(self._world.clock.micros + gap * 1000, _ARRIVAL, f"{stream.population}/{stream.group}")

    def _arrival_luck(self, stream: Stream) -> Luck:
        return Luck(self._world.draws, ("arrival", stream.population, stream.group))

    def _ring_arrival(self, subject: str, _: str) -> None:
        stream = self.streams[subject]
        if not self._any_open(stream.group):
            stream.flowing = False
            return
        country, seat = self._who(stream)
        number, stream.candidates = stream.candidates, stream.candidates + 1
        self._plan_arrival(stream)
        if country is not None:
            worker = self.members[stream.population].pool.somebody(country, seat, self._world.clock.micros)
            visit = Visit(stream.population, stream.group, number, worker)
            key = f"{subject}/{number}"
            self.visits[key] = visit
            self._act(key, visit)

    def _who(self, stream: Stream) -> tuple[str | None, float]:
        """From which country the candidate comes, or None if it is one too many for the rate now; and where it sits."""
        people = self.members[stream.population]
        now = self._world.clock.micros
        place, seat = self._arrival_luck(stream).uniforms(2, "who", stream.candidates)
        place *= people.ceiling / people.recency.at(now - stream.posted)
        if is_weekend(now):
            place /= people.population.weekend_factor or 1e-300
        for country, share in shares(people.population.day_shapes, now):
            place -= share
            if place < 0:
                return country, seat
        return None, seat

    # --- visits --------------------------------------------------------------------------------------------------
    def _ring_step(self, key: str, _: str) -> None:
        if visit := self.visits.get(key):
            self._act(key, visit)

    def _act(self, key: str, visit: Visit) -> None:
        """Take steps until one has to be waited for, or the worker is gone."""
        for _ in range(_MOST_STEPS):
            if not visit.steps:
                visit.steps = tuple(self.members[visit.population].policy.plan(self._moment(visit)))
                visit.plans, visit.refused = visit.plans + 1, None
            step, *rest = visit.steps or (Leave(),)
            visit.steps = tuple(rest)
            if isinstance(step, Wait):
                self._world.timers.set(self._world.clock.micros + step.seconds * SECOND, _STEP, key)
                return
            if isinstance(step, Leave):
                del self.visits[key]
                return
            self._take(visit, step)
        raise RuntimeError(f"the policy of {visit.population!r} plans {_MOST_STEPS} steps without a Wait or an end")

    def _take(self, visit: Visit, step: Step) -> None:
        try:
            match step:
                case Accept():
                    self._accept(visit, step)
                case Submit():
                    self._submit(visit, step)
                case Return():
                    door.return_(self._world, self._account(visit.worker), visit.holding or "")
                    visit.holding = None
                case RequestQualification():
                    raise NotImplementedError
        except door.WorkerRefused as refusal:
            visit.steps, visit.refused = (), refusal.reason

    def _accept(self, visit: Visit, step: Accept) -> None:
        account = self._account(visit.worker)
        hit_id = step.hit_id
        if hit_id is None:
            hit = self.pick(visit.group, account, self._luck(visit), visit.plans)
            if hit is None:
                raise door.WorkerRefused("no_slot", "no HIT of the group is left for this worker")
            hit_id = hit.id
        visit.holding = door.accept(self._world, account, hit_id).id

    def _submit(self, visit: Visit, step: Submit) -> None:
        assignment = self._world.store.assignments.get(visit.holding or "")
        hit = self._world.store.hits.get(assignment.hit_id) if assignment else None
        if hit is None:
            raise door.WorkerRefused("not_held", "nothing is held")
        question = parse_question(hit.question)
        answers = step.answers
        if answers is None:
            people = self.members[visit.population]
            item = hit.annotation or hit.id
            luck = Luck(self._world.draws, ("item", item))
            kind = people.pool.kinds[visit.worker.ability]
            answers = people.answers.answer(Task(fields_of(question), item, luck, visit.worker, kind))
        document = answers_document(answers, style="questions" if isinstance(question, QuestionForm) else "form")
        door.submit(self._world, self._account(visit.worker), visit.holding or "", document)
        visit.holding, visit.done = None, visit.done + 1

    def _account(self, worker: Profile) -> WorkerAccount:
        accounts = self._world.store.workers
        account = accounts.get(worker.worker_id)
        if account is None:
            people = next(m for m in self.members.values())
            account = accounts[worker.worker_id] = people.pool.account(worker)
        return account

    def _luck(self, visit: Visit) -> Luck:
        return Luck(self._world.draws, ("visit", visit.population, visit.group, visit.number))

    def _moment(self, visit: Visit) -> Moment:
        hit_type = self._world.store.hit_types[visit.group]
        hits = self.open[visit.group]
        question = parse_question(hits[0].question) if hits else None
        offer = Offer(
            group=visit.group,
            title=hit_type.title,
            reward=hit_type.reward,
            assignment_seconds=hit_type.assignment_duration // SECOND,
            questions=len(fields_of(question)) if question else 1,
            available=len(hits),
        )
        return Moment(
            worker=visit.worker,
            offer=offer,
            luck=self._luck(visit),
            done=visit.done,
            plans=visit.plans,
            holding=visit.holding,
            refused=visit.refused,
        )
