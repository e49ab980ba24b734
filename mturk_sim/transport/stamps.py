"""Instants on their way to the caller: as botocore hands them out, and as the wire carries them."""

import datetime
import time
from collections.abc import Callable
from typing import Any, Final

from dateutil.tz import tzlocal

SECOND: Final = 1_000_000
_REMEMBERED: Final = 65_536


class _LocalTimes(dict[int, datetime.datetime]):
    """Local times by their microseconds, made when first asked for: a look-up runs no Python at all."""

    def __missing__(self, at: int) -> datetime.datetime:
        made = self[at] = datetime.datetime.fromtimestamp(at // SECOND, tzlocal())
        return made


class _ReadTimes(dict[float, datetime.datetime]):
    """The same times by the wire's numbers."""

    def __missing__(self, number: float) -> datetime.datetime:
        made = self[number] = _known[int(number) * SECOND]
        return made


_known: Final = _LocalTimes()
_look_up: Final = _known.__getitem__
_read: Final = _ReadTimes()
_made_under: Final[list[Any]] = [None, None]
"""The time zone and the class that they were made with; in a list, where freezegun does not swap the class."""

read_stamp: Final = _read.__getitem__
"""What botocore's own parser makes of the wire's number, remembered: conversion is 40 % of reading a page."""


def local_stamps() -> Callable[[int], datetime.datetime]:
    """What makes of microseconds since the epoch what botocore's parser gives: whole seconds, in dateutil's local zone.

    To be asked for at each call: times are made anew when the process has changed its time zone, or when somebody has
    put another ``datetime`` in place (freezegun).
    """
    zone, maker = _made_under
    if time.tzname is not zone or datetime.datetime is not maker or len(_known) >= _REMEMBERED:
        _known.clear()
        _read.clear()
        _made_under[:] = time.tzname, datetime.datetime
    return _look_up


def wire_stamps() -> Callable[[int], float]:
    """What makes of microseconds since the epoch the wire's number.

    It is to be asked for at each call, since `read_stamp` will look at what was made of it.
    """
    local_stamps()
    return wire_stamp


def wire_stamp(at: int) -> float:
    """Microseconds since the epoch as they go over the wire: whole seconds, as a number with a point (HIT-07)."""
    return float(at // SECOND)
