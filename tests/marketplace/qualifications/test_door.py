"""Asking for Qualifications and taking their tests: retakes, time, and the ways a request goes."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from helpers import api
from hypothesis import given
from hypothesis import strategies as st
from qualifications import AUTOMATIC, BEST, MANUAL, SCORED, TESTED, associate, make_type, turned_away

from mturk_sim import Simulation
from mturk_sim.marketplace.qualifications import door


@pytest.mark.rule("QRQ-01", "QRQ-14")
@pytest.mark.parametrize(
    ("kind", "answers", "status", "value"),
    [
        (AUTOMATIC, None, "Granted", 7),
        (MANUAL, None, "Submitted", None),
        (TESTED, BEST, "Submitted", None),
        (SCORED, BEST, "Granted", 25),
        (SCORED, {"q1": ["b"], "q2": ["d"]}, "Granted", 20),
        (SCORED, {"q1": ["c"], "q2": ["d"]}, "Granted", 15),
        (SCORED, {"q1": ["a", "b", "c"], "q2": ["x"]}, "Granted", 5),
        (SCORED, {}, "Granted", 5),
    ],
)
def test_what_a_type_has_decides_how_a_request_goes(
    mturk: Simulation, kind: dict[str, Any], answers: Any, status: str, value: int | None
) -> None:
    type_id, worker = make_type(mturk, **kind), mturk.worker()
    request = worker.request_qualification(type_id, answers)
    assert (request.status, request.value) == (status, value)
    assert worker.qualifications == ({} if value is None else {type_id: value})
    assert worker.inbox == []


# --- who may not ask ---------------------------------------------------------------------------------------------
@pytest.mark.rule("QTY-18", "QTY-26")
@pytest.mark.parametrize(
    ("type_id", "reason"),
    [
        ("UNKNOWN", "unknown_qualification_type"),
        ("00000000000000000071", "not_requestable"),
        ("2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", "not_requestable"),
    ],
)
def test_what_no_requester_made_cannot_be_asked_for(mturk: Simulation, type_id: str, reason: str) -> None:
    assert turned_away(mturk, mturk.worker().request_qualification, type_id).reason == reason


@pytest.mark.rule("QTY-24", "QTY-25")
def test_a_deleted_type_cannot_be_asked_for(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    api(mturk).delete_qualification_type(QualificationTypeId=type_id)
    assert turned_away(mturk, worker.request_qualification, type_id).reason == "not_requestable"
    mturk.clock.advance(days=2)
    assert turned_away(mturk, worker.request_qualification, type_id).reason == "unknown_qualification_type"


# --- asking again ------------------------------------------------------------------------------------------------
@pytest.mark.rule("QTY-13", "QRQ-12")
@pytest.mark.parametrize("end", ["Granted", "Rejected", "Submitted"])
def test_without_a_delay_one_may_ask_once_ever_whatever_came_of_it(mturk: Simulation, end: str) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    request = worker.request_qualification(type_id)
    if end == "Granted":
        api(mturk).accept_qualification_request(QualificationRequestId=request.id)
    elif end == "Rejected":
        api(mturk).reject_qualification_request(QualificationRequestId=request.id)
    mturk.clock.advance(days=100)
    assert request.status == end
    assert turned_away(mturk, worker.request_qualification, type_id).reason == "no_retake"
    mturk.worker().request_qualification(type_id)


@pytest.mark.rule("QRQ-12", "C26")
def test_the_delay_counts_from_the_request_not_from_the_test(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk, **SCORED, RetryDelayInSeconds=3600), mturk.worker()
    request = worker.request_qualification(type_id)
    mturk.clock.advance(minutes=9)
    request.submit(BEST)
    again = datetime(2026, 1, 5, 10, tzinfo=UTC)
    mturk.clock.advance_to(again - timedelta(microseconds=1))
    error = turned_away(mturk, worker.request_qualification, type_id)
    assert error.reason == "retry_delay"
    assert "may ask again at 2026-01-05T10:00:00+00:00" in str(error)
    mturk.clock.advance_to(again)
    worker.request_qualification(type_id)


@pytest.mark.rule("QTY-13")
def test_a_delay_that_is_added_later_lets_ask_again(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk, **AUTOMATIC), mturk.worker()
    worker.request_qualification(type_id)
    assert turned_away(mturk, worker.request_qualification, type_id).reason == "no_retake"
    api(mturk).update_qualification_type(QualificationTypeId=type_id, RetryDelayInSeconds=0)
    assert worker.request_qualification(type_id).status == "Granted"


@pytest.mark.rule("QTY-13")
def test_a_delay_of_0_lets_ask_again_at_once(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk, **SCORED, RetryDelayInSeconds=0), mturk.worker()
    values = [worker.request_qualification(type_id, answers).value for answers in ({}, BEST, {})]
    assert values == [5, 25, 5]


def test_the_requests_of_a_worker_for_a_type_are_counted_from_1(mturk: Simulation) -> None:
    types = [make_type(mturk, name, **AUTOMATIC, RetryDelayInSeconds=0) for name in ("One", "Another")]
    worker, other = mturk.worker(), mturk.worker()
    asked = [(worker, 0), (worker, 0), (other, 0), (worker, 1), (worker, 0)]
    ids = [who.request_qualification(types[number]).id for who, number in asked]
    requests = mturk.world.store.qualifications.requests
    assert [requests[request_id].attempt for request_id in ids] == [1, 2, 1, 1, 3]
    assert len(set(ids)) == 5
    assert all(re.fullmatch("[0-9A-Z]{40}", request_id) for request_id in ids)


@pytest.mark.rule("QRQ-13")
def test_a_retake_replaces_the_value_whether_better_or_worse(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk, **SCORED, RetryDelayInSeconds=60), mturk.worker()
    worker.request_qualification(type_id, BEST)
    mturk.clock.advance(minutes=1)
    again = worker.request_qualification(type_id)
    assert worker.qualifications == {type_id: 25}
    again.submit({})
    assert worker.qualifications == {type_id: 5}


@pytest.mark.rule("QRQ-12")
@pytest.mark.parametrize("kind", [MANUAL, TESTED], ids=["waiting for the owner", "test under way"])
def test_an_open_request_is_enough(mturk: Simulation, kind: dict[str, Any]) -> None:
    type_id, worker = make_type(mturk, **kind, RetryDelayInSeconds=0), mturk.worker()
    worker.request_qualification(type_id)
    assert turned_away(mturk, worker.request_qualification, type_id).reason == "request_open"


def test_holding_it_by_grant_does_not_count_as_having_asked(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk, **SCORED), mturk.worker()
    associate(mturk, type_id, worker.id, IntegerValue=1)
    assert worker.request_qualification(type_id, BEST).value == 25


@pytest.mark.rule("QRQ-12", "C26")
@given(
    delay=st.none() | st.integers(0, 40),
    steps=st.lists(st.integers(0, 30), max_size=12),
)
def test_who_may_ask_again_depends_on_the_last_request_alone(
    mturk_factory: Any, delay: int | None, steps: list[int]
) -> None:
    with mturk_factory() as sim:
        retry = {} if delay is None else {"RetryDelayInSeconds": delay}
        type_id, worker = make_type(sim, **AUTOMATIC, **retry), sim.worker()
        last = None
        for seconds in steps:
            sim.clock.advance(timedelta(seconds=seconds))
            now = sim.clock.micros
            if last is None or (delay is not None and now - last >= delay * 1_000_000):
                worker.request_qualification(type_id)
                last = now - now % 1_000_000
            else:
                turned_away(sim, worker.request_qualification, type_id)


# --- the time of a test ------------------------------------------------------------------------------------------
@pytest.mark.rule("QTY-07", "QRQ-15", "C27")
def test_the_time_of_a_test_runs_from_the_request(mturk: Simulation) -> None:
    type_id, (quick, slow) = make_type(mturk, **SCORED), (mturk.worker(), mturk.worker())
    mturk.clock.advance(hours=1)
    in_time, late = (worker.request_qualification(type_id) for worker in (quick, slow))
    assert in_time.deadline == mturk.clock.now.replace(microsecond=0) + timedelta(minutes=10)
    mturk.clock.advance(minutes=9, seconds=59)
    assert in_time.submit(BEST).status == "Granted"
    mturk.clock.advance(seconds=1)
    assert (in_time.status, late.status) == ("Granted", "Lapsed")
    error = turned_away(mturk, late.submit, BEST)
    assert error.reason == "too_late"
    assert slow.qualifications == {}
    assert turned_away(mturk, slow.request_qualification, type_id).reason == "no_retake"


@pytest.mark.rule("QRQ-15", "C27")
def test_who_ran_out_of_time_may_ask_again_by_the_rules_of_retaking(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk, **SCORED, RetryDelayInSeconds=3600), mturk.worker()
    request = worker.request_qualification(type_id)
    mturk.clock.advance(minutes=10)
    assert (request.status, request.value) == ("Lapsed", None)
    assert turned_away(mturk, worker.request_qualification, type_id).reason == "retry_delay"
    mturk.clock.advance(minutes=50)
    assert worker.request_qualification(type_id, BEST).value == 25


@pytest.mark.rule("QRQ-05", "QTY-12")
def test_a_test_is_taken_as_it_stood_and_in_the_time_it_had(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk, **SCORED), mturk.worker()
    request = worker.request_qualification(type_id)
    api(mturk).update_qualification_type(
        QualificationTypeId=type_id,
        **SCORED | {"TestDurationInSeconds": 1, "AnswerKey": SCORED["AnswerKey"].replace("15", "90")},
    )
    mturk.clock.advance(minutes=5)
    assert request.submit(BEST).value == 25
    assert mturk.worker().request_qualification(type_id, BEST).value == 100


@pytest.mark.rule("QTY-16")
def test_a_test_under_way_can_be_finished_when_the_type_is_inactive(mturk: Simulation) -> None:
    type_id = make_type(mturk, **SCORED)
    request = mturk.worker().request_qualification(type_id)
    api(mturk).update_qualification_type(QualificationTypeId=type_id, QualificationTypeStatus="Inactive")
    assert request.submit(BEST).status == "Granted"


# --- handing in --------------------------------------------------------------------------------------------------
@pytest.mark.rule("QRQ-06")
@pytest.mark.parametrize("kind", [TESTED, SCORED])
def test_answers_are_handed_in_once(mturk: Simulation, kind: dict[str, Any]) -> None:
    request = mturk.worker().request_qualification(make_type(mturk, **kind), BEST)
    assert turned_away(mturk, request.submit, {}).reason == "not_held"


def test_only_who_asked_takes_the_test(mturk: Simulation) -> None:
    type_id, stranger = make_type(mturk, **TESTED), mturk.worker()
    request = mturk.worker().request_qualification(type_id)
    for request_id in (request.id, "UNKNOWN"):
        error = turned_away(mturk, door.submit_test, mturk.world, stranger.account, request_id, "")
        assert error.reason == "not_held"


def test_there_is_nothing_to_hand_in_without_a_test(mturk: Simulation) -> None:
    request = mturk.worker().request_qualification(make_type(mturk))
    assert turned_away(mturk, request.submit, BEST).reason == "no_test"
