"""A simulation on a clock that follows the test's time: what fell due happens at the next call, each at its instant."""

import gc
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import freezegun
import pytest
import time_machine
from helpers import post

from mturk_sim import ClockMovedBackwards, SystemClock, VirtualClock, simulate
from mturk_sim.core.clock import SECOND, micros

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_default_owns_its_time_whatever_the_test_has_frozen() -> None:
    with freezegun.freeze_time(START), simulate() as sim:
        assert type(sim.clock) is VirtualClock
        assert sim.clock.now == datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_call_after_three_days_sees_what_happened_in_them_each_at_its_own_time() -> None:
    with freezegun.freeze_time(START) as frozen, simulate(clock=frozen) as sim:
        hit_id = post(sim, AutoApprovalDelayInSeconds=86_400, LifetimeInSeconds=7200, MaxAssignments=2)
        sim.worker().accept(hit_id).submit({"a": "1"})
        frozen.tick(timedelta(days=3))
        work = sim.client.list_assignments_for_hit(HITId=hit_id)["Assignments"][0]

        assert work["AssignmentStatus"] == "Approved"
        assert work["ApprovalTime"] == START + DAY
        assert [(fact.kind, fact.at) for fact in sim.journal if fact.kind in ("HITExpired", "AssignmentApproved")] == [
            ("HITExpired", START + timedelta(hours=2)),
            ("AssignmentApproved", START + DAY),
        ]


def test_whatever_shows_the_state_catches_up_first() -> None:
    with freezegun.freeze_time(START) as frozen, simulate(clock=frozen, sandbox=False, balance=100) as sim:
        hit_id = post(sim, AutoApprovalDelayInSeconds=60)
        worker = sim.worker()
        work = worker.accept(hit_id).submit({"a": "1"})
        frozen.tick(timedelta(minutes=2))
        assert work.status == "Approved"
        frozen.tick(timedelta(days=30))

        assert sim.journal.of("HITExpired") or sim.hits()[0].status == "Reviewable"
        assert sim.ledger.paid_to(worker) > 0


@pytest.fixture
def _nobody_else_reads() -> Iterator[None]:
    """No log records, and no garbage collection, which Hypothesis, once imported, times: both read the clock."""
    logging.disable(logging.CRITICAL)
    gc.disable()
    yield
    gc.enable()
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("_nobody_else_reads")
@pytest.mark.parametrize("operation", ["list_hits", "get_account_balance"])
def test_each_call_reads_the_clock_once(operation: str) -> None:
    with freezegun.freeze_time(START, auto_tick_seconds=10) as frozen:
        with simulate(clock=SystemClock(frozen)) as sim:
            call = getattr(sim.client, operation)
            before = frozen()  # a reading of ours, and a step
            call()
            after = frozen()

        assert after - before == timedelta(seconds=20)


@pytest.mark.usefixtures("_nobody_else_reads")
def test_a_refused_call_reads_the_clock_once_too() -> None:
    with freezegun.freeze_time(START, auto_tick_seconds=10) as frozen, simulate(clock=frozen) as sim:
        with pytest.raises(sim.client.exceptions.RequestError):
            sim.client.get_hit(HITId="3" * 30)
        refused_at = sim.calls[-1].at

        assert sim.clock.now - refused_at == timedelta(seconds=10)


def test_calls_at_one_frozen_instant_are_at_one_instant() -> None:
    with freezegun.freeze_time(START), simulate(clock=SystemClock()) as sim:
        sim.client.list_hits()
        sim.client.list_hits()

        assert [call.at for call in sim.calls] == [START, START]


def test_time_that_moved_back_is_refused_and_changes_nothing() -> None:
    with freezegun.freeze_time(START) as frozen, simulate(clock=frozen) as sim:
        sim.client.list_hits()
        frozen.move_to(START - DAY)

        with pytest.raises(ClockMovedBackwards, match=r"2026-03-01T12.*2026-02-28T12"):
            sim.client.list_hits()
        frozen.move_to(START)
        assert sim.client.list_hits()["NumResults"] == 0


def test_advancing_it_moves_the_tests_time_and_the_marketplace() -> None:
    with time_machine.travel(START, tick=False) as traveller, simulate(clock=traveller) as sim:
        hit_id = post(sim, LifetimeInSeconds=3600)
        sim.clock.advance(hours=1)

        assert datetime.now(UTC) == START + timedelta(hours=1)
        assert sim.client.get_hit(HITId=hit_id)["HIT"]["HITStatus"] == "Reviewable"


def test_running_until_nothing_is_planned_moves_the_tests_time() -> None:
    with freezegun.freeze_time(START) as frozen, simulate(clock=frozen) as sim:
        post(sim, LifetimeInSeconds=3600)
        frozen.tick(timedelta(minutes=5))
        sim.run()

        assert datetime.now(UTC) == sim.clock.now > START + timedelta(days=100)


def test_frozen_instants_may_be_parameters() -> None:
    with freezegun.freeze_time(START) as frozen, simulate(clock=frozen) as sim:
        hit_id = post(sim)
        until = datetime.now(UTC) + timedelta(days=10)
        sim.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=until)

        assert sim.world.store.hits[hit_id].expiration == micros(START + timedelta(days=10))
        assert type(sim.world.store.hits[hit_id].expiration) is int


def test_work_planned_by_the_test_may_call_the_service_at_its_instant() -> None:
    with freezegun.freeze_time(START) as frozen, simulate(clock=frozen) as sim:
        sim.at(START + timedelta(hours=1), lambda: post(sim))
        frozen.tick(timedelta(days=1))

        assert [hit.created for hit in sim.hits()] == [micros(START + timedelta(hours=1))]


def test_planned_work_may_call_the_service_in_virtual_time_too() -> None:
    with simulate() as sim:
        sim.at(sim.clock.now + timedelta(hours=1), lambda: [post(sim), post(sim)])
        sim.clock.advance(days=1)

        assert [hit.created // SECOND * SECOND for hit in sim.hits()] == [
            micros(datetime(2026, 1, 5, 10, tzinfo=UTC))
        ] * 2


def test_what_cannot_be_a_clock_is_refused() -> None:
    with pytest.raises(TypeError, match="move_to"):
        simulate(clock=START)


def test_answers_can_be_written_out_while_frozen() -> None:
    with freezegun.freeze_time(START) as frozen, simulate(clock=frozen, wire=True) as sim:
        post(sim)
        answer = sim.client.list_hits()["HITs"][0]["CreationTime"]

        assert datetime.fromisoformat(json.loads(json.dumps(answer.isoformat()))) == START
