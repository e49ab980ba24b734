"""A report tells what happened, of every HIT and every acceptance, also of what the service has forgotten."""

from datetime import timedelta
from decimal import Decimal

from mturk_sim import Simulation
from mturk_sim.report import Campaign, campaign_of


def test_hits_are_counted_by_state_deleted_ones_too(campaign: Campaign) -> None:
    assert campaign.hits_by_state() == {"Unassignable": 1, "Disposed": 1}
    first, second = campaign.hits.values()

    assert [state for _, state in first] == [
        "Assignable",
        "Unassignable",
        "Assignable",
        "Unassignable",
        "Assignable",
        "Unassignable",
        "Reviewable",
        "Disposed",
    ]
    assert [state for _, state in second] == ["Assignable", "Unassignable"]


def test_every_acceptance_is_told_apart_though_the_id_serves_again(campaign: Campaign) -> None:
    told = [(taking.worker_id, taking.outcome, taking.automatic) for taking in campaign.takings]

    assert told == [
        ("AFIRST", "Returned", False),
        ("ASECOND", "Abandoned", False),
        ("ATHIRD", "Rejected", False),
        ("ATHIRD", "Approved", True),
        ("AFIRST", "Accepted", False),
    ]
    assert len({taking.assignment_id for taking in campaign.takings[:3]}) == 1
    assert campaign.takings_by_outcome() == {
        "Accepted": 1,
        "Approved": 1,
        "Rejected": 1,
        "Returned": 1,
        "Abandoned": 1,
    }
    assert campaign.takings[1].ended == campaign.takings[1].accepted // 10**6 * 10**6 + 600 * 10**6


def test_money_is_told_by_kind(campaign: Campaign, sim: Simulation) -> None:
    money = campaign.money_by_kind()

    assert money == {
        "reward": Decimal("0.05"),
        "reward_fee": Decimal("0.01"),
        "bonus": Decimal("0.30"),
        "bonus_fee": Decimal("0.06"),
    }
    assert sum(money.values()) == Decimal("10") - sim.ledger.balance - sim.ledger.held


def test_work_is_told_by_worker_the_busiest_first(campaign: Campaign) -> None:
    assert campaign.work_by_worker() == {"ATHIRD": 2}


def test_a_campaign_begins_with_its_first_fact_or_when_it_is_told(sim: Simulation) -> None:
    earlier = sim.clock.now - timedelta(days=9)

    assert campaign_of(sim).start == next(iter(sim.journal)).micros
    assert campaign_of(sim, earlier).end - earlier == timedelta(days=9)
