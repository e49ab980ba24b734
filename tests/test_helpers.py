"""The digest sees every kind of change, and nothing but changes."""

from collections.abc import Callable
from typing import Any

import pytest
from helpers import digest, expire, hand_in, post, refused

from mturk_sim import Simulation


def test_reading_changes_nothing(mturk: Simulation) -> None:
    hit_id = post(mturk)
    before = digest(mturk)
    mturk.client.get_hit(HITId=hit_id)
    mturk.client.list_hits()
    mturk.client.list_reviewable_hits()
    mturk.client.list_assignments_for_hit(HITId=hit_id)
    mturk.client.list_bonus_payments(HITId=hit_id)
    mturk.client.get_account_balance()
    assert digest(mturk) == before


def test_every_act_shows(mturk: Simulation) -> None:
    seen = [digest(mturk)]
    hit_id = post(mturk)
    seen.append(digest(mturk))
    handle = mturk.worker().accept(hit_id)
    seen.append(digest(mturk))
    handle.return_()
    seen.append(digest(mturk))
    (assignment_id,) = hand_in(mturk, hit_id)
    seen.append(digest(mturk))
    mturk.client.approve_assignment(AssignmentId=assignment_id)
    seen.append(digest(mturk))
    expire(mturk, hit_id)
    seen.append(digest(mturk))
    mturk.client.delete_hit(HITId=hit_id)
    seen.append(digest(mturk))
    mturk.clock.advance(days=2)
    seen.append(digest(mturk))
    assert all(a != b for n, a in enumerate(seen) for b in seen[:n])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda world: world.ids.entity("hit"),
        lambda world: world.timers.set(world.clock.micros + 1, "hit:expire", "X"),
        lambda world: world.tell("HITCreated", None, None, None),
        lambda world: world.books.set_available(world.clock.micros, "default", 5),
        lambda world: setattr(next(iter(world.store.hits.values())), "annotation", "x"),
    ],
    ids=["an id", "a timer", "a fact", "money", "a member"],
)
def test_a_change_beside_the_records_is_seen(mturk: Simulation, spoil: Callable[[Any], object]) -> None:
    post(mturk)
    before = digest(mturk)
    spoil(mturk.world)
    assert digest(mturk) != before


def test_a_refused_request_that_changes_something_is_found_out(mturk: Simulation) -> None:
    def call() -> None:
        post(mturk)
        mturk.client.get_hit(HITId="3NOSUCH")

    with pytest.raises(AssertionError, match="changed something"):
        refused(mturk, call)
