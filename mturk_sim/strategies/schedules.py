"""Schedules: what a crowd and the service do around a requester's program, as values whose repr evaluates back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count, product
from typing import TYPE_CHECKING, Any, Final

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from mturk_sim.documents import UploadedFile
from mturk_sim.marketplace.door import WorkerRefused
from mturk_sim.marketplace.records import ASSIGNABLE
from mturk_sim.operations.model import operation_names
from mturk_sim.simulation.faults import KINDS
from mturk_sim.strategies.lifting import as_strategy, takes_strategies
from mturk_sim.strategies.values import spelt_out
from mturk_sim.workers.answering import Field, fields_of

if TYPE_CHECKING:
    from mturk_sim.simulation import Simulation
    from mturk_sim.workers.worker import AssignmentHandle

Told = Callable[[str], object]
Work = int | Mapping[str, Any]

FAULTS: Final = ("lose_response", "throttle", "service_fault")
STRUCK: Final = (
    "SendBonus",
    "ApproveAssignment",
    "RejectAssignment",
    "CreateHIT",
    "CreateHITWithHITType",
    "CreateAdditionalAssignmentsForHIT",
    "UpdateExpirationForHIT",
    "DeleteHIT",
)
"""Operations that cost money or change what can be worked on: a fault in them is the dearest."""

_MINUTE: Final = 60
_DAY: Final = 86400


# --- events ------------------------------------------------------------------------------------------------------
@attrs.frozen(kw_only=True, repr=False)
class Event:
    """Something that happens; its repr leaves out what is as it usually is.

    Attributes:
        after: Seconds after the event before it, or after the program's start.
    """

    after: int = attrs.field(default=_MINUTE, validator=attrs.validators.ge(0))

    def plan(self, sim: "Simulation", at: datetime, tell: Told) -> None:
        """Let it happen at that instant; `tell` hears, in words, of what then turns out to be impossible."""

    def __repr__(self) -> str:
        given = [(field.name, getattr(self, field.name), field.default) for field in attrs.fields(type(self))]
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value, usual in given if value != usual)})"
        )


@attrs.frozen(kw_only=True, repr=False)
class _Visit(Event):
    """Workers come and accept a HIT; which they are and which it is counts only among those there are.

    Attributes:
        hit: Which of the HITs on the market, the first made being 0; of too large a number the remainder counts.
        worker: Which worker, from 0 up; one who has worked on the HIT already leaves it to the next.
        crowd: How many workers come, one after the other.
    """

    hit: int = 0
    worker: int = 0
    crowd: int = 1

    def plan(self, sim: "Simulation", at: datetime, tell: Told) -> None:
        """Let the workers come at that instant."""
        for number in range(self.crowd):
            sim.at(at, lambda number=number: self._come(sim, self.worker + number, tell))  # type: ignore[misc]

    def _come(self, sim: "Simulation", worker: int, tell: Told) -> None:
        market = [hit.id for hit in sim.hits() if hit.status == ASSIGNABLE]
        if not market:
            tell(f"no HIT is on the market for {self!r}")
            return
        try:
            self._work(sim, _accepted(sim, worker, market[self.hit % len(market)]), tell)
        except WorkerRefused as refused:
            tell(f"refused: {refused}")

    def _work(self, sim: "Simulation", held: "AssignmentHandle", tell: Told) -> None:
        """Go on from the accepted assignment; nothing lets it lapse."""


def _accepted(sim: "Simulation", first: int, hit_id: str) -> "AssignmentHandle":
    """The HIT in the hands of the first able worker, from that number up, who has not worked on it."""
    for number in count(first):
        worker = sim.worker(f"AWORKER{number}", approved=5000, adult=True, masters=True)
        try:
            return worker.accept(hit_id)
        except WorkerRefused as refused:
            if refused.reason != "already_worked":
                raise
    raise AssertionError("there is always another worker")


@attrs.frozen(kw_only=True, repr=False)
class Works(_Visit):
    """Workers accept a HIT and hand in answers.

    Attributes:
        answers: What they answer: names and values, as `mturk_sim.Worker.submit` takes them; or which of the plain
            answers there are to the question, from 0 up.
        takes: Seconds from the acceptance to handing in; work that takes too long lapses.
    """

    answers: Work = 0
    takes: int = _MINUTE

    def _work(self, sim: "Simulation", held: "AssignmentHandle", tell: Told) -> None:
        sim.at(sim.clock.now + timedelta(seconds=self.takes), lambda: self._hand_in(sim, held, tell))

    def _hand_in(self, sim: "Simulation", held: "AssignmentHandle", tell: Told) -> None:
        question = sim.world.store.hits[held.hit_id].question
        answers = plain_answers(question, self.answers) if isinstance(self.answers, int) else self.answers
        try:
            held.submit(answers)
        except WorkerRefused as refused:
            tell(f"refused: {refused}")


@attrs.frozen(kw_only=True, repr=False)
class Returns(_Visit):
    """Workers accept a HIT and give it back.

    Attributes:
        takes: Seconds from the acceptance to the return.
    """

    takes: int = _MINUTE

    def _work(self, sim: "Simulation", held: "AssignmentHandle", tell: Told) -> None:
        sim.at(sim.clock.now + timedelta(seconds=self.takes), lambda: self._give_back(held, tell))

    def _give_back(self, held: "AssignmentHandle", tell: Told) -> None:
        try:
            held.return_()
        except WorkerRefused as refused:
            tell(f"refused: {refused}")


@attrs.frozen(kw_only=True, repr=False)
class Abandons(_Visit):
    """Workers accept a HIT and let it lapse."""


@attrs.frozen(kw_only=True, repr=False)
class Pause(Event):
    """Time passes and nothing else happens."""


@attrs.frozen(kw_only=True, repr=False)
class Strikes(Event):
    """From now on, calls meet trouble.

    Attributes:
        after: As ever, but usually no time at all.
        fault: Its kind, such as ``lose_response``: the name of a method of ``sim.faults``.
        operation: The wire name of the operation that is struck; None for all.
        times: How many attempts it strikes; botocore by itself makes up to five for one call.
    """

    after: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    fault: str = "lose_response"
    operation: str | None = None
    times: int = 1

    def plan(self, sim: "Simulation", at: datetime, tell: Told) -> None:
        """Plan the fault from that instant on."""
        getattr(sim.faults, self.fault)(self.operation, self.times, start=at)


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(events)


@attrs.frozen
class Schedule:
    """What happens around a program, in order.

    Attributes:
        events: The events, each so many seconds after the one before.
    """

    events: tuple[Event, ...] = attrs.field(default=(), converter=_in_order)

    def plan(self, sim: "Simulation", tell: Told = lambda text: None) -> None:
        """Let it all happen in a simulation, counted from its present; `tell` hears what turns out impossible."""
        at = sim.clock.now
        for event in self.events:
            at += timedelta(seconds=event.after)
            event.plan(sim, at, tell)

    def __repr__(self) -> str:
        return f"Schedule([{', '.join(map(repr, self.events))}])"


# --- plain answers -----------------------------------------------------------------------------------------------
def plain_answers(question: str, number: int) -> dict[str, Any]:
    """The answers of that number to a question document: other numbers choose otherwise where there is a choice."""
    asked = {field.name: _plain(field, number) for field in fields_of(question)}
    return asked or {"answer": f"answer {number}"}


def _plain(field: Field, number: int) -> Any:
    if field.fixed is not None:
        return field.fixed
    if field.is_file:
        return UploadedFile(field.shortest, f"file {number}")
    if field.options:
        turned = [field.options[(number + place) % len(field.options)] for place in range(len(field.options))]
        return turned[: max(1, field.lowest or 1)] if field.several else turned[0]
    if field.lowest is not None:
        most = field.lowest + number if field.highest is None else field.highest
        return str(min(field.lowest + number, most))
    return f"answer {number}".ljust(field.shortest, ".")[: field.longest]


# --- drawing -----------------------------------------------------------------------------------------------------
# Hypothesis cuts out at most five choices at once, so no event is made of more: one for going on, one for the kind of
# event, and three for the rest.  In the products the plainest comes first, and what leaves most chances comes twice.
_AFTER: Final = (_MINUTE, 1, 600, 3600)
_TIMES: Final = st.sampled_from(list(product(_AFTER, (_MINUTE, 300, _MINUTE, 300, 1800))))
_PLACES: Final = st.sampled_from(list(product((1, 2, 3, 12), range(4), range(3))))
_STROKES: Final = st.sampled_from(list(product((0, 0, _MINUTE, 3600), (1, 5))))


def _works(times: tuple[int, int], place: tuple[int, int, int], answers: Work) -> Works:
    (after, takes), (crowd, hit, worker) = times, place
    return Works(after=after, takes=takes, crowd=crowd, hit=hit, worker=worker, answers=answers)


def _returns(times: tuple[int, int], place: tuple[int, int, int]) -> Returns:
    (after, takes), (crowd, hit, worker) = times, place
    return Returns(after=after, takes=takes, crowd=crowd, hit=hit, worker=worker)


def _abandons(after: int, place: tuple[int, int, int]) -> Abandons:
    crowd, hit, worker = place
    return Abandons(after=after, crowd=crowd, hit=hit, worker=worker)


def _strikes(stroke: tuple[int, int], fault: str, operation: str) -> Strikes:
    after, times = stroke
    return Strikes(after=after, fault=fault, operation=operation, times=times)


def schedules(
    *,
    max_events: int | SearchStrategy[int] = 8,
    answers: Work | SearchStrategy[Work] | None = None,
    faults: Sequence[str] | SearchStrategy[Sequence[str]] = FAULTS,
    operations: Sequence[str] | SearchStrategy[Sequence[str]] = STRUCK,
) -> SearchStrategy[Schedule]:
    """Schedules: workers work, return and abandon, time passes, calls meet trouble.  They shrink to none of it.

    Args:
        max_events: How many events there are at most.
        answers: What workers answer; one of two plain answers by default.  A strategy is drawn from for each worker.
        faults: Kinds of trouble that calls may meet, by the names of the methods of ``sim.faults``; ``()`` for none.
        operations: The operations that may be struck, by their wire names.

    Raises:
        InvalidArgument: The number is negative, or a fault or an operation is unknown.
    """
    work = st.sampled_from((0, 1)) if answers is None else as_strategy(answers)

    @takes_strategies
    def made(most: int, kinds: Sequence[str], struck: Sequence[str]) -> SearchStrategy[Schedule]:
        return _schedules(most, work, _known("faults", kinds, KINDS), _known("operations", struck, operation_names()))

    return made(max_events, faults, operations)


def _known(what: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    unknown = [given] if isinstance(given, str) else [name for name in given if name not in known]
    if unknown:
        raise InvalidArgument(f"{what}: a sequence of known names, without {', '.join(unknown)}; known are {known}")
    return tuple(given)


def _schedules(
    most: int, work: SearchStrategy[Work], faults: tuple[str, ...], operations: tuple[str, ...]
) -> SearchStrategy[Schedule]:
    if most < 0:
        raise InvalidArgument(f"max_events={most} is negative")
    events: list[SearchStrategy[Event]] = [
        st.builds(_works, _TIMES, _PLACES, work),
        st.builds(_returns, _TIMES, _PLACES),
        st.builds(_abandons, st.sampled_from(_AFTER), _PLACES),
        st.builds(Pause, after=st.sampled_from((3600, 2 * 3600, _DAY, 3 * _DAY))),
    ]
    if faults and operations:
        events += [st.builds(_strikes, _STROKES, st.sampled_from(faults), st.sampled_from(operations))] * 2
    often = [*events, events[0], events[0]]  # one_of would take each but once
    drawn = st.lists(st.integers(0, len(often) - 1).flatmap(often.__getitem__), max_size=most)
    return spelt_out("schedules", drawn, _arranged)


def _arranged(events: list[Event]) -> Schedule:
    """The events in order, but trouble without delay at the start: later it often has nothing left to strike."""
    return Schedule(sorted(events, key=lambda event: not (isinstance(event, Strikes) and event.after == 0)))
