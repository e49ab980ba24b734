"""Injected faults as botocore's own retry machinery meets them, in each of its modes; nobody waits for real."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from botocore.retries.bucket import TokenBucket
from freezegun import freeze_time
from questions import HIT

from mturk_sim import Simulation, SystemClock, simulate
from mturk_sim.core.clock import micros

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
ATTEMPTS = {"legacy": 5, "standard": 3, "adaptive": 3}
MODES = pytest.mark.parametrize("mode", ATTEMPTS)


@pytest.fixture(autouse=True)
def _nobody_waits_for_real(monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.sleep

    def sleep(seconds: float) -> None:
        assert seconds == 0, f"somebody sleeps {seconds} s"
        real(0)

    monkeypatch.setattr(time, "sleep", sleep)


def client(mode: Any) -> Any:
    config = Config(retries={"mode": mode}, read_timeout=25, connect_timeout=7)
    keys: Any = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
    return boto3.Session(region_name="us-east-1", **keys).client("mturk", config=config)


@pytest.fixture(params=[(mode, wire) for mode in ATTEMPTS for wire in (False, True)], ids=str)
def sim(request: pytest.FixtureRequest) -> Iterator[Simulation]:
    mode, wire = request.param
    with simulate(client=client(mode), wire=wire) as sim:
        yield sim


@pytest.mark.rule("ERR-05", "C40")
def test_a_throttled_call_is_retried_until_it_succeeds(sim: Simulation) -> None:
    sim.faults.throttle(times=2)
    metadata = sim.client.list_hits()["ResponseMetadata"]

    assert metadata["RetryAttempts"] == 2
    assert [call.fault for call in sim.calls] == ["throttle", "throttle", None]
    assert sim.clock.now > START + timedelta(milliseconds=10)


@MODES
@pytest.mark.parametrize(
    ("fault", "code", "status", "text"),
    [
        pytest.param("throttle", "ThrottlingException", 400, "Rate exceeded", marks=pytest.mark.rule("ERR-05", "C40")),
        pytest.param(
            "service_fault",
            "ServiceFault",
            500,
            r"There was an error with this request\. \(\d{13}\)",
            marks=pytest.mark.rule("ERR-04", "C41"),
        ),
        pytest.param(
            "internal_failure",
            "InternalFailure",
            500,
            r"There was an error with this request\. \(\d{13}\)",
            marks=pytest.mark.rule("C41"),
        ),
    ],
)
def test_a_refusal_that_does_not_end_is_told_after_the_last_attempt(
    mode: str, fault: str, code: str, status: int, text: str
) -> None:
    with simulate(client=client(mode)) as sim:
        getattr(sim.faults, fault)("ListHITs", times=None)
        with pytest.raises(ClientError, match=rf"reached max retries: {ATTEMPTS[mode] - 1}\): {text}$") as caught:
            sim.client.list_hits()

        response = caught.value.response
        assert response["Error"]["Code"] == code
        assert response["ResponseMetadata"]["HTTPStatusCode"] == status
        assert response["ResponseMetadata"]["RetryAttempts"] == ATTEMPTS[mode] - 1
        assert len(sim.calls) == ATTEMPTS[mode]


@pytest.mark.rule("ERR-04")
def test_a_service_fault_is_the_modelled_exception(mturk: Simulation) -> None:
    mturk.faults.service_fault(times=None)

    with pytest.raises(mturk.client.exceptions.ServiceFault) as caught:
        mturk.client.list_hits()
    assert caught.value.response["TurkErrorCode"] == "AWS.ServiceUnavailable"  # type: ignore[typeddict-item]  # the type leaves it out


@MODES
@pytest.mark.parametrize(
    ("fault", "error", "seconds"),
    [
        ("timeout", ReadTimeoutError, 25),
        ("connect_timeout", ConnectTimeoutError, 7),
        ("connection_error", EndpointConnectionError, 0),
    ],
)
def test_a_lost_request_raises_what_botocore_raises(
    mode: str, fault: str, error: type[Exception], seconds: int
) -> None:
    with simulate(client=client(mode)) as sim:
        getattr(sim.faults, fault)(times=None)
        with pytest.raises(error, match=r"https://mturk-requester\.us-east-1\.amazonaws\.com/"):
            sim.client.create_hit(**HIT)

        attempts = ATTEMPTS[mode]
        assert len(sim.calls) == attempts
        assert sim.hits() == []
        waited = sim.clock.now - START
        assert timedelta(seconds=attempts * seconds) < waited < timedelta(seconds=attempts * seconds + 40)


def test_a_lost_request_is_made_again(sim: Simulation) -> None:
    sim.faults.timeout("create_hit")
    sim.client.create_hit(**HIT)

    assert len(sim.hits()) == 1


def test_without_a_token_a_lost_answer_does_the_work_twice(sim: Simulation) -> None:
    sim.faults.lose_response("CreateHIT")
    answer = sim.client.create_hit(**HIT)

    assert answer["HIT"]["HITId"] == sim.hits()[1].id
    assert len(sim.hits()) == 2


@pytest.mark.rule("HIT-23b")
def test_with_a_token_a_lost_answer_is_told_by_the_retry(sim: Simulation) -> None:
    sim.faults.lose_response("CreateHIT")
    with pytest.raises(sim.client.exceptions.RequestError, match="already exists"):
        sim.client.create_hit(**HIT, UniqueRequestToken="once")

    assert len(sim.hits()) == 1


def test_a_bonus_whose_answer_is_lost_is_paid_twice_unless_a_token_says_it_is_one() -> None:
    with simulate(sandbox=False, balance=100) as sim:
        worker = sim.worker()
        work = worker.accept(sim.client.create_hit(**HIT)["HIT"]["HITId"]).submit({"label": "cat"})
        bonus: Any = {"WorkerId": worker.id, "AssignmentId": work.id, "BonusAmount": "1.00", "Reason": "Good."}
        sim.faults.lose_response("SendBonus", times=2)
        sim.client.send_bonus(**bonus)
        twice = worker.earned
        sim.faults.clear()
        sim.faults.lose_response("SendBonus")
        with pytest.raises(ClientError):
            sim.client.send_bonus(**bonus, UniqueRequestToken="once")

        assert (str(twice), str(worker.earned)) == ("3.00", "4.00")


def test_a_refusal_whose_answer_is_lost_is_told_by_the_retry(sim: Simulation) -> None:
    sim.faults.lose_response("GetHIT")
    with pytest.raises(sim.client.exceptions.RequestError, match="does not exist"):
        sim.client.get_hit(HITId="3" * 30)

    lost, told = sim.calls
    assert lost.fault == "lose_response"
    assert str(lost.error) == str(told.error)


# --- waiting -----------------------------------------------------------------------------------------------------
@MODES
def test_the_waits_are_decided_by_the_seed_alone(mode: str) -> None:
    def waited(seed: int) -> datetime:
        random.seed()
        with simulate(seed=seed, client=client(mode)) as sim:
            sim.faults.throttle(times=2)
            sim.client.list_hits()
            return sim.clock.now

    assert waited(1) == waited(1) != waited(2)


def test_the_programs_own_random_numbers_are_left_alone(mturk: Simulation) -> None:
    random.seed(3)
    undisturbed = [random.random(), random.random()]
    random.seed(3)
    first = random.random()
    mturk.faults.throttle()
    mturk.client.list_hits()

    assert [first, random.random()] == undisturbed


def test_what_falls_due_while_a_client_waits_happens_meanwhile(mturk: Simulation) -> None:
    seen: list[datetime] = []
    mturk.at(START + timedelta(seconds=30), lambda: seen.append(mturk.clock.now))
    mturk.faults.timeout()
    mturk.client.list_hits()  # sixty seconds until it gives up the first attempt

    assert seen == [START + timedelta(seconds=30)]


def test_adaptive_mode_waits_for_its_rate_in_virtual_time() -> None:
    with simulate(client=client("adaptive")) as sim:
        sim.faults.throttle(times=2)
        sim.client.list_hits()

        assert timedelta(seconds=1) < sim.clock.now - START < timedelta(seconds=60)


def test_adaptive_mode_does_not_hang_in_frozen_time() -> None:
    with freeze_time(START) as frozen, simulate(clock=frozen, client=client("adaptive")) as sim:
        sim.faults.throttle(times=2)
        sim.client.list_hits()

        assert datetime.now(UTC) > START


def test_on_the_walls_clock_botocore_waits_for_real(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with simulate(clock=SystemClock()) as sim:
        sim.faults.throttle()
        sim.client.list_hits()

    assert len(slept) == 1
    assert slept[0] > 0


def test_on_the_walls_clock_botocore_waits_for_its_rate_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[bool] = []
    monkeypatch.setattr(TokenBucket, "acquire", lambda _, amount=1, block=True: waits.append(block))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with simulate(clock=SystemClock(), client=client("adaptive")) as sim:
        sim.faults.throttle()
        sim.client.list_hits()

    assert waits == [True]


def test_planned_work_can_be_retried_too(mturk: Simulation) -> None:
    mturk.faults.throttle(times=2)
    mturk.at(START + timedelta(hours=1), lambda: mturk.client.create_hit(**HIT))
    mturk.clock.advance(days=2)

    assert len(mturk.hits()) == 1


def test_planned_work_is_retried_at_its_instant_where_the_time_is_anothers() -> None:
    with freeze_time(START) as frozen, simulate(clock=frozen) as sim:
        sim.faults.throttle(times=2)
        sim.at(START + timedelta(hours=1), lambda: sim.client.create_hit(**HIT))
        sim.clock.advance(hours=2)

        (hit,) = sim.hits()
        assert hit.created == micros(START + timedelta(hours=1))


@MODES
def test_a_client_that_is_let_go_waits_as_before(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = client(mode)
    with simulate(client=ours) as sim:
        sim.faults.throttle()
        sim.client.list_hits()
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)

    def unreachable(**_: Any) -> None:
        raise EndpointConnectionError(endpoint_url="x")

    ours.meta.events.register("before-send.mturk", unreachable)
    with pytest.raises(EndpointConnectionError):
        ours.list_hits()
    assert len(slept) == ATTEMPTS[mode] - 1
    assert all(seconds > 0 for seconds in slept)
