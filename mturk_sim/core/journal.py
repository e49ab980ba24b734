"""The journal: what happened, in order, written once and never changed."""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from mturk_sim.core.arguments import expect_one_of

F = TypeVar("F")


class Journal(Generic[F]):
    """An append-only log of facts.

    Instants lie in one array and the other cells in one flat list, since a simulation may write millions of rows; they
    become facts of type `F` when they are read.

    Args:
        fact: Makes a fact of a row's instant and cells. Its ``KINDS``, if it has any, are the kinds to ask for.
        width: How many cells a row has besides its instant; the first is the kind.
    """

    def __init__(self, fact: Callable[..., F], width: int = 5) -> None:
        self._fact = fact
        self._width = width
        self._at = array("q")
        self._cells: list[Any] = []

    def write(self, at: int, row: tuple[Any, ...]) -> None:
        """Add a row's cells (the first its kind) for the instant `at`, in microseconds."""
        self._at.append(at)
        self._cells.extend(row)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows as plain tuples: the instant, then the cells."""
        cells = iter(self._cells)
        return zip(self._at, *(cells,) * self._width, strict=True)

    def __len__(self) -> int:
        return len(self._at)

    def __iter__(self) -> Iterator[F]:
        for row in self.rows():
            yield self._fact(*row)

    def __getitem__(self, place: int) -> F:
        at = self._at[place]
        start = (place % len(self._at)) * self._width
        return self._fact(at, *self._cells[start : start + self._width])

    def of(self, *kinds: str) -> list[F]:
        """The facts of these kinds, in order.

        Raises:
            ValueError: There is no such kind, so that no fact will ever be of it.
        """
        found = [row for row in self.rows() if row[1] in kinds]
        if known := getattr(self._fact, "KINDS", ()):
            met = {row[1] for row in found}
            for kind in kinds:
                if kind not in met:  # what somebody has written is a kind, whoever that was
                    expect_one_of(kind, known, "kind of fact")
        return [self._fact(*row) for row in found]

    def dump(self) -> str:
        """The journal as JSON lines: the same seed and calls give the same bytes on every machine."""
        return "".join(json.dumps(row, sort_keys=True, separators=(",", ":")) + "\n" for row in self.rows())

    def copy(self) -> "Journal[F]":
        """A journal of its own with the same rows; the rows themselves are shared, since they never change."""
        twin = Journal(self._fact, self._width)
        twin._at, twin._cells = self._at[:], self._cells[:]
        return twin

    def __repr__(self) -> str:
        kinds = Counter(row[1] for row in self.rows())
        told = ", ".join(f"{number} {kind}" for kind, number in kinds.items()) or "nothing happened"
        return f"<Journal: {told}>"

    def __str__(self) -> str:
        return "\n".join(str(fact) for fact in self)
