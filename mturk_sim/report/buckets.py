"""A campaign in stretches of equal length, for timelines."""

from bisect import bisect_right
from collections import Counter
from datetime import datetime
from itertools import accumulate
from typing import Final

import attrs

from mturk_sim.core.clock import HOUR, MINUTE, instant
from mturk_sim.report.campaign import Campaign

_HOURS: Final = (1, 3, 6, 12, 24, 7 * 24, 30 * 24, 365 * 24)
_WIDTHS: Final = (MINUTE, 10 * MINUTE, 30 * MINUTE, *(hours * HOUR for hours in _HOURS))
_MOST: Final = 24


@attrs.frozen
class Bucket:
    """What happened from `start` until the next bucket begins.

    Attributes:
        start: Its first instant, in microseconds since the epoch.
        counts: How often each kind of fact happened.
        submitted: How many assignments had been handed in by its end, from the beginning on.
    """

    start: int
    counts: Counter[str]
    submitted: int

    @property
    def at(self) -> datetime:
        """Its first instant, as an aware UTC datetime."""
        return instant(self.start)


def buckets(campaign: Campaign, most: int = _MOST) -> list[Bucket]:
    """The campaign in at most `most` stretches (or somewhat more if it lasted for many years), empty ones included."""
    length = max(1, campaign.now - campaign.start)
    width = next((width for width in _WIDTHS if length <= width * most), _WIDTHS[-1])
    starts = list(range(campaign.start, max(campaign.now, campaign.start + 1), width))
    counts = [Counter[str]() for _ in starts]
    for at, kind in campaign.events:
        counts[bisect_right(starts, at) - 1][kind] += 1
    totals = accumulate(count["AssignmentSubmitted"] for count in counts)
    return [Bucket(*parts) for parts in zip(starts, counts, totals, strict=True)]
