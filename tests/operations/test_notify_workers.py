"""Messages to workers."""

from typing import Any

import pytest
from helpers import api, hand_in, post, refused

from mturk_sim import Simulation
from mturk_sim.workers import Worker

MESSAGE: dict[str, Any] = {"Subject": "More work", "MessageText": "There are new HITs."}
NO_WORK = "Cannot send a notification to a worker who has not done any work for you"


def notify(sim: Simulation, *worker_ids: str, client: Any = None, **members: Any) -> list[dict[str, str]]:
    answer = (client or api(sim)).notify_workers(**MESSAGE | members, WorkerIds=list(worker_ids))
    assert set(answer) == {"NotifyWorkersFailureStatuses", "ResponseMetadata"}
    failures: list[dict[str, str]] = answer["NotifyWorkersFailureStatuses"]
    return failures


def reviewed(sim: Simulation, client: Any = None, *, approve: bool = True) -> Worker:
    """A worker whose work was reviewed."""
    client = client or api(sim)
    worker = sim.worker()
    assignment = worker.accept(post(sim, client)).submit({"label": "cat"})
    if approve:
        client.approve_assignment(AssignmentId=assignment.id)
    else:
        client.reject_assignment(AssignmentId=assignment.id, RequesterFeedback="blurred")
    return worker


def failure(worker_id: str) -> dict[str, str]:
    return {
        "NotifyWorkersFailureCode": "HardFailure",
        "NotifyWorkersFailureMessage": NO_WORK,
        "WorkerId": worker_id,
    }


@pytest.mark.rule("NWK-02", "NWK-07")
@pytest.mark.parametrize("approve", [True, False])
def test_who_did_work_that_was_reviewed_is_written_to(mturk: Simulation, approve: bool) -> None:
    worker = reviewed(mturk, approve=approve)
    mturk.clock.advance(days=400)
    assert notify(mturk, worker.id) == []
    message = worker.inbox[-1]
    assert (message.kind, message.subject, message.text, message.requester, message.at) == (
        "notification",
        "More work",
        "There are new HITs.",
        "default",
        mturk.clock.now,
    )


@pytest.mark.rule("NWK-02")
def test_automatic_approval_is_a_review_too(mturk: Simulation) -> None:
    worker = mturk.worker()
    worker.accept(post(mturk, AutoApprovalDelayInSeconds=60)).submit({"label": "cat"})
    assert notify(mturk, worker.id) == [failure(worker.id)]
    mturk.clock.advance(seconds=60)
    assert notify(mturk, worker.id) == []


@pytest.mark.rule("NWK-02", "NWK-03", "NWK-04", "NWK-05")
def test_others_are_listed_and_the_call_succeeds(mturk: Simulation) -> None:
    stranger, veteran = mturk.worker(), mturk.worker(approved=1000)
    submitted = mturk.worker()
    submitted.accept(post(mturk)).submit({"label": "cat"})
    elsewhere = reviewed(mturk, mturk.requester("another").client)
    those = [stranger.id, veteran.id, submitted.id, elsewhere.id, "A143XRCI1YXAFE"]
    assert notify(mturk, *those) == [failure(worker_id) for worker_id in those]
    assert stranger.inbox + veteran.inbox + submitted.inbox + elsewhere.inbox == []


@pytest.mark.rule("NWK-06")
def test_codes_are_those_of_the_interface(mturk: Simulation) -> None:
    code = mturk.client.meta.service_model.shape_for("NotifyWorkersFailureCode")
    assert notify(mturk, mturk.worker().id)[0]["NotifyWorkersFailureCode"] in code.enum
    assert code.enum == ["SoftFailure", "HardFailure"]


@pytest.mark.rule("NWK-07")
def test_of_a_mixed_list_those_who_can_get_the_message(mturk: Simulation) -> None:
    good, stranger = reviewed(mturk), mturk.worker()
    assert notify(mturk, stranger.id, good.id) == [failure(stranger.id)]
    assert [message.kind for message in good.inbox] == ["notification"]


@pytest.mark.rule("NWK-09")
def test_the_same_call_again_writes_again(mturk: Simulation) -> None:
    worker = reviewed(mturk)
    notify(mturk, worker.id, worker.id)
    notify(mturk, worker.id)
    assert [message.text for message in worker.inbox] == ["There are new HITs."] * 2
    assert [fact.detail for fact in mturk.journal.of("WorkerNotified")] == [{"subject": "More work"}] * 2


@pytest.mark.rule("NWK-01")
def test_a_message_may_be_empty(mturk: Simulation) -> None:
    worker = reviewed(mturk)
    assert notify(mturk, worker.id, Subject="", MessageText="") == []
    assert [(message.subject, message.text) for message in worker.inbox] == [("", "")]


def test_a_deleted_hit_takes_no_acquaintance_away(mturk: Simulation) -> None:
    hit_id = post(mturk)
    (assignment_id,) = hand_in(mturk, hit_id)
    api(mturk).approve_assignment(AssignmentId=assignment_id)
    api(mturk).delete_hit(HITId=hit_id)
    assert notify(mturk, mturk.workers[-1].id) == []


@pytest.mark.rule("NWK-01")
@pytest.mark.parametrize("name", ["Subject", "MessageText", "WorkerIds"])
def test_all_three_members_are_needed(mturk: Simulation, name: str) -> None:
    members = MESSAGE | {"WorkerIds": ["A1"]}
    del members[name]
    with pytest.raises(Exception, match=f'Missing required parameter in input: "{name}"'):
        api(mturk).notify_workers(**members)


@pytest.mark.rule("NWK-01")
def test_the_longest_message_to_the_most_workers_goes_out(mturk: Simulation) -> None:
    workers = [reviewed(mturk).id for _ in range(100)]
    assert notify(mturk, *workers, Subject="x" * 200, MessageText="y" * 4096) == []


@pytest.mark.rule("NWK-01", "NWK-08", "C14")
@pytest.mark.parametrize(
    ("members", "value", "path", "bound"),
    [
        ({"Subject": "x" * 201}, "x" * 201, "subject", "less than or equal to 200"),
        ({"MessageText": "y" * 4097}, "y" * 4097, "messageText", "less than or equal to 4096"),
        ({"WorkerIds": []}, "[]", "workerIds", "greater than or equal to 1"),
        ({"WorkerIds": ["A1"] * 101}, f"[{', '.join(['A1'] * 101)}]", "workerIds", "less than or equal to 100"),
    ],
)
def test_more_is_refused_in_the_standard_words(
    mturk: Simulation, members: dict[str, Any], value: str, path: str, bound: str
) -> None:
    error = refused(mturk, api(mturk).notify_workers, **MESSAGE | {"WorkerIds": ["A1"]} | members)
    assert (error.type, error.suffix) == ("ValidationException", "")
    assert error.text == (
        f"1 validation error detected: Value '{value}' at '{path}' failed to satisfy constraint: "
        f"Member must have length {bound}"
    )
