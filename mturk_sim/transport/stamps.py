"""Instants on their way to the caller: as botocore hands them out, and as the wire carries them."""

import datetime
import time
from typing import Any, Final

from dateutil.tz import tzlocal

SECOND: Final = 1_000_000
_REMEMBERED: Final = 65_536
_known: dict[int, datetime.datetime] = {}
_made_under: Final[list[Any]] = [None, None]
"""The time zone and the class that they were made with; in a list, where freezegun does not swap the class."""


def local_stamp(at: int) -> datetime.datetime:
    """Microseconds since the epoch as botocore's parser gives them: whole seconds, in dateutil's local time zone.

    Made anew when the process changes its time zone or somebody puts another ``datetime`` in place (freezegun).
    """
    zone, maker = _made_under
    if time.tzname is not zone or datetime.datetime is not maker or len(_known) >= _REMEMBERED:
        _known.clear()
        _made_under[:] = time.tzname, datetime.datetime
    made = _known.get(at)
    if made is None:
        made = _known[at] = datetime.datetime.fromtimestamp(at // SECOND, tzlocal())
    return made


def wire_stamp(at: int) -> float:
    """Microseconds since the epoch as they go over the wire: whole seconds, as a number with a point (HIT-07)."""
    return float(at // SECOND)
