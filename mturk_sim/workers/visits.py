"""Visits: workers at a group of HITs, and how the steps of their plans are taken."""

from typing import Any, Final

import attrs

from mturk_sim.core.clock import SECOND, instant
from mturk_sim.documents import QuestionForm, answers_document, parse_question
from mturk_sim.marketplace import door
from mturk_sim.marketplace.records import HIT, WorkerAccount
from mturk_sim.marketplace.world import World
from mturk_sim.workers.answering import Task, fields_of
from mturk_sim.workers.listing import Listing
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.members import Members
from mturk_sim.workers.plans import (
    Accept,
    Leave,
    Moment,
    Offer,
    Profile,
    RequestQualification,
    Return,
    Step,
    Submit,
    Wait,
)

STEP: Final = "worker:step"
"""What rings when a worker's wait is over."""
_MOST_STEPS: Final = 10_000


@attrs.define(eq=False, weakref_slot=False)
class Visit:
    """A worker at a group of HITs, with the steps that are still to be taken.

    Attributes:
        population: The name of the worker's population.
        group: The HIT type's id.
        number: The number of the arrival.
        worker: Who it is.
        steps: What is still to be done of the plan.
        holding: The assignment accepted last, until it is handed in or returned.
        done: How many assignments were handed in.
        plans: How many plans were made.
        refused: Why the last step was refused, if it was.
    """

    population: str
    group: str
    number: int
    worker: Profile
    steps: tuple[Step, ...] = ()
    holding: str | None = None
    done: int = 0
    plans: int = 0
    refused: str | None = None

    @property
    def key(self) -> str:
        """What timers call it."""
        return f"{self.population}/{self.group}/{self.number}"


class Actors:
    """Takes the steps of visits, through the workers' door."""

    def __init__(self, world: World, listing: Listing) -> None:
        self._world = world
        self._listing = listing

    def act(self, visit: Visit, people: Members) -> bool:
        """Take steps until one has to be waited for; False if the worker has gone.

        Raises:
            RuntimeError: The plan goes on for ever without a `Wait`.
        """
        for _ in range(_MOST_STEPS):
            if not visit.steps:
                visit.steps = tuple(people.policy.plan(self._moment(visit)))
                visit.plans, visit.refused = visit.plans + 1, None
            if not visit.steps:
                return False
            step, visit.steps = visit.steps[0], visit.steps[1:]
            match step:
                case Wait(seconds):
                    self._world.timers.set(self._world.clock.micros + seconds * SECOND, STEP, visit.key)
                    return True
                case Leave():
                    return False
            try:
                self._take(visit, people, step)
            except door.WorkerRefused as refusal:
                visit.steps, visit.refused = (), refusal.reason
        raise RuntimeError(f"the policy of {visit.population!r} plans {_MOST_STEPS} steps without a Wait or an end")

    def _take(self, visit: Visit, people: Members, step: Step) -> None:
        account = people.account(self._world.store.workers, visit.worker)
        match step:
            case Accept(hit_id):
                hit_id = hit_id or self._any_hit(visit, account)
                visit.holding = door.accept(self._world, account, hit_id).id
            case Submit(answers):
                document = self._document(visit, people, answers)
                door.submit(self._world, account, visit.holding or "", document)
                visit.holding, visit.done = None, visit.done + 1
            case Return():
                door.return_(self._world, account, visit.holding or "")
                visit.holding = None
            case RequestQualification():
                raise NotImplementedError

    def _any_hit(self, visit: Visit, account: WorkerAccount) -> str:
        hit = self._listing.pick(visit.group, account, self._luck(visit), visit.plans)
        if hit is None:
            raise door.WorkerRefused("no_slot", f"nothing is left of the group for worker {account.id}")
        return hit.id

    def _document(self, visit: Visit, people: Members, answers: Any) -> str:
        """The answers to the assignment that is held, as a document."""
        assignment = self._world.store.assignments.get(visit.holding or "")
        if assignment is None:
            raise door.WorkerRefused("not_held", f"worker {visit.worker.worker_id} holds no assignment")
        hit = self._world.store.hits[assignment.hit_id]
        if answers is None:
            answers = people.answers.answer(self.task(hit, visit, people))
        is_form = isinstance(parse_question(hit.question), QuestionForm)
        return answers_document(answers, style="questions" if is_form else "form")

    def task(self, hit: HIT, visit: Visit, people: Members) -> Task:
        """A HIT as something to be answered."""
        item = hit.annotation or hit.id
        return Task(
            fields=fields_of(hit.question),
            item=item,
            luck=Luck(self._world.draws, ("item", item)),
            worker=visit.worker,
            kind=people.kinds[visit.worker.ability],
        )

    def _luck(self, visit: Visit) -> Luck:
        return Luck(self._world.draws, ("visit", visit.population, visit.group, visit.number))

    def _moment(self, visit: Visit) -> Moment:
        return Moment(
            now=self._world.clock.now,
            worker=visit.worker,
            offer=self._offer(visit.group),
            luck=self._luck(visit),
            done=visit.done,
            plans=visit.plans,
            holding=visit.holding,
            refused=visit.refused,
        )

    def _offer(self, group: str) -> Offer:
        hit_type, hit = self._world.store.hit_types[group], self._listing.newest(group)
        return Offer(
            group=group,
            title=hit_type.title,
            reward=hit_type.reward,
            assignment_seconds=hit_type.assignment_duration // SECOND,
            questions=len(fields_of(hit.question)) if hit else 1,
            closes=instant(hit.expiration if hit else self._world.clock.micros),
            available=self._listing.size(group),
        )
