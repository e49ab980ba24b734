"""When workers look at a group of HITs: a Poisson process whose rate follows the day, the week and the group's age.

Workers of a country arrive at ``arrivals_per_hour`` times the country's day shape, the weekend factor, the recency of
the group and, if groups differ, its attractiveness.  Candidates come at the highest rate there can be, and each is kept
with the share that the rate now has of it.
"""

import math
from typing import Final

from mturk_sim.core.clock import DAY, HOUR, SECOND
from mturk_sim.core.draws import Draws
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.population import Population

_EPOCH_WEEKDAY: Final = 3
"""1 January 1970 was a Thursday."""
_MILLISECOND: Final = SECOND // 1000


def is_weekend(at: int) -> bool:
    """Whether an instant (microseconds) is on a Saturday or Sunday, UTC."""
    return (at // DAY + _EPOCH_WEEKDAY) % 7 >= 5


class Arrivals:
    """The arrivals of one population, whatever the group."""

    def __init__(self, population: Population, draws: Draws) -> None:
        self._population = population
        self._draws = draws
        swings = sum(shape.share * (1 + shape.swing) for shape in population.day_shapes.values())
        self._ceiling = swings * max(1.0, population.weekend_factor)

    def _luck(self, group: str) -> Luck:
        return Luck(self._draws, ("arrival", self._population.name, group))

    def attractiveness(self, group: str) -> float:
        """How much more than others workers like a group."""
        shape = self._population.attractiveness
        return 1.0 if shape is None else self._luck(group).gamma(shape, "attractiveness") / shape

    def gap(self, group: str, candidate: int) -> int | None:
        """How long the wait for a candidate is after the one before, in microseconds; None if nobody ever comes."""
        rate = self._population.arrivals_per_hour * self._ceiling * self.attractiveness(group)
        if not rate:
            return None
        wait = self._luck(group).exponential(HOUR / _MILLISECOND / rate, "gap", candidate)
        return max(1, round(wait)) * _MILLISECOND

    def country(self, group: str, candidate: int, at: int, posted: int) -> tuple[str, float] | None:
        """Where a candidate comes from, or None if it is one too many; with a uniform number for who it is.

        Args:
            group: The HIT type's id.
            candidate: The candidate's number.
            at: When it comes, in microseconds.
            posted: When the newest HIT of the group was posted.
        """
        place, who = self._luck(group).uniforms(2, "who", candidate)
        place *= self._ceiling
        factor = self.recency(at - posted) * (self._population.weekend_factor if is_weekend(at) else 1.0)
        hour = at % DAY / HOUR
        for country, shape in self._population.day_shapes.items():
            place -= shape.at(hour) * factor
            if place < 0:
                return country, who
        return None

    def recency(self, age: int) -> float:
        """What is left of a group's first attraction at an age in microseconds."""
        floor = self._population.v_inf
        return floor + (1 - floor) * math.exp(-age / (self._population.tau_hours * HOUR)) if floor < 1 else 1.0
