"""What workers are told of their work."""

import pytest
from helpers import api, post

from mturk_sim import Simulation


@pytest.mark.rule("ASN-18")
def test_feedback_on_work_is_read_by_the_worker(mturk: Simulation) -> None:
    worker = mturk.worker()
    bad, good, silent = (worker.accept(post(mturk)).submit({"label": "cat"}) for _ in range(3))
    mturk.clock.advance(hours=1)
    api(mturk).reject_assignment(AssignmentId=bad.id, RequesterFeedback="blurred")
    api(mturk).approve_assignment(AssignmentId=good.id, RequesterFeedback="thanks")
    api(mturk).approve_assignment(AssignmentId=silent.id)
    api(mturk).approve_assignment(AssignmentId=bad.id, OverrideRejection=True, RequesterFeedback="sorry")
    assert [(message.kind, message.assignment_id, message.text) for message in worker.inbox] == [
        ("rejection", bad.id, "blurred"),
        ("approval", good.id, "thanks"),
        ("approval", bad.id, "sorry"),
    ]
    assert {message.requester for message in worker.inbox} == {"default"}
    assert {message.at.replace(microsecond=0) for message in worker.inbox} == {mturk.clock.now.replace(microsecond=0)}


def test_the_reason_of_a_bonus_is_read_by_the_worker(mturk: Simulation) -> None:
    worker = mturk.worker()
    assignment = worker.accept(post(mturk)).submit({"label": "cat"})
    api(mturk).send_bonus(WorkerId=worker.id, AssignmentId=assignment.id, BonusAmount="1.00", Reason="well\ndone")
    (message,) = worker.inbox
    assert (message.kind, message.assignment_id, message.text) == ("bonus", assignment.id, "well\ndone")
