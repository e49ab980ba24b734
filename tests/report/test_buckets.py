"""Stretches of time hold every event once."""

from datetime import timedelta
from itertools import pairwise

import pytest

from mturk_sim import simulate
from mturk_sim.core.clock import DAY, HOUR, MINUTE
from mturk_sim.report import Campaign, campaign_of
from mturk_sim.report.buckets import buckets


@pytest.mark.parametrize(
    ("length", "width", "count"),
    [
        (timedelta(minutes=20), MINUTE, 20),
        (timedelta(hours=4), 10 * MINUTE, 24),
        (timedelta(hours=5), 30 * MINUTE, 10),
        (timedelta(days=1), HOUR, 24),
        (timedelta(days=30), 7 * DAY, 5),
        (timedelta(), None, 1),
    ],
)
def test_stretches_are_as_long_as_makes_two_dozen_of_them_at_most(
    length: timedelta, width: int | None, count: int
) -> None:
    with simulate() as sim:
        start = sim.clock.now
        sim.clock.advance(length)
        found = buckets(campaign_of(sim, start))

    assert len(found) == count
    assert found[0].at == start
    assert {b.start - a.start for a, b in pairwise(found)} <= {width}


def test_stretches_hold_every_event_once_and_count_on(campaign: Campaign) -> None:
    found = buckets(campaign)

    assert sum(sum(each.counts.values()) for each in found) == len(campaign.events)
    assert found[-1].submitted == 2
