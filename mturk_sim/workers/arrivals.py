"""When workers look at a group of HITs: a Poisson process whose rate follows the day, the week and the age of the
group.

Workers of a country arrive at ``arrivals_per_hour`` times the country's day shape, the weekend factor and the recency
of the group.  Candidates come at the highest rate there can be, and each is kept with the share that the rate now has
of it.
"""

import math
from collections.abc import Mapping
from typing import Final

import attrs

from mturk_sim.core.clock import DAY, HOUR

_EPOCH_WEEKDAY: Final = 3
"""1 January 1970 was a Thursday."""


@attrs.frozen
class DayShape:
    """How one country's share of the arrivals goes up and down over the day.

    Attributes:
        share: The mean over the day; the shares of all countries together are 1.
        swing: How far it goes up and down, as a part of the share, 0 to 1.
        peak: The hour (UTC) of most arrivals.
    """

    share: float
    swing: float = 0.0
    peak: float = 0.0

    def at(self, hour: float) -> float:
        """The share at an hour of the day (UTC)."""
        return self.share * (1 + self.swing * math.cos(2 * math.pi * (hour - self.peak) / 24))


@attrs.frozen
class Recency:
    """How much of its first attraction a group keeps: from 1 down to `floor` with time constant `hours`."""

    floor: float
    hours: float

    def at(self, age: int) -> float:
        """The part that is left at an age in microseconds."""
        return self.floor + (1 - self.floor) * math.exp(-age / (self.hours * HOUR)) if self.floor < 1 else 1.0


def is_weekend(at: int) -> bool:
    """Whether an instant (microseconds) is on a Saturday or Sunday, UTC."""
    return (at // DAY + _EPOCH_WEEKDAY) % 7 >= 5


def shares(shapes: Mapping[str, DayShape], at: int) -> list[tuple[str, float]]:
    """Each country's share at an instant, in the order of `shapes`."""
    hour = at % DAY / HOUR
    return [(country, shape.at(hour)) for country, shape in shapes.items()]


def ceiling(shapes: Mapping[str, DayShape], weekend_factor: float) -> float:
    """What the product of all factors can never exceed."""
    return sum(shape.share * (1 + shape.swing) for shape in shapes.values()) * max(1.0, weekend_factor)
