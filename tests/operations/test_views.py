"""Views: fresh each time, and with the members that are set."""

from typing import Any

import pytest
from helpers import api, digest, hand_in, post, shown

from mturk_sim import Simulation

NEEDS: list[dict[str, Any]] = [
    {"QualificationTypeId": "00000000000000000071", "Comparator": "In", "LocaleValues": [{"Country": "US"}]},
    {"QualificationTypeId": "00000000000000000040", "Comparator": "In", "IntegerValues": [1, 2]},
]


def spoil(value: Any) -> None:
    """Change everything in an answer that can be changed."""
    if isinstance(value, dict):
        for member in value.values():
            spoil(member)
        value.clear()
    if isinstance(value, list):
        for item in value:
            spoil(item)
        value.clear()


def test_an_answer_is_the_callers_own(mturk: Simulation) -> None:
    hit_id = post(mturk, QualificationRequirements=NEEDS)
    plain = post(mturk)
    (assignment_id,) = hand_in(mturk, plain)
    worker_id = mturk.workers[0].id
    client = api(mturk)
    client.send_bonus(WorkerId=worker_id, AssignmentId=assignment_id, BonusAmount="1", Reason="x")
    before, hit = digest(mturk), shown(mturk, hit_id)
    for answer in (
        client.get_hit(HITId=hit_id),
        client.list_hits(),
        client.get_assignment(AssignmentId=assignment_id),
        client.list_assignments_for_hit(HITId=plain),
        client.list_bonus_payments(HITId=plain),
        client.list_reviewable_hits(),
    ):
        spoil(answer)
    assert digest(mturk) == before
    assert shown(mturk, hit_id) == hit


@pytest.mark.rule("HIT-12", "HIT-09")
def test_requirements_show_the_values_they_have(mturk: Simulation) -> None:
    hit = shown(mturk, post(mturk, QualificationRequirements=NEEDS))
    guard = {"RequiredToPreview": False, "ActionsGuarded": "Accept"}
    assert hit["QualificationRequirements"] == [need | guard for need in NEEDS]
    assert shown(mturk, post(mturk))["QualificationRequirements"] == []


@pytest.mark.rule("HIT-11", "LST-10")
def test_a_list_shows_a_hit_as_get_hit_does(mturk: Simulation) -> None:
    made = [post(mturk, Keywords="k"), post(mturk, RequesterAnnotation="n", QualificationRequirements=NEEDS)]
    hand_in(mturk, made[0])
    assert api(mturk).list_hits()["HITs"] == [shown(mturk, hit_id) for hit_id in made[::-1]]


@pytest.mark.rule("ASN-08", "ASN-09")
def test_members_of_an_assignment_come_in_the_recorded_order(mturk: Simulation) -> None:
    hit_id = post(mturk)
    (assignment_id,) = hand_in(mturk, hit_id)
    api(mturk).approve_assignment(AssignmentId=assignment_id, RequesterFeedback="good")
    (assignment,) = api(mturk).list_assignments_for_hit(HITId=hit_id)["Assignments"]
    assert list(assignment) == [
        "AssignmentId",
        "WorkerId",
        "HITId",
        "AssignmentStatus",
        "AutoApprovalTime",
        "AcceptTime",
        "SubmitTime",
        "ApprovalTime",
        "Answer",
        "RequesterFeedback",
    ]
