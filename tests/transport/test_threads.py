"""One client in many threads: every call is atomic, and nothing is lost."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.config import Config
from questions import HIT

from mturk_sim import simulate

THREADS = 8
CALLS = 10_000


@pytest.fixture(autouse=True)
def _threads_take_turns_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def in_threads(work: Callable[[int], Any], times: int) -> list[Any]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, range(times)))


@pytest.mark.parametrize("wire", [False, True])
def test_ten_thousand_calls_of_eight_threads(wire: bool) -> None:
    times = CALLS if not wire else CALLS // 10
    with simulate(sandbox=False, balance=10_000, wire=wire) as sim:
        client = sim.client

        def work(number: int) -> Any:
            if number % 2:
                return client.list_hits(MaxResults=1)
            return client.create_hit(**HIT, UniqueRequestToken=str(number), RequesterAnnotation=str(number))

        answers = in_threads(work, times)

        made = [answer["HIT"] for answer in answers[::2]]
        assert [hit["RequesterAnnotation"] for hit in made] == [str(number) for number in range(0, times, 2)]
        assert len({hit["HITId"] for hit in made}) == len(sim.hits()) == times // 2
        assert len({answer["ResponseMetadata"]["RequestId"] for answer in answers}) == times
        assert sim.calls.made == len({call.micros for call in sim.calls}) == times
        assert sim.ledger.held == Decimal("0.12") * (times // 2)
        assert sim.ledger.balance + sim.ledger.held == 10_000


def test_each_piece_of_work_is_paid_once_however_many_approve_it() -> None:
    with simulate(sandbox=False, balance=1000) as sim:
        hit_id = sim.client.create_hit(**HIT, MaxAssignments=9)["HIT"]["HITId"]
        worker_ids = [sim.worker().id for _ in range(9)]
        work = [sim.worker(worker_id).accept(hit_id).submit({"label": "cat"}).id for worker_id in worker_ids]

        def approve(number: int) -> str:
            try:
                sim.client.approve_assignment(AssignmentId=work[number % 9])
            except sim.client.exceptions.RequestError:
                return "refused"
            return "approved"

        assert Counter(in_threads(approve, 900)) == {"approved": 9, "refused": 891}
        assert [str(sim.worker(worker_id).earned) for worker_id in worker_ids] == ["0.10"] * 9


def test_workers_in_threads_never_share_a_slot() -> None:
    with simulate() as sim:
        hit_id = sim.client.create_hit(**HIT, MaxAssignments=5)["HIT"]["HITId"]
        workers = [sim.worker() for _ in range(100)]

        def take(number: int) -> bool:
            try:
                workers[number].accept(hit_id).submit({"label": "cat"})
            except Exception:
                return False
            return True

        assert sum(in_threads(take, 100)) == 5
        assert sim.client.get_hit(HITId=hit_id)["HIT"]["NumberOfAssignmentsAvailable"] == 0


def test_threads_that_advance_the_clock_advance_it_together() -> None:
    with simulate() as sim:
        began = sim.clock.now
        in_threads(lambda _: [sim.clock.advance(minutes=1) for _ in range(500)], THREADS)

        assert (sim.clock.now - began).total_seconds() == THREADS * 500 * 60


def test_retries_of_many_threads_all_succeed() -> None:
    patient = boto3.client(
        "mturk",
        region_name="us-east-1",
        aws_access_key_id="x",
        aws_secret_access_key="x",
        config=Config(retries={"mode": "legacy", "total_max_attempts": 30}),
    )
    with simulate(client=patient) as sim:
        sim.faults.random(0.2, seed=1, kinds=["throttle", "timeout"])
        answers = in_threads(lambda _: patient.list_hits(), 100)

        assert all(answer["NumResults"] == 0 for answer in answers)
        assert sim.calls.made > 100


def test_first_attempts_of_several_threads_are_all_retried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes while the client's retries are taken over waits until somebody decides on them again."""
    client = boto3.client("mturk", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    events, half_way = client.meta.events, threading.Event()
    unregister = events.unregister

    def slowly(*args: Any, **kwargs: Any) -> None:
        unregister(*args, **kwargs)
        half_way.set()
        time.sleep(0.2)

    with simulate(client=client) as sim, ThreadPoolExecutor(2) as pool:
        sim.faults.throttle(times=2)
        monkeypatch.setattr(events, "unregister", slowly)
        first = pool.submit(client.list_hits)
        assert half_way.wait(10)
        second = pool.submit(client.list_hits)

        assert [each.result(10)["NumResults"] for each in (first, second)] == [0, 0]
