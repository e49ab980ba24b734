"""Instants on their way to the caller: as botocore hands them out, and as the wire carries them."""

import datetime
import time
from typing import Any, Final

from dateutil.tz import tzlocal

SECOND: Final = 1_000_000
_REMEMBERED: Final = 65_536
_known: dict[int, datetime.datetime] = {}
_zone: Any = None
_maker: Any = None


def local_stamp(at: int) -> datetime.datetime:
    """Microseconds since the epoch as botocore's parser gives them: whole seconds, in dateutil's local time zone.

    Made anew when the process changes its time zone or somebody puts another ``datetime`` in place (freezegun).
    """
    global _zone, _maker
    if time.tzname is not _zone or datetime.datetime is not _maker or len(_known) >= _REMEMBERED:
        _known.clear()
        _zone, _maker = time.tzname, datetime.datetime
    made = _known.get(at)
    if made is None:
        made = _known[at] = datetime.datetime.fromtimestamp(at // SECOND, tzlocal())
    return made


class JavaDouble(float):
    """A number that the wire carries in the notation of a Java double (HIT-07)."""

    def __str__(self) -> str:
        text = f"{int(self)}"
        if len(text) < 8:
            return f"{text}.0"
        return f"{text[0]}.{text[1:].rstrip('0') or '0'}E{len(text) - 1}"


def wire_stamp(at: int) -> JavaDouble:
    """Microseconds since the epoch as the wire carries them: whole seconds as a Java double (HIT-07)."""
    return JavaDouble(at // SECOND)
