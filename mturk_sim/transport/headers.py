"""Headers of an answer that was never written out: its length is counted only if somebody looks."""

import datetime
from collections.abc import Iterator
from typing import Any

from mturk_sim.transport.stamps import SECOND, wire_stamp
from mturk_sim.transport.wire import dump, headers


class AnswerHeaders(dict[str, str]):
    """The headers the wire would have carried (HIT-10), made up at the first look: most callers never look."""

    def __init__(self, answer: dict[str, Any], request_id: str, now: int) -> None:
        self._source: tuple[dict[str, Any], str, int] | None = (answer, request_id, now)

    def _fill(self) -> None:
        if self._source is not None:
            answer, request_id, now = self._source
            self._source = None
            super().update(headers(request_id, len(dump(_on_the_wire(answer))), now))

    def __getitem__(self, name: str) -> str:
        self._fill()
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[str]:
        self._fill()
        return super().__iter__()

    def __len__(self) -> int:
        self._fill()
        return super().__len__()

    def __contains__(self, name: object) -> bool:
        self._fill()
        return super().__contains__(name)

    def __eq__(self, other: object) -> bool:
        self._fill()
        if isinstance(other, AnswerHeaders):
            other._fill()
        return super().__eq__(other)

    def __repr__(self) -> str:
        self._fill()
        return super().__repr__()

    def get(self, name: str, default: Any = None) -> Any:
        """As in any dict."""
        self._fill()
        return super().get(name, default)

    def keys(self) -> Any:
        """As in any dict."""
        self._fill()
        return super().keys()

    def values(self) -> Any:
        """As in any dict."""
        self._fill()
        return super().values()

    def items(self) -> Any:
        """As in any dict."""
        self._fill()
        return super().items()

    def copy(self) -> dict[str, str]:
        """As in any dict."""
        self._fill()
        return dict(super().items())

    def __reduce__(self) -> Any:
        return dict, (self.copy(),)


def _on_the_wire(value: Any) -> Any:
    """An answer with its instants as the wire carries them."""
    if isinstance(value, dict):
        return {name: _on_the_wire(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_on_the_wire(item) for item in value]
    return wire_stamp(round(value.timestamp()) * SECOND) if isinstance(value, datetime.datetime) else value
