"""HIT types: found again by their values, disposed of when nobody uses them."""

from typing import Any

import pytest
from helpers import api, digest, expire, hand_in, post, refused, shown
from questions import HIT, QUESTION

from mturk_sim import Simulation

NEED = {"QualificationTypeId": "00000000000000000040", "Comparator": "Exists"}
TYPE: dict[str, Any] = {
    "Title": "Label a photo",
    "Description": "Say what is on a photo.",
    "Keywords": "photo, label",
    "Reward": "0.10",
    "AssignmentDurationInSeconds": 600,
    "AutoApprovalDelayInSeconds": 86400,
    "QualificationRequirements": [NEED],
}
OTHER: dict[str, Any] = {
    "Title": "Label a picture",
    "Description": "Say what is on it.",
    "Keywords": "photo,label",
    "Reward": "0.11",
    "AssignmentDurationInSeconds": 601,
    "AutoApprovalDelayInSeconds": 86401,
    "QualificationRequirements": [NEED | {"ActionsGuarded": "PreviewAndAccept"}],
}


def make(sim: Simulation, client: Any = None, **members: Any) -> str:
    hit_type_id: str = (client or api(sim)).create_hit_type(**TYPE | members)["HITTypeId"]
    return hit_type_id


@pytest.mark.rule("HIT-04", "HIT-17", "HIT-18")
def test_only_an_id_is_answered(mturk: Simulation) -> None:
    least = {name: TYPE[name] for name in ("Title", "Description", "Reward", "AssignmentDurationInSeconds")}
    answer = api(mturk).create_hit_type(**least)
    assert set(answer) == {"HITTypeId", "ResponseMetadata"}
    assert make(mturk, **least, AutoApprovalDelayInSeconds=2592000, Keywords="x") != answer["HITTypeId"]
    again = api(mturk).create_hit_type(**least, AutoApprovalDelayInSeconds=2592000)
    assert again["HITTypeId"] == answer["HITTypeId"]


@pytest.mark.rule("HIT-22")
def test_equal_values_are_one_type(mturk: Simulation) -> None:
    hit_type_id = make(mturk)
    before = digest(mturk)
    assert make(mturk) == hit_type_id
    assert make(mturk, Reward="0.1", QualificationRequirements=[NEED | {"RequiredToPreview": False}]) == hit_type_id
    assert digest(mturk) == before


@pytest.mark.rule("HIT-23")
@pytest.mark.parametrize("name", list(TYPE))
def test_any_other_value_is_another_type(mturk: Simulation, name: str) -> None:
    assert make(mturk, **{name: OTHER[name]}) != make(mturk)


@pytest.mark.rule("HIT-22", "HIT-23")
def test_create_hit_finds_the_type_by_the_same_values(mturk: Simulation) -> None:
    hit_type_id = make(mturk)
    for different in (
        {},
        {"Question": QUESTION.replace("400", "500")},
        {"LifetimeInSeconds": 60},
        {"MaxAssignments": 9},
    ):
        request = TYPE | {"Question": QUESTION, "LifetimeInSeconds": 3600, "RequesterAnnotation": "x"} | different
        assert shown(mturk, post(mturk, **request))["HITTypeId"] == hit_type_id


@pytest.mark.rule("HIT-23", "C42")
def test_types_belong_to_their_account(mturk: Simulation) -> None:
    other: Any = mturk.requester("other").client
    assert make(mturk, other) != make(mturk)


def test_a_refused_hit_leaves_no_type_behind(mturk: Simulation) -> None:
    refused(mturk, api(mturk).create_hit, **HIT | {"Question": "<p>"})


# --- disposal ----------------------------------------------------------------------------------------------------
def gone(sim: Simulation, hit_type_id: str) -> bool:
    with_it = {"HITTypeId": hit_type_id, "LifetimeInSeconds": 60, "Question": QUESTION}
    return refused(sim, api(sim).create_hit_with_hit_type, **with_it).text == f"HITType {hit_type_id} does not exist."


@pytest.mark.rule("HIT-35", "C8")
def test_a_type_unused_for_120_days_is_gone(mturk: Simulation) -> None:
    hit_type_id = make(mturk)
    mturk.clock.advance(days=119, hours=23)
    assert make(mturk) == hit_type_id
    mturk.clock.advance(days=119, hours=23)
    assert make(mturk) == hit_type_id
    mturk.clock.advance(days=120)
    assert gone(mturk, hit_type_id)
    assert make(mturk) != hit_type_id


@pytest.mark.rule("HIT-35", "C8")
def test_a_type_is_in_use_as_long_as_a_hit_has_it(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=365 * 86400)
    hit_type_id = shown(mturk, hit_id)["HITTypeId"]
    mturk.clock.advance(days=300)
    assert shown(mturk, post(mturk))["HITTypeId"] == hit_type_id

    for hit in api(mturk).list_hits()["HITs"]:
        expire(mturk, hit["HITId"])
        api(mturk).delete_hit(HITId=hit["HITId"])
    mturk.clock.advance(days=119, hours=23)
    assert not mturk.world.store.hit_types[hit_type_id].disposed
    mturk.clock.advance(hours=1)
    assert gone(mturk, hit_type_id)


@pytest.mark.rule("C8", "HIT-37")
def test_a_hit_that_is_disposed_still_shows_its_type(mturk: Simulation) -> None:
    hit_id = post(mturk)
    for assignment_id in hand_in(mturk, hit_id):
        api(mturk).approve_assignment(AssignmentId=assignment_id)
    api(mturk).delete_hit(HITId=hit_id)
    mturk.clock.advance(hours=23)
    assert shown(mturk, hit_id)["Title"] == HIT["Title"]
