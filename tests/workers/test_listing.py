"""The listing finds HITs that a worker can accept, and no others."""

from groups import post

from mturk_sim import simulate
from mturk_sim.core.draws import Draws
from mturk_sim.workers import Luck
from mturk_sim.workers.listing import Listing

LUCK = Luck(Draws(1), ("visit",))


def test_a_worker_is_given_each_hit_of_the_group_that_is_open_once() -> None:
    with simulate() as sim:
        ids = {post(sim) for _ in range(20)}
        listing, worker = Listing(sim.world.store), sim.worker()
        for each in sim.hits():
            listing.add(each)
        group = sim.hits()[0].type_id
        found = []
        for n in range(20):
            hit = listing.pick(group, worker.account, LUCK, n)
            assert hit is not None
            found.append(hit.id)
            worker.accept(hit.id)

        assert set(found) == ids
        assert found != [each.id for each in sim.hits()]
        assert listing.pick(group, worker.account, LUCK, 20) is None


def test_a_hit_that_left_the_market_is_struck_out_and_comes_back_once() -> None:
    with simulate() as sim:
        hit_id = post(sim)
        listing, (hit,) = Listing(sim.world.store), sim.hits()
        listing.add(hit)
        listing.add(hit)
        handle = sim.worker().accept(hit_id)

        assert listing.size(hit.type_id) == 1
        assert listing.newest(hit.type_id) is None
        assert listing.size(hit.type_id) == 0

        handle.return_()
        listing.add(hit)
        assert listing.newest(hit.type_id) is hit


def test_groups_that_nobody_posted_to_are_empty() -> None:
    with simulate() as sim:
        assert Listing(sim.world.store).newest("3NOGROUP") is None
        assert Listing(sim.world.store).pick("3NOGROUP", sim.worker().account, LUCK, 0) is None


def test_a_hit_that_changes_its_type_changes_its_group() -> None:
    with simulate() as sim:
        post(sim)
        listing, (hit,) = Listing(sim.world.store), sim.hits()
        listing.add(hit)
        before = hit.type_id
        other = sim.client.create_hit_type(
            Title="Other", Description="Other", Reward="0.10", AssignmentDurationInSeconds=60
        )["HITTypeId"]
        sim.client.update_hit_type_of_hit(HITId=hit.id, HITTypeId=other)
        listing.add(hit)

        assert listing.newest(before) is None
        assert listing.newest(other) is hit
