"""The world: time rings each timer at its own instant, in order, and only then is anything read or written."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from helpers import api, counters, digest, hand_in, post

from mturk_sim import ClockMovedBackwards, Simulation, simulate


@pytest.mark.rule("ASN-06", "HIT-24", "HIT-35")
def test_a_long_jump_lets_everything_happen_at_its_own_time(mturk: Simulation) -> None:
    start = mturk.clock.now
    hit_id = post(mturk, LifetimeInSeconds=86400, MaxAssignments=2)
    hand_in(mturk, hit_id)
    mturk.worker().accept(hit_id)
    mturk.clock.advance(days=200)

    told = [(fact.kind, (fact.at - start) // timedelta(seconds=1)) for fact in mturk.journal]
    day = 86400
    assert told[-6:] == [
        ("AssignmentAbandoned", 600),
        ("HITAssignable", 600),
        ("HITExpired", day),
        ("HITReviewable", day),
        ("AssignmentApproved", 30 * day),
        ("HITDisposed", 150 * day),
    ]


def test_what_is_due_at_one_instant_happens_in_the_order_it_was_planned(mturk: Simulation) -> None:
    order: list[int] = []
    when = mturk.clock.now + timedelta(hours=1)
    for number in range(5):
        mturk.at(when, partial(order.append, number))
    mturk.at(when - timedelta(seconds=1), lambda: order.append(-1))
    mturk.clock.advance(hours=2)
    assert order == [-1, 0, 1, 2, 3, 4]


def test_an_action_sees_the_marketplace_as_it_is_at_its_instant(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=60)
    seen: list[Any] = []
    for seconds in (59, 61):
        mturk.at(mturk.clock.now + timedelta(seconds=seconds), lambda: seen.append(counters(mturk, hit_id)[0]))
    mturk.clock.advance(minutes=10)
    assert seen == ["Assignable", "Reviewable"]


def test_an_action_that_plans_for_now_is_heard_now(mturk: Simulation) -> None:
    heard: list[datetime] = []

    def first() -> None:
        mturk.at(mturk.clock.now, lambda: heard.append(mturk.clock.now))

    when = mturk.clock.now + timedelta(hours=1)
    mturk.at(when, first)
    mturk.clock.advance(hours=1)
    assert heard == [when]


def test_time_goes_forward_only(mturk: Simulation) -> None:
    mturk.clock.advance(hours=1)
    for back in (
        lambda: mturk.clock.advance(hours=-1),
        lambda: mturk.clock.advance_to(datetime(2026, 1, 5, 9, tzinfo=UTC)),
        lambda: mturk.at(datetime(2026, 1, 5, 9, tzinfo=UTC), lambda: None),
        lambda: mturk.world.run_until(0),
    ):
        before = digest(mturk)
        with pytest.raises(ClockMovedBackwards, match="cannot go back"):
            back()
        assert digest(mturk) == before


def test_an_action_cannot_move_the_clock_itself(mturk: Simulation) -> None:
    mturk.at(mturk.clock.now + timedelta(hours=1), lambda: mturk.clock.advance(hours=1))
    with pytest.raises(RuntimeError, match="time is moving already"):
        mturk.clock.advance(hours=2)
    mturk.clock.advance(hours=2)


def test_an_action_may_ask_for_the_present_that_it_is_in(mturk: Simulation) -> None:
    when, seen = mturk.clock.now + timedelta(hours=1), []
    mturk.at(when, lambda: seen.append(mturk.clock.advance_to(when)))
    mturk.at(when, lambda: seen.append(mturk.clock.advance(seconds=0)))
    mturk.clock.advance(hours=2)
    assert seen == [when, when]


def test_after_an_action_that_failed_time_goes_on(mturk: Simulation) -> None:
    def fail() -> None:
        raise LookupError("on purpose")

    mturk.at(mturk.clock.now + timedelta(hours=1), fail)
    with pytest.raises(LookupError, match="on purpose"):
        mturk.clock.advance(hours=2)
    hit_id = post(mturk, LifetimeInSeconds=60)
    mturk.clock.advance(hours=2)
    assert counters(mturk, hit_id)[0] == "Reviewable"


@pytest.mark.rule("HIT-07")
def test_records_hold_whole_seconds() -> None:
    with simulate(start=datetime(2026, 1, 5, 9, 0, 0, 999_999, tzinfo=UTC)) as sim:
        (assignment_id,) = hand_in(sim, post(sim))
        hit = api(sim).list_hits()["HITs"][0]
        assignment = api(sim).get_assignment(AssignmentId=assignment_id)["Assignment"]
        times = [hit["CreationTime"], hit["Expiration"], assignment["AcceptTime"], assignment["AutoApprovalTime"]]
        assert {when.microsecond for when in times} == {0}
        assert hit["CreationTime"] == datetime(2026, 1, 5, 9, 0, 1, tzinfo=UTC)


def test_the_same_seed_and_acts_give_the_same_journal() -> None:
    def run(seed: int) -> str:
        with simulate(seed=seed) as sim:
            for assignment_id in hand_in(sim, post(sim, MaxAssignments=3), 2):
                api(sim).approve_assignment(AssignmentId=assignment_id)
            sim.clock.advance(days=40)
            return sim.journal.dump()

    assert run(3) == run(3)
    assert run(3) != run(4)
