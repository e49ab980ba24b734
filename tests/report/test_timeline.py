"""The timeline: calls stand before what they did, looks are one line, and a long one is cut in the middle."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from helpers import post
from questions import HIT

from mturk_sim import Simulation
from mturk_sim.report.timeline import timeline


def test_calls_stand_before_what_they_did(mturk: Simulation) -> None:
    hit_id = post(mturk)
    mturk.worker("A1").accept(hit_id)
    with pytest.raises(mturk.client.exceptions.RequestError):
        mturk.client.delete_hit(HITId=hit_id)
    mturk.requester("other").client.get_account_balance()

    create, created, accepted, full, delete, look = timeline(mturk).splitlines()

    assert create.endswith("CreateHIT(Reward=0.10, LifetimeInSeconds=86400, AssignmentDurationInSeconds=600)")
    assert [line.split()[2] for line in (created, accepted, full)] == [fact.kind for fact in mturk.journal]
    assert f"DeleteHIT(HITId={hit_id}) refused: This HIT is currently in the state 'Unassignable'." in delete
    assert look.startswith("2026-01-05 09:00:0")
    assert look.endswith("  other: GetAccountBalance()")


def test_instants_answers_and_feedback_can_be_read(mturk: Simulation) -> None:
    hit_id = post(mturk)
    at = mturk.clock.now + timedelta(days=2)
    mturk.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=at)
    handle = mturk.worker().accept(hit_id).submit({"label": "cat", "why": "because " * 10})
    mturk.client.reject_assignment(AssignmentId=handle.id, RequesterFeedback="Sorry, but that is a dog. " * 3)

    update, submitted, reject = (
        line for line in timeline(mturk).splitlines() if "ExpireAt" in line or "label=" in line or "Feedback" in line
    )
    assert update.endswith(f"UpdateExpirationForHIT(HITId={hit_id}, ExpireAt=2026-01-07T09:00:00Z)")
    assert submitted.endswith("  label='cat', why='because because becau…")
    assert reject.endswith("RequesterFeedback=Sorry, but that is a dog. Sorry, but th…)")


def test_an_instant_past_all_years_is_shown_as_it_came(mturk: Simulation) -> None:
    hit_id = post(mturk)
    with pytest.raises(ClientError):
        mturk.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=datetime.max.replace(tzinfo=UTC))

    shown = timeline(mturk)
    assert "ExpireAt=253402300800" in shown or "ExpireAt=9999-12-31T23:59:59Z" in shown  # some botocores round it up


def test_what_was_handed_in_is_shown_while_it_is_known(mturk: Simulation) -> None:
    hit_id = post(mturk)
    handle = mturk.worker().accept(hit_id).submit({"label": "cat"})
    mturk.client.approve_assignment(AssignmentId=handle.id)
    mturk.run()

    assert not mturk.assignments()
    assert "AssignmentSubmitted" in timeline(mturk)
    assert "label=" not in timeline(mturk)


def test_calls_that_meet_faults_say_so(mturk: Simulation) -> None:
    mturk.faults.throttle()
    mturk.client.list_hits()

    met, told, came = timeline(mturk).splitlines()

    assert met.endswith("ListHITs() meets throttle")
    assert "FaultInjected" in told
    assert came.endswith("ListHITs()")


def test_looks_are_one_line_until_something_happens(mturk: Simulation) -> None:
    for page in range(1, 5):
        mturk.client.list_hits(MaxResults=page)
        mturk.client.list_hits(MaxResults=page)
        mturk.clock.advance(hours=1)
    looks, *others = timeline(mturk).splitlines()

    assert looks.endswith(
        "ListHITs(MaxResults=1), ListHITs(MaxResults=2), ListHITs(MaxResults=3), ...  ×8, until 2026-01-05 12:00:00"
    )
    assert others == []


def test_a_long_one_is_cut_in_the_middle(mturk: Simulation) -> None:
    for _ in range(10):
        mturk.client.create_hit(**HIT)
    whole = timeline(mturk).splitlines()

    assert len(whole) == 20
    assert timeline(mturk, 20).splitlines() == whole
    assert timeline(mturk, 12).splitlines() == [*whole[:2], "... 8 more ...", *whole[10:]]
