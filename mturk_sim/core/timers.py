"""Timers: what will happen by itself, in order.

A heap of plain tuples; ties go to the one set first.  A timer is never cancelled: when it rings and no longer
fits, whoever set it lets it lapse.
"""

import heapq
from typing import Generic, TypeVar

T = TypeVar("T")


class Timers(Generic[T]):
    """A queue of what rings when. Times are integer microseconds."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, T]] = []
        self._sequence = 0

    def __len__(self) -> int:
        return len(self._heap)

    def set(self, due: int, what: T) -> None:
        """Let `what` ring at `due`, after everything set earlier for the same instant."""
        self._sequence += 1
        heapq.heappush(self._heap, (due, self._sequence, what))

    @property
    def due(self) -> int | None:
        """When the next one rings, or None if nothing is planned."""
        return self._heap[0][0] if self._heap else None

    def pop(self) -> tuple[int, T]:
        """Take the next one out: its instant and what it is.

        Raises:
            IndexError: Nothing is planned.
        """
        due, _, what = heapq.heappop(self._heap)
        return due, what
