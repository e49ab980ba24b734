"""Every line of the error catalogue that an operation can answer: in which type it comes, and that nothing changes."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError
from helpers import Refused, api, digest, expire, hand_in, post, refused
from questions import HIT

from mturk_sim import Behavior, Simulation, simulate
from mturk_sim.documents import html_question_document
from mturk_sim.marketplace.errors import CATALOGUE
from mturk_sim.marketplace.rules import rules

Way = Callable[[Simulation], Refused]


def skill(sim: Simulation, **members: Any) -> str:
    """A Qualification type, new or with the same name."""
    base = {"Name": "Skill", "Description": "D", "QualificationTypeStatus": "Active"}
    made: str = api(sim).create_qualification_type(**base | members)["QualificationType"]["QualificationTypeId"]
    return made


def create(sim: Simulation, **members: Any) -> Refused:
    return refused(sim, api(sim).create_hit, **HIT | members)


def requiring(**need: Any) -> dict[str, Any]:
    return {"QualificationRequirements": [need]}


# --- ways to be refused ------------------------------------------------------------------------------------------
def unknown_type(sim: Simulation) -> Refused:
    return create(sim, **requiring(QualificationTypeId="3NOSUCH", Comparator="Exists"))


def unknown_qualification(sim: Simulation) -> Refused:
    ids = {"QualificationTypeId": skill(sim), "WorkerId": sim.worker().id}
    return refused(sim, api(sim).get_qualification_score, **ids)


def assignment_state(sim: Simulation) -> Refused:
    return refused(sim, api(sim).approve_assignment, AssignmentId=sim.worker().accept(post(sim)).id)


def type_state(sim: Simulation) -> Refused:
    inactive = skill(sim, QualificationTypeStatus="Inactive")
    return create(sim, **requiring(QualificationTypeId=inactive, Comparator="Exists"))


def request_state(sim: Simulation) -> Refused:
    request = sim.worker().request_qualification(skill(sim))
    api(sim).accept_qualification_request(QualificationRequestId=request.id)
    return refused(sim, api(sim).accept_qualification_request, QualificationRequestId=request.id)


def qualification_state(sim: Simulation) -> Refused:
    ids = {"QualificationTypeId": skill(sim), "WorkerId": sim.worker().id}
    api(sim).associate_qualification_with_worker(**ids)
    api(sim).disassociate_qualification_from_worker(**ids)
    return refused(sim, api(sim).get_qualification_score, **ids)


def hit_exists(sim: Simulation) -> Refused:
    post(sim, UniqueRequestToken="t")
    return create(sim, UniqueRequestToken="t")


def processed(sim: Simulation) -> Refused:
    request = {"HITId": post(sim), "NumberOfAdditionalAssignments": 1, "UniqueRequestToken": "t"}
    api(sim).create_additional_assignments_for_hit(**request)
    return refused(sim, api(sim).create_additional_assignments_for_hit, **request)


def type_exists(sim: Simulation) -> Refused:
    skill(sim)
    again = {"Name": "Skill", "Description": "D", "QualificationTypeStatus": "Active"}
    return refused(sim, api(sim).create_qualification_type, **again)


def too_many_assignments(sim: Simulation) -> Refused:
    call = api(sim).create_additional_assignments_for_hit
    return refused(sim, call, HITId=post(sim), NumberOfAdditionalAssignments=9)


def not_authorized(sim: Simulation) -> Refused:
    other: Any = sim.requester("other").client
    return refused(sim, other.get_hit, HITId=post(sim))


def late_bonus(sim: Simulation) -> Refused:
    hit_id = post(sim, LifetimeInSeconds=31536000, MaxAssignments=2)
    worker = sim.worker()
    handle = worker.accept(hit_id).submit({"label": "cat"})
    sim.clock.advance(days=200)
    bonus = {"WorkerId": worker.id, "AssignmentId": handle.id, "BonusAmount": "1", "Reason": "x"}
    return refused(sim, api(sim).send_bonus, **bonus)


def reward_in_use(sim: Simulation) -> Refused:
    hit_id = post(sim)
    sim.worker().accept(hit_id)
    members = {"Title": "T", "Description": "D", "Reward": "0.77", "AssignmentDurationInSeconds": 60}
    dearer = api(sim).create_hit_type(**members)["HITTypeId"]
    return refused(sim, api(sim).update_hit_type_of_hit, HITId=hit_id, HITTypeId=dearer)


def no_layout_values(sim: Simulation) -> Refused:
    layout_id = sim.layout(html_question_document("${image_url}", 400))
    request = {name: value for name, value in HIT.items() if name != "Question"}
    return refused(sim, api(sim).create_hit, **request, HITLayoutId=layout_id)


def bad_xhtml(sim: Simulation) -> Refused:
    namespace = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd"
    return create(
        sim,
        Question=f'<QuestionForm xmlns="{namespace}"><Question><QuestionIdentifier>a</QuestionIdentifier>'
        "<QuestionContent><FormattedContent><![CDATA[<blink>x</blink>]]></FormattedContent></QuestionContent>"
        "<AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question></QuestionForm>",
    )


def disposed(sim: Simulation) -> Refused:
    hit_id = post(sim)
    expire(sim, hit_id)
    api(sim).delete_hit(HITId=hit_id)
    return refused(sim, api(sim).update_expiration_for_hit, HITId=hit_id, ExpireAt=sim.clock.now + timedelta(days=1))


WAYS: Final[dict[str, Way]] = {
    "HIT_DOES_NOT_EXIST": lambda sim: refused(sim, api(sim).delete_hit, HITId="3NOSUCH"),
    "HIT_TYPE_DOES_NOT_EXIST": lambda sim: refused(sim, api(sim).list_reviewable_hits, HITTypeId="3NOSUCH"),
    "ASSIGNMENT_DOES_NOT_EXIST": lambda sim: refused(sim, api(sim).get_assignment, AssignmentId="3NOSUCH"),
    "QUALIFICATION_TYPE_DOES_NOT_EXIST": unknown_type,
    "QUALIFICATION_REQUEST_DOES_NOT_EXIST": lambda sim: refused(
        sim, api(sim).accept_qualification_request, QualificationRequestId="3NOSUCH"
    ),
    "QUALIFICATION_DOES_NOT_EXIST": unknown_qualification,
    "HIT_STATE": disposed,
    "ASSIGNMENT_STATE": assignment_state,
    "QUALIFICATION_TYPE_STATE": type_state,
    "QUALIFICATION_REQUEST_STATE": request_state,
    "QUALIFICATION_STATE": qualification_state,
    "HIT_ALREADY_EXISTS": hit_exists,
    "ALREADY_PROCESSED": processed,
    "QUALIFICATION_TYPE_ALREADY_EXISTS": type_exists,
    "TOO_MANY_ASSIGNMENTS": too_many_assignments,
    "PERMISSION_DENIED": not_authorized,
    "BONUS_TOO_LATE": late_bonus,
    "REWARD_IN_USE": reward_in_use,
    "OUT_OF_RANGE": lambda sim: create(sim, LifetimeInSeconds=29),
    "BAD_VALUE": lambda sim: create(sim, Reward="0.00"),
    "MISSING": lambda sim: refused(sim, api(sim).list_bonus_payments),
    "TOO_LONG": lambda sim: create(sim, Title="x" * 129),
    "TOO_SHORT": lambda sim: create(sim, Question=""),
    "MISSING_LAYOUT_PARAMETERS": no_layout_values,
    "BAD_XML": lambda sim: create(sim, Question="<p>"),
    "BAD_XHTML": bad_xhtml,
    "BAD_COMBINATION": lambda sim: create(sim, HITLayoutId="3LAYOUT"),
    "BAD_SHAPE": lambda sim: refused(sim, api(sim).get_hit, HITId="a"),
}
"""A request that meets each line, by the line's name."""
ELSEWHERE: Final[dict[str, str]] = {
    "INSUFFICIENT_FUNDS": "in production only: below, and test_payments",
    "NOT_LINKED": "where credentials are rejected: below",
    "UNKNOWN_KEY": "where credentials are rejected: below",
    "HIT_TOO_NEW": "with a lag only: test_lags",
    "TOO_MANY_BLOCKS": "after 100,000 blocks: test_worker_blocks",
    "BAD_DESTINATION": "of notifications: test_notifications",
    "DESTINATION_REFUSED": "of notifications: test_notifications",
    "THROTTLED": "by injected faults only",
    "SERVICE_FAULT": "by injected faults only",
    "INTERNAL_FAILURE": "by injected faults only",
}
"""Where the other lines are met."""
SUFFIX_FREE = {"BAD_SHAPE"}


