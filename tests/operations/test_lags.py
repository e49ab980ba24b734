"""Lags: nothing takes time to be seen unless the user says so, and then it passes on the virtual clock."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from helpers import post
from questions import HIT

from mturk_sim import Behavior, Simulation, simulate

LAG = timedelta(seconds=15)


@pytest.fixture
def slow() -> Iterator[Simulation]:
    with simulate(behavior=Behavior(listing_lag=LAG, extension_lag=LAG)) as sim:
        yield sim


def listed(sim: Simulation) -> list[str]:
    pages = sim.client.get_paginator("list_hits").paginate(PaginationConfig={"PageSize": 2})
    return [hit["HITId"] for page in pages for hit in page["HITs"]]


@pytest.mark.rule("LST-15", "C10")
def test_a_new_hit_is_listed_when_the_lag_is_over_and_found_at_once(slow: Simulation) -> None:
    old = [post(slow), post(slow), post(slow)]
    assert listed(slow) == []
    slow.clock.advance(LAG)
    new = post(slow)

    assert listed(slow) == old[::-1]
    assert slow.client.get_hit(HITId=new)["HIT"]["HITId"] == new
    slow.clock.advance(LAG)
    assert listed(slow) == [new, *old[::-1]]


def extend(sim: Simulation, hit_id: str) -> None:
    sim.client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)


def prolong(sim: Simulation, hit_id: str) -> None:
    sim.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=sim.clock.now + timedelta(days=10))


def change_type(sim: Simulation, hit_id: str) -> None:
    members: Any = {name: HIT[name] for name in ("Title", "Description", "Reward", "AssignmentDurationInSeconds")}
    type_id = sim.client.create_hit_type(**members | {"Title": "Another"})["HITTypeId"]
    sim.client.update_hit_type_of_hit(HITId=hit_id, HITTypeId=type_id)


CHANGES = pytest.mark.parametrize("change", [extend, prolong, change_type])


@pytest.mark.rule("HIT-23c", "C10")
@CHANGES
def test_a_new_hit_can_be_changed_when_the_lag_is_over(
    slow: Simulation, change: Callable[[Simulation, str], None]
) -> None:
    hit_id = post(slow)
    told = rf": Hit {hit_id} is too new to be changed\. Please try again later\. \(\d+ s\)$"
    with pytest.raises(slow.client.exceptions.RequestError, match=told) as caught:
        change(slow, hit_id)
    assert caught.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidHITState"
    slow.clock.advance(LAG)

    change(slow, hit_id)


@pytest.mark.rule("HIT-23c")
def test_a_new_hit_can_always_be_expired(slow: Simulation) -> None:
    hit_id = post(slow)
    slow.client.update_expiration_for_hit(HITId=hit_id, ExpireAt="2015-01-01")

    assert slow.client.get_hit(HITId=hit_id)["HIT"]["HITStatus"] == "Reviewable"


@pytest.mark.rule("C10")
@CHANGES
def test_there_is_no_lag_unless_it_is_set(mturk: Simulation, change: Callable[[Simulation, str], None]) -> None:
    hit_id = post(mturk)
    change(mturk, hit_id)

    assert listed(mturk) == [hit_id]
