"""How a country's workers are spread over the day."""

import math

import attrs

from mturk_sim.workers import checking


@attrs.frozen
class DayShape:
    """How one country's share of the arrivals goes up and down over the day.

    Attributes:
        share: The mean over the day; the shares of all countries together are 1.
        swing: How far it goes up and down, as a part of the share, 0 to 1.
        peak: The hour (UTC) of most arrivals.
    """

    share: float = attrs.field(validator=checking.number())
    swing: float = attrs.field(default=0.0, validator=checking.share())
    peak: float = attrs.field(default=0.0, validator=checking.between(0, 24, "an hour"))

    def at(self, hour: float) -> float:
        """The share at an hour of the day (UTC)."""
        return self.share * (1 + self.swing * math.cos(2 * math.pi * (hour - self.peak) / 24))
