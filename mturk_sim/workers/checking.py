"""Checks of what users give: each says in the error what the value should have been."""

from collections.abc import Callable
from typing import Any

import attrs

Check = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def between(low: float, high: float, what: str) -> Check:
    """A number from `low` to `high`; None, where the attribute may be None, passes."""

    def check(owner: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if value is not None and not low <= value <= high:
            bounds = f"from {low:g} to {high:g}" if high < float("inf") else f"from {low:g} up"
            raise ValueError(f"{attribute.name} is {what}, {bounds}, and not {value!r}")

    return check


def share() -> Check:
    """A part of the whole."""
    return between(0, 1, "a share")


def number(low: float = 0.0, what: str = "a number") -> Check:
    """A number that is not too small."""
    return between(low, float("inf"), what)


def parameters(owner: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Two parameters of a beta distribution, of which not both are zero."""
    if isinstance(value, tuple) and not (len(value) == 2 and min(value) >= 0 and sum(value) > 0):
        raise ValueError(f"{attribute.name} is two parameters of a beta distribution, not {value!r}")


def probability(owner: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """A probability, or the two parameters of its distribution."""
    (parameters if isinstance(value, tuple) else share())(owner, attribute, value)
