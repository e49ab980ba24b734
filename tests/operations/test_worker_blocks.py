"""Worker blocks."""

from typing import Any

import pytest
from helpers import api, pages, post, refused
from hypothesis import given
from hypothesis import strategies as st
from qualifications import turned_away

from mturk_sim import Simulation
from mturk_sim.marketplace import blocks


def block(sim: Simulation, worker_id: str, reason: str = "spam", client: Any = None) -> dict[str, Any]:
    answer: dict[str, Any] = (client or api(sim)).create_worker_block(WorkerId=worker_id, Reason=reason)
    return answer


def listed(sim: Simulation) -> list[dict[str, str]]:
    found: list[dict[str, str]] = api(sim).list_worker_blocks()["WorkerBlocks"]
    return found


@pytest.mark.rule("BLK-01", "BLK-06")
def test_a_block_has_a_reason_that_the_worker_never_sees(mturk: Simulation) -> None:
    worker = mturk.worker()
    assert set(block(mturk, worker.id, "copied answers")) == {"ResponseMetadata"}
    assert listed(mturk) == [{"WorkerId": worker.id, "Reason": "copied answers"}]
    assert worker.inbox == []
    error = turned_away(mturk, worker.accept, post(mturk))
    assert "copied answers" not in str(error)
    with pytest.raises(Exception, match='Missing required parameter in input: "Reason"'):
        api(mturk).create_worker_block(WorkerId=worker.id)


@pytest.mark.rule("BLK-02")
def test_there_is_a_limit_on_blocks(mturk: Simulation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert blocks.MOST_BLOCKS == 100_000
    monkeypatch.setattr("mturk_sim.operations.worker_blocks.MOST_BLOCKS", 2)
    first, second, third = (mturk.worker().id for _ in range(3))
    for worker_id in (first, second, first):
        block(mturk, worker_id)
    error = refused(mturk, api(mturk).create_worker_block, WorkerId=third, Reason="x")
    assert (error.type, error.code) == ("RequestError", "AWS.MechanicalTurk.ExceedsMaxWorkerBlocks")
    assert error.text == "You cannot block more than 2 Workers."
    block(mturk, third, client=mturk.requester("another").client)
    api(mturk).delete_worker_block(WorkerId=first)
    block(mturk, third)


@pytest.mark.rule("BLK-03")
def test_blocking_twice_succeeds_and_keeps_the_newer_reason(mturk: Simulation) -> None:
    worker = mturk.worker()
    block(mturk, worker.id, "old")
    block(mturk, worker.id, "new")
    assert listed(mturk) == [{"WorkerId": worker.id, "Reason": "new"}]


@pytest.mark.rule("BLK-04", "C24")
@pytest.mark.parametrize("operation", ["create_worker_block", "delete_worker_block"])
def test_an_unknown_worker_is_no_valid_worker_id(mturk: Simulation, operation: str) -> None:
    error = refused(mturk, getattr(api(mturk), operation), WorkerId="A143XRCI1YXAFE", Reason="x")
    assert error.type == "ParameterValidationError"
    assert error.text == 'The value "A143XRCI1YXAFE" is not valid for the parameter WorkerId.'
    assert error.suffix.endswith(" s)")


@pytest.mark.rule("BLK-05")
def test_unblocking_succeeds_whether_or_not_there_is_a_block(mturk: Simulation) -> None:
    worker = mturk.worker()
    assert set(api(mturk).delete_worker_block(WorkerId=worker.id)) == {"ResponseMetadata"}
    block(mturk, worker.id)
    assert set(api(mturk).delete_worker_block(WorkerId=worker.id, Reason="sorry")) == {"ResponseMetadata"}
    assert (listed(mturk), worker.inbox) == ([], [])
    worker.accept(post(mturk))


def test_the_journal_tells_of_blocks_that_were_made_and_lifted(mturk: Simulation) -> None:
    worker = mturk.worker()
    api(mturk).delete_worker_block(WorkerId=worker.id, Reason="no block")
    block(mturk, worker.id, "spam")
    api(mturk).delete_worker_block(WorkerId=worker.id)
    assert [(fact.kind, fact.worker_id, fact.detail) for fact in mturk.journal] == [
        ("WorkerBlocked", worker.id, {"reason": "spam"}),
        ("WorkerUnblocked", worker.id, {"reason": None}),
    ]


@pytest.mark.rule("BLK-06")
@given(
    acts=st.lists(st.tuples(st.sampled_from(["block", "unblock"]), st.integers(0, 5)), max_size=20),
    size=st.integers(1, 4),
)
def test_pages_hold_every_block_once_in_the_order_of_their_making(
    mturk_factory: Any, acts: list[tuple[str, int]], size: int
) -> None:
    with mturk_factory() as sim:
        workers = [sim.worker().id for _ in range(6)]
        block(sim, workers[0], client=sim.requester("another").client)
        blocked: dict[str, str] = {}
        for number, (act, place) in enumerate(acts):
            if act == "block":
                block(sim, workers[place], str(number))
                blocked[workers[place]] = str(number)
            else:
                api(sim).delete_worker_block(WorkerId=workers[place])
                blocked.pop(workers[place], None)
        found = pages(api(sim).list_worker_blocks, "WorkerBlocks", MaxResults=size)
        assert [each for page in found for each in page] == [
            {"WorkerId": worker_id, "Reason": reason} for worker_id, reason in blocked.items()
        ]


@pytest.mark.rule("BLK-07", "ASN-26")
def test_a_block_bars_from_preview_and_accept_of_ones_own_hits(mturk: Simulation) -> None:
    worker, stranger = mturk.worker(), mturk.requester("another")
    mine, others = post(mturk), post(mturk, stranger.client)
    block(mturk, worker.id)
    for act in (worker.accept, worker.preview):
        error = turned_away(mturk, act, mine)
        assert error.reason == "blocked"
        assert "BLK-07" in str(error)
    worker.preview(others)
    worker.accept(others)
    mturk.worker().accept(mine)


@pytest.mark.rule("BLK-07")
def test_work_under_way_goes_on(mturk: Simulation) -> None:
    worker = mturk.worker()
    assignment = worker.accept(post(mturk))
    block(mturk, worker.id)
    assignment.submit({"label": "cat"})
    api(mturk).approve_assignment(AssignmentId=assignment.id)
    assert assignment.status == "Approved"


@pytest.mark.rule("BLK-08")
@pytest.mark.parametrize("operation", ["create_worker_block", "delete_worker_block"])
@pytest.mark.parametrize("worker_id", ["nonsense", "B123", "A-1"])
def test_a_malformed_worker_id_is_refused_by_its_pattern(mturk: Simulation, operation: str, worker_id: str) -> None:
    error = refused(mturk, getattr(api(mturk), operation), WorkerId=worker_id, Reason="x")
    assert error.type == "ValidationException"
    assert error.text == (
        f"1 validation error detected: Value '{worker_id}' at 'workerId' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^A[A-Z0-9]+$"
    )
