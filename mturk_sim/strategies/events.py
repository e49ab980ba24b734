"""What a crowd and the service do around a requester's program, as values whose repr evaluates back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from mturk_sim.core.arguments import expect
from mturk_sim.core.keywords import telling_settings
from mturk_sim.documents import UploadedFile
from mturk_sim.marketplace.door import WorkerRefused
from mturk_sim.marketplace.records import ASSIGNABLE
from mturk_sim.operations.model import operation_named
from mturk_sim.strategies.acts import check_kind
from mturk_sim.workers.answering import Field, fields_of

if TYPE_CHECKING:
    from mturk_sim.simulation import Simulation
    from mturk_sim.workers.worker import AssignmentHandle

Told = Callable[[str], object]
Work = int | str | Mapping[str, Any]


# --- events ------------------------------------------------------------------------------------------------------
def _from(least: int) -> Callable[["Event", "attrs.Attribute[int]", int], None]:
    """A validator: whole numbers from `least` up."""

    def check(event: "Event", field: "attrs.Attribute[int]", value: int) -> None:
        what, instead = f"value for {field.name} of {type(event).__name__}", f"a whole number from {least} up"
        expect(value, int, what, instead)
        if value < least:
            raise ValueError(f"{value} is no {what}: give {instead}")

    return check


@telling_settings
@attrs.frozen(kw_only=True, repr=False)
class Event:
    """Something that happens; its repr leaves out what is as it usually is.

    Attributes:
        after: Seconds after the event before it, or after the program's start.
    """

    after: int = attrs.field(default=60, validator=_from(0))

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

    hit: int = attrs.field(default=0, validator=_from(0))
    worker: int = attrs.field(default=0, validator=_from(0))
    crowd: int = attrs.field(default=1, validator=_from(1))

    def plan(self, sim: "Simulation", at: datetime, tell: Told) -> None:
        """Let the workers come at that instant."""
        for number in range(self.crowd):
            sim.at(at, partial(self._come, sim, self.worker + number, tell))

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


def _accepted(sim: "Simulation", number: int, hit_id: str) -> "AssignmentHandle":
    """The HIT in the hands of the first able worker, from that number up, who has not worked on it."""
    while True:
        worker = sim.worker(f"AWORKER{number}", approved=5000, adult=True, masters=True)
        try:
            return worker.accept(hit_id)
        except WorkerRefused as refused:
            if refused.reason != "already_worked":
                raise
        number += 1


def _check_answers(event: Event, field: "attrs.Attribute[Any]", value: Any) -> None:
    what, instead = "value for answers of Works", "names and values such as {'label': 'cat'}, or a number from 0 up"
    expect(value, int if isinstance(value, bool) else int | str | Mapping, what, instead)
    if value in ("", {}) or (isinstance(value, int) and value < 0):
        raise ValueError(f"{value!r} is no {what}: give {instead}")


@telling_settings
@attrs.frozen(kw_only=True, repr=False)
class Works(_Visit):
    """Workers accept a HIT and hand in answers.

    Attributes:
        answers: What they answer: names and values or a document, as `mturk_sim.Worker.submit` takes them; or which of
            the plain answers there are to the question, from 0 up.
        takes: Seconds from the acceptance to handing in; work that takes too long lapses.
    """

    answers: Work = attrs.field(default=0, validator=_check_answers)
    takes: int = attrs.field(default=60, validator=_from(0))

    def _work(self, sim: "Simulation", held: "AssignmentHandle", tell: Told) -> None:
        sim.at(sim.clock.now + timedelta(seconds=self.takes), lambda: self._hand_in(sim, held, tell))

    def _hand_in(self, sim: "Simulation", held: "AssignmentHandle", tell: Told) -> None:
        question = sim.world.store.hits[held.hit_id].question
        answers = plain_answers(question, self.answers) if isinstance(self.answers, int) else self.answers
        try:
            held.submit(answers)
        except WorkerRefused as refused:
            tell(f"refused: {refused}")


@telling_settings
@attrs.frozen(kw_only=True, repr=False)
class Returns(_Visit):
    """Workers accept a HIT and give it back.

    Attributes:
        takes: Seconds from the acceptance to the return.
    """

    takes: int = attrs.field(default=60, validator=_from(0))

    def _work(self, sim: "Simulation", held: "AssignmentHandle", tell: Told) -> None:
        sim.at(sim.clock.now + timedelta(seconds=self.takes), lambda: self._give_back(held, tell))

    def _give_back(self, held: "AssignmentHandle", tell: Told) -> None:
        try:
            held.return_()
        except WorkerRefused as refused:
            tell(f"refused: {refused}")


@telling_settings
@attrs.frozen(kw_only=True, repr=False)
class Abandons(_Visit):
    """Workers accept a HIT and let it lapse."""


@telling_settings
@attrs.frozen(kw_only=True, repr=False)
class Pause(Event):
    """Time passes and nothing else happens."""


@telling_settings
@attrs.frozen(kw_only=True, repr=False)
class Strikes(Event):
    """From now on, calls meet trouble.

    Attributes:
        after: As ever, but usually no time at all.
        fault: Its kind, such as ``lose_response``: the name of a method of ``sim.faults``.
        operation: The operation that is struck, by its wire name or by the client's method; None for all.
        times: How many attempts it strikes; botocore by itself makes up to five for one call.
    """

    after: int = attrs.field(default=0, validator=_from(0))
    fault: str = attrs.field(default="lose_response", validator=check_kind)
    operation: str | None = attrs.field(default=None, converter=attrs.converters.optional(operation_named))
    times: int = attrs.field(default=1, validator=_from(1))

    def plan(self, sim: "Simulation", at: datetime, tell: Told) -> None:
        """Plan the fault from that instant on."""
        getattr(sim.faults, self.fault)(self.operation, self.times, start=at)


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    expect(events, Iterable, "series of events", "a list such as [Works(), Pause(after=3600)]")
    given = tuple(events)
    for event in given:
        expect(event, Event, "event", "Works(), Returns(), Abandons(), Pause() or Strikes()")
    return given


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
