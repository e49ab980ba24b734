"""Timers: what will happen by itself, in order.

A calendar of pages: whatever rings within the same quarter of an hour or so stands on one page, in the order of its
setting, and a page is sorted when time gets there.  That is cheaper than a heap of all timers, most of which are set
once and looked at once.  A timer is never cancelled: when it rings and no longer fits, whoever set it lets it lapse.
"""

from bisect import bisect_left
from collections.abc import Iterator
from heapq import heappop, heappush
from operator import itemgetter
from typing import Final

Timer = tuple[int, str, str]
"""When it rings (microseconds), what rings, and for whom."""
NEVER: Final = 1 << 62
_PAGE: Final = 30
"""A page is 2 to the power of this many microseconds long: 18 minutes."""
_DUE: Final = itemgetter(0)


class Timers:
    """A calendar of what rings when. Times are integer microseconds, and whoever takes timers out moves the time on.

    Attributes:
        soonest: Nothing rings before this.
    """

    def __init__(self) -> None:
        self.soonest = NEVER
        self._later: dict[int, list[Timer]] = {}
        self._numbers: list[int] = []
        self._open: list[Timer] = []
        self._number = self._rang = -NEVER

    def set(self, due: int, ring: str, subject: str) -> None:
        """Let `ring` come to `subject` at `due`, after everything set earlier for the same instant.

        What is set for the past comes at the end of the instant that rang last.
        """
        page = self._later.get(due >> _PAGE)
        if page is None:
            self._set_elsewhere(max(due, self._rang), ring, subject)
        else:
            page.append((due, ring, subject))

    def _set_elsewhere(self, due: int, ring: str, subject: str) -> None:
        """Set what belongs on the open page, whose last timer rings first, or on a page that is not there yet."""
        number = due >> _PAGE
        if number > self._number:
            self._later[number] = [(due, ring, subject)]
            heappush(self._numbers, number)
            self.soonest = min(self.soonest, number << _PAGE)
        else:
            self._open.insert(bisect_left(self._open, -due, key=_before), (due, ring, subject))
            self.soonest = min(self.soonest, due)

    def until(self, by: int) -> Iterator[Timer]:
        """Take out, one after the other, what rings at `by` or before; what is set meanwhile comes in its place."""
        while page := self._open or self._turn(by):
            while page and (timer := page[-1])[0] <= by:
                self._rang = timer[0]
                yield page.pop()
            if page:
                self.soonest = page[-1][0]
                return

    def _turn(self, by: int) -> list[Timer]:
        """Open the next page if it begins at `by` or before."""
        if not self._numbers:
            self.soonest = NEVER
        elif (begin := self._numbers[0] << _PAGE) > by:
            self.soonest = begin
        else:
            self._number = heappop(self._numbers)
            self._open = self._later.pop(self._number)
            self._open.sort(key=_DUE)
            self._open.reverse()
        return self._open

    @property
    def due(self) -> int | None:
        """When the next one rings, or None if nothing is planned."""
        return next(iter(self), (None,))[0]

    def __iter__(self) -> Iterator[Timer]:
        """All that is planned, in order."""
        yield from reversed(self._open)
        for number in sorted(self._numbers):
            yield from sorted(self._later[number], key=_DUE)

    def __len__(self) -> int:
        return len(self._open) + sum(map(len, self._later.values()))

    def copy(self) -> "Timers":
        """A calendar of its own with the same timers."""
        twin = Timers()
        twin.soonest, twin._number, twin._rang = self.soonest, self._number, self._rang
        twin._later = {number: page[:] for number, page in self._later.items()}
        twin._numbers, twin._open = self._numbers[:], self._open[:]
        return twin


def _before(timer: Timer) -> int:
    return -timer[0]
