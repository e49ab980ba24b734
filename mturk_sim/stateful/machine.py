"""The state machine: rules for what workers do, for time and for trouble, besides those for the operations."""

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from hypothesis import Phase, currently_in_test_context, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, invariant, multiple, precondition, rule

from mturk_sim.documents import html_question_document
from mturk_sim.marketplace.errors import CATALOGUE
from mturk_sim.operations.model import operation_names
from mturk_sim.stateful import clients, invariants
from mturk_sim.stateful.operations import (
    MADE,
    OperationRules,
    everything_is_tried,
    made,
    some_hit_is_on_the_market,
    some_work_is_in_hand,
)
from mturk_sim.stateful.settings import check_settings
from mturk_sim.strategies import (
    Accept,
    Call,
    Join,
    Marketplace,
    Refused,
    Request,
    Return,
    Submit,
    Trouble,
    Wait,
    answers_for,
    worker_ids,
)
from mturk_sim.strategies.acts import Act
from mturk_sim.strategies.events import plain_answers
from mturk_sim.strategies.lively import lively_requests
from mturk_sim.strategies.marketplaces import WAITS

_WIRE_TYPES: Final = {line.type for line in CATALOGUE.values()}
_FIRST_WORKERS: Final = (Join("AFIRST", approved=6000), Join("ASECOND"))
_FIRST_WORK: Final = ((), ("AFIRST",), ("AFIRST",), ("AFIRST",), ("AFIRST", "ASECOND"), ("AFIRST", "ASECOND"))
"""Who has worked already, in most examples somebody."""
_OPEN: Final[dict[str, Any]] = {
    "QualificationRequirements": st.builds(list),
    "LifetimeInSeconds": 86400,
    "MaxAssignments": st.sampled_from((3, 1, 10)),
}
_PLAIN: Final[dict[str, Any]] = {
    "Title": "Label a photo",
    "Description": "Say what is on the photo.",
    "Reward": "0.05",
    "MaxAssignments": 3,
    "LifetimeInSeconds": 86400,
    "AssignmentDurationInSeconds": 600,
    "Question": html_question_document('<form><input name="label"></form>', 400),
}
"""What there is to work on before there is any other HIT."""
_ACTIVE: Final[dict[str, Any]] = {"QualificationTypeStatus": "Active"}
_TROUBLE: Final = ("throttle", "lose_response", "service_fault", "timeout")


class _QuickTestCase:
    """A machine's test case as Hypothesis makes it, but its settings leave out the phase that explains.

    That would trace every line of the library, and then name some of them, which tells a user nothing.
    """

    def __get__(self, machine: object, kind: "type[RequesterMachine]") -> Any:
        return _quick_test_case(kind)


@cache
def _quick_test_case(kind: "type[RequesterMachine]") -> Any:
    made: Any = super(RequesterMachine, kind).TestCase
    phases = [phase for phase in made.settings.phases if phase is not Phase.explain]
    made.settings = settings(made.settings, phases=phases)
    return made


