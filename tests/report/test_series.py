"""Numbers over time end with the totals."""

from datetime import timedelta

from groups import post

from mturk_sim import simulate
from mturk_sim.report import Campaign, campaign_of, series


def test_states_over_time_add_up_to_the_hits_and_end_as_they_are(campaign: Campaign) -> None:
    data = series.hit_states(campaign)
    sums = [sum(numbers) for numbers in zip(*data.lines.values(), strict=True)]

    assert set(sums[1:]) == {2}
    assert {state: line[-1] for state, line in data.lines.items() if line[-1]} == campaign.hits_by_state()
    assert data.times[0] >= campaign.end - timedelta(days=1)


def test_work_and_money_over_time_end_with_the_totals(campaign: Campaign) -> None:
    work, money = series.work(campaign), series.money(campaign)

    assert {name: line[-1] for name, line in work.lines.items()} == {
        "accepted": 5,
        "submitted": 2,
        "approved": 1,
        "rejected": 1,
        "returned": 1,
        "abandoned": 1,
    }
    assert {name: round(line[-1], 2) for name, line in money.lines.items()} == {
        "rewards": 0.05,
        "bonuses": 0.30,
        "fees": 0.07,
    }
    assert all(line == sorted(line) for line in [*work.lines.values(), *money.lines.values()])


def test_nothing_happens_after_the_picture_ends() -> None:
    with simulate() as sim:
        post(sim, LifetimeInSeconds=3600)
        sim.clock.advance(days=9)
        last = series.hit_states(campaign_of(sim)).times[-1]

    assert timedelta(hours=1) < last - (sim.clock.now - timedelta(days=9)) < timedelta(hours=2)