def test_every_line_is_met_here_or_elsewhere() -> None:
    assert {*WAYS, *ELSEWHERE} >= set(CATALOGUE)
    assert set(WAYS).isdisjoint(ELSEWHERE)
    assert set(WAYS) <= set(CATALOGUE)


@pytest.mark.rule("ENV-02", "ENV-03", "ENV-04", "ENV-06", "ENV-07", "ENV-08", "ERR-02", "ERR-03", "ERR-06", "ERR-07")
@pytest.mark.rule("ERR-08", "ERR-12", "ERR-13", "ERR-14", "C12", "C17", "C18")
@pytest.mark.parametrize("name", WAYS)
def test_a_refusal_is_as_its_line_says(mturk: Simulation, name: str) -> None:
    """Its type, its code where botocore shows one, its words and their suffix; and nothing changed (see `refused`)."""
    line, refusal = CATALOGUE[name], WAYS[name](mturk)
    assert refusal.type == line.type
    assert refusal.typed == ("RequestError" if line.type == "RequestError" else "ClientError")
    assert refusal.code == (line.code if line.type == "RequestError" else None)
    assert re.fullmatch(re.sub(r"\\\{\w+\\\}", "(?s:.*)", re.escape(line.text)), refusal.text)
    assert refusal.suffix == ("" if name in SUFFIX_FREE else f" ({mturk.clock.micros // 1000} s)")
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert refusal.response["ResponseMetadata"]["RetryAttempts"] == 0


