"""What a worker of a population does: take, work, queue, return, forget, stay."""

import math
from datetime import UTC, datetime
from statistics import NormalDist
from typing import Any

import attrs
import exact
import pytest

from mturk_sim.core.draws import Draws
from mturk_sim.workers import Accept, Leave, Luck, Moment, Offer, Plan, Population, Profile, Return, Submit, Wait
from mturk_sim.workers.habits import Habits

NOW = datetime(2026, 1, 5, tzinfo=UTC)
WORKER = Profile("A1", "US", "careful", 0.9, 0.0)
OFFER = Offer("group", "A task", 10, 10**6, 1, NOW, 5)
MANY = 3000


def moment(n: int = 0, **changes: Any) -> Moment:
    start = Moment(NOW, WORKER, OFFER, Luck(Draws(11), ("visit", n)), 0, 0, None, None)
    return attrs.evolve(start, **changes)


def plans(population: Population, **changes: object) -> list[Plan]:
    habits = Habits(population)
    return [habits.plan(moment(n, **changes)) for n in range(MANY)]


def seconds(plan: Plan) -> int:
    return sum(step.seconds for step in plan if isinstance(step, Wait))


ALWAYS = Population(acceptance=1.0, p_return=0.0, p_abandon=0.0, p_queue=0.0, expected_seconds=600.0)


@pytest.mark.parametrize(
    ("wage", "share"),
    [(0.10, 0.0786), (0.50, 0.2921), (1.00, 0.4311), (1.38, 0.5), (2.00, 0.5793), (4.80, 0.7491), (12.00, 0.8781)],
)
def test_the_pay_by_the_hour_decides_who_takes_a_hit(wage: float, share: float) -> None:
    """A log-normal reservation wage: median 1.38 dollars, elasticity 0.43 there."""
    habits = Habits(Population(expected_seconds=3600.0))
    offer = attrs.evolve(OFFER, reward=round(wage * 100))
    normal = NormalDist()
    took = 0
    for n in range(MANY):
        reservation = 1.38 * math.exp(1.8555 * normal.inv_cdf((n + 0.5) / MANY))
        worker = attrs.evolve(WORKER, reservation_wage=reservation)
        took += bool(habits.plan(moment(n, worker=worker, offer=offer)))

    assert took / MANY == pytest.approx(share, abs=0.001)


def test_a_hit_takes_as_long_as_its_questions_unless_it_is_told() -> None:
    offer = attrs.evolve(OFFER, questions=4)

    assert Habits(Population()).seconds(offer) == pytest.approx(41.2)
    assert Habits(Population(expected_seconds=600)).seconds(offer) == 600


@pytest.mark.parametrize("share", [0.0, 0.0455, 1.0])
def test_acceptance_can_be_set_whatever_the_pay(share: float) -> None:
    took = sum(bool(plan) for plan in plans(attrs.evolve(ALWAYS, acceptance=share)))

    assert took in exact.binomial(MANY, share)


@pytest.mark.parametrize(("multiple", "share"), [(2, 0.121), (3, 0.032), (5, 0.0033)])
def test_work_times_are_log_normal(multiple: int, share: float) -> None:
    longer = sum(seconds(plan) > multiple * 600 for plan in plans(ALWAYS))

    assert longer in exact.binomial(MANY, share)


def test_some_assignments_are_held_before_work_begins_as_long_as_the_logs_say() -> None:
    """Of elapsed by active time the logs have quantiles 1.05, 2.38, 5.57 at .5, .75, .9; 28 % lie above 2."""
    queued = plans(attrs.evolve(ALWAYS, p_queue=0.45))
    ratios = [seconds(plan) / seconds(other) for plan, other in zip(queued, plans(ALWAYS), strict=True)]

    assert sum(ratio > 1.0 for ratio in ratios) in exact.binomial(MANY, 0.45)
    assert sum(ratio > 2.0 for ratio in ratios) / MANY == pytest.approx(0.28, abs=0.04)
    assert sum(ratio > 5.57 for ratio in ratios) / MANY == pytest.approx(0.10, abs=0.03)


def test_accepted_assignments_are_returned_forgotten_or_handed_in_in_their_shares() -> None:
    made = plans(Population(acceptance=1.0))
    returned = sum(Return() in plan for plan in made)
    forgotten = sum(tuple(plan) == (Accept(), Leave()) for plan in made)
    submitted = sum(Submit() in plan for plan in made)

    assert returned + forgotten + submitted == MANY
    assert returned in exact.binomial(MANY, 0.05)
    assert forgotten in exact.binomial(MANY, 0.08)
    assert submitted in exact.binomial(MANY, 0.87)


def test_whoever_needs_longer_than_is_allowed_forgets_it_and_nobody_hands_in_late() -> None:
    offer = attrs.evolve(OFFER, assignment_seconds=600)
    made = plans(attrs.evolve(ALWAYS, p_queue=0.45), offer=offer)

    assert sum(tuple(plan) == (Accept(), Leave()) for plan in made) in exact.binomial(MANY, 0.5)
    assert max(seconds(plan) for plan in made) < 600


@pytest.mark.parametrize("done", [1, 2, 10, 100])
def test_staying_for_another_one_has_the_chance_of_the_beta_geometric_distribution(done: int) -> None:
    """P(more than n) = B(a + n, b) / B(a, b): of those who did n - 1 this part goes on."""

    def log_beta(a: float, b: float) -> float:
        return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

    share = math.exp(log_beta(18.6 + done, 0.96) - log_beta(18.6 + done - 1, 0.96))
    stayed = sum(bool(plan) for plan in plans(ALWAYS, done=done))

    assert stayed in exact.binomial(MANY, share)


def test_one_in_twenty_stops_after_the_first() -> None:
    a, b = Population().stay

    assert b / (a + b) == pytest.approx(0.049, abs=0.0005)


def test_whoever_is_refused_goes() -> None:
    assert plans(ALWAYS, refused="unqualified") == [()] * MANY
