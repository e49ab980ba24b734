"""The public face, held to its contract: every name that users type is there and does what it says."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import boto3
import pytest
from helpers import post
from questions import HIT

import mturk_sim
from mturk_sim import Behavior, Population, Simulation, Stubber, WorkerRefused, simulate


@pytest.fixture
def sim() -> Iterator[Simulation]:
    with simulate(
        seed=7,
        start=datetime(2026, 3, 1, 12, tzinfo=UTC),
        sandbox=False,
        balance="20.00",
        clock=None,
        wire=False,
        behavior=Behavior(),
        client=None,
    ) as made:
        yield made


def test_every_exported_name_can_be_had_and_says_what_it_is() -> None:
    for name in mturk_sim.__all__:
        assert getattr(mturk_sim, name).__doc__
    assert set(mturk_sim.__all__) <= set(dir(mturk_sim))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = mturk_sim.nonsense


def test_the_package_tells_of_every_name_in_it() -> None:
    assert set(re.findall(r"(?<!`)`(\w+)`(?!`)", mturk_sim.__doc__ or "")) == set(mturk_sim.__all__)


def test_a_worker_is_paid_for_good_work(sim: Simulation) -> None:
    hit_id = post(sim)
    worker = sim.worker(country="US", approved=600)
    worker.accept(hit_id).submit({"label": "cat"})
    sim.clock.advance(hours=2)
    (assignment,) = sim.client.list_assignments_for_hit(HITId=hit_id)["Assignments"]
    sim.client.approve_assignment(AssignmentId=assignment["AssignmentId"])

    assert sim.client.get_hit(HITId=hit_id)["HIT"]["HITStatus"] == "Reviewable"
    assert sim.ledger.paid_to(worker) == worker.earned == Decimal("0.10")
    assert sim.ledger.balance + sim.ledger.held + sim.ledger.fees + worker.earned == Decimal("20.00")


def test_the_clock(sim: Simulation) -> None:
    clock = sim.clock

    assert clock.now == datetime(2026, 3, 1, 12, tzinfo=UTC)
    clock.advance(timedelta(days=1))
    clock.advance(hours=2, minutes=5)
    clock.advance_to(datetime(2026, 3, 3, tzinfo=UTC))
    assert clock.now == datetime(2026, 3, 3, tzinfo=UTC)
    with pytest.raises(mturk_sim.ClockMovedBackwards, match="2026-03-03"):
        clock.advance_to(datetime(2026, 3, 2, tzinfo=UTC))
    with pytest.raises(mturk_sim.ClockMovedBackwards):
        clock.advance(seconds=-1)


def test_run_goes_from_event_to_event(sim: Simulation) -> None:
    post(sim, LifetimeInSeconds=3600)
    sim.run(for_=timedelta(minutes=30))
    assert not sim.journal.of("HITExpired")
    sim.run(until=datetime(2026, 3, 1, 14, tzinfo=UTC))
    (expired,) = sim.journal.of("HITExpired")
    assert expired.at == datetime(2026, 3, 1, 13, tzinfo=UTC)
    sim.run()  # until nothing is planned
    assert sim.journal.of("HITDisposed")


def test_workers_by_hand(sim: Simulation) -> None:
    hit_id = post(sim, MaxAssignments=2)
    worker = sim.worker("A1EXAMPLE", country="US", subdivision="CA", approved=10, rejected=1, adult=True, masters=True)

    assert sim.worker("A1EXAMPLE") is worker
    assert worker in sim.workers
    assert [hit.id for hit in worker.search("photo")] == [hit_id]
    assert worker.preview(hit_id) is not None
    handle = worker.accept(hit_id)
    assert handle.hit_id == hit_id
    assert handle.deadline == sim.clock.now.replace(microsecond=0) + timedelta(seconds=600)
    assert handle.question == worker.preview(hit_id)
    handle.return_()
    again = worker.accept(hit_id)
    worker.submit(again, {"label": "dog"})
    with pytest.raises(WorkerRefused, match="already worked"):
        worker.accept(hit_id)
    other = sim.worker().accept(hit_id)
    sim.worker(other.worker.id).return_(other)
    assert worker.inbox == []
    assert worker.qualifications == {}


def test_several_requesters_share_a_marketplace(sim: Simulation) -> None:
    other = sim.requester("other lab", balance=5)
    hit_id = post(sim)

    assert other.client.get_account_balance()["AvailableBalance"] == "5.00"
    with pytest.raises(other.client.exceptions.RequestError, match="not authorized"):
        other.client.get_hit(HITId=hit_id)


def test_journal_ledger_calls(sim: Simulation) -> None:
    hit_id = post(sim)

    (fact,) = sim.journal.of("HITCreated")
    assert (fact.kind, fact.hit_id) == ("HITCreated", hit_id)
    assert "HITCreated" in str(sim.journal)
    assert sim.ledger.held == Decimal("0.12")
    sim.ledger.set_balance(3)
    assert sim.ledger.balance == Decimal("3.00")
    assert sim.ledger.entries[0].kind == "deposit"
    assert sim.calls[0].operation == "CreateHIT"
    assert sim.calls[0].parameters["Title"] == HIT["Title"]


def test_attach_detach_stub_and_everywhere(sim: Simulation) -> None:
    client = boto3.client("mturk", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")

    assert sim.attach(client) is client
    sim.detach(client)
    with Stubber(client) as other:
        assert client.list_hits()["NumResults"] == 0
        assert other.calls.made == 1
    with sim.everywhere():
        client.list_hits()
    assert sim.calls.made == 1


def test_faults_notifications_population_virtual_time(sim: Simulation) -> None:
    sim.faults.throttle(operation="ListHITs", times=1)
    sim.faults.service_fault("GetHIT")
    assert sim.client.list_hits()["ResponseMetadata"]["RetryAttempts"] == 1
    assert list(sim.notifications) == []
    sim.populate(Population(arrivals_per_hour=1))
    with sim.virtual_time(limit=timedelta(days=2)):
        import time

        before = sim.clock.now
        time.sleep(60)
        assert sim.clock.now - before >= timedelta(minutes=1)


def test_snapshot_restore_fork(sim: Simulation) -> None:
    hit_id = post(sim)
    saved = json.dumps(sim.snapshot(), sort_keys=True)

    with sim.fork() as other:
        other.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=0)
    assert json.dumps(sim.snapshot(), sort_keys=True) == saved
    with Simulation.restore(json.loads(saved)) as again:
        assert again.client.get_hit(HITId=hit_id)["HIT"]["HITStatus"] == "Assignable"
        assert again.journal.dump() == sim.journal.dump()
