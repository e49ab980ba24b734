"""Visits: workers at a group of HITs, and how the steps of their plans are taken."""

from typing import Any, Final

import attrs

from mturk_sim.core.clock import SECOND, instant
from mturk_sim.documents import parse_question
from mturk_sim.marketplace import door
from mturk_sim.marketplace.records import HIT, WorkerAccount
from mturk_sim.marketplace.world import World
from mturk_sim.workers.answering import Field, Task, fields_of
from mturk_sim.workers.handing_in import document_of
from mturk_sim.workers.listing import Listing
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.members import Members
from mturk_sim.workers.plans import (
    Accept,
    Leave,
    Moment,
    Offer,
    Plan,
    Profile,
    RequestQualification,
    Return,
    Step,
    Submit,
    TakeTest,
    Wait,
)
from mturk_sim.workers.qualification_request import QualificationRequestHandle
from mturk_sim.workers.worker import Worker

STEP: Final = "worker:step"
"""What rings when a worker's wait is over."""
_MOST_STEPS: Final = 10_000


@attrs.define(eq=False, weakref_slot=False)
class Visit:
    """A worker at a group of HITs, with the steps that are still to be taken.

    Attributes:
        population: The name of the worker's population.
        group: The HIT type's id; empty for a worker who looks at no group in particular.
        number: The number of the arrival.
        worker: Who it is.
        steps: The plan.
        taken: How many of its steps are taken.
        holding: The assignment accepted last, until it is handed in or returned.
        done: How many assignments were handed in.
        plans: How many plans were made.
        request: The Qualification request made last.
        refused: Why the last step was refused, if it was.
    """

    population: str
    group: str
    number: int
    worker: Profile
    steps: tuple[Step, ...] = ()
    taken: int = 0
    holding: str | None = None
    done: int = 0
    plans: int = 0
    request: str | None = None
    refused: str | None = None

    key: str = attrs.field(init=False)
    """What timers call it."""

    def __attrs_post_init__(self) -> None:
        self.key = f"{self.population}/{self.group}/{self.number}"

    def follow(self, plan: Plan) -> None:
        """Begin another plan."""
        self.steps, self.taken = tuple(plan), 0


class Actors:
    """Takes the steps of visits, through the workers' door."""

    def __init__(self, world: World, listing: Listing) -> None:
        self._world = world
        self._listing = listing

    def act(self, visit: Visit, people: Members) -> bool:
        """Take steps until one has to be waited for; False if the worker has gone.

        Who looks at no group in particular has no policy, but a plan that was made beforehand.

        Raises:
            RuntimeError: The plan goes on for ever without a `Wait`.
        """
        for _ in range(_MOST_STEPS):
            if visit.taken == len(visit.steps) and visit.group:
                visit.follow(people.policy.plan(self._moment(visit)))
                visit.plans, visit.refused = visit.plans + 1, None
            if visit.taken == len(visit.steps):
                return False
            step, visit.taken = visit.steps[visit.taken], visit.taken + 1
            if isinstance(step, Wait):
                self._world.timers.set(self._world.clock.micros + step.seconds * SECOND, STEP, visit.key)
                return True
            if isinstance(step, Leave):
                return False
            try:
                self._take(visit, people, step)
            except door.WorkerRefused as refusal:
                visit.follow(())
                visit.refused = refusal.reason
        raise RuntimeError(f"the policy of {visit.population!r} plans {_MOST_STEPS} steps without a Wait or an end")

    def _take(self, visit: Visit, people: Members, step: Step) -> None:
        account = people.account(visit.worker)
        match step:
            case Accept(hit_id, title):
                hit_id = hit_id or self._any_hit(visit, account, title)
                people.see_to_cap(account.id, self._world.clock.micros)
                visit.holding = door.accept(self._world, account, hit_id).id
                people.note_accept(account.id, self._world.clock.micros)
            case Submit(answers):
                document = self._document(visit, people, answers)
                door.submit(self._world, account, visit.holding or "", document)
                visit.holding, visit.done = None, visit.done + 1
            case Return():
                door.return_(self._world, account, visit.holding or "")
                visit.holding = None
            case RequestQualification(type_id):
                visit.request = Worker(self._world, account).request_qualification(type_id).id
            case TakeTest(answers):
                self._take_test(visit, people, account, answers)

    def _any_hit(self, visit: Visit, account: WorkerAccount, title: str | None) -> str:
        for group in [visit.group] if visit.group else self._listing.groups:
            if title in (None, self._world.store.hit_types[group].title):
                hit = self._listing.pick(group, account, self._luck(visit), visit.done)
                if hit is not None:
                    return hit.id
        raise door.WorkerRefused("no_slot", f"there is nothing left that worker {account.id} could accept")

    def _document(self, visit: Visit, people: Members, answers: Any) -> str:
        """The answers to the assignment that is held, as a document."""
        assignment = self._world.store.assignments.get(visit.holding or "")
        if assignment is None:
            raise door.WorkerRefused("not_held", f"worker {visit.worker.worker_id} holds no assignment")
        hit = self._world.store.hits[assignment.hit_id]
        if answers is None:
            answers = people.answers.answer(self.task(hit, visit, people))
        return document_of(parse_question(hit.question, legacy_file_upload=True), answers)

    def _take_test(self, visit: Visit, people: Members, account: WorkerAccount, answers: Any) -> None:
        request = self._world.store.qualifications.requests.get(visit.request or "")
        if request is None or request.test is None:
            raise door.WorkerRefused("no_test", f"worker {account.id} has asked for no Qualification with a test")
        handle = QualificationRequestHandle(self._world, Worker(self._world, account), request)
        if answers is None and request.key is not None:
            handle.take(visit.worker.accuracy)
        else:
            asked = fields_of(request.test) if answers is None else ()
            handle.submit(answers or people.answers.answer(self._task(request.type_id, asked, visit, people)))

    def task(self, hit: HIT, visit: Visit, people: Members) -> Task:
        """A HIT as something to be answered."""
        return self._task(hit.annotation or hit.id, fields_of(hit.question), visit, people)

    def _task(self, item: str, fields: tuple[Field, ...], visit: Visit, people: Members) -> Task:
        luck = Luck(self._world.draws, ("item", item))
        return Task(fields, item, luck, visit.worker, people.kinds[visit.worker.ability])

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
