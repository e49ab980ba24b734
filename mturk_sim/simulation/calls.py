"""The log of requester calls."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, repeat
from typing import Any, ClassVar, Final

import attrs

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.errors import ServiceError

KEPT: Final = 10_000
"""How many calls are kept: enough for any test, and a bound for a campaign of millions."""
RESULTS: Final = 1_000
"""How much of their results is kept, counted in list items: a program that polls reads the same long pages for ever."""


@attrs.frozen
class RequesterCall:
    """One attempt of a requester's call.

    Attributes:
        micros: When, in microseconds since the epoch.
        requester: The name of the account that called.
        operation: Its wire name.
        parameters: Its members, as they came over the wire.
        result: The answer's members, or None if it was refused or is no longer kept.
        error: The refusal, or None.
        fault: The kind of fault that was injected into it, or None.
    """

    micros: int
    requester: str
    operation: str
    parameters: dict[str, Any]
    result: dict[str, Any] | None
    error: ServiceError | None = None
    fault: str | None = None

    @property
    def at(self) -> datetime:
        """When, as an aware UTC datetime."""
        return instant(self.micros)


class Calls:
    """Every requester call in order: the newest 10,000, of which the newest have their results.

    A result is kept until newer ones hold a thousand list items (one that is no list counts as one).

    Attributes:
        made: How many there were in all.
    """

    TRANSIENT: ClassVar[dict[str, Any]] = {
        "_rows": lambda: deque(maxlen=KEPT),
        "_results": deque,
        "_items": int,
    }

    def __init__(self) -> None:
        self.made = 0
        self._rows: deque[tuple[Any, ...]] = deque(maxlen=KEPT)
        self._results: deque[tuple[int, dict[str, Any] | None]] = deque()
        self._items = 0

    def note(self, row: tuple[Any, ...], result: dict[str, Any] | None) -> None:
        """Add a call: its first four parts in the order of `RequesterCall`, then its error and fault if it has any."""
        self.made += 1
        self._rows.append(row)
        weight = (result.get("NumResults") or 1) if result else 1
        self._results.append((weight, result))
        self._items += weight
        while self._items > RESULTS:
            self._items -= self._results.popleft()[0]

    def of(self, *operations: str) -> list[RequesterCall]:
        """The calls of these operations, in order."""
        return [call for call in self if call.operation in operations]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[RequesterCall]:
        dropped = len(self._rows) - len(self._results)
        for row, (_, result) in zip(self._rows, chain(repeat((0, None), dropped), self._results), strict=True):
            yield _call(row, result)

    def __getitem__(self, place: int) -> RequesterCall:
        row = self._rows[place]
        back = place if place < 0 else place - len(self._rows)
        result = self._results[back][1] if -back <= len(self._results) else None
        return _call(row, result)

    def __repr__(self) -> str:
        return f"<{self.made} calls>"


def _call(row: tuple[Any, ...], result: dict[str, Any] | None) -> RequesterCall:
    """A call from its row; what is at the end of the row is there only if it is anything."""
    micros, requester, operation, parameters, *trouble = row
    return RequesterCall(micros, requester, operation, parameters, result, *trouble)
