"""Assignments: what the requester sees of them, approving and rejecting, and uploaded files."""

from datetime import timedelta
from typing import Any

import pytest
from helpers import api, counters, expire, hand_in, ids, post, refused
from questions import HIT

from mturk_sim import Behavior, Simulation, WorkerRefused, simulate
from mturk_sim.documents import UploadedFile

DAY = 86400
STATES = "This operation can be called with a status of: "


def work(sim: Simulation, **members: Any) -> tuple[str, str]:
    """A HIT and the work handed in on it."""
    hit_id = post(sim, **members)
    return hit_id, hand_in(sim, hit_id)[0]


def view(sim: Simulation, assignment_id: str) -> dict[str, Any]:
    assignment: dict[str, Any] = api(sim).get_assignment(AssignmentId=assignment_id)["Assignment"]
    return assignment


def listed(sim: Simulation, hit_id: str, *statuses: str) -> list[str]:
    asked = {"AssignmentStatuses": list(statuses)} if statuses else {}
    return ids(api(sim).list_assignments_for_hit(HITId=hit_id, **asked)["Assignments"], "AssignmentId")


def approve(sim: Simulation, assignment_id: str, **members: Any) -> None:
    api(sim).approve_assignment(AssignmentId=assignment_id, **members)


def reject(sim: Simulation, assignment_id: str, feedback: str = "no") -> None:
    api(sim).reject_assignment(AssignmentId=assignment_id, RequesterFeedback=feedback)


# --- what is seen ------------------------------------------------------------------------------------------------
@pytest.mark.rule("ASN-08", "ASN-06", "HIT-05")
def test_a_submitted_assignment_has_eight_members(mturk: Simulation) -> None:
    hit_id = post(mturk, AutoApprovalDelayInSeconds=3 * DAY)
    worker = mturk.worker()
    accepted = mturk.clock.now.replace(microsecond=0)
    handle = worker.accept(hit_id)
    mturk.clock.advance(seconds=90)
    handle.submit({"label": "a cat — or two"})
    (assignment,) = api(mturk).list_assignments_for_hit(HITId=hit_id)["Assignments"]

    assert assignment == {
        "AssignmentId": handle.id,
        "WorkerId": worker.id,
        "HITId": hit_id,
        "AssignmentStatus": "Submitted",
        "AutoApprovalTime": accepted + timedelta(days=3, seconds=90),
        "AcceptTime": accepted,
        "SubmitTime": accepted + timedelta(seconds=90),
        "Answer": '<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com'
        '/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>label'
        "</QuestionIdentifier><FreeText>a cat &#8212; or two</FreeText></Answer></QuestionFormAnswers>",
    }
    assert (len(handle.id), handle.id[0]) == (30, "3")


@pytest.mark.rule("ASN-10")
def test_get_assignment_answers_the_work_and_its_hit(mturk: Simulation) -> None:
    hit_id, assignment_id = work(mturk)
    answer = api(mturk).get_assignment(AssignmentId=assignment_id)
    assert answer["HIT"] == api(mturk).get_hit(HITId=hit_id)["HIT"]
    assert [answer["Assignment"]] == api(mturk).list_assignments_for_hit(HITId=hit_id)["Assignments"]


@pytest.mark.rule("ASN-09", "ASN-22")
def test_reviews_appear_after_the_act(mturk: Simulation) -> None:
    hit_id, approved = work(mturk, MaxAssignments=3)
    rejected, plain = hand_in(mturk, hit_id, 2)
    before = view(mturk, approved)
    mturk.clock.advance(minutes=1)
    now = mturk.clock.now.replace(microsecond=0)
    approve(mturk, approved, RequesterFeedback="thanks")
    reject(mturk, rejected, "sorry")
    approve(mturk, plain)

    assert view(mturk, approved) == before | {
        "AssignmentStatus": "Approved",
        "ApprovalTime": now,
        "RequesterFeedback": "thanks",
    }
    assert view(mturk, rejected)["RejectionTime"] == now
    assert view(mturk, rejected)["RequesterFeedback"] == "sorry"
    assert "ApprovalTime" not in view(mturk, rejected)
    assert "RequesterFeedback" not in view(mturk, plain)
    assert listed(mturk, hit_id) == [approved, rejected, plain]


