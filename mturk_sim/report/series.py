"""A campaign as numbers over time, at evenly spaced instants: what a picture is drawn from."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime
from itertools import accumulate
from typing import Final

import attrs

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.lifecycles import HIT_LIFE
from mturk_sim.report.campaign import Campaign

_POINTS: Final = 400
_WORK: Final = {
    "accepted": "AssignmentAccepted",
    "submitted": "AssignmentSubmitted",
    "approved": "AssignmentApproved",
    "rejected": "AssignmentRejected",
    "returned": "AssignmentReturned",
    "abandoned": "AssignmentAbandoned",
}


@attrs.frozen
class Series:
    """Numbers over time.

    Attributes:
        times: The instants (aware, UTC).
        lines: Name -> the number at each instant.
    """

    times: list[datetime]
    lines: dict[str, list[float]]


class Grid:
    """Evenly spaced instants from the beginning of a campaign until shortly after its last event, if it has one."""

    def __init__(self, campaign: Campaign, points: int = _POINTS) -> None:
        last = campaign.events[-1][0] if campaign.events else campaign.now
        length = max(1, min(campaign.now - campaign.start, (last - campaign.start) * 21 // 20))
        self._at = [campaign.start + length * point // (points - 1) for point in range(points)]
        self.times = [instant(at) for at in self._at]

    def cumulated(self, changes: Iterable[tuple[int, float]]) -> list[float]:
        """The sum of all changes up to each instant."""
        sums = [0.0] * (len(self._at) + 1)
        for at, change in changes:
            sums[bisect_left(self._at, at)] += change
        return list(accumulate(sums[:-1]))


def hit_states(campaign: Campaign) -> Series:
    """How many HITs are in each state; states that never occur are left out."""
    grid = Grid(campaign)
    changes: dict[str, list[tuple[int, float]]] = {state: [] for state in HIT_LIFE.states}
    for story in campaign.hits.values():
        for place, (at, state) in enumerate(story):
            changes[state].append((at, 1))
            if place + 1 < len(story):
                changes[state].append((story[place + 1][0], -1))
    return Series(grid.times, {state: grid.cumulated(moves) for state, moves in changes.items() if moves})


def work(campaign: Campaign) -> Series:
    """How many assignments have been accepted, submitted, approved … so far; nothing that never happens."""
    grid = Grid(campaign)
    lines = {
        name: grid.cumulated((at, 1) for at, kind in campaign.events if kind == wanted)
        for name, wanted in _WORK.items()
    }
    return Series(grid.times, {name: line for name, line in lines.items() if line[-1]})


def money(campaign: Campaign) -> Series:
    """Dollars paid so far for rewards, bonuses and fees; nothing that was never paid."""
    grid = Grid(campaign)
    kinds = {"rewards": ("reward",), "bonuses": ("bonus",), "fees": ("reward_fee", "bonus_fee")}
    lines = {
        name: grid.cumulated((at, cents / 100) for at, kind, cents in campaign.payments if kind in wanted)
        for name, wanted in kinds.items()
    }
    return Series(grid.times, {name: line for name, line in lines.items() if line[-1]})
