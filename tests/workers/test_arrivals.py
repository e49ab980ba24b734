"""Workers arrive as a Poisson process whose rate follows the day, the week and the age of the group."""

import math
from datetime import UTC, datetime

import attrs
import exact
import pytest
from groups import OnlyLooks, post

from mturk_sim import simulate
from mturk_sim.core.clock import DAY, HOUR, micros
from mturk_sim.core.draws import Draws
from mturk_sim.workers import DayShape, Moment, Population
from mturk_sim.workers.arrivals import Arrivals, is_weekend

FLAT = {"US": DayShape(1.0)}
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def look(population: Population, days: float, groups: int = 1, start: datetime = MONDAY) -> list[Moment]:
    """Everybody who looks at some groups posted at the start, within that time."""
    policy = OnlyLooks()
    with simulate(start=start) as sim:
        sim.populate(attrs.evolve(population, policy=policy))
        for number in range(groups):
            post(sim, f"Group {number}")
        sim.clock.advance(days=days)
    return policy.seen


def hours(moment: Moment, start: datetime = MONDAY) -> float:
    return (moment.now - start).total_seconds() / 3600


def test_a_group_is_looked_at_as_often_as_the_integral_of_the_rate_says() -> None:
    """60 an hour at first, a tenth of that when the group is old: 198.0 in a day."""
    floor, tau = 0.1, 1.0
    mean = 60 * (floor * 24 + (1 - floor) * tau * (1 - math.exp(-24 / tau)))
    seen = look(Population(day_shapes=FLAT), days=1, groups=20)

    assert mean == pytest.approx(198.0, abs=0.01)
    assert len(seen) in exact.poisson(20 * mean)


def test_new_work_is_looked_at_most_and_old_work_a_tenth_as_much() -> None:
    seen = look(Population(day_shapes=FLAT), days=1, groups=20)
    first = 0.1 + 0.9 * (1 - math.exp(-1.0))
    rest = 0.1 * 23 + 0.9 * (math.exp(-1.0) - math.exp(-24.0))

    assert sum(hours(moment) < 1 for moment in seen) in exact.binomial(len(seen), first / (first + rest))


def test_without_recency_the_numbers_of_an_hour_have_the_variance_of_a_poisson_distribution() -> None:
    seen = look(Population(day_shapes=FLAT, v_inf=1.0, arrivals_per_hour=30), days=20)
    counts = [0] * 480
    for moment in seen:
        counts[int(hours(moment))] += 1
    dispersion = sum((count - 30) ** 2 for count in counts) / 30

    assert len(seen) in exact.poisson(30 * 480)
    assert 480 - 5 * math.sqrt(960) < dispersion < 480 + 5 * math.sqrt(960)


@pytest.mark.parametrize(("hour", "share"), [(9, 0.5), (21, 0.05)])
def test_half_come_from_india_at_nine_utc_and_one_in_twenty_at_twenty_one(hour: int, share: float) -> None:
    arrivals = Arrivals(Population(v_inf=1.0), Draws(1))
    at = micros(MONDAY) + hour * HOUR
    came = [found[0] for n in range(9000) if (found := arrivals.country("group", n, at, at))]

    assert came.count("IN") in exact.binomial(len(came), share)


def test_over_the_day_a_fifth_comes_from_india_and_the_rate_doubles_from_low_to_high() -> None:
    shapes = Population().day_shapes
    rates = [sum(shape.at(hour / 60) for shape in shapes.values()) for hour in range(24 * 60)]
    indian = sum(shapes["IN"].at(hour / 60) for hour in range(24 * 60)) / sum(rates)

    assert sum(rates) / len(rates) == pytest.approx(1.0)
    assert indian == pytest.approx(0.2)
    assert max(rates) == pytest.approx(1.333, abs=0.001)
    assert max(rates) / min(rates) == pytest.approx(2.0, abs=0.003)


def test_weekends_are_as_busy_as_they_are_told_to_be() -> None:
    seen = look(Population(day_shapes=FLAT, v_inf=1.0, arrivals_per_hour=20, weekend_factor=0.3), days=6.99)
    weekend = sum(moment.now.weekday() >= 5 for moment in seen)
    work, rest = 5 * 24, 0.3 * (1.99 * 24)

    assert weekend in exact.binomial(len(seen), rest / (work + rest))


@pytest.mark.parametrize("day", range(14))
def test_weekends_are_saturdays_and_sundays(day: int) -> None:
    at = micros(MONDAY) + day * DAY

    assert is_weekend(at) == ((day % 7) >= 5)
    assert is_weekend(at + DAY - 1) == is_weekend(at)


def test_groups_differ_in_attractiveness_by_a_gamma_distribution_of_mean_one() -> None:
    arrivals = Arrivals(Population(attractiveness=0.48), Draws(3))
    groups = [arrivals.attractiveness(f"group {n}") for n in range(4000)]

    assert sum(groups) / 4000 == pytest.approx(1.0, abs=5 / math.sqrt(0.48 * 4000))
    assert Arrivals(Population(), Draws(3)).attractiveness("any") == 1.0


def test_nobody_comes_where_nobody_shall() -> None:
    assert look(Population(arrivals_per_hour=0), days=1) == []


def test_arrivals_at_one_group_are_not_shifted_by_another_group_or_population() -> None:
    def first(groups: int, others: bool) -> list[datetime]:
        policy = OnlyLooks()
        with simulate(start=MONDAY) as sim:
            sim.populate(Population(policy=policy))
            if others:
                sim.populate(Population(name="others", policy=OnlyLooks()))
                sim.worker()
            ids = [post(sim, f"Group {number}") for number in range(groups)]
            group = sim.client.get_hit(HITId=ids[0])["HIT"]["HITTypeId"]
            sim.clock.advance(hours=3)
        return [moment.now for moment in policy.seen if moment.offer.group == group]

    alone = [when.replace(microsecond=0) for when in first(1, others=False)]
    assert len(alone) > 50
    assert alone == [when.replace(microsecond=0) for when in first(3, others=True)]