@pytest.mark.rule("ASN-01", "ASN-23", "HIT-31", "LST-11")
def test_only_work_handed_in_is_listed_and_at_any_time(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=9)
    submitted, approved, rejected = hand_in(mturk, hit_id, 3)
    approve(mturk, approved)
    reject(mturk, rejected)
    mturk.worker().accept(hit_id)
    mturk.worker().accept(hit_id).return_()

    assert counters(mturk, hit_id) == ("Assignable", 5, 1, 2)
    assert listed(mturk, hit_id) == [submitted, approved, rejected]
    assert listed(mturk, hit_id, "Submitted") == [submitted]
    assert listed(mturk, hit_id, "Approved", "Rejected") == [approved, rejected]
    assert listed(mturk, hit_id, "Rejected") == [rejected]


@pytest.mark.rule("ASN-11", "C17")
@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("get_assignment", {}),
        ("approve_assignment", {}),
        ("reject_assignment", {"RequesterFeedback": "no"}),
        ("get_file_upload_url", {"QuestionIdentifier": "q"}),
        ("list_bonus_payments", {}),
    ],
)
def test_an_assignment_nobody_knows_does_not_exist(mturk: Simulation, method: str, more: dict[str, Any]) -> None:
    refusal = refused(mturk, getattr(mturk.client, method), AssignmentId="3NOSUCH", **more)
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.AssignmentDoesNotExist")
    assert refusal.text == "Assignment 3NOSUCH does not exist."

    _, theirs = work(mturk)
    refusal = refused(mturk, getattr(mturk.requester("other").client, method), AssignmentId=theirs, **more)
    assert refusal.code == "AWS.MechanicalTurk.PermissionDenied"


@pytest.mark.rule("ASN-12", "ERR-13", "ENV-06")
@pytest.mark.parametrize("what", ["in progress", "returned", "abandoned"])
def test_work_not_handed_in_cannot_be_read(mturk: Simulation, what: str) -> None:
    handle = mturk.worker().accept(post(mturk))
    if what == "returned":
        handle.return_()
    if what == "abandoned":
        mturk.clock.advance(days=1)
    for call, more in (
        (api(mturk).get_assignment, {}),
        (api(mturk).get_file_upload_url, {"QuestionIdentifier": "q"}),
    ):
        refusal = refused(mturk, call, AssignmentId=handle.id, **more)
        assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.InvalidAssignmentState")
        assert refusal.text == STATES + "Reviewable,Approved,Rejected"


# --- workers' side of it -----------------------------------------------------------------------------------------
@pytest.mark.rule("ASN-02", "HIT-30")
def test_the_deadline_may_lie_after_expiry(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=60, AssignmentDurationInSeconds=600)
    handle = mturk.worker().accept(hit_id)
    assert handle.deadline == mturk.clock.now.replace(microsecond=0) + timedelta(seconds=600)
    mturk.clock.advance(seconds=599)
    handle.submit({"label": "cat"})
    approve(mturk, handle.id)


@pytest.mark.rule("ASN-03")
def test_a_missed_deadline_abandons(mturk: Simulation) -> None:
    hit_id = post(mturk, AssignmentDurationInSeconds=600)
    worker = mturk.worker()
    handle = worker.accept(hit_id)
    mturk.clock.advance(seconds=600)
    with pytest.raises(WorkerRefused) as caught:
        handle.submit({"label": "cat"})
    assert caught.value.reason == "too_late"
    assert (worker.account.abandoned, worker.account.returned) == (1, 0)
    assert [fact.assignment_id for fact in mturk.journal.of("AssignmentAbandoned")] == [handle.id]
    assert counters(mturk, hit_id) == ("Assignable", 1, 0, 0)


@pytest.mark.rule("ASN-03")
@pytest.mark.parametrize("act", ["submit", "return"])
def test_what_is_planned_for_the_instant_of_the_deadline_comes_too_late(mturk: Simulation, act: str) -> None:
    hit_id = post(mturk, AssignmentDurationInSeconds=600)
    refusals: list[str] = []

    def at_the_deadline() -> None:
        with pytest.raises(WorkerRefused) as caught:
            handle.submit({"label": "cat"}) if act == "submit" else handle.return_()
        refusals.append(caught.value.reason)

    deadline = mturk.clock.now.replace(microsecond=0) + timedelta(seconds=600)
    mturk.at(deadline, at_the_deadline)  # before the acceptance, so that it rings before the deadline does
    handle = mturk.worker().accept(hit_id)
    assert handle.deadline == deadline
    mturk.clock.advance_to(deadline)
    assert (refusals, handle.status) == (["too_late"], "Abandoned")
    assert mturk.world.store.assignments[handle.id].answer is None


