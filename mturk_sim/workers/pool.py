"""The people of a population: who they are, how often they come, and who replaces them when they go.

There is a fixed number of seats.  A seat keeps its country, its kind and its activity; who sits on it leaves after an
exponential time, and somebody else takes it.
"""

import math
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from mturk_sim.core.clock import DAY
from mturk_sim.core.draws import Draws
from mturk_sim.marketplace.records import WorkerAccount
from mturk_sim.workers.abilities import Ability
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.plans import Profile
from mturk_sim.workers.population import Population

_GOLDEN: Final = (math.sqrt(5) - 1) / 2
"""Steps of this length fill the unit interval evenly, however many there are."""
MONTH: Final = 365.25 / 12 * DAY
"""Microseconds in a mean month."""


class Pool:
    """The seats of one population, and who sits on them by now.

    Args:
        population: Whose seats.
        draws: The simulation's draws.
        since: When the first workers sat down, in microseconds.
    """

    def __init__(self, population: Population, draws: Draws, since: int) -> None:
        self._population = population
        self._luck = Luck(draws, ("worker", population.name))
        self._since = since
        self._stay = population.half_life_months * MONTH / math.log(2)
        self._seated: dict[tuple[str, int], tuple[int, int, Profile]] = {}
        self._weights: dict[str, list[float]] = {}
        self._shares = list(accumulate(kind.share for kind in population.abilities))

    def _activity(self, country: str) -> list[float]:
        """For each seat of a country, how much all up to it come."""
        weights = self._weights.get(country)
        if weights is None:
            seats = max(1, round(self._population.day_shapes[country].share * self._population.size))
            activity = (self._seat(country, seat) for seat in range(seats))
            weights = self._weights[country] = list(accumulate(often * kind.volume for kind, often in activity))
        return weights

    def _seat(self, country: str, seat: int) -> tuple[Ability, float]:
        """The kind of worker on a seat, and how often they come for their kind; kinds are spread evenly."""
        part = (self._luck.of(country).uniform("kinds") + seat * _GOLDEN) % 1
        place = bisect_right(self._shares, part * self._shares[-1], hi=len(self._shares) - 1)
        activity = self._luck.of(country, seat).lognormal(1.0, self._population.activity_sigma, "activity")
        return self._population.abilities[place], activity

    def somebody(self, country: str, u: float, at: int) -> Profile:
        """Who comes from a country at an instant: `u`, uniform in [0, 1), finds the seat."""
        weights = self._activity(country)
        return self.on_seat(country, bisect_right(weights, u * weights[-1], hi=len(weights) - 1), at)

    def on_seat(self, country: str, seat: int, at: int) -> Profile:
        """Who sits on a seat at an instant, which is not before the one asked for last."""
        generation, until, profile = self._seated.get((country, seat)) or self._sit(country, seat, 0, self._since)
        while until <= at:
            generation, until, profile = self._sit(country, seat, generation + 1, until)
        self._seated[country, seat] = generation, until, profile
        return profile

    def seated(self) -> list[Profile]:
        """Who has come so far and still sits, in the order of their first coming."""
        return [profile for _, _, profile in self._seated.values()]

    def _sit(self, country: str, seat: int, generation: int, since: int) -> tuple[int, int, Profile]:
        luck = self._luck.of(country, seat, generation)
        kind, _ = self._seat(country, seat)
        accuracy = luck.beta(*kind.accuracy, "accuracy") if isinstance(kind.accuracy, tuple) else kind.accuracy
        people = self._population
        profile = Profile(
            worker_id="A" + luck.draws.name(13, *luck.entity, "id"),
            country=country,
            ability=kind.name,
            accuracy=0.0 if accuracy is None else accuracy,
            reservation_wage=luck.lognormal(people.reservation_wage, people.reservation_sigma, "wage"),
        )
        return generation, since + max(1, round(luck.exponential(self._stay, "stay"))), profile

    def account(self, profile: Profile) -> WorkerAccount:
        """The record of a worker who comes for the first time, with a history."""
        people = self._population
        luck = self._luck.of(profile.worker_id)
        rate = luck.beta(*people.approval, "approval")
        approved = round(luck.lognormal(people.approved_median, people.approved_sigma, "approved"))
        rejected = round(approved * (1 - rate) / rate) if rate else 0
        done = approved + rejected
        return WorkerAccount(
            id=profile.worker_id,
            country=profile.country,
            accepted=done,
            submitted=done,
            approved=approved,
            rejected=rejected,
        )
