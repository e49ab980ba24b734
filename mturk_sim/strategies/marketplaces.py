"""Marketplaces in states that can be reached: a history of calls, of what workers did, and of time that passed."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, Final

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy
from hypothesis.vendor.pretty import RepresentationPrinter

from mturk_sim.marketplace.behavior import Behavior
from mturk_sim.marketplace.records import ACCEPTED
from mturk_sim.marketplace.world import World
from mturk_sim.operations import OPERATIONS
from mturk_sim.simulation import Simulation
from mturk_sim.simulation.simulation import START
from mturk_sim.strategies.acts import Accept, Act, Call, Join, Request, Return, Submit, Wait
from mturk_sim.strategies.answers import answers_for
from mturk_sim.strategies.lifting import one_of, takes_strategies
from mturk_sim.strategies.lively import lively_requests
from mturk_sim.strategies.standing import standing
from mturk_sim.strategies.values import one_of_each, worker_ids

WAITS: Final = (60, 600, 3600, 86400, 3 * 86400, 31 * 86400, 121 * 86400)
"""How long nothing is done, in seconds: about as long as assignments, HITs, approval delays and HITs unused last."""
_CREATING: Final = ("CreateHIT", "CreateHIT", "CreateQualificationType", "AssociateQualificationWithWorker")
_WORKING: Final = ("Join", "Accept", "Accept", "Submit", "Submit", "Return", "Request", "Wait")
_BEGINNING: Final[dict[str, dict[str, Any]]] = {
    "CreateQualificationType": {"QualificationTypeStatus": "Active"},
    "CreateHIT": {"QualificationRequirements": st.builds(list), "LifetimeInSeconds": 86400},
}


class Marketplace(Simulation):
    """A simulation with a history; its repr evaluates back to the same state.

    Attributes:
        history: What was done, in order.
    """

    def __init__(
        self,
        history: Iterable[Act] = (),
        *,
        seed: int = 0,
        sandbox: bool = True,
        wire: bool = False,
        behavior: Behavior | None = None,
        client: Any | None = None,
    ) -> None:
        settings = {"sandbox": sandbox, "wire": wire, "behavior": behavior}
        world = World(seed=seed, start=START, sandbox=sandbox, behavior=behavior or Behavior(), clock=None)
        super().__init__(world, balance=None, wire=wire, client=client)
        self._settings = {"seed": seed, **settings}
        self.history: list[Act] = []
        for act in history:
            self.do(act)

    def do(self, act: Act) -> Any:
        """Do something and add it to the history; gives what came of it."""
        self.history.append(act)
        return act.do(self)

    def alike(self, **changes: Any) -> "Marketplace":
        """Another marketplace that begins as this one did, without its history.

        Args:
            changes: Keywords in which it is to differ.
        """
        return Marketplace(**self._settings | changes)

    def _unusual(self) -> dict[str, Any]:
        """The keywords of its making that are not as they usually are."""
        plain = {"seed": 0, "sandbox": True, "wire": False, "behavior": None}
        return {name: value for name, value in self._settings.items() if value != plain[name]}

    def __repr__(self) -> str:
        given = [repr(self.history), *(f"{name}={value!r}" for name, value in self._unusual().items())]
        return f"Marketplace({', '.join(given)})"

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        """How Hypothesis shows it: the same call, with each act on lines of its own."""
        printer.repr_call("Marketplace", [self.history], self._unusual())


@takes_strategies
def marketplaces(max_acts: int = 10, *, seed: int = 0, sandbox: bool = True) -> SearchStrategy[Marketplace]:
    """Marketplaces with a history: simulations, to go on with.

    Each begins with a worker who asks for a Qualification and hands in work on a HIT.  What is done after that is drawn
    from all operations, from what workers do, and from time that passes; it may be refused.

    Args:
        max_acts: How much is done after the beginning, at most.
        seed: The seed of its ids.
        sandbox: Whether it is the sandbox.

    Raises:
        InvalidArgument: `max_acts` is negative.
    """
    if max_acts < 0:
        raise InvalidArgument(f"max_acts is a number of acts, not {max_acts}")
    return _marketplaces(max_acts, seed, sandbox)


@st.composite
def _marketplaces(draw: DrawFn, max_acts: int, seed: int, sandbox: bool) -> Marketplace:
    sim = Marketplace(seed=seed, sandbox=sandbox)
    sim.do(_join(draw))
    for operation, members in _BEGINNING.items():
        sim.do(Call(operation, draw(lively_requests(operation, sim, **members))))
    for kind in ("Request", "Accept", "Submit"):
        sim.do(_act(draw, kind, sim))
    for _ in range(draw(st.integers(0, max_acts))):
        if (act := draw(_next_act(sim))) is not None:
            sim.do(act)
            event(f"history: {act.operation if isinstance(act, Call) else type(act).__name__}")
    return sim


@st.composite
def acts(draw: DrawFn, sim: Simulation) -> Act:
    """What could be done next in a marketplace: by the default requester, by its workers, or by nobody for a while."""
    return _act(draw, draw(_KINDS), sim)


@st.composite
def _next_act(draw: DrawFn, sim: Simulation) -> Act | None:
    """An act, or most simply none: in one piece, so that shrinking can make nothing of any."""
    return _act(draw, draw(_KINDS), sim) if draw(_GOING_ON) else None


_KINDS: Final = st.sampled_from((*_WORKING * 4, *_CREATING, *sorted(OPERATIONS)))
_GOING_ON: Final = st.integers(0, 11)


def _act(draw: DrawFn, kind: str, sim: Simulation) -> Act:
    """An act of a kind; where there is nothing to do it to, another worker joins."""
    if kind == "Wait":
        return Wait(draw(_WAITS))
    if kind in OPERATIONS:
        return Call(kind, draw(lively_requests(kind, sim))) if standing(kind, sim) else _join(draw)
    targets = list(_TARGETS[kind](sim)) if kind in _TARGETS else []
    return _worker_act(draw, kind, one_of(draw, targets), sim) if targets else _join(draw)


def _join(draw: DrawFn) -> Act:
    country, approved, masters = draw(_PEOPLE)
    return Join(draw(worker_ids()), country, approved, masters=masters)


_PEOPLE: Final = one_of_each("people", ("US", "IN", "DE"), (0, 100, 6000), (False, True), make=lambda *picked: picked)
_WAITS: Final = st.sampled_from(WAITS)


def _worker_act(draw: DrawFn, kind: str, target: tuple[str, str], sim: Simulation) -> Act:
    """Something a worker does to a HIT, an assignment or a Qualification type."""
    worker_id, target_id = target
    if kind == "Accept":
        return Accept(worker_id, target_id)
    if kind == "Return":
        return Return(worker_id, target_id)
    store = sim.world.store
    if kind == "Submit":
        question = store.hits[store.assignments[target_id].hit_id].question
        return Submit(worker_id, target_id, draw(answers_for(question)))
    test = store.qualifications.types[target_id].test
    return Request(worker_id, target_id, draw(answers_for(test)) if test and draw(st.booleans()) else None)


def _open_hits(sim: Simulation) -> Iterator[tuple[str, str]]:
    return ((worker.id, hit.id) for worker in sim.workers for hit in worker.search())


def _held_work(sim: Simulation) -> Iterator[tuple[str, str]]:
    return ((held.worker_id, held.id) for held in sim.assignments() if held.status == ACCEPTED)


def _requestable_types(sim: Simulation) -> Iterator[tuple[str, str]]:
    types = [each.id for each in sim.world.store.qualifications.types.values() if each.requestable]
    return product((worker.id for worker in sim.workers), types)


_TARGETS: Final = {"Accept": _open_hits, "Submit": _held_work, "Return": _held_work, "Request": _requestable_types}
"""What workers could do something to, by kind of act: pairs of a worker and something."""
