"""The people of a population: who they are, how often they come, and who replaces them."""

import math
from collections import Counter

import exact
import pytest

from mturk_sim.core.draws import Draws
from mturk_sim.workers import Ability, DayShape, Population
from mturk_sim.workers.pool import MONTH, Pool

US = {"US": DayShape(1.0)}


def pool(population: Population, seed: int = 7) -> Pool:
    return Pool(population, Draws(seed), since=0)


def test_half_of_the_workers_are_others_after_the_half_life() -> None:
    people = pool(Population(size=2000, day_shapes=US))
    first = [people.on_seat("US", seat, 0).worker_id for seat in range(2000)]
    later = [people.on_seat("US", seat, round(15 * MONTH)).worker_id for seat in range(2000)]
    last = [people.on_seat("US", seat, round(45 * MONTH)).worker_id for seat in range(2000)]

    assert sum(one == two for one, two in zip(first, later, strict=True)) in exact.binomial(2000, 0.5)
    assert sum(one == two for one, two in zip(first, last, strict=True)) in exact.binomial(2000, 0.125)
    assert set(first) & set(last) <= set(later)


def test_the_published_hazard_is_the_default() -> None:
    assert math.log(2) / Population().half_life_months == pytest.approx(0.0462, abs=1e-4)


@pytest.mark.parametrize(("above", "share"), [(250, 0.5), (500, 0.383), (1000, 0.277), (5000, 0.10)])
def test_workers_have_as_much_approved_work_behind_them_as_was_reported(above: int, share: float) -> None:
    people = pool(Population(size=3000, day_shapes=US))
    accounts = [people.account(people.on_seat("US", seat, 0)) for seat in range(3000)]

    assert sum(account.approved > above for account in accounts) in exact.binomial(3000, share)


def test_all_work_behind_them_was_handed_in_and_decided_and_little_of_it_rejected() -> None:
    people = pool(Population(size=3000, day_shapes=US))
    accounts = [people.account(people.on_seat("US", seat, 0)) for seat in range(3000)]
    rates = [account.approved / account.submitted for account in accounts if account.approved > 1000]

    assert all(a.submitted == a.accepted == a.approved + a.rejected for a in accounts)
    assert sum(rates) / len(rates) == pytest.approx(0.993, abs=5 * 0.012 / math.sqrt(len(rates)))


def test_kinds_of_workers_come_in_their_shares() -> None:
    people = pool(Population(size=4000, day_shapes=US))
    kinds = Counter(people.on_seat("US", seat, 0).ability for seat in range(4000))

    for ability in Population().abilities:
        assert kinds[ability.name] == pytest.approx(4000 * ability.share, abs=3)


def test_accuracy_is_a_number_or_beta_distributed_over_the_workers_of_a_kind() -> None:
    people = pool(Population(size=4000, day_shapes=US))
    workers = [people.on_seat("US", seat, 0) for seat in range(4000)]
    careful = [worker.accuracy for worker in workers if worker.ability == "careful"]

    assert {worker.accuracy for worker in workers if worker.ability == "sloppy"} == {0.65}
    assert {worker.accuracy for worker in workers if worker.ability == "random"} == {0.0}
    assert sum(careful) / len(careful) == pytest.approx(10.96 / 13.19, abs=0.01)


def test_reservation_wages_are_log_normal_with_the_published_median() -> None:
    people = pool(Population(size=4000, day_shapes=US))
    wages = [people.on_seat("US", seat, 0).reservation_wage for seat in range(4000)]

    assert sum(wage < 1.38 for wage in wages) in exact.binomial(4000, 0.5)
    assert sum(wage < 0.395 for wage in wages) in exact.binomial(4000, 0.25)
    assert sum(wage < 4.82 for wage in wages) in exact.binomial(4000, 0.75)


def test_some_come_much_more_often_than_others_and_spammers_more_often_still() -> None:
    kinds = (Ability(name="good", share=0.5, accuracy=0.9), Ability(name="bad", share=0.5, volume=3.0))
    people = pool(Population(size=4000, day_shapes=US, abilities=kinds))
    came = Counter(people.somebody("US", (n + 0.5) / 40_000, 0).worker_id for n in range(40_000))
    bad = sum(people.somebody("US", (n + 0.5) / 40_000, 0).ability == "bad" for n in range(40_000))

    busiest = sum(count for _, count in came.most_common(400))
    assert busiest / 40_000 == pytest.approx(1 - 0.5 * math.erfc((1.63 - 1.2816) / math.sqrt(2)), abs=0.08)
    assert bad / 40_000 == pytest.approx(0.75, abs=0.06)


def test_with_even_activity_everybody_comes_alike() -> None:
    people = pool(Population(size=100, day_shapes=US, activity_sigma=0, abilities=(Ability(name="a", share=1),)))
    came = Counter(people.somebody("US", (n + 0.5) / 1000, 0).worker_id for n in range(1000))

    assert set(came.values()) == {10}


def test_each_country_has_its_share_of_the_seats() -> None:
    people = pool(Population(size=50))
    us = {people.somebody("US", n / 1000, 0).worker_id for n in range(1000)}
    india = {people.somebody("IN", n / 1000, 0).worker_id for n in range(1000)}

    assert len(us) <= 40
    assert len(india) <= 10
    assert not us & india


def test_a_bigger_population_of_the_same_name_has_the_same_people_and_more() -> None:
    small, big = pool(Population(size=10, day_shapes=US)), pool(Population(size=20, day_shapes=US))

    assert [small.on_seat("US", n, 0) for n in range(10)] == [big.on_seat("US", n, 0) for n in range(10)]


def test_even_few_workers_have_the_kinds_they_should() -> None:
    kinds = (Ability(name="good", share=0.75), Ability(name="farm", share=0.25))
    for seed in range(10):
        people = pool(Population(size=60, day_shapes=US, abilities=kinds), seed)
        farm = sum(people.on_seat("US", seat, 0).ability == "farm" for seat in range(60))

        assert 14 <= farm <= 16
