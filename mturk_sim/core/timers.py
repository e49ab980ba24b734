"""Timers: what will happen by itself, in order.

A calendar of pages: whatever rings within the same few minutes stands on one page, in the order of its
setting, and a page is sorted when time gets there.  That is cheaper than a heap of all timers, most of which are set
once and looked at once.  A timer is never cancelled: when it rings and no longer fits, whoever set it lets it lapse.
"""

from collections.abc import Iterator
from heapq import heappop, heappush, merge
from operator import itemgetter
from typing import Final

Timer = tuple[int, str, str]
"""When it rings (microseconds), what rings, and for whom."""
NEVER: Final = 1 << 62
_PAGE: Final = 28
"""A page is 2 to the power of this many microseconds long: some four minutes and a half."""
_DUE: Final = itemgetter(0)


class Timers:
    """A calendar of what rings when; times are integer microseconds, and whoever takes timers out moves the time on.

    Attributes:
        soonest: Nothing rings before this; often the beginning of a page, and never too late.
    """

    def __init__(self) -> None:
        self.soonest = NEVER
        self._later: dict[int, list[Timer]] = {}
        """The pages to come, by number, each in the order of setting."""
        self._numbers: list[int] = []
        """Their numbers, as a heap."""
        self._number = -NEVER
        self._open: list[Timer] = []
        """The page that time has reached, what rings first at its end."""
        self._added: list[tuple[int, int, str, str]] = []
        """What was set on the open page since, as a heap, with a number to tell what was set earlier."""
        self._adds = 0

    def set(self, due: int, ring: str, subject: str) -> None:
        """Let `ring` come to `subject` at `due`, after everything set earlier for the same instant.

        What is set for the past rings next.
        """
        page = self._later.get(due >> _PAGE)
        if page is None:
            self._set_elsewhere(due, ring, subject)
        else:
            page.append((due, ring, subject))

    def _set_elsewhere(self, due: int, ring: str, subject: str) -> None:
        """Set what belongs on the open page, or on one that is not there yet."""
        number = due >> _PAGE
        if number > self._number:
            self._later[number] = [(due, ring, subject)]
            heappush(self._numbers, number)
            self.soonest = min(self.soonest, number << _PAGE)
        else:
            self._adds += 1
            heappush(self._added, (due, self._adds, ring, subject))
            self.soonest = min(self.soonest, due)

    def until(self, by: int) -> Iterator[Timer]:
        """Take out, one after the other, what rings at `by` or before; what is set meanwhile comes in its place."""
        added = self._added
        while self._open or added or self._turn(by):
            page = self._open
            if page and not (added and added[0][0] < page[-1][0]):
                if page[-1][0] > by:
                    self.soonest = page[-1][0]
                    return
                yield page.pop()
            elif added[0][0] > by:
                self.soonest = added[0][0]
                return
            else:
                yield self._next_added()

    def _next_added(self) -> Timer:
        due, _, ring, subject = heappop(self._added)
        return due, ring, subject

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
        added = ((due, ring, subject) for due, _, ring, subject in sorted(self._added))
        yield from merge(reversed(self._open), added, key=_DUE)
        for number in sorted(self._numbers):
            yield from sorted(self._later[number], key=_DUE)

    def __len__(self) -> int:
        return len(self._open) + len(self._added) + sum(map(len, self._later.values()))

    def copy(self) -> "Timers":
        """A calendar of its own with the same timers."""
        twin = Timers()
        twin.soonest, twin._number, twin._adds = self.soonest, self._number, self._adds
        twin._later = {number: page[:] for number, page in self._later.items()}
        twin._numbers, twin._open, twin._added = self._numbers[:], self._open[:], self._added[:]
        return twin