@pytest.mark.rule("ASN-04")
def test_a_worker_hands_in_one_assignment_of_a_hit(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=5)
    worker = mturk.worker()
    worker.accept(hit_id).return_()
    handle = worker.accept(hit_id)
    with pytest.raises(WorkerRefused) as caught:
        worker.accept(hit_id)
    assert caught.value.reason == "already_worked"
    handle.submit({"label": "cat"})
    reject(mturk, handle.id)
    with pytest.raises(WorkerRefused):
        worker.accept(hit_id)


@pytest.mark.rule("ASN-05")
@pytest.mark.parametrize("how", ["returned", "abandoned"])
def test_an_id_given_back_goes_to_the_next(mturk: Simulation, how: str) -> None:
    hit_id = post(mturk, LifetimeInSeconds=30 * DAY)
    first = mturk.worker().accept(hit_id)
    if how == "returned":
        first.return_()
    else:
        mturk.clock.advance(days=1)
    second = mturk.worker().accept(hit_id)
    assert second.id == first.id
    with pytest.raises(WorkerRefused):
        first.submit({"label": "cat"})
    second.submit({"label": "dog"})
    assert view(mturk, first.id)["WorkerId"] == second.worker.id
    assert listed(mturk, hit_id) == [second.id]


@pytest.mark.rule("ASN-05", "ASN-03")
def test_the_deadline_of_a_former_holder_does_not_count(mturk: Simulation) -> None:
    hit_id = post(mturk, AssignmentDurationInSeconds=600)
    mturk.worker().accept(hit_id).return_()
    mturk.clock.advance(seconds=300)
    handle = mturk.worker().accept(hit_id)
    mturk.clock.advance(seconds=400)
    assert handle.status == "Accepted"
    handle.submit({"label": "cat"})


@pytest.mark.rule("ASN-32")
def test_nothing_is_stored_from_a_preview(mturk: Simulation) -> None:
    hit_id = post(mturk)
    with pytest.raises(WorkerRefused) as caught:
        mturk.worker().submit("ASSIGNMENT_ID_NOT_AVAILABLE", {"label": "cat"})
    assert caught.value.reason == "not_held"
    assert counters(mturk, hit_id) == ("Assignable", 1, 0, 0)


# --- automatic approval ------------------------------------------------------------------------------------------
@pytest.mark.rule("ASN-06")
@pytest.mark.parametrize("delay", [1, 30, 600, 601, DAY, 2592000])
def test_work_is_approved_at_its_time_to_the_second(mturk: Simulation, delay: int) -> None:
    """Whether the delay ends before the deadline of the assignment, with it, or after it."""
    _, assignment_id = work(mturk, AutoApprovalDelayInSeconds=delay, AssignmentDurationInSeconds=600)
    due = view(mturk, assignment_id)["AutoApprovalTime"]
    mturk.clock.advance_to(due - timedelta(microseconds=2))
    assert view(mturk, assignment_id)["AssignmentStatus"] == "Submitted"
    mturk.clock.advance(days=40)
    assert view(mturk, assignment_id)["ApprovalTime"] == due
    (fact,) = mturk.journal.of("AssignmentApproved")
    assert (fact.at, fact.detail) == (due, {"automatic": True})


@pytest.mark.rule("ASN-06")
def test_without_a_delay_work_is_approved_on_submission(mturk: Simulation) -> None:
    hit_id, assignment_id = work(mturk, AutoApprovalDelayInSeconds=0)
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 1)
    assert view(mturk, assignment_id)["AssignmentStatus"] == "Approved"


@pytest.mark.rule("ASN-07", "ASN-14")
def test_an_automatic_approval_is_final(mturk: Simulation) -> None:
    _, assignment_id = work(mturk, AutoApprovalDelayInSeconds=60)
    mturk.clock.advance(seconds=60)
    refusal = refused(mturk, api(mturk).reject_assignment, AssignmentId=assignment_id, RequesterFeedback="no")
    assert refusal.text == STATES + "Submitted"


@pytest.mark.rule("ASN-24")
@pytest.mark.parametrize("act", ["extend", "review", "more"])
def test_the_approval_keeps_its_time_whatever_becomes_of_the_hit(mturk: Simulation, act: str) -> None:
    hit_id, assignment_id = work(mturk, AutoApprovalDelayInSeconds=DAY)
    mturk.clock.advance(hours=1)
    if act == "extend":
        later = mturk.clock.now + timedelta(days=20)
        api(mturk).update_expiration_for_hit(HITId=hit_id, ExpireAt=later)
    elif act == "review":
        api(mturk).update_hit_review_status(HITId=hit_id)
    else:
        api(mturk).create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    mturk.clock.advance(hours=23)
    assert view(mturk, assignment_id)["AssignmentStatus"] == "Approved"


