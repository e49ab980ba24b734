"""What holds at every moment, whatever requesters and workers do in whatever order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from helpers import api, post
from hypothesis import given, settings
from hypothesis import strategies as st
from questions import HIT as REQUEST

from mturk_sim import Simulation, WorkerRefused, simulate
from mturk_sim.core.tables import Arrow
from mturk_sim.marketplace.ledger import FEES, OUTSIDE
from mturk_sim.marketplace.lifecycles import ASSIGNMENT_LIFE, HIT_LIFE
from mturk_sim.marketplace.money import liability
from mturk_sim.marketplace.records import HIT, Assignment
from mturk_sim.marketplace.state import State
from mturk_sim.marketplace.world import World

WORKERS = [f"AWORKER{number}" for number in range(3)]
Draw = Callable[[st.SearchStrategy[Any]], Any]
TRANSITIONS = {table.name: {(row.source, row.target) for row in table.rows()} for table in (HIT_LIFE, ASSIGNMENT_LIFE)}


# --- what may happen ---------------------------------------------------------------------------------------------
def create(sim: Simulation, draw: Draw) -> None:
    members = {
        "MaxAssignments": draw(st.sampled_from([1, 2, 3, 10])),
        "LifetimeInSeconds": draw(st.sampled_from([30, 600, 86400])),
        "AssignmentDurationInSeconds": draw(st.sampled_from([60, 7200])),
        "AutoApprovalDelayInSeconds": draw(st.sampled_from([0, 30, 86400, 2592000])),
        "Reward": draw(st.sampled_from(["0.01", "0.13", "2.50"])),
    }
    api(sim).create_hit(**REQUEST | members)


def accept(sim: Simulation, draw: Draw) -> None:
    found = sim.worker(draw(st.sampled_from(WORKERS))).search()
    if found:
        sim.worker(draw(st.sampled_from(WORKERS))).accept(draw(st.sampled_from(found)).id)


def end_work(sim: Simulation, draw: Draw) -> None:
    held = [each for each in sim.assignments() if each.status == "Accepted"]
    if held:
        work = draw(st.sampled_from(held))
        if draw(st.booleans()):
            sim.worker(work.worker_id).submit(work.id, {"label": "cat"})
        else:
            sim.worker(work.worker_id).return_(work.id)


def review(sim: Simulation, draw: Draw) -> None:
    work = sim.assignments()
    if work:
        assignment_id = draw(st.sampled_from(work)).id
        how = draw(st.sampled_from(["approve", "override", "reject"]))
        if how == "reject":
            api(sim).reject_assignment(AssignmentId=assignment_id, RequesterFeedback="no")
        else:
            api(sim).approve_assignment(AssignmentId=assignment_id, OverrideRejection=how == "override")


def bonus(sim: Simulation, draw: Draw) -> None:
    work = sim.assignments()
    if work:
        paid = draw(st.sampled_from(work))
        amount = draw(st.sampled_from(["0.01", "0.13", "7"]))
        api(sim).send_bonus(WorkerId=paid.worker_id, AssignmentId=paid.id, BonusAmount=amount, Reason="x")


def change_hit(sim: Simulation, draw: Draw) -> None:
    hits = sim.hits()
    if not hits:
        return
    client, hit_id = api(sim), draw(st.sampled_from(hits)).id
    how = draw(st.sampled_from(["expire", "extend", "more", "review", "revert", "delete", "type"]))
    if how == "expire":
        client.update_expiration_for_hit(HITId=hit_id, ExpireAt=0)
    elif how == "extend":
        client.update_expiration_for_hit(HITId=hit_id, ExpireAt=sim.clock.now + timedelta(days=draw(st.integers(1, 3))))
    elif how == "more":
        more = draw(st.sampled_from([1, 8]))
        client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=more)
    elif how == "delete":
        client.delete_hit(HITId=hit_id)
    elif how == "type":
        members = {"Title": "New", "Description": "D", "Reward": draw(st.sampled_from(["0.01", "3"]))}
        hit_type_id = client.create_hit_type(**members, AssignmentDurationInSeconds=60)["HITTypeId"]
        client.update_hit_type_of_hit(HITId=hit_id, HITTypeId=hit_type_id)
    else:
        client.update_hit_review_status(HITId=hit_id, Revert=how == "revert")


def wait(sim: Simulation, draw: Draw) -> None:
    sim.clock.advance(seconds=draw(st.sampled_from([0.4, 29, 61, 7200, 86400, 31 * 86400, 121 * 86400])))


STEPS = [create, accept, accept, accept, end_work, end_work, review, review, bonus, change_hit, change_hit, wait]


# --- what must hold ----------------------------------------------------------------------------------------------
def counters_add_up(world: World) -> None:
    """Each slot of a HIT is in exactly one counter, and there are never more than there are slots."""
    work: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for assignment in world.store.assignments.values():
        work[assignment.hit_id][assignment.status] += 1
    for hit in world.store.hits.values():
        if hit.status != "Disposed":
            states = work[hit.id]
            counted = (hit.pending, hit.submitted, hit.approved, hit.rejected)
            assert counted == tuple(states[name] for name in ("Accepted", "Submitted", "Approved", "Rejected"))
            assert hit.taken == sum(counted)
            assert 0 <= hit.available == hit.max_assignments - hit.taken
            assert len(hit.submissions or ()) == sum(counted[1:])
            assert len(hit.free_ids or ()) == states["Returned"] + states["Abandoned"]


def everything_has_settled(world: World) -> None:
    for hit in world.store.hits.values():
        assert hit.status in HIT_LIFE.states
        assert HIT_LIFE.settling(world, hit) is None
    assert {each.status for each in world.store.assignments.values()} <= set(ASSIGNMENT_LIFE.states)


def lists_hold_what_they_should(world: World) -> None:
    hits = list(world.store.hits.values())
    assert list(world.store.market) == [hit.number for hit in hits if hit.status == "Assignable"]
    assert list(world.store.listed["default"]) == [hit.number for hit in hits if hit.status != "Disposed"]
    for status in ("Reviewable", "Reviewing"):
        there = [hit for hit in hits if hit.status == status]
        for hit_type_id in (None, *world.store.hit_types):
            of_type = [hit for hit in there if hit_type_id in (None, hit.type_id)]
            places = sorted((-hit.expiration, -hit.number) for hit in of_type)
            assert list(world.store.reviewable("default", status, hit_type_id)) == places


def money_balances(world: World) -> None:
    books = world.books
    assert sum(books.accounts.values()) == 0
    replayed: Counter[str] = Counter()
    for entries in books.journal:
        for entry in entries:
            assert entry.cents > 0
            replayed[entry.source] -= entry.cents
            replayed[entry.target] += entry.cents
    assert {name: cents for name, cents in replayed.items() if cents} == {
        name: cents for name, cents in books.accounts.items() if cents
    }
    assert all(cents >= 0 for name, cents in books.accounts.items() if name != OUTSIDE)
    fees = sum(entry.cents for entries in books.journal for entry in entries if entry.target == FEES)
    assert fees == books.accounts.get(FEES, 0)


def what_is_held_is_what_may_be_owed(world: World) -> None:
    owed = {hit.id: cents for hit in world.store.hits.values() if (cents := liability(world, hit))}
    if world.sandbox:
        owed = {}
    assert world.books.liabilities == owed
    assert world.books.holds.get("default", {}) == owed
    assert world.books.accounts.get("held:default", 0) == sum(owed.values())


def workers_are_counted(world: World) -> None:
    work: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fact in world.journal:
        work[str(fact.worker_id)][fact.kind] += 1
    for worker in world.store.workers.values():
        facts = work[worker.id]
        assert worker.accepted == facts["AssignmentAccepted"]
        assert worker.submitted == facts["AssignmentSubmitted"]
        assert worker.returned == facts["AssignmentReturned"]
        assert worker.abandoned == facts["AssignmentAbandoned"]
        assert worker.approved == facts["AssignmentApproved"]
        assert 0 <= worker.rejected <= facts["AssignmentRejected"]


INVARIANTS = [
    counters_add_up,
    everything_has_settled,
    lists_hold_what_they_should,
    money_balances,
    what_is_held_is_what_may_be_owed,
    workers_are_counted,
]


@contextmanager
def moves_watched(world: World) -> Iterator[None]:
    """See to it that every change of a state is one that a row allows."""
    move_hit_on, take_on = world.store.move_hit, world.take

    def move_hit(hit: HIT, status: str) -> None:
        assert (hit.status, status) in TRANSITIONS["HIT"]
        move_hit_on(hit, status)

    def take(assignment: Assignment, arrow: Arrow[State, Assignment], detail: dict[str, Any] | None = None) -> None:
        assert (assignment.status, arrow.target) in TRANSITIONS["assignment"]
        take_on(assignment, arrow, detail)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.store, "move_hit", move_hit)
        patch.setattr(world, "take", take)
        yield


@pytest.mark.rule("HIT-24", "HIT-31", "HIT-32", "PAY-08", "PAY-11", "C3", "C22", "C23")
@settings(max_examples=100)
@given(st.data(), st.booleans())
def test_it_holds_whatever_is_done(data: st.DataObject, sandbox: bool) -> None:
    with simulate(sandbox=sandbox, balance=None if sandbox else "40.00") as sim, moves_watched(sim.world):
        for worker_id in WORKERS:
            sim.worker(worker_id)
        for step in data.draw(st.lists(st.sampled_from(STEPS), min_size=5, max_size=40)):
            with suppress(ClientError, WorkerRefused):
                step(sim, data.draw)
            sim.world.settle()
            for invariant in INVARIANTS:
                invariant(sim.world)


def test_an_invariant_can_fail(mturk: Simulation) -> None:
    """Each of them notices what it is there for."""
    worker = mturk.worker(WORKERS[0])
    hit = mturk.world.store.hits[post(mturk, MaxAssignments=2)]
    worker.accept(hit.id)
    for invariant in INVARIANTS:
        invariant(mturk.world)
    hit.pending, hit.status = 0, "Reviewable"
    mturk.world.books.accounts["worker:A"] += 1
    mturk.world.books.liabilities["3ABC"] = 5
    worker.account.accepted += 1
    for invariant in INVARIANTS:
        with pytest.raises(AssertionError):
            invariant(mturk.world)
