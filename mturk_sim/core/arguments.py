"""An early look at what users give: what is of the wrong type is told where it is given, and what to give instead."""

from collections.abc import Collection, Mapping
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


def expect_id(given: object, member: str) -> None:
    """See to it that an argument is an id, or at least a text.

    Args:
        given: The argument.
        member: What answers of the service call it: "HITId".

    Raises:
        TypeError: It is none; if it holds the id, the message says where.
    """
    if isinstance(given, str):
        return
    if (place := _place(given, member)) is not None:
        raise TypeError(f"this {type(given).__name__} is no {member}: give {place}")
    raise TypeError(f"{given!r} is no {member}: give a text")


def _place(given: object, member: str) -> str | None:
    """Where an answer of the service, or an object of ours, has an id."""
    if isinstance(given, Mapping):
        holders = [""] + [f"[{name!r}]" for name, held in given.items() if isinstance(held, Mapping) and member in held]
        return f"its {holders[-1]}[{member!r}]" if member in given or len(holders) > 1 else None
    named = type(given).__name__.removesuffix("Handle") == member.removesuffix("Id")
    return "its .id" if named and hasattr(given, "id") else None


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