# --- review ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("ASN-13", "ASN-17", "HIT-09")
@pytest.mark.parametrize("override", [{}, {"OverrideRejection": False}, {"OverrideRejection": True}])
def test_submitted_work_is_approved(mturk: Simulation, override: dict[str, bool]) -> None:
    _, assignment_id = work(mturk)
    assert set(api(mturk).approve_assignment(AssignmentId=assignment_id, **override)) == {"ResponseMetadata"}
    assert view(mturk, assignment_id)["AssignmentStatus"] == "Approved"


@pytest.mark.rule("ASN-14", "ASN-15", "ASN-07", "ERR-13")
@pytest.mark.parametrize("first", ["approve", "reject"])
def test_a_review_happens_once(mturk: Simulation, first: str) -> None:
    _, assignment_id = work(mturk)
    (approve if first == "approve" else reject)(mturk, assignment_id)
    again: list[tuple[Any, dict[str, Any]]] = [
        (api(mturk).approve_assignment, {}),
        (api(mturk).reject_assignment, {"RequesterFeedback": "no"}),
    ]
    if first == "approve":
        again.append((api(mturk).approve_assignment, {"OverrideRejection": True}))
    for call, more in again:
        refusal = refused(mturk, call, AssignmentId=assignment_id, **more)
        assert (refusal.type, refusal.typed) == ("RequestError", "RequestError")
        assert refusal.code == "AWS.MechanicalTurk.InvalidAssignmentState"
        assert refusal.text == STATES + "Submitted"


@pytest.mark.rule("ASN-20", "ERR-13")
@pytest.mark.parametrize("what", ["in progress", "returned"])
def test_work_not_handed_in_is_in_the_state_null(mturk: Simulation, what: str) -> None:
    handle = mturk.worker().accept(post(mturk))
    if what == "returned":
        handle.return_()
    for call, more in (
        (api(mturk).approve_assignment, {}),
        (api(mturk).approve_assignment, {"OverrideRejection": True}),
        (api(mturk).reject_assignment, {"RequesterFeedback": "no"}),
    ):
        refusal = refused(mturk, call, AssignmentId=handle.id, **more)
        assert refusal.code == "AWS.MechanicalTurk.InvalidAssignmentState"
        assert refusal.text == STATES + "null"


@pytest.mark.rule("ASN-16", "ASN-13", "ASN-09")
def test_a_rejection_can_be_overridden_once(mturk: Simulation) -> None:
    hit_id, assignment_id = work(mturk)
    reject(mturk, assignment_id, "wrong")
    mturk.clock.advance(days=1)
    approve(mturk, assignment_id, OverrideRejection=True)
    overridden = view(mturk, assignment_id)
    assert overridden["AssignmentStatus"] == "Approved"
    assert overridden["ApprovalTime"] == mturk.clock.now.replace(microsecond=0)
    assert overridden["RequesterFeedback"] == "wrong"
    assert "RejectionTime" not in overridden
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 1)
    for more in ({}, {"OverrideRejection": True}):
        assert refused(mturk, api(mturk).approve_assignment, AssignmentId=assignment_id, **more)
    assert refused(mturk, api(mturk).reject_assignment, AssignmentId=assignment_id, RequesterFeedback="no")


@pytest.mark.rule("ASN-13", "C19")
def test_a_rejection_can_be_overridden_for_30_days_from_submission(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=2)
    early, late = hand_in(mturk, hit_id, 2)
    mturk.clock.advance(days=29)
    for assignment_id in (early, late):
        reject(mturk, assignment_id)
    mturk.clock.advance(hours=23, minutes=59, seconds=59)
    approve(mturk, early, OverrideRejection=True)
    mturk.clock.advance(seconds=1)
    refusal = refused(mturk, api(mturk).approve_assignment, AssignmentId=late, OverrideRejection=True)
    assert refusal.code == "AWS.MechanicalTurk.InvalidAssignmentState"
    assert refusal.text == STATES + "Submitted"


