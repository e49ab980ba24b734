"""An early look at what users give: what is of the wrong type is told where it is given, and what to give instead."""

from collections.abc import Collection
from difflib import get_close_matches
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


def expect_one_of(given: object, known: Collection[str], what: str) -> None:
    """See to it that a name is one of those there are.

    Args:
        given: The name.
        known: The names there are.
        what: What it is to be the name of: "kind of fact".

    Raises:
        ValueError: There is none of that name; the message has one that is spelt alike, or all of them.
    """
    if given not in known:
        near = get_close_matches(str(given), known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
        raise ValueError(f"{given!r} is no {what}; {hint}")
