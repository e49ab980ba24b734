"""The diary: calls stand before what they did, looks taken in vain are one line, ids are short."""

from datetime import timedelta

from questions import HIT

from mturk_sim import Simulation
from mturk_sim.report.diary import Diary


def test_what_a_call_did_stands_below_it_and_what_it_saw_above(mturk: Simulation) -> None:
    with Diary(mturk).kept() as diary:
        hit_id = mturk.client.create_hit(**HIT)["HIT"]["HITId"]
        work = mturk.worker().accept(hit_id).submit({"label": "cat"})
        mturk.client.get_assignment(AssignmentId=work.id)
        mturk.client.approve_assignment(AssignmentId=work.id, RequesterFeedback="Thank you")

    assert _texts(diary) == [
        "CreateHIT(Reward=0.10, LifetimeInSeconds=86400, AssignmentDurationInSeconds=600)",
        "  HITCreated H1 max_assignments=1",
        "  AssignmentAccepted H1 A1 W1",
        "  HITUnassignable H1",
        "  AssignmentSubmitted H1 A1 W1",
        "  HITReviewable H1",
        "GetAssignment(AssignmentId=A1)",
        "ApproveAssignment(AssignmentId=A1, RequesterFeedback=Thank you)",
        "  AssignmentApproved H1 A1 W1",
        "the end: well",
    ]


def test_looks_are_one_line_until_something_happens(mturk: Simulation) -> None:
    with Diary(mturk).kept() as diary:
        for _ in range(3):
            mturk.client.list_hits()
            mturk.client.get_account_balance()
            mturk.clock.advance(hours=1)
        diary.remark("nobody came")
        mturk.client.list_hits()

    assert _texts(diary) == [
        "ListHITs(), GetAccountBalance()  ×6, until Mon 11:00",
        "  (nobody came)",
        "ListHITs()",
        "the end: well",
    ]


def test_other_requesters_are_named_and_ids_that_begin_alike_are_told_apart(mturk: Simulation) -> None:
    with Diary(mturk).kept() as diary:
        for requester in ("default", "other"):
            made = mturk.requester(requester).client.create_hit(**HIT | {"MaxAssignments": 2})["HIT"]
            for worker in ("AB1", "AB12"):
                mturk.worker(worker).accept(made["HITId"])
    accepted = [text for text in _texts(diary) if "Accepted" in text]

    assert any(text.startswith("other: CreateHIT(") for text in _texts(diary))
    assert accepted == [f"  AssignmentAccepted {ids}" for ids in ("H1 A1 W1", "H1 A2 W2", "H2 A3 W1", "H2 A4 W2")]


def test_faults_and_refusals_stand_beside_the_call(mturk: Simulation) -> None:
    mturk.faults.throttle("ListHITs")
    with Diary(mturk).kept() as diary:
        mturk.client.list_hits()
        mturk.clock.advance(timedelta(hours=1))

    assert _texts(diary)[0] == "ListHITs() meets throttle"


def _texts(diary: Diary) -> list[str]:
    """The lines of the day without their instants."""
    return [line[len("Mon 05 Jan 09:00:00  ") :] for line in diary.text("well").splitlines()]
