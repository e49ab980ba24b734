"""State tables: what a lifecycle allows, as rows.

Two kinds of row make a lifecycle.  An `Arrow` is for what somebody asks: in this state, this event leads to that
state.  A `Settling` is for what nobody asks: as soon as this condition holds, the record moves on.  A `Table`
holds both; it answers which row applies and never changes a record itself, so the rows are the whole truth about
legality: tests, diagrams and the Markdown in the docs are made from them.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

import attrs


class HasStatus(Protocol):
    """Whatever a table can be asked about: a record that knows its state."""

    status: str


C = TypeVar("C")
R = TypeVar("R", bound=HasStatus)


@attrs.frozen
class Arrow(Generic[C, R]):
    """In state `source`, `event` leads to `target`.

    Attributes:
        source: The state it starts from.
        event: What is asked.
        target: The state it leads to; may be `source` again.
        rule: The id of the rule the row follows.
        fact: What the journal calls it, or None for what is not worth telling.
        guard: A condition on (context, record); None always holds.
        then: What else happens, in order, each called with (context, record) after the move.
    """

    source: str
    event: str
    target: str
    rule: str
    fact: str | None = None
    guard: Callable[[C, R], bool] | None = None
    then: tuple[Callable[[C, R], None], ...] = ()


@attrs.frozen
class Settling(Generic[C, R]):
    """In state `source`, as soon as `when` holds, the record is in `target`: nobody has to ask."""

    source: str
    when: Callable[[C, R], bool]
    target: str
    rule: str
    fact: str | None = None
    then: tuple[Callable[[C, R], None], ...] = ()


Row = Arrow[C, R] | Settling[C, R]


class Table(Generic[C, R]):
    """One lifecycle: its states in order, its arrows, and its settlings.

    Raises:
        ValueError: Two rows contradict each other (an arrow behind an unguarded one for the same state and
            event could never be taken), or a row names a state that is not listed.
    """

    def __init__(
        self,
        name: str,
        states: tuple[str, ...],
        initial: str,
        arrows: Iterable[Arrow[C, R]],
        settlings: Iterable[Settling[C, R]] = (),
    ) -> None:
        self.name = name
        self.states = states
        self.initial = initial
        self.arrows = tuple(arrows)
        self.settlings = tuple(settlings)
        self._by_event: dict[tuple[str, str], tuple[Arrow[C, R], ...]] = {}
        self._by_state: dict[str, tuple[Settling[C, R], ...]] = dict.fromkeys(states, ())
        self._index()

    def _index(self) -> None:
        for row in self.rows():
            for state in (row.source, row.target):
                if state not in self.states:
                    raise ValueError(f"{self.name}: {state!r} is no state of this table ({row.rule})")
        for arrow in self.arrows:
            pair = (arrow.source, arrow.event)
            earlier = self._by_event.get(pair, ())
            if any(other.guard is None for other in earlier):
                raise ValueError(f"{self.name}: a second arrow for {pair} stands behind an unguarded one")
            self._by_event[pair] = (*earlier, arrow)
        for settling in self.settlings:
            self._by_state[settling.source] += (settling,)

    def rows(self) -> Iterator[Row[C, R]]:
        """Every row, arrows first."""
        yield from self.arrows
        yield from self.settlings

    @property
    def events(self) -> tuple[str, ...]:
        """Every event of the arrows, in the order of first mention."""
        return tuple(dict.fromkeys(arrow.event for arrow in self.arrows))

    def arrow(self, context: C, record: R, event: str) -> Arrow[C, R] | None:
        """The arrow that `event` takes from the record's state now, or None if it is not allowed."""
        for arrow in self._by_event.get((record.status, event), ()):
            if arrow.guard is None or arrow.guard(context, record):
                return arrow
        return None

    def settling(self, context: C, record: R) -> Settling[C, R] | None:
        """The first settling whose condition holds in the record's state, or None when it is at rest."""
        for settling in self._by_state[record.status]:
            if settling.when(context, record):
                return settling
        return None

    def sources(self, event: str) -> tuple[str, ...]:
        """The states from which `event` may be allowed, in the order of the rows."""
        return tuple(dict.fromkeys(arrow.source for arrow in self.arrows if arrow.event == event))

    def mermaid(self) -> str:
        """The lifecycle as a Mermaid state diagram; what nobody asks is in brackets."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for arrow in self.arrows:
            lines.append(f"    {arrow.source} --> {arrow.target}: {arrow.event}")
        for settling in self.settlings:
            lines.append(f"    {settling.source} --> {settling.target}: [{condition(settling.when)}]")
        return "\n".join(lines) + "\n"

    def markdown(self) -> str:
        """The rows as a Markdown table."""
        lines = ["| from | what | to | rule |", "|---|---|---|---|"]
        for arrow in self.arrows:
            guard = f", if {condition(arrow.guard)}" if arrow.guard else ""
            lines.append(f"| {arrow.source} | {arrow.event}{guard} | {arrow.target} | {arrow.rule} |")
        for settling in self.settlings:
            what = f"as soon as {condition(settling.when)}"
            lines.append(f"| {settling.source} | {what} | {settling.target} | {settling.rule} |")
        return "\n".join(lines) + "\n"


def condition(function: Callable[[C, R], bool]) -> str:
    """A condition in words: its function's name, spaced out."""
    return function.__name__.replace("_", " ")
