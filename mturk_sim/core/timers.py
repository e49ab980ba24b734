"""Timers: what will happen by itself, in order.

A heap of instants, and for each what rings then, in the order in which it was set: most instants are whole seconds and
many timers share one.  A timer is never cancelled: when it rings and no longer fits, whoever set it lets it lapse.
"""

import heapq
from collections.abc import Sequence

Timer = tuple[int, str, str]
"""When it rings (microseconds), what rings, and for whom."""


class Timers:
    """A queue of what rings when. Times are integer microseconds.

    Attributes:
        heap: The instants at which something rings, each once, as a heap.
    """

    def __init__(self) -> None:
        self.heap: list[int] = []
        self._rings: dict[int, Sequence[str]] = {}
        self._rung = 0

    def __len__(self) -> int:
        return (sum(map(len, self._rings.values())) - self._rung) // 2

    def set(self, due: int, ring: str, subject: str) -> None:
        """Let `ring` come to `subject` at `due`, after everything set earlier for the same instant.

        What is set for the past while an instant is ringing comes at the end of that instant.
        """
        if self._rung and due < self.heap[0]:
            due = self.heap[0]
        rings = self._rings.get(due)
        if rings is None:
            self._rings[due] = (ring, subject)
            heapq.heappush(self.heap, due)
        elif isinstance(rings, list):
            rings += (ring, subject)
        else:
            self._rings[due] = [*rings, ring, subject]

    @property
    def due(self) -> int | None:
        """When the next one rings, or None if nothing is planned."""
        return self.heap[0] if self.heap else None

    def pop(self) -> Timer:
        """Take the next one out.

        Raises:
            IndexError: Nothing is planned.
        """
        due = self.heap[0]
        rings, place = self._rings[due], self._rung
        if place + 2 < len(rings):
            self._rung += 2
        else:
            self._rung = 0
            del self._rings[due]
            heapq.heappop(self.heap)
        return due, rings[place], rings[place + 1]

    def copy(self) -> "Timers":
        """A queue of its own with the same timers."""
        twin = Timers()
        twin.heap, twin._rung = self.heap[:], self._rung
        twin._rings = {due: rings[:] for due, rings in self._rings.items()}
        return twin
