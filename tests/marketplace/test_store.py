"""The store: HITs by number, and who is told what comes on the market."""

import pytest
from helpers import api, expire, hand_in, post

from mturk_sim import Simulation


def test_hits_are_numbered_in_the_order_of_their_making(mturk: Simulation) -> None:
    store = mturk.world.store
    made = [post(mturk) for _ in range(3)]
    assert [store.numbered(number).id for number in range(3)] == made
    assert store.next_number == 3
    expire(mturk, made[1])
    api(mturk).delete_hit(HITId=made[1])
    mturk.clock.advance(days=2)
    assert made[1] not in store.hits
    assert (store.numbered(2).id, store.next_number) == (made[2], 3)


@pytest.mark.rule("HIT-28", "HIT-29")
def test_what_comes_on_the_market_is_told_and_nothing_else(mturk: Simulation) -> None:
    told: list[str] = []
    mturk.world.store.on_market.append(lambda hit: told.append(hit.id))
    hit_id = post(mturk)
    assert told == [hit_id]
    later = api(mturk).get_hit(HITId=hit_id)["HIT"]["Expiration"]
    api(mturk).update_expiration_for_hit(HITId=hit_id, ExpireAt=later.replace(year=later.year + 1))
    assert told == [hit_id]
    mturk.worker().accept(hit_id).return_()
    assert told == [hit_id] * 2
    hand_in(mturk, hit_id)
    api(mturk).create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    assert told == [hit_id] * 3


@pytest.mark.rule("HIT-36", "HIT-55")
def test_a_hit_that_is_gone_leaves_nothing_behind(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=3)
    mturk.worker().accept(hit_id).return_()
    work = hand_in(mturk, hit_id, 2)
    for assignment_id in work:
        worker_id = api(mturk).get_assignment(AssignmentId=assignment_id)["Assignment"]["WorkerId"]
        api(mturk).send_bonus(WorkerId=worker_id, AssignmentId=assignment_id, BonusAmount="1", Reason="x")
        api(mturk).approve_assignment(AssignmentId=assignment_id)
    expire(mturk, hit_id)
    api(mturk).delete_hit(HITId=hit_id)
    mturk.clock.advance(days=2)
    store = mturk.world.store
    assert not any((store.hits, store.assignments, store.bonuses, store.market, store.listed["default"]))
    assert not any(worker.worked for worker in store.workers.values())
    assert not any(store.reviewable("default", status, None) for status in ("Reviewable", "Reviewing"))
