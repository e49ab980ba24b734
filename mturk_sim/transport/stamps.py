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


_known: Final = _LocalTimes()
_look_up: Final = _known.__getitem__
_made_under: Final[list[Any]] = [None, None]
"""The time zone and the class that they were made with; in a list, where freezegun does not swap the class."""


def local_stamps() -> Callable[[int], datetime.datetime]:
    """What makes of microseconds since the epoch what botocore's parser gives: whole seconds, in dateutil's local zone.

    To be asked for at each call: times are made anew when the process has changed its time zone, or when somebody has
    put another ``datetime`` in place (freezegun).
    """
    zone, maker = _made_under
    if time.tzname is not zone or datetime.datetime is not maker or len(_known) >= _REMEMBERED:
        _known.clear()
        _made_under[:] = time.tzname, datetime.datetime
    return _look_up


def wire_stamp(at: int) -> float:
    """Microseconds since the epoch as they go over the wire: whole seconds, as a number with a point (HIT-07)."""
    return float(at // SECOND)
