"""HITs after their creation: counters, expiry, more assignments, review, another type, deletion."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from helpers import api, counters, digest, expire, hand_in, ids, post, refused, shown
from questions import HIT

from mturk_sim import Behavior, Simulation, WorkerRefused, simulate

DAY = 86400


def at(sim: Simulation, **ahead: float) -> datetime:
    """An instant that far ahead, in whole seconds."""
    return (sim.clock.now + timedelta(**ahead)).replace(microsecond=0)


def extend(sim: Simulation, hit_id: str, when: datetime | float) -> None:
    api(sim).update_expiration_for_hit(HITId=hit_id, ExpireAt=when)


def reviewable(sim: Simulation, **members: Any) -> tuple[str, list[str]]:
    """A HIT with all work in, and the work."""
    hit_id = post(sim, **members)
    return hit_id, hand_in(sim, hit_id, members.get("MaxAssignments", 1))


def approve(sim: Simulation, assignment_ids: list[str]) -> None:
    for assignment_id in assignment_ids:
        api(sim).approve_assignment(AssignmentId=assignment_id)


# --- counters ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-25", "HIT-24", "HIT-26", "HIT-29", "HIT-31")
def test_the_official_table(mturk: Simulation) -> None:
    """MaxAssignments 5: the published states, available and pending, and what was approved on the way."""
    hit_id = post(mturk, MaxAssignments=5)
    assert counters(mturk, hit_id) == ("Assignable", 5, 0, 0)
    held = [mturk.worker().accept(hit_id) for _ in range(3)]
    assert counters(mturk, hit_id) == ("Assignable", 2, 3, 0)
    held += [mturk.worker().accept(hit_id) for _ in range(2)]
    for handle in held[:2]:
        handle.submit({"label": "cat"})
    assert counters(mturk, hit_id) == ("Unassignable", 0, 3, 0)
    held[2].return_()
    assert counters(mturk, hit_id) == ("Assignable", 1, 2, 0)
    held[2] = mturk.worker().accept(hit_id)
    for handle in held[2:]:
        handle.submit({"label": "cat"})
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 0)
    approve(mturk, [handle.id for handle in held[:3]])
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 3)
    approve(mturk, [handle.id for handle in held[3:]])
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 5)


@pytest.mark.rule("HIT-33", "C4")
@pytest.mark.parametrize(("switch", "completed"), [(False, 1), (True, 2)])
def test_completed_counts_reviewed_work_and_submitted_if_that_is_wanted(switch: bool, completed: int) -> None:
    with simulate(behavior=Behavior(completed_counts_submitted=switch)) as sim:
        hit_id, work = reviewable(sim, MaxAssignments=2)
        approve(sim, work[:1])
        assert counters(sim, hit_id) == ("Reviewable", 0, 0, completed)


@pytest.mark.rule("HIT-32", "C2")
@pytest.mark.parametrize(("switch", "available"), [(False, 2), (True, 0)])
def test_available_after_expiry_is_arithmetic_or_0_if_that_is_wanted(switch: bool, available: int) -> None:
    with simulate(behavior=Behavior(zero_available_after_expiry=switch)) as sim:
        hit_id = post(sim, MaxAssignments=3)
        hand_in(sim, hit_id)
        assert counters(sim, hit_id) == ("Assignable", 2, 0, 0)
        expire(sim, hit_id)
        assert counters(sim, hit_id) == ("Reviewable", available, 0, 0)


@pytest.mark.rule("HIT-27")
def test_a_rejection_frees_no_slot(mturk: Simulation) -> None:
    hit_id, (assignment_id,) = reviewable(mturk)
    api(mturk).reject_assignment(AssignmentId=assignment_id, RequesterFeedback="no")
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 1)
    with pytest.raises(WorkerRefused):
        mturk.worker().accept(hit_id)


# --- expiry ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-24", "HIT-26", "HIT-30")
def test_a_hit_expires_by_itself(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=60)
    worker = mturk.worker()
    mturk.clock.advance(seconds=59)
    assert [hit.id for hit in worker.search()] == [hit_id]
    worker.preview(hit_id)
    mturk.clock.advance(seconds=1)
    assert counters(mturk, hit_id)[0] == "Reviewable"
    assert worker.search() == []
    for act in (worker.preview, worker.accept):
        with pytest.raises(WorkerRefused, match="expired") as caught:
            act(hit_id)
        assert caught.value.reason == "expired"


@pytest.mark.rule("HIT-24", "HIT-30", "C3", "ASN-02")
def test_work_under_way_keeps_an_expired_hit_unassignable(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=60, MaxAssignments=2)
    handle = mturk.worker().accept(hit_id)
    mturk.clock.advance(seconds=61)
    assert counters(mturk, hit_id) == ("Unassignable", 1, 1, 0)
    with pytest.raises(WorkerRefused, match="expired"):
        mturk.worker().accept(hit_id)
    handle.submit({"label": "cat"})
    assert counters(mturk, hit_id) == ("Reviewable", 1, 0, 0)


@pytest.mark.rule("HIT-24", "HIT-29")
@pytest.mark.parametrize("how", ["returned", "abandoned"])
def test_work_given_back_after_expiry_is_not_offered_again(mturk: Simulation, how: str) -> None:
    hit_id = post(mturk, LifetimeInSeconds=60)
    handle = mturk.worker().accept(hit_id)
    mturk.clock.advance(seconds=61)
    if how == "returned":
        handle.return_()
    else:
        mturk.clock.advance(seconds=600)
    assert counters(mturk, hit_id) == ("Reviewable", 1, 0, 0)


@pytest.mark.rule("HIT-40", "HIT-45")
@pytest.mark.parametrize("when", [0, 1.5, datetime(2020, 1, 1, tzinfo=UTC), "now"])
def test_a_past_instant_expires_at_once(mturk: Simulation, when: Any) -> None:
    hit_id = post(mturk)
    moment = mturk.clock.now
    extend(mturk, hit_id, moment if when == "now" else when)
    hit = shown(mturk, hit_id)
    assert (hit["HITStatus"], hit["Expiration"]) == ("Reviewable", moment.replace(microsecond=0))
    api(mturk).delete_hit(HITId=hit_id)


@pytest.mark.rule("HIT-40", "C7")
def test_expiring_again_changes_nothing(mturk: Simulation) -> None:
    hit_id = post(mturk)
    expire(mturk, hit_id)
    before = digest(mturk)
    expire(mturk, hit_id)
    expire(mturk, hit_id)
    assert digest(mturk) == before


@pytest.mark.rule("HIT-30")
def test_an_expiry_is_told_once(mturk: Simulation) -> None:
    early, moved, due = post(mturk), post(mturk), post(mturk)
    first = shown(mturk, moved)["Expiration"]
    expire(mturk, early)
    expire(mturk, moved)
    extend(mturk, moved, first)
    mturk.clock.advance(days=3)
    told = [str(fact.hit_id) for fact in mturk.journal.of("HITExpired")]
    assert sorted(told) == sorted([early, moved, moved, due])


@pytest.mark.rule("HIT-41")
@pytest.mark.parametrize("increment", [60, 31536000])
def test_an_extension_adds_to_the_present_expiry(mturk: Simulation, increment: int) -> None:
    hit_id = post(mturk)
    later = shown(mturk, hit_id)["Expiration"] + timedelta(seconds=increment)
    extend(mturk, hit_id, later)
    assert shown(mturk, hit_id)["Expiration"] == later


@pytest.mark.rule("HIT-41", "HIT-42", "C1")
@pytest.mark.parametrize("increment", [59, 11, 0, -1, 60 - DAY, 31536001])
def test_an_extension_has_a_range(mturk: Simulation, increment: int) -> None:
    hit_id = post(mturk)
    when = shown(mturk, hit_id)["Expiration"] + timedelta(seconds=increment)
    refusal = refused(mturk, api(mturk).update_expiration_for_hit, HITId=hit_id, ExpireAt=when)
    assert (refusal.type, refusal.typed) == ("ParameterValidationError", "ClientError")
    assert refusal.text == (
        f"The value {increment} is invalid for ExpirationIncrementInSeconds. Valid values range from 60 to 31536000."
    )


@pytest.mark.rule("C1", "HIT-42")
def test_expiry_comes_forward_if_that_is_wanted() -> None:
    with simulate(behavior=Behavior(expiry_can_move_earlier=True)) as sim:
        hit_id = post(sim)
        soon = at(sim, minutes=5)
        extend(sim, hit_id, soon)
        assert shown(sim, hit_id)["Expiration"] == soon
        sim.clock.advance(minutes=5)
        assert counters(sim, hit_id)[0] == "Reviewable"
        sim.clock.advance(days=2)
        assert len(sim.journal.of("HITExpired")) == 1


@pytest.mark.rule("HIT-40")
def test_a_hit_is_expired_and_deleted_at_the_very_instant_of_its_expiry(mturk: Simulation) -> None:
    made: list[str] = []

    def at_the_expiry() -> None:
        expire(mturk, made[0])
        api(mturk).delete_hit(HITId=made[0])

    expiry = mturk.clock.now + timedelta(seconds=60)
    mturk.at(expiry, at_the_expiry)  # before the HIT is made, so that it rings before its expiry does
    made.append(post(mturk, LifetimeInSeconds=60))
    assert shown(mturk, made[0])["Expiration"] == expiry
    mturk.clock.advance(hours=1)
    kinds = [fact.kind for fact in mturk.journal]
    assert kinds == ["HITCreated", "HITExpired", "HITReviewable", "HITDisposed"]


@pytest.mark.rule("C1", "HIT-40")
def test_expiry_that_comes_forward_into_this_second_has_come() -> None:
    with simulate(behavior=Behavior(expiry_can_move_earlier=True)) as sim:
        hit_id = post(sim)
        sim.clock.advance(milliseconds=300)
        extend(sim, hit_id, sim.clock.now + timedelta(milliseconds=500))
        assert counters(sim, hit_id)[0] == "Reviewable"
        assert [fact.kind for fact in sim.journal] == ["HITCreated", "HITExpired", "HITReviewable"]
        sim.clock.advance(days=2)
        assert len(sim.journal.of("HITExpired")) == 1


@pytest.mark.rule("HIT-43", "HIT-28", "C6")
def test_an_expired_hit_is_extended_from_now(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=60)
    mturk.clock.advance(days=10)
    refusal = refused(mturk, api(mturk).update_expiration_for_hit, HITId=hit_id, ExpireAt=at(mturk, seconds=59))
    assert refusal.text.startswith("The value 59 is invalid for ExpirationIncrementInSeconds.")
    extend(mturk, hit_id, at(mturk, seconds=60))
    assert counters(mturk, hit_id) == ("Assignable", 1, 0, 0)
    mturk.clock.advance(seconds=61)
    assert counters(mturk, hit_id)[0] == "Reviewable"


@pytest.mark.rule("HIT-43", "HIT-28")
def test_time_alone_brings_no_slots(mturk: Simulation) -> None:
    hit_id, _ = reviewable(mturk)
    extend(mturk, hit_id, at(mturk, days=2))
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 0)


@pytest.mark.rule("HIT-44", "C7")
def test_the_same_future_instant_twice_is_refused_for_24_hours() -> None:
    with simulate(start=datetime(2021, 7, 4, 20, 26, 6, tzinfo=UTC)) as sim:
        hit_id = post(sim)
        when = datetime(2021, 7, 14, 20, 26, 6, tzinfo=UTC)
        extend(sim, hit_id, when)
        refusal = refused(sim, api(sim).update_expiration_for_hit, HITId=hit_id, ExpireAt=when)
        assert (refusal.type, refusal.typed) == ("RequestError", "RequestError")
        assert refusal.text == (
            f'The idempotency token "{hit_id}Wed Jul 14 20:26:06 UTC 2021" has already been processed.'
        )
        soon = datetime(2021, 7, 6, 1, 2, 3, tzinfo=UTC)
        expire(sim, hit_id)
        extend(sim, hit_id, soon)
        refusal = refused(sim, api(sim).update_expiration_for_hit, HITId=hit_id, ExpireAt=soon)
        assert f"{hit_id}Tue Jul 06 01:02:03 UTC 2021" in refusal.text
        extend(sim, post(sim), when)
        sim.clock.advance(days=1)
        refusal = refused(sim, api(sim).update_expiration_for_hit, HITId=hit_id, ExpireAt=soon)
        assert refusal.text.startswith("The value 0 is invalid for ExpirationIncrementInSeconds.")
        extend(sim, hit_id, when)


@pytest.mark.rule("HIT-45")
def test_fractions_of_a_second_are_cut(mturk: Simulation) -> None:
    hit_id = post(mturk)
    later = shown(mturk, hit_id)["Expiration"] + timedelta(hours=1)
    extend(mturk, hit_id, later + timedelta(milliseconds=700))
    assert shown(mturk, hit_id)["Expiration"] == later


# --- more assignments --------------------------------------------------------------------------------------------
def more(sim: Simulation, hit_id: str, number: int, **members: Any) -> None:
    api(sim).create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=number, **members)


@pytest.mark.rule("HIT-46", "HIT-28", "HIT-39")
@pytest.mark.parametrize("status", ["Reviewable", "Reviewing"])
def test_more_assignments_open_a_hit_again(mturk: Simulation, status: str) -> None:
    hit_id, _ = reviewable(mturk)
    if status == "Reviewing":
        api(mturk).update_hit_review_status(HITId=hit_id)
    more(mturk, hit_id, 2)
    assert counters(mturk, hit_id) == ("Assignable", 2, 0, 0)
    assert shown(mturk, hit_id)["MaxAssignments"] == 3
    hand_in(mturk, hit_id, 2)
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 0)


@pytest.mark.rule("HIT-46", "HIT-24")
def test_more_assignments_open_a_hit_that_is_all_taken(mturk: Simulation) -> None:
    hit_id = post(mturk)
    mturk.worker().accept(hit_id)
    assert counters(mturk, hit_id) == ("Unassignable", 0, 1, 0)
    more(mturk, hit_id, 1)
    assert counters(mturk, hit_id) == ("Assignable", 1, 1, 0)


@pytest.mark.rule("HIT-46", "HIT-32")
def test_an_expired_hit_with_more_assignments_waits_for_more_time(mturk: Simulation) -> None:
    hit_id = post(mturk)
    expire(mturk, hit_id)
    more(mturk, hit_id, 3)
    assert counters(mturk, hit_id) == ("Reviewable", 4, 0, 0)
    extend(mturk, hit_id, at(mturk, hours=1))
    assert counters(mturk, hit_id) == ("Assignable", 4, 0, 0)


@pytest.mark.rule("HIT-46", "HIT-19")
@pytest.mark.parametrize("number", [0, -1, 1000000001])
def test_the_number_of_more_assignments_has_a_range(mturk: Simulation, number: int) -> None:
    refusal = refused(
        mturk,
        api(mturk).create_additional_assignments_for_hit,
        HITId=post(mturk, MaxAssignments=10),
        NumberOfAdditionalAssignments=number,
    )
    assert refusal.text == (
        f"The value {number} is invalid for NumberOfAdditionalAssignments. Valid values range from 1 to 1000000000."
    )


@pytest.mark.rule("HIT-47")
@pytest.mark.parametrize(("first", "then"), [(1, 9), (9, 1), (5, 1000)])
def test_fewer_than_ten_stay_fewer_than_ten(mturk: Simulation, first: int, then: int) -> None:
    hit_id = post(mturk, MaxAssignments=first)
    refusal = refused(
        mturk, api(mturk).create_additional_assignments_for_hit, HITId=hit_id, NumberOfAdditionalAssignments=then
    )
    assert (refusal.type, refusal.code) == (
        "RequestError",
        "AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease",
    )
    assert refusal.text == "A HIT created with fewer than 10 assignments cannot be extended to 10 or more."
    if first < 9:
        more(mturk, hit_id, 9 - first)
        assert shown(mturk, hit_id)["MaxAssignments"] == 9


@pytest.mark.rule("HIT-47")
def test_ten_or_more_grow_freely(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=10)
    more(mturk, hit_id, 1)
    more(mturk, hit_id, 1000)
    assert shown(mturk, hit_id)["MaxAssignments"] == 1011


@pytest.mark.rule("HIT-49", "HIT-23b")
def test_a_token_adds_assignments_once_in_24_hours(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=30 * DAY)
    more(mturk, hit_id, 1, UniqueRequestToken="once")
    call = api(mturk).create_additional_assignments_for_hit
    params = {"HITId": hit_id, "NumberOfAdditionalAssignments": 1, "UniqueRequestToken": "once"}
    refusal = refused(mturk, call, **params)
    assert (refusal.type, refusal.typed) == ("RequestError", "RequestError")
    assert refusal.text == 'The idempotency token "once" has already been processed.'
    mturk.clock.advance(days=1)
    call(**params)
    assert shown(mturk, hit_id)["MaxAssignments"] == 3


# --- review ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-38")
def test_a_hit_goes_to_reviewing_and_back(mturk: Simulation) -> None:
    hit_id, _ = reviewable(mturk)
    api(mturk).update_hit_review_status(HITId=hit_id)
    assert counters(mturk, hit_id)[0] == "Reviewing"
    api(mturk).update_hit_review_status(HITId=hit_id, Revert=True)
    assert counters(mturk, hit_id)[0] == "Reviewable"
    api(mturk).update_hit_review_status(HITId=hit_id, Revert=False)
    assert counters(mturk, hit_id)[0] == "Reviewing"
    told = [fact.kind for fact in mturk.journal if fact.kind in ("HITReviewable", "HITReviewing")]
    assert told == ["HITReviewable", "HITReviewing"] * 2


@pytest.mark.rule("HIT-38", "C18", "HIT-14")
@pytest.mark.parametrize(("revert", "allowed"), [(False, "Reviewable"), (True, "Reviewing")])
def test_it_is_no_toggle(mturk: Simulation, revert: bool, allowed: str) -> None:
    hit_id, _ = reviewable(mturk)
    if not revert:
        api(mturk).update_hit_review_status(HITId=hit_id)
    status = counters(mturk, hit_id)[0]
    refusal = refused(mturk, api(mturk).update_hit_review_status, HITId=hit_id, Revert=revert)
    assert refusal.code == "AWS.MechanicalTurk.InvalidHITState"
    assert refusal.text == (
        f"This HIT is currently in the state '{status}'.  This operation can be called with a status of: {allowed}"
    )
    assert shown(mturk, hit_id)["HITReviewStatus"] == "NotReviewed"


@pytest.mark.rule("HIT-39")
def test_a_hit_that_is_reviewing_is_worked_with_like_a_reviewable_one(mturk: Simulation) -> None:
    hit_id, work = reviewable(mturk, MaxAssignments=2)
    api(mturk).update_hit_review_status(HITId=hit_id)
    assert ids(api(mturk).list_assignments_for_hit(HITId=hit_id)["Assignments"], "AssignmentId") == work
    approve(mturk, work)
    assert counters(mturk, hit_id) == ("Reviewing", 0, 0, 2)
    api(mturk).delete_hit(HITId=hit_id)
    assert counters(mturk, hit_id)[0] == "Disposed"


# --- another type ------------------------------------------------------------------------------------------------
def other_type(sim: Simulation, **members: Any) -> str:
    base = {"Title": "New", "Description": "Other.", "Reward": HIT["Reward"], "AssignmentDurationInSeconds": 60}
    hit_type_id: str = api(sim).create_hit_type(**base | members)["HITTypeId"]
    return hit_type_id


@pytest.mark.rule("HIT-50")
def test_every_property_changes_with_the_type(mturk: Simulation) -> None:
    hit_id = post(mturk, Keywords="old", RequesterAnnotation="kept")
    before = shown(mturk, hit_id)
    hit_type_id = other_type(mturk, Reward="2.00", AutoApprovalDelayInSeconds=5)
    api(mturk).update_hit_type_of_hit(HITId=hit_id, HITTypeId=hit_type_id)
    after = shown(mturk, hit_id)

    assert (after["HITTypeId"], after["Title"], after["Description"]) == (hit_type_id, "New", "Other.")
    assert (after["Reward"], after["AutoApprovalDelayInSeconds"], after["AssignmentDurationInSeconds"]) == (
        "2.00",
        5,
        60,
    )
    assert after["HITGroupId"] != before["HITGroupId"]
    assert "Keywords" not in after
    same = ("HITId", "CreationTime", "Expiration", "Question", "MaxAssignments", "RequesterAnnotation", "HITStatus")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    handle = mturk.worker().accept(hit_id)
    assert handle.deadline == mturk.clock.now.replace(microsecond=0) + timedelta(seconds=60)


@pytest.mark.rule("HIT-50")
def test_work_under_way_keeps_its_deadline_and_work_handed_in_its_approval(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=2, AutoApprovalDelayInSeconds=3600)
    (assignment_id,) = hand_in(mturk, hit_id)
    handle = mturk.worker().accept(hit_id)
    deadline = handle.deadline
    api(mturk).update_hit_type_of_hit(HITId=hit_id, HITTypeId=other_type(mturk, AutoApprovalDelayInSeconds=5))
    assert handle.deadline == deadline
    mturk.clock.advance(seconds=3599)
    assert api(mturk).get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"] == "Submitted"
    mturk.clock.advance(seconds=1)
    assert api(mturk).get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"] == "Approved"


@pytest.mark.rule("HIT-50")
@pytest.mark.parametrize("work", ["accepted", "submitted", "reviewed"])
def test_the_reward_stays_once_a_slot_is_taken(mturk: Simulation, work: str) -> None:
    hit_id = post(mturk, MaxAssignments=2)
    handle = mturk.worker().accept(hit_id)
    if work != "accepted":
        handle.submit({"label": "cat"})
    if work == "reviewed":
        approve(mturk, [handle.id])
    same, dearer = other_type(mturk), other_type(mturk, Reward="0.11")
    refusal = refused(mturk, api(mturk).update_hit_type_of_hit, HITId=hit_id, HITTypeId=dearer)
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.InvalidHITState")
    api(mturk).update_hit_type_of_hit(HITId=hit_id, HITTypeId=same)
    assert shown(mturk, hit_id)["HITTypeId"] == same


@pytest.mark.rule("HIT-50")
def test_the_reward_may_change_again_once_all_slots_are_free(mturk: Simulation) -> None:
    hit_id = post(mturk)
    mturk.worker().accept(hit_id).return_()
    api(mturk).update_hit_type_of_hit(HITId=hit_id, HITTypeId=other_type(mturk, Reward="0.11"))
    assert shown(mturk, hit_id)["Reward"] == "0.11"


@pytest.mark.rule("HIT-50", "LST-09")
def test_a_reviewable_hit_is_listed_under_its_new_type(mturk: Simulation) -> None:
    hit_id, _ = reviewable(mturk)
    old, new = shown(mturk, hit_id)["HITTypeId"], other_type(mturk)
    api(mturk).update_hit_type_of_hit(HITId=hit_id, HITTypeId=new)
    for hit_type_id, listed in ((old, []), (new, [hit_id])):
        assert ids(api(mturk).list_reviewable_hits(HITTypeId=hit_type_id)["HITs"]) == listed


def test_an_unknown_type_is_refused(mturk: Simulation) -> None:
    refusal = refused(mturk, api(mturk).update_hit_type_of_hit, HITId=post(mturk), HITTypeId="3NOSUCH")
    assert refusal.text == "HITType 3NOSUCH does not exist."


# --- deletion ----------------------------------------------------------------------------------------------------
def delete_refused(sim: Simulation, hit_id: str) -> str:
    refusal = refused(sim, api(sim).delete_hit, HITId=hit_id)
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.InvalidHITState")
    return refusal.text


@pytest.mark.rule("HIT-51", "ERR-13")
def test_only_a_reviewable_hit_can_be_deleted(mturk: Simulation) -> None:
    hit_id = post(mturk)
    sentence = "This HIT is currently in the state '{}'.  This operation can be called with a status of: {}"
    assert delete_refused(mturk, hit_id) == sentence.format("Assignable", "Reviewing, Reviewable")
    mturk.worker().accept(hit_id)
    assert delete_refused(mturk, hit_id) == sentence.format("Unassignable", "Reviewing, Reviewable")


@pytest.mark.rule("HIT-52")
@pytest.mark.parametrize("status", ["Reviewable", "Reviewing"])
def test_with_work_not_reviewed_the_refusal_is_absurd(mturk: Simulation, status: str) -> None:
    hit_id, work = reviewable(mturk, MaxAssignments=2)
    approve(mturk, work[:1])
    if status == "Reviewing":
        api(mturk).update_hit_review_status(HITId=hit_id)
    assert delete_refused(mturk, hit_id) == (
        f"This HIT is currently in the state '{status}'.  "
        "This operation can be called with a status of: Reviewing, Reviewable"
    )


@pytest.mark.rule("HIT-53", "HIT-37")
def test_a_second_deletion_finds_it_disposed(mturk: Simulation) -> None:
    hit_id = post(mturk)
    expire(mturk, hit_id)
    api(mturk).delete_hit(HITId=hit_id)
    assert counters(mturk, hit_id)[0] == "Disposed"
    assert delete_refused(mturk, hit_id).startswith("This HIT is currently in the state 'Disposed'.  ")


@pytest.mark.rule("HIT-54", "HIT-40")
def test_an_expired_hit_that_nobody_took_can_be_deleted(mturk: Simulation) -> None:
    hit_id = post(mturk)
    expire(mturk, hit_id)
    assert set(api(mturk).delete_hit(HITId=hit_id)) == {"ResponseMetadata"}


@pytest.mark.rule("HIT-55", "ASN-22", "LST-16", "HIT-37", "HIT-36", "HIT-39")
@pytest.mark.parametrize("status", ["Reviewable", "Reviewing"])
def test_deletion_drops_the_work_and_leaves_the_lists_at_once(mturk: Simulation, status: str) -> None:
    client = api(mturk)
    hit_id, work = reviewable(mturk, MaxAssignments=2)
    client.approve_assignment(AssignmentId=work[0])
    client.reject_assignment(AssignmentId=work[1], RequesterFeedback="no")
    if status == "Reviewing":
        client.update_hit_review_status(HITId=hit_id)
    client.delete_hit(HITId=hit_id)

    assert disposed(mturk) == [hit_id]
    assert client.list_hits()["HITs"] == client.list_reviewable_hits()["HITs"] == []
    for call in (client.list_assignments_for_hit, client.list_bonus_payments):
        refusal = refused(mturk, call, HITId=hit_id)
        assert (refusal.code, refusal.text) == (
            "AWS.MechanicalTurk.HITDoesNotExist",
            f"Hit {hit_id} does not exist.",
        )
    refusal = refused(mturk, client.approve_assignment, AssignmentId=work[1], OverrideRejection=True)
    assert refusal.text == f"Assignment {work[1]} does not exist."
    mturk.clock.advance(days=1)
    assert refused(mturk, client.get_hit, HITId=hit_id).text == f"Hit {hit_id} does not exist."


@pytest.mark.rule("HIT-36", "HIT-57", "C9")
@pytest.mark.parametrize("delay", [timedelta(hours=24), timedelta(minutes=1), timedelta(0)])
def test_some_time_after_its_deletion_a_hit_does_not_exist(delay: timedelta) -> None:
    with simulate(behavior=None if delay == timedelta(hours=24) else Behavior(disposed_for=delay)) as sim:
        hit_id = post(sim)
        expire(sim, hit_id)
        api(sim).delete_hit(HITId=hit_id)
        if delay:
            sim.clock.advance(delay - timedelta(seconds=1))
            assert counters(sim, hit_id)[0] == "Disposed"
            sim.clock.advance(seconds=1)
        refusal = refused(sim, api(sim).get_hit, HITId=hit_id)
        assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.HITDoesNotExist")
        assert refusal.text == f"Hit {hit_id} does not exist."


# --- disposal ----------------------------------------------------------------------------------------------------
def disposed(sim: Simulation) -> list[str | None]:
    return [fact.hit_id for fact in sim.journal.of("HITDisposed")]


@pytest.mark.rule("HIT-35", "HIT-39", "C8")
@pytest.mark.parametrize("status", ["Reviewable", "Reviewing"])
def test_an_expired_hit_disposes_of_itself_after_120_days(mturk: Simulation, status: str) -> None:
    hit_id = post(mturk)
    mturk.clock.advance(days=1)
    if status == "Reviewing":
        api(mturk).update_hit_review_status(HITId=hit_id)
    mturk.clock.advance(days=120, seconds=-1)
    assert counters(mturk, hit_id)[0] == status
    mturk.clock.advance(seconds=1)
    assert counters(mturk, hit_id)[0] == "Disposed"
    assert api(mturk).list_hits()["HITs"] == []
    mturk.clock.advance(days=1)
    assert refused(mturk, api(mturk).get_hit, HITId=hit_id).text == f"Hit {hit_id} does not exist."


@pytest.mark.rule("HIT-35", "C8")
def test_the_days_count_from_the_last_submission(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=60, AssignmentDurationInSeconds=20 * DAY, AutoApprovalDelayInSeconds=0)
    handle = mturk.worker().accept(hit_id)
    mturk.clock.advance(days=10)
    handle.submit({"label": "cat"})
    mturk.clock.advance(days=120, seconds=-2)
    assert disposed(mturk) == []
    mturk.clock.advance(seconds=2)
    assert disposed(mturk) == [hit_id]


@pytest.mark.rule("HIT-35", "HIT-39", "C8")
@pytest.mark.parametrize("status", ["Reviewable", "Reviewing"])
def test_the_days_count_from_the_last_review(mturk: Simulation, status: str) -> None:
    hit_id, _ = reviewable(mturk, LifetimeInSeconds=60)
    if status == "Reviewing":
        api(mturk).update_hit_review_status(HITId=hit_id)
    mturk.clock.advance(days=30, seconds=120)
    assert counters(mturk, hit_id) == (status, 0, 0, 1)
    mturk.clock.advance(days=119, hours=23)
    assert disposed(mturk) == []
    mturk.clock.advance(hours=1)
    assert disposed(mturk) == [hit_id]


@pytest.mark.rule("HIT-35", "HIT-28")
def test_an_extended_hit_starts_anew(mturk: Simulation) -> None:
    hit_id = post(mturk)
    mturk.clock.advance(days=100)
    extend(mturk, hit_id, at(mturk, days=1))
    mturk.clock.advance(days=120)
    assert disposed(mturk) == []
    mturk.clock.advance(days=1)
    assert disposed(mturk) == [hit_id]


@pytest.mark.rule("C8")
def test_giving_work_back_long_after_expiry_ends_the_hit_at_that_moment(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=60, AssignmentDurationInSeconds=200 * DAY)
    handle = mturk.worker().accept(hit_id)
    mturk.clock.advance(days=150)
    handle.return_()
    assert [fact.at for fact in mturk.journal.of("HITDisposed")] == [mturk.clock.now]


# --- who may -----------------------------------------------------------------------------------------------------
ON_HITS = [
    ("get_hit", {}),
    ("update_expiration_for_hit", {"ExpireAt": 0}),
    ("create_additional_assignments_for_hit", {"NumberOfAdditionalAssignments": 1}),
    ("update_hit_type_of_hit", {"HITTypeId": "3TYPE"}),
    ("update_hit_review_status", {}),
    ("delete_hit", {}),
    ("list_assignments_for_hit", {}),
    ("list_bonus_payments", {}),
]


@pytest.mark.rule("HIT-57", "HIT-36")
@pytest.mark.parametrize(("method", "more"), ON_HITS, ids=[method for method, _ in ON_HITS])
def test_a_hit_nobody_knows_does_not_exist(mturk: Simulation, method: str, more: dict[str, Any]) -> None:
    refusal = refused(mturk, getattr(mturk.client, method), HITId="3NOSUCH", **more)
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.HITDoesNotExist")
    assert refusal.text == "Hit 3NOSUCH does not exist."


@pytest.mark.rule("HIT-56", "C42")
@pytest.mark.parametrize(("method", "more"), ON_HITS, ids=[method for method, _ in ON_HITS])
def test_anothers_hit_is_not_to_be_touched(mturk: Simulation, method: str, more: dict[str, Any]) -> None:
    hit_id = post(mturk)
    refusal = refused(mturk, getattr(mturk.requester("other").client, method), HITId=hit_id, **more)
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.PermissionDenied")
    assert refusal.text == "This user is not authorized to perform the requested operation."


@pytest.mark.rule("C42", "LST-10")
def test_requesters_list_their_own_hits(mturk: Simulation) -> None:
    other: Any = mturk.requester("other").client
    mine, theirs = post(mturk), post(mturk, other)
    assert ids(api(mturk).list_hits()["HITs"]) == [mine]
    assert ids(other.list_hits()["HITs"]) == [theirs]
    assert {hit.id for hit in mturk.worker().search()} == {mine, theirs}
