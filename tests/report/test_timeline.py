"""The timeline: calls stand before what they did, looks are one line, and a long one is cut in the middle."""

import pytest
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
