"""The log of requester calls."""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

import attrs

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.operations.model import operation_named

KEPT: Final = 10_000
"""How many calls are kept: enough for any test, and a bound for a campaign of millions."""
RESULTS: Final = 1_000
"""How many items the lists among their results have together, at most."""
_RESULT: Final = 4
"""Where a row has its result."""


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
        endpoint: The address that the client was made for, such as
            ``https://mturk-requester-sandbox.us-east-1.amazonaws.com``; it decides nothing about who answers.
    """

    micros: int
    requester: str
    operation: str
    parameters: dict[str, Any]
    result: dict[str, Any] | None
    error: ServiceError | None = None
    fault: str | None = None
    endpoint: str | None = None

    @property
    def at(self) -> datetime:
        """When, as an aware UTC datetime."""
        return instant(self.micros)


class Calls:
    """Every requester call in order: the newest 10,000, with their results.

    Of results that are lists, only as many are kept as have a thousand items: a program that polls reads the same long
    pages for ever.

    Attributes:
        made: How many there were in all.
    """

    _TRANSIENT: ClassVar[dict[str, Any]] = {
        "_rows": lambda: deque(maxlen=KEPT),
        "_pages": deque,
        "_items": int,
    }

    def __init__(self) -> None:
        self.made = 0
        self._rows: deque[Sequence[Any]] = deque(maxlen=KEPT)
        self._pages: deque[tuple[int, list[Any]]] = deque()
        self._items = 0

    def note(self, row: Sequence[Any]) -> None:
        """Add a call: its parts in the order of `RequesterCall`, as far as it has any."""
        self.made += 1
        result = row[_RESULT]
        if result and "NumResults" in result:
            row = list(row)
            self._keep(result["NumResults"] or 1, row)
        self._rows.append(row)

    def _keep(self, items: int, row: list[Any]) -> None:
        """Keep the list that is this call's result, and let go of older ones."""
        self._pages.append((items, row))
        self._items += items
        while self._items > RESULTS:
            items, oldest = self._pages.popleft()
            self._items -= items
            oldest[_RESULT] = None

    def of(self, *operations: str) -> list[RequesterCall]:
        """The calls of these operations, named as on the wire or as the client's methods, in order.

        Raises:
            ValueError: The service has no such operation.
        """
        names = set(map(operation_named, operations))
        return [call for call in self if call.operation in names]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[RequesterCall]:
        for row in self._rows:
            yield RequesterCall(*row)

    def __getitem__(self, place: int) -> RequesterCall:
        return RequesterCall(*self._rows[place])

    def __repr__(self) -> str:
        return f"<{self.made} calls>"
