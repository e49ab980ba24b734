"""Timers: what will happen by itself, in order.

A heap of plain tuples; ties go to the one set first.  A timer is never cancelled: when it rings and no longer
fits, whoever set it lets it lapse.
"""

import heapq

Timer = tuple[int, int, str, str]
"""When it rings (microseconds), its place among those of the same instant, what rings, and for whom."""


class Timers:
    """A queue of what rings when. Times are integer microseconds."""

    def __init__(self) -> None:
        self.heap: list[Timer] = []
        self.sequence = 0

    def __len__(self) -> int:
        return len(self.heap)

    def set(self, due: int, ring: str, subject: str) -> None:
        """Let `ring` come to `subject` at `due`, after everything set earlier for the same instant."""
        self.sequence += 1
        heapq.heappush(self.heap, (due, self.sequence, ring, subject))

    @property
    def due(self) -> int | None:
        """When the next one rings, or None if nothing is planned."""
        return self.heap[0][0] if self.heap else None

    def pop(self) -> Timer:
        """Take the next one out.

        Raises:
            IndexError: Nothing is planned.
        """
        return heapq.heappop(self.heap)

    def copy(self) -> "Timers":
        """A queue of its own with the same timers."""
        twin = Timers()
        twin.heap, twin.sequence = self.heap[:], self.sequence
        return twin
