"""The log of requester calls."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import attrs

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.errors import ServiceError

KEPT: Final = 100_000
"""How many calls are kept in full: enough for any test, and a bound for a campaign of millions."""


@attrs.frozen
class RequesterCall:
    """One attempt of a requester's call.

    Attributes:
        micros: When, in microseconds since the epoch.
        requester: The name of the account that called.
        operation: Its wire name.
        parameters: Its members, as they came over the wire.
        result: The answer's members, or None if it was refused.
        error: The refusal, or None.
    """

    micros: int
    requester: str
    operation: str
    parameters: dict[str, Any]
    result: dict[str, Any] | None
    error: ServiceError | None

    @property
    def at(self) -> datetime:
        """When, as an aware UTC datetime."""
        return instant(self.micros)


class Calls:
    """Every requester call in order, the newest 100,000 in full.

    Attributes:
        made: How many there were in all.
    """

    def __init__(self) -> None:
        self.made = 0
        self._rows: deque[tuple[Any, ...]] = deque(maxlen=KEPT)

    def note(self, row: tuple[Any, ...]) -> None:
        """Add a call: its parts in the order of `RequesterCall`."""
        self.made += 1
        self._rows.append(row)

    def of(self, *operations: str) -> list[RequesterCall]:
        """The calls of these operations, in order."""
        return [RequesterCall(*row) for row in self._rows if row[2] in operations]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[RequesterCall]:
        for row in self._rows:
            yield RequesterCall(*row)

    def __getitem__(self, place: int) -> RequesterCall:
        return RequesterCall(*self._rows[place])

    def __repr__(self) -> str:
        return f"<{self.made} calls>"
