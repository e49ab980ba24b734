"""Checks of what a scenario holds: like those of `mturk_sim.workers.checking`, each says what a value should have been.

All of them say it in one form, NAME is WHAT, and not VALUE, which tells where in a file the mistake is.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs

from mturk_sim.marketplace.ledger import whole_cents
from mturk_sim.operations.checks import LENGTHS, RANGES
from mturk_sim.workers.checking import Check

_LONGEST: Final = 60
_UNITS: Final = {unit: timedelta(**{f"{unit}s": 1}) for unit in ("day", "hour", "minute")}
_WORKER_ID: Final = re.compile(r"A[A-Z0-9]{0,63}", re.ASCII)


def check(holds: Callable[[Any], object], what: str) -> Check:
    """See to it that something holds for a value; None, where the attribute may be None, passes."""

    def see(owner: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if value is not None and not holds(value):
            raise wrong(attribute.name, what, value)

    return see


def wrong(name: str, what: str, value: Any) -> ValueError:
    """The error that says what a value should have been."""
    return ValueError(f"{name} is {what}, and not {shown(value)}")


def some(what: str) -> Check:
    """At least one of something."""
    return check(len, f"a list of at least one {what}")


def text(parameter: str, least: int = 0) -> Check:
    """As many characters as a parameter of the service takes (HIT-20)."""
    most = LENGTHS[parameter]
    return check(lambda value: least <= len(value) <= most, f"a text of {least} to {most} characters")


def in_range(parameter: str) -> Check:
    """A number that a parameter of the service takes (HIT-19)."""
    low, high = RANGES[parameter]
    return check(lambda value: low <= value <= high, f"a whole number from {low} to {high}")


def seconds_in_range(parameter: str) -> Check:
    """A duration that a parameter of the service takes, which counts seconds (HIT-19)."""
    low, high = (timedelta(seconds=number) for number in RANGES[parameter])
    return check(lambda value: low <= value <= high, f"a duration from {said(low)} to {said(high)}")


def cents(least: int) -> Check:
    """An amount in whole cents, at least so many."""
    return check(lambda value: _cents(value) >= least, f"an amount in whole cents from {Decimal(least) / 100:.2f} up")


def _cents(value: Decimal) -> int:
    try:
        return whole_cents(value)
    except ValueError:
        return -1


WORKER_ID: Final = check(
    _WORKER_ID.fullmatch, "a worker id: an A, then capital letters and digits, 64 at most (HIT-06)"
)
NOT_NEGATIVE: Final = check(lambda value: value >= timedelta(), "a duration from 0 seconds up")
LASTING: Final = check(lambda value: value > timedelta(), "a duration of more than 0 seconds")


def said(duration: timedelta) -> str:
    """A duration as scenario files have it, such as ``1 hour 30 minutes``."""
    parts, left = [], duration
    for unit, length in _UNITS.items():
        number, left = divmod(left, length)
        parts.append((f"{number}", unit))
    parts.append((f"{left.total_seconds():g}", "second"))
    told = [f"{number} {unit}{'' if number == '1' else 's'}" for number, unit in parts if number != "0"]
    return " ".join(told) or "0 seconds"


def shown(value: Any) -> str:
    """A value as an error shows it, in one line that is not long."""
    match value:
        case Decimal():
            text = str(value)
        case timedelta():
            text = repr(said(value))
        case date():
            text = value.isoformat()
        case Path():
            text = repr(str(value))
        case _:
            text = repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