@pytest.mark.rule("XML-03")
def test_what_is_wrong_with_formatted_content_is_told_to_the_end(mturk: Simulation) -> None:
    assert re.fullmatch(
        "There was an error parsing the XHTML data in your request. Please make sure the data is well-formed and "
        r"validates against the appropriate schema. Details: cvc-complex-type\.2\.4\.a: .* is expected\.",
        bad_xhtml(mturk).text,
    )


@pytest.mark.rule("PAY-09", "ERR-03")
def test_without_funds(mturk_factory: Any) -> None:
    with mturk_factory(sandbox=False, balance=0) as sim:
        refusal = create(sim)
        assert (refusal.type, refusal.code) == ("RequestError", CATALOGUE["INSUFFICIENT_FUNDS"].code)
        assert refusal.suffix == f" ({sim.clock.micros // 1000})"


@pytest.mark.rule("C45", "ERR-10")
@pytest.mark.parametrize(("rejected", "name"), [("unlinked", "NOT_LINKED"), ("unknown", "UNKNOWN_KEY")])
def test_with_credentials_rejected(rejected: str, name: str) -> None:
    with simulate(behavior=Behavior(reject_credentials=rejected)) as sim:
        refusal = create(sim)
        assert (refusal.type, refusal.text, refusal.suffix) == (CATALOGUE[name].type, CATALOGUE[name].text, "")


@pytest.mark.rule("ERR-12", "ENV-08")
def test_the_codes_have_the_services_form() -> None:
    for line in CATALOGUE.values():
        assert line.code is None or re.fullmatch(r"AWS\.(MechanicalTurk\.)?[A-Z][A-Za-z]+", line.code)
        assert line.rule in rules()
        assert line.status in (400, 500)


@pytest.mark.rule("ERR-03", "ENV-04")
def test_the_number_is_the_moment_of_the_refusal(mturk: Simulation) -> None:
    mturk.clock.advance(milliseconds=1234)
    first = refused(mturk, api(mturk).get_hit, HITId="3NOSUCH").suffix
    mturk.clock.advance(milliseconds=10)
    second = refused(mturk, api(mturk).get_hit, HITId="3NOSUCH").suffix
    numbers = [int(suffix.strip(" ()s")) for suffix in (first, second)]
    assert numbers[1] - numbers[0] == 10
    assert len(str(numbers[0])) == 13


def test_a_refusal_in_the_middle_of_work_leaves_all_of_it_alone(mturk: Simulation) -> None:
    """With work in every state around, no way to be refused changes anything (the digest is taken by `refused`)."""
    hit_id = post(mturk, MaxAssignments=9)
    submitted, approved, rejected = hand_in(mturk, hit_id, 3)
    api(mturk).approve_assignment(AssignmentId=approved)
    api(mturk).reject_assignment(AssignmentId=rejected, RequesterFeedback="no")
    mturk.worker().accept(hit_id)
    before = digest(mturk)
    for params in ({"AssignmentId": approved}, {"AssignmentId": rejected}):
        with pytest.raises(ClientError):
            api(mturk).approve_assignment(**params)
    with pytest.raises(ClientError):
        api(mturk).delete_hit(HITId=hit_id)
    with pytest.raises(ClientError):
        api(mturk).reject_assignment(AssignmentId=submitted, RequesterFeedback="\x00")
    assert digest(mturk) == before