class RequesterMachine(OperationRules):
    """Does anything that can be done to a marketplace, and sees to it that what always holds holds.

    ``TestMarketplace = RequesterMachine.TestCase`` runs it.  A subclass adds rules and invariants of its own, for which
    it can draw from the bundles: they hold ids.  It leaves out a rule, or a check of what always holds, by overriding
    it with a plain method.

    The test case has the settings of the profile, but no deadline, and not the phase ``explain``, in which Hypothesis
    traces the library's lines, for minutes.  Start from them to have others:
    ``TestMarketplace.settings = settings(TestMarketplace.settings, max_examples=500)``.

    Attributes:
        marketplace: Keywords of `mturk_sim.strategies.Marketplace`, for a subclass to change: ``seed``, ``sandbox``,
            ``wire``, ``behavior``.
        sim: The simulation. What is done in it by `do` and `call` is replayed in the end; nothing is if something else
            was done in it too.
        outcomes: What came of everything that was done by `do`.
        network_is_bad: Whether there is trouble to come.
        at_large: Whether everything may be tried, or only what the life of a HIT is made of, where it is possible.
    """

    TestCase: Any = _QuickTestCase()
    marketplace: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        check_settings(cls)

    def __init__(self) -> None:
        super().__init__()
        self.sim = clients.lent(Marketplace, **self.marketplace)
        self.outcomes: list[Any] = []
        self.network_is_bad = False
        self.at_large = True
        self._states = invariants.States()
        self._left = self._traces()
        self._replays = True

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Nothing: but where even the simulation is missing, a subclass's ``__init__`` has left ours out."""
            kind = type(self).__name__
            left_out = "" if "sim" in vars(self) else f": {kind}.__init__() is to call super().__init__() first"
            raise AttributeError(f"{kind!r} object has no attribute {name!r}{left_out}")

    @property
    def client(self) -> Any:
        """The requester's client."""
        return self.sim.client

    def do(self, act: Act) -> Any:
        """Do something; gives what came of it.

        Raises:
            AssertionError: It was refused and left a trace, or in words that no service has.
        """
        self._look_whether_all_is_as_left()
        troubled = bool(self.sim.faults.planned)
        outcome = self.sim.do(act)
        self.outcomes.append(outcome)
        before, self._left = self._left, self._traces()
        if isinstance(outcome, Refused) and not troubled:
            assert self._left[:2] == before[:2], f"{act!r} was refused and left a trace: {outcome!r}"
            assert not isinstance(act, Call) or outcome.kind in _WIRE_TYPES, f"{act!r} was refused oddly: {outcome!r}"
        return outcome

    def _look_whether_all_is_as_left(self) -> None:
        traces = self._traces()
        self._replays = self._replays and traces == self._left
        self._left = traces

    def _traces(self) -> tuple[int, int, int, int]:
        """How much has been written in the journal and the books, how often the service was called, and the time."""
        sim = self.sim
        sim.world.settle()
        return len(sim.world.journal), len(sim.world.books.journal), sim.calls.made, sim.clock.micros

    def call(self, operation: str, **request: Any) -> Any:
        """Call the service as the requester; gives the answer without its metadata, or a `Refused`."""
        outcome = self.do(Call(operation, request))
        if currently_in_test_context():
            event(f"{operation} is {'refused' if isinstance(outcome, Refused) else 'answered'}")
        return outcome

    # --- a marketplace in which something can happen -------------------------------------------------------------
    @initialize(network_is_bad=st.sampled_from((False, False, False, True)), at_large=st.sampled_from((True, False)))
    def weather(self, network_is_bad: bool, at_large: bool) -> None:
        """There may be trouble to come, which makes for slow examples; and all may be tried, or what is usual."""
        self.network_is_bad = network_is_bad
        self.at_large = at_large

    @initialize(target=OperationRules.workers)
    def first_workers(self) -> Any:
        """There are two workers."""
        return multiple(*(self.do(join) for join in _FIRST_WORKERS))

    @initialize(target=OperationRules.hits, request=lively_requests("CreateHIT", **_OPEN))
    def first_hit(self, request: dict[str, Any]) -> Any:
        """There is a HIT that everybody can take, beside the one that is worked on already if that came first."""
        worked_on = [hit.id for hit in self.sim.hits()]
        posted = made(self.call("CreateHIT", **request), *MADE["CreateHIT"])
        return multiple(*worked_on, posted) if worked_on else posted

    @initialize(target=OperationRules.assignments, by=st.sampled_from(_FIRST_WORK))
    def first_work(self, by: tuple[str, ...]) -> Any:
        """Some have handed in work: on the first HIT, or on a plain one if there is none yet."""
        if by and not self.sim.hits():
            self.call("CreateHIT", **_PLAIN)
        return multiple(*(work for join in _FIRST_WORKERS if join.worker_id in by for work in self._work_of(join)))

    def _work_of(self, worker: Join) -> list[str]:
        """The work that somebody hands in, unless there is none to be had."""
        self.do(worker)
        for hit in self.sim.worker(worker.worker_id).search()[:1]:
            taken: str = self.do(Accept(worker.worker_id, hit.id))
            self.do(Submit(worker.worker_id, taken, plain_answers(self.sim.world.store.hits[hit.id].question, 0)))
            return [taken]
        return []

    @initialize(
        target=OperationRules.qualification_types, request=lively_requests("CreateQualificationType", **_ACTIVE)
    )
    def first_qualification_type(self, request: dict[str, Any]) -> Any:
        """There is a Qualification type."""
        return made(self.call("CreateQualificationType", **request), *MADE["CreateQualificationType"])

    # --- workers -------------------------------------------------------------------------------------------------
    @precondition(everything_is_tried)
    @rule(
        target=OperationRules.workers,
        worker_id=worker_ids(),
        country=st.sampled_from(("US", "IN")),
        approved=st.sampled_from((0, 6000)),
    )
    def join(self, worker_id: str, country: str, approved: int) -> Any:
        """A worker joins."""
        return self.do(Join(worker_id, country, approved))

    @precondition(everything_is_tried)
    @rule(target=OperationRules.assignments, worker_id=OperationRules.workers, hit_id=OperationRules.hits)
    def accept(self, worker_id: str, hit_id: str) -> Any:
        """A worker accepts a HIT."""
        return made(self.do(Accept(worker_id, hit_id)))

    @precondition(some_hit_is_on_the_market)
    @rule(target=OperationRules.assignments, worker_id=OperationRules.workers, data=st.data())
    def work(self, worker_id: str, data: st.DataObject) -> Any:
        """A worker takes a HIT that is to be had, if there is any, and does the work."""
        found = self._take(worker_id, data)
        if not isinstance(found, MultipleResults):
            self.submit(found, data)
        return found

    @precondition(some_hit_is_on_the_market)
    @rule(target=OperationRules.assignments, worker_id=OperationRules.workers, data=st.data())
    def take(self, worker_id: str, data: st.DataObject) -> Any:
        """A worker takes a HIT that is to be had, if there is any, and lets it lie."""
        return self._take(worker_id, data)

    def _take(self, worker_id: str, data: st.DataObject) -> Any:
        found = self.sim.worker(worker_id).search()
        if not found:
            return multiple()
        place = data.draw(st.integers(0, len(found) - 1))
        return made(self.do(Accept(worker_id, found[place].id)))

    @precondition(some_work_is_in_hand)
    @rule(assignment_id=OperationRules.assignments, data=st.data())
    def hand_in(self, assignment_id: str, data: st.DataObject) -> None:
        """The worker who has an assignment hands it in."""
        self.submit(assignment_id, data)

    def submit(self, assignment_id: str, data: st.DataObject) -> None:
        """Let the worker who has an assignment hand it in."""
        store = self.sim.world.store
        work = store.assignments.get(assignment_id)
        question = store.hits[work.hit_id].question if work else ""
        answers = data.draw(answers_for(question)) if work else {"answer": "late"}
        self.do(Submit(self.worker_of(assignment_id), assignment_id, answers))

    @precondition(some_work_is_in_hand)
    @rule(assignment_id=OperationRules.assignments)
    def return_(self, assignment_id: str) -> None:
        """The worker who has an assignment gives it back."""
        self.do(Return(self.worker_of(assignment_id), assignment_id))

    @precondition(everything_is_tried)
    @rule(
        target=OperationRules.qualification_requests,
        worker_id=OperationRules.workers,
        type_id=OperationRules.qualification_types,
        data=st.data(),
    )
    def request_qualification(self, worker_id: str, type_id: str, data: st.DataObject) -> Any:
        """A worker asks for a Qualification, and takes its test or not."""
        test = self.sim.world.store.qualifications.types[type_id].test
        answers = data.draw(st.none() | answers_for(test)) if test else None
        return made(self.do(Request(worker_id, type_id, answers)))

    # --- time and trouble ----------------------------------------------------------------------------------------
    @rule(seconds=st.sampled_from((*WAITS[:4], *WAITS)))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.do(Wait(seconds))

    @precondition(lambda self: self.network_is_bad)
    @rule(kind=st.sampled_from(_TROUBLE), operation=st.none() | st.sampled_from(operation_names()))
    def strike(self, kind: str, operation: str | None) -> None:
        """The next call, or the next of an operation, meets trouble."""
        self.do(Trouble(kind, operation))

    # --- what always holds ---------------------------------------------------------------------------------------
    @invariant()
    def what_always_holds(self) -> None:
        """See to it after each step, in one go, so that a failing test is not told in three lines a step."""
        self.counters_add_up()
        self.money_balances()
        self.states_are_legal()

    def teardown(self) -> None:
        """See to what would take long at every step, tell Hypothesis what was reached, and close the simulation."""
        if "sim" not in vars(self):
            return
        try:
            self._tell_what_was_reached()
            self.history_replays()
            self.pages_are_complete()
        finally:
            clients.give_back(self.sim)

    def _tell_what_was_reached(self) -> None:
        """Let ``--hypothesis-show-statistics`` say in how many runs there were facts of each kind."""
        if currently_in_test_context():
            for kind in sorted({fact.kind for fact in self.sim.journal}):
                event(f"{kind} comes to pass")

    def counters_add_up(self) -> None:
        """See `mturk_sim.stateful.invariants`; checked after every step."""
        invariants.counters_add_up(self.sim)

    def money_balances(self) -> None:
        """See `mturk_sim.stateful.invariants`; checked after every step."""
        invariants.money_balances(self.sim)

    def states_are_legal(self) -> None:
        """See `mturk_sim.stateful.invariants`; checked after every step."""
        self._states.are_legal(self.sim)

    def history_replays(self) -> None:
        """See `mturk_sim.stateful.invariants`; checked in the end, unless something was done that is not on record."""
        self._look_whether_all_is_as_left()
        if self._replays:
            invariants.history_replays(self.sim, self.outcomes)

    def pages_are_complete(self) -> None:
        """See `mturk_sim.stateful.invariants`; checked in the end, after the trouble."""
        self.sim.faults.clear()
        invariants.pages_are_complete(self.sim)
