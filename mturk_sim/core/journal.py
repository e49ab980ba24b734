"""The journal: what happened, in order, written once and never changed."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

F = TypeVar("F")


class Journal(Generic[F]):
    """An append-only log of facts.

    Rows are plain tuples (a tenth of the cost of an object) whose second element is the kind of the fact; they
    become facts of type `F` when they are read.
    """

    def __init__(self, fact: Callable[..., F]) -> None:
        self._fact = fact
        self.rows: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[F]:
        for row in self.rows:
            yield self._fact(*row)

    def __getitem__(self, place: int) -> F:
        return self._fact(*self.rows[place])

    def of(self, *kinds: str) -> list[F]:
        """The facts of these kinds, in order."""
        return [self._fact(*row) for row in self.rows if row[1] in kinds]

    def dump(self) -> str:
        """The journal as JSON lines: the same seed and calls give the same bytes on every machine."""
        return "".join(json.dumps(row, sort_keys=True, separators=(",", ":")) + "\n" for row in self.rows)

    def __str__(self) -> str:
        return "\n".join(str(fact) for fact in self)
