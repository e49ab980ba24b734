"""Policies of an unusual mind, as a scenario names them."""

from datetime import timedelta

import pytest
from groups import post

from mturk_sim import Simulation
from mturk_sim.workers import Population
from mturk_sim.workers.policies import POLICIES


def come(sim: Simulation, policy: str) -> None:
    """Let a population of that policy come for half a day."""
    sim.populate(Population(arrivals_per_hour=20.0, v_inf=1.0, policy=POLICIES[policy]()))
    sim.clock.advance(hours=12)


def test_who_only_looks_comes_and_accepts_nothing(mturk: Simulation) -> None:
    post(mturk)
    come(mturk, "only_looks")

    assert sum(stream.arrived for stream in mturk.crowd.streams.values()) > 0
    assert mturk.journal.of("AssignmentAccepted") == []


@pytest.mark.parametrize("lifetime", [86_400, 300])
def test_who_returns_at_the_last_moment_does_so_in_the_last_second_but_one(mturk: Simulation, lifetime: int) -> None:
    hit_id = post(mturk, LifetimeInSeconds=lifetime, AssignmentDurationInSeconds=600)
    expiry = mturk.client.get_hit(HITId=hit_id)["HIT"]["Expiration"]
    come(mturk, "returns_at_the_last_moment")
    accepted, returned = mturk.journal.of("AssignmentAccepted"), mturk.journal.of("AssignmentReturned")

    assert returned
    for begin, end in zip(accepted, returned, strict=False):  # somebody may hold it still
        left = min(begin.at + timedelta(seconds=600), expiry) - end.at
        assert timedelta(seconds=1) <= left < timedelta(seconds=2)
