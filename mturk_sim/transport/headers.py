"""Headers of an answer that was never written out: its length is counted only if somebody looks."""

import datetime
from collections.abc import Callable
from typing import Any, Final

from mturk_sim.transport.stamps import SECOND, wire_stamp
from mturk_sim.transport.wire import CONTENT_TYPE, dump, headers

UNREAD: Final = {"content-type": CONTENT_TYPE}
"""What headers begin with, so that nothing written in C takes them for empty."""


class AnswerHeaders(dict[str, str]):
    """The headers the wire would have carried (HIT-10), made up at the first look: most callers never look.

    Made of `UNREAD`, which takes no Python at all.

    Attributes:
        source: What they will be made of: the answer, its request id and its instant (microseconds); then None.
    """

    __slots__ = ("source",)

    source: tuple[dict[str, Any], str, int] | None

    def fill(self) -> None:
        """Make up what has not been looked at yet."""
        if self.source is not None:
            answer, request_id, now = self.source
            self.source = None
            dict.clear(self)
            dict.update(self, headers(request_id, len(dump(_on_the_wire(answer))), now))

    def __eq__(self, other: object) -> bool:
        self.fill()
        if isinstance(other, AnswerHeaders):
            other.fill()
        return dict.__eq__(self, other)

    __hash__ = None

    def __ne__(self, other: object) -> bool:
        return not self == other

    def copy(self) -> dict[str, str]:
        """A plain dict of the same headers."""
        return dict(self.items())

    def __reduce_ex__(self, _: Any) -> Any:
        return dict, (self.copy(),)


_LOOKS: Final = (
    *("__contains__", "__delitem__", "__getitem__", "__ior__", "__iter__", "__len__", "__or__", "__repr__"),
    *("__reversed__", "__ror__", "__setitem__", "clear", "get", "items", "keys", "pop", "popitem", "setdefault"),
    *("update", "values"),
)
"""All else that a dict can be asked or told."""


def _looking(name: str) -> Callable[..., Any]:
    method = getattr(dict, name)

    def look(self: AnswerHeaders, *args: Any, **kwargs: Any) -> Any:
        self.fill()
        return method(self, *args, **kwargs)

    look.__name__ = name
    return look


for _name in _LOOKS:
    setattr(AnswerHeaders, _name, _looking(_name))


def _on_the_wire(value: Any) -> Any:
    """An answer with its instants as the wire carries them."""
    if isinstance(value, dict):
        return {name: _on_the_wire(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_on_the_wire(item) for item in value]
    return wire_stamp(round(value.timestamp()) * SECOND) if isinstance(value, datetime.datetime) else value