@pytest.mark.rule("ASN-18")
def test_feedback_has_up_to_1024_printable_characters(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=2)
    first, second = hand_in(mturk, hit_id, 2)
    for call, assignment_id in ((api(mturk).approve_assignment, first), (api(mturk).reject_assignment, second)):
        refusal = refused(mturk, call, AssignmentId=assignment_id, RequesterFeedback="x" * 1025)
        assert refusal.type == "ParameterValidationError"
        assert refusal.text == "Your request parameter RequesterFeedback  has a maximum length of 1024."
        for code in [*range(9), 11, 12, *range(14, 32)]:
            refusal = refused(mturk, call, AssignmentId=assignment_id, RequesterFeedback=f"a{chr(code)}b")
            assert refusal.text == f'The value "a{chr(code)}b" is not valid for the parameter RequesterFeedback.'
        good = "é\t\n\r" * 256
        call(AssignmentId=assignment_id, RequesterFeedback=good)
        assert view(mturk, assignment_id)["RequesterFeedback"] == good


@pytest.mark.rule("ASN-18", "ERR-09")
def test_a_rejection_needs_feedback(mturk: Simulation) -> None:
    _, assignment_id = work(mturk)
    with pytest.raises(Exception, match='Missing required parameter in input: "RequesterFeedback"'):
        api(mturk).reject_assignment(AssignmentId=assignment_id)


# --- uploaded files ----------------------------------------------------------------------------------------------
def upload_form() -> str:
    namespace = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionForm.xsd"
    return (
        f'<QuestionForm xmlns="{namespace}"><Question><QuestionIdentifier>photo</QuestionIdentifier>'
        "<QuestionContent><Text>Send a photo.</Text></QuestionContent><AnswerSpecification><FileUploadAnswer>"
        "<MaxFileSizeInBytes>1000</MaxFileSizeInBytes><MinFileSizeInBytes>1</MinFileSizeInBytes>"
        "</FileUploadAnswer></AnswerSpecification></Question></QuestionForm>"
    )


@pytest.fixture
def uploading() -> Any:
    with simulate(behavior=Behavior(legacy_file_upload=True)) as sim:
        yield sim


@pytest.mark.rule("C38", "XML-17")
def test_forms_ask_for_no_files_unless_that_is_wanted(mturk: Simulation, uploading: Simulation) -> None:
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {"Question": upload_form()})
    assert refusal.text.startswith("There was an error parsing the XML question or answer data in your request.")
    post(uploading, Question=upload_form())


@pytest.mark.rule("ASN-27", "ASN-37")
def test_a_file_can_be_fetched_for_60_seconds(uploading: Simulation) -> None:
    hit_id = post(uploading, Question=upload_form())
    photo = UploadedFile(size=512, key="a1b2c3")
    (assignment_id,) = hand_in(uploading, hit_id, answers={"photo": photo})
    call = api(uploading).get_file_upload_url
    answer = call(AssignmentId=assignment_id, QuestionIdentifier="photo")
    assert set(answer) == {"FileUploadURL", "ResponseMetadata"}
    url = answer["FileUploadURL"]
    assert url.startswith("https://")
    assert uploading.uploaded(url) == photo
    uploading.clock.advance(seconds=59)
    assert uploading.uploaded(url) == photo
    uploading.clock.advance(seconds=1)
    with pytest.raises(LookupError, match="60 seconds"):
        uploading.uploaded(url)
    assert call(AssignmentId=assignment_id, QuestionIdentifier="photo")["FileUploadURL"] != url
    with pytest.raises(LookupError, match="never answered"):
        uploading.uploaded(url.replace("photo", "other"))


@pytest.mark.rule("ASN-27", "HIT-55")
def test_files_are_gone_with_their_hit(uploading: Simulation) -> None:
    hit_id = post(uploading, Question=upload_form())
    (assignment_id,) = hand_in(uploading, hit_id, answers={"photo": UploadedFile(size=512, key="a1b2c3")})
    url = api(uploading).get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="photo")["FileUploadURL"]
    approve(uploading, assignment_id)
    expire(uploading, hit_id)
    api(uploading).delete_hit(HITId=hit_id)
    with pytest.raises(LookupError, match="disposed"):
        uploading.uploaded(url)
    refusal = refused(
        uploading, api(uploading).get_file_upload_url, AssignmentId=assignment_id, QuestionIdentifier="photo"
    )
    assert refusal.text == f"Assignment {assignment_id} does not exist."


@pytest.mark.rule("ASN-27")
def test_an_answer_that_is_no_file_has_no_address(mturk: Simulation) -> None:
    _, assignment_id = work(mturk)
    for question in ("label", "nothing"):
        refusal = refused(
            mturk, api(mturk).get_file_upload_url, AssignmentId=assignment_id, QuestionIdentifier=question
        )
        assert refusal.type == "ParameterValidationError"
        assert refusal.text == f'The value "{question}" is not valid for the parameter QuestionIdentifier.'
