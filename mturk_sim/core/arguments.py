"""An early look at what users give: what is of the wrong type is told where it is given, and what to give instead."""

from typing import Any


def expect(given: object, kind: Any, what: str, instead: str) -> None:
    """See to it that an argument is of a kind, as `isinstance` takes it; no boolean is a number.

    Args:
        given: The argument.
        kind: What it has to be an instance of.
        what: What it is not, if it is none: "worker id".
        instead: What to give: "a text such as 'A1ANN'".

    Raises:
        TypeError: It is none.
    """
    if not isinstance(given, kind) or (kind is int and isinstance(given, bool)):
        raise TypeError(f"{given!r} is no {what}: give {instead}")
