"""Creating HITs: what is answered, what is taken for granted, and what is refused in which words."""

from datetime import timedelta
from typing import Any

import pytest
from helpers import api, digest, post, refused, shown
from questions import HIT, QUESTION

from mturk_sim import Behavior, Simulation, simulate
from mturk_sim.documents import external_question_document, html_question_document

EXTERNAL = external_question_document("https://example.com/task?a=1&b=2", 600)


def without(*names: str, **more: Any) -> dict[str, Any]:
    return {name: member for name, member in HIT.items() if name not in names} | more


# --- what is answered --------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-11", "HIT-14", "HIT-15", "HIT-16", "HIT-08", "HIT-18")
def test_the_whole_hit_is_answered(mturk: Simulation) -> None:
    answer = api(mturk).create_hit(**HIT)
    hit = answer["HIT"]

    assert list(hit) == [
        "HITId",
        "HITTypeId",
        "HITGroupId",
        "CreationTime",
        "Title",
        "Description",
        "Question",
        "HITStatus",
        "MaxAssignments",
        "Reward",
        "AutoApprovalDelayInSeconds",
        "Expiration",
        "AssignmentDurationInSeconds",
        "QualificationRequirements",
        "HITReviewStatus",
        "NumberOfAssignmentsPending",
        "NumberOfAssignmentsAvailable",
        "NumberOfAssignmentsCompleted",
    ]
    assert hit["CreationTime"] == mturk.clock.now.replace(microsecond=0)
    assert hit["Expiration"] - hit["CreationTime"] == timedelta(seconds=HIT["LifetimeInSeconds"])
    assert hit["Question"] == QUESTION
    assert (hit["HITStatus"], hit["HITReviewStatus"]) == ("Assignable", "NotReviewed")
    assert (hit["MaxAssignments"], hit["AutoApprovalDelayInSeconds"]) == (1, 2592000)
    assert [hit[f"NumberOfAssignments{name}"] for name in ("Available", "Pending", "Completed")] == [1, 0, 0]


@pytest.mark.rule("HIT-11", "HIT-34")
def test_get_hit_agrees_at_once(mturk: Simulation) -> None:
    hit = api(mturk).create_hit(**HIT)["HIT"]
    assert shown(mturk, hit["HITId"]) == hit


@pytest.mark.rule("HIT-09")
def test_what_is_given_is_shown_and_what_is_not_is_left_out(mturk: Simulation) -> None:
    optional = {"Keywords": "photo, cat", "RequesterAnnotation": "batch 7"}
    plain = shown(mturk, post(mturk))
    full = shown(mturk, post(mturk, **optional))

    assert set(full) - set(plain) == set(optional)
    assert {name: full[name] for name in optional} == optional
    assert "HITLayoutId" not in full


@pytest.mark.rule("HIT-02", "HIT-03", "HIT-04")
def test_ids_have_the_services_form_and_hits_of_a_type_share_its_group(mturk: Simulation) -> None:
    hits = [shown(mturk, post(mturk)) for _ in range(3)]
    for hit in hits:
        names = [hit["HITId"], hit["HITTypeId"], hit["HITGroupId"]]
        assert len(set(names)) == 3
        assert all(len(name) == 30 and name[0] == "3" and name.isalnum() and name.upper() == name for name in names)
    assert len({hit["HITId"] for hit in hits}) == 3
    assert len({(hit["HITTypeId"], hit["HITGroupId"]) for hit in hits}) == 1


@pytest.mark.rule("HIT-17")
def test_keywords_and_max_assignments_are_not_required(mturk: Simulation) -> None:
    assert {"Keywords", "MaxAssignments"}.isdisjoint(HIT)
    assert shown(mturk, post(mturk))["MaxAssignments"] == 1


@pytest.mark.rule("HIT-13")
@pytest.mark.parametrize(("sent", "answered"), [("5", "5.00"), ("5.", "5.00"), ("0.1", "0.10"), ("00.05", "0.05")])
def test_a_reward_comes_back_with_two_decimals(mturk: Simulation, sent: str, answered: str) -> None:
    assert shown(mturk, post(mturk, Reward=sent))["Reward"] == answered


def test_a_hit_with_a_known_type_has_the_types_properties(mturk: Simulation) -> None:
    client = api(mturk)
    properties = without("Question", "LifetimeInSeconds", Keywords="a, b")
    hit_type_id = client.create_hit_type(**properties)["HITTypeId"]
    hit = client.create_hit_with_hit_type(
        HITTypeId=hit_type_id, LifetimeInSeconds=60, Question=EXTERNAL, MaxAssignments=3, RequesterAnnotation="x"
    )["HIT"]

    assert hit["HITTypeId"] == hit_type_id
    assert {name: hit[name] for name in properties} == properties
    assert (hit["MaxAssignments"], hit["RequesterAnnotation"], hit["Question"]) == (3, "x", EXTERNAL)
    assert client.get_hit(HITId=hit["HITId"])["HIT"] == hit


# --- values that are refused -------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-19", "ERR-06", "ERR-14")
@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("LifetimeInSeconds", 30, 31536000),
        ("AssignmentDurationInSeconds", 30, 31536000),
        ("AutoApprovalDelayInSeconds", 0, 2592000),
        ("MaxAssignments", 1, 1000000000),
    ],
)
def test_numbers_have_ranges(mturk: Simulation, name: str, low: int, high: int) -> None:
    for good in (low, high):
        assert shown(mturk, post(mturk, **{name: good}))
    for bad in (low - 1, high + 1):
        refusal = refused(mturk, api(mturk).create_hit, **HIT | {name: bad})
        assert refusal.text == f"The value {bad} is invalid for {name}. Valid values range from {low} to {high}."
        assert (refusal.type, refusal.typed, refusal.code) == ("ParameterValidationError", "ClientError", None)


@pytest.mark.rule("HIT-20")
@pytest.mark.parametrize(
    ("name", "limit"), [("Title", 128), ("Description", 2000), ("Keywords", 1000), ("RequesterAnnotation", 255)]
)
def test_texts_have_a_greatest_length_in_characters(mturk: Simulation, name: str, limit: int) -> None:
    post(mturk, **{name: "é" * limit})
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {name: "x" * (limit + 1)})
    assert refusal.type == "ParameterValidationError"
    assert refusal.text == f"Your request parameter {name}  has a maximum length of {limit}."


@pytest.mark.rule("HIT-20")
@pytest.mark.parametrize("name", ["Title", "Description", "Question"])
def test_texts_that_every_hit_has_are_not_empty(mturk: Simulation, name: str) -> None:
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {name: ""})
    assert refusal.type == "ParameterValidationError"
    assert refusal.text == f"Your request parameter {name}  has a minimum length of 1."


@pytest.mark.rule("HIT-20", "XML-05")
def test_a_question_has_up_to_65535_bytes(mturk: Simulation) -> None:
    room = 65535 - len(html_question_document("", 400))
    post(mturk, Question=html_question_document("é" * (room // 2), 400))
    too_long = html_question_document("x", 400).replace("x", "x" * (room + 1), 1)
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {"Question": too_long})
    assert refusal.text == "Your request parameter Question  has a maximum length of 65535."


@pytest.mark.rule("HIT-20")
def test_there_are_at_most_ten_requirements(mturk: Simulation) -> None:
    need = {"QualificationTypeId": "00000000000000000040", "Comparator": "Exists"}
    post(mturk, QualificationRequirements=[need] * 10)
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {"QualificationRequirements": [need] * 11})
    assert refusal.type == "ParameterValidationError"
    assert refusal.text == "Your request parameter QualificationRequirements  has a maximum length of 10."


@pytest.mark.rule("C13", "PAY-07")
@pytest.mark.parametrize("reward", ["0", "0.0", "0.00", "00.", "1" + "0" * 15, "9" * 5000])
def test_a_reward_of_nothing_or_beyond_all_measure_is_refused(mturk: Simulation, reward: str) -> None:
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {"Reward": reward})
    assert refusal.type == "ParameterValidationError"
    assert refusal.text == f'The value "{reward}" is not valid for the parameter Reward.'


# --- the question ------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-21", "XML-01", "XML-02")
def test_broken_xml_is_refused_in_the_parsers_words(mturk: Simulation) -> None:
    broken = EXTERNAL.replace("&amp;b=2", "&tx=2")
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {"Question": broken})
    assert refusal.type == "ParameterValidationError"
    assert refusal.text == (
        "There was an error parsing the XML question or answer data in your request. Please make sure the data is "
        "well-formed and validates against the appropriate schema. Details: "
        "The reference to entity \"tx\" must end with the ';' delimiter."
    )


@pytest.mark.rule("HIT-21", "XML-06")
def test_a_hit_needs_a_question_or_a_layout(mturk: Simulation) -> None:
    refusal = refused(mturk, api(mturk).create_hit, **without("Question"))
    assert refusal.type == "ParameterValidationError"
    assert refusal.text == "Your request is missing required parameters. Required parameters include Question."


@pytest.mark.rule("HIT-21", "XML-06", "ERR-07")
def test_a_question_and_a_layout_exclude_each_other(mturk: Simulation) -> None:
    refusal = refused(mturk, api(mturk).create_hit, **HIT, HITLayoutId="3LAYOUT")
    assert (refusal.type, refusal.typed) == ("InvalidParameterCombinationError", "ClientError")
    assert refusal.text == "The combination of parameters supplied to the request is invalid: Question, HITLayoutId."


@pytest.mark.rule("ASN-39", "XML-51")
def test_a_layout_is_filled_in(mturk: Simulation) -> None:
    layout_id = mturk.layout(html_question_document("<img src=${image_url}> ${text}", 400))
    values = {"image_url": "https://x/y.png", "text": "a & b"}
    parameters = [{"Name": name, "Value": value} for name, value in values.items()]
    hit = api(mturk).create_hit(**without("Question"), HITLayoutId=layout_id, HITLayoutParameters=parameters)["HIT"]
    assert hit["HITLayoutId"] == layout_id
    assert hit["Question"] == html_question_document("<img src=https://x/y.png> a & b", 400)


@pytest.mark.rule("ASN-39", "XML-51")
def test_a_layout_needs_a_value_for_each_placeholder_and_none_besides(mturk: Simulation) -> None:
    layout_id = mturk.layout(html_question_document("${image_url} ${text}", 400))
    base = without("Question", HITLayoutId=layout_id)
    refusal = refused(mturk, api(mturk).create_hit, **base, HITLayoutParameters=[{"Name": "text", "Value": ""}])
    assert refusal.type == "ParameterValidationError"
    assert refusal.text == (
        "Your request is missing required parameters. Required parameters include HITLayoutParameter. You have not "
        "provided all required HITLayout parameters. Missing parameter names: image_url"
    )
    more = [{"Name": name, "Value": "x"} for name in ("image_url", "text", "odd")]
    refusal = refused(mturk, api(mturk).create_hit, **base, HITLayoutParameters=more)
    assert refusal.text == 'The value "odd" is not valid for the parameter HITLayoutParameter.'


@pytest.mark.rule("ASN-39")
def test_a_layout_without_placeholders_needs_no_values(mturk: Simulation) -> None:
    layout_id = mturk.layout(QUESTION)
    hit = api(mturk).create_hit(**without("Question"), HITLayoutId=layout_id)["HIT"]
    assert hit["Question"] == QUESTION


@pytest.mark.rule("XML-51")
def test_a_value_can_break_the_document(mturk: Simulation) -> None:
    layout_id = mturk.layout(external_question_document("https://example.com/${page}", 400))
    call, base = api(mturk).create_hit, without("Question", HITLayoutId=layout_id)
    refusal = refused(mturk, call, **base, HITLayoutParameters=[{"Name": "page", "Value": "a&b"}])
    assert refusal.text.startswith("There was an error parsing the XML question")


def test_a_layout_nobody_made_is_refused(mturk: Simulation) -> None:
    refusal = refused(mturk, api(mturk).create_hit, **without("Question"), HITLayoutId="3NOSUCH")
    assert refusal.text == 'The value "3NOSUCH" is not valid for the parameter HITLayoutId.'


@pytest.mark.rule("C39", "XML-45")
@pytest.mark.parametrize("url", ["http://example.com/", "ftp://example.com/", "example"])
def test_an_external_url_is_https(mturk: Simulation, url: str) -> None:
    question = external_question_document(url, 400)
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {"Question": question})
    assert refusal.type == "ParameterValidationError"
    assert refusal.text == f'The value "{url}" is not valid for the parameter ExternalURL.'


@pytest.mark.rule("C39")
@pytest.mark.parametrize("url", ["http://localhost:5000/task", "http://127.0.0.1/"])
def test_http_will_do_on_this_machine(mturk: Simulation, url: str) -> None:
    post(mturk, Question=external_question_document(url, 400))


@pytest.mark.rule("C39")
def test_http_will_do_anywhere_if_that_is_wanted() -> None:
    with simulate(behavior=Behavior(http_questions=True)) as sim:
        post(sim, Question=external_question_document("http://example.com/", 400))


# --- requirements ------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-12")
@pytest.mark.parametrize(
    ("sent", "preview", "guarded"),
    [
        ({}, False, "Accept"),
        ({"RequiredToPreview": False}, False, "Accept"),
        ({"RequiredToPreview": True}, True, "PreviewAndAccept"),
        ({"ActionsGuarded": "Accept"}, False, "Accept"),
        ({"ActionsGuarded": "PreviewAndAccept"}, True, "PreviewAndAccept"),
        ({"ActionsGuarded": "DiscoverPreviewAndAccept"}, True, "DiscoverPreviewAndAccept"),
    ],
)
def test_requirements_come_back_with_both_guards(
    mturk: Simulation, sent: dict[str, Any], preview: bool, guarded: str
) -> None:
    need = {"QualificationTypeId": "00000000000000000040", "Comparator": "GreaterThan", "IntegerValues": [50]}
    hit = shown(mturk, post(mturk, QualificationRequirements=[need | sent]))
    assert hit["QualificationRequirements"] == [need | {"RequiredToPreview": preview, "ActionsGuarded": guarded}]


@pytest.mark.rule("HIT-23e", "ERR-07")
def test_the_two_ways_to_guard_exclude_each_other(mturk: Simulation) -> None:
    need = {"QualificationTypeId": "00000000000000000040", "Comparator": "Exists"}
    both = need | {"RequiredToPreview": False, "ActionsGuarded": "Accept"}
    refusal = refused(mturk, api(mturk).create_hit, **HIT | {"QualificationRequirements": [both]})
    assert (refusal.type, refusal.code) == ("InvalidParameterCombinationError", None)
    assert refusal.text == (
        "The combination of parameters supplied to the request is invalid: ActionsGuarded, RequiredToPreview."
    )


def test_an_answer_can_be_changed_without_changing_the_marketplace(mturk: Simulation) -> None:
    need = {"QualificationTypeId": "00000000000000000071", "Comparator": "EqualTo", "LocaleValues": [{"Country": "US"}]}
    hit = api(mturk).create_hit(**HIT, QualificationRequirements=[need])["HIT"]
    before = digest(mturk)
    hit["QualificationRequirements"][0]["LocaleValues"][0]["Country"] = "DE"
    hit["QualificationRequirements"].clear()
    hit.clear()
    assert digest(mturk) == before


# --- tokens ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-23b", "C11")
def test_a_token_makes_one_hit_in_24_hours(mturk: Simulation) -> None:
    request = HIT | {"UniqueRequestToken": "batch-1"}
    first = api(mturk).create_hit(**request)["HIT"]["HITId"]
    refusal = refused(mturk, api(mturk).create_hit, **request | {"Title": "Another"})
    assert (refusal.type, refusal.typed) == ("RequestError", "RequestError")
    assert refusal.code == "AWS.MechanicalTurk.HitAlreadyExists"
    assert refusal.text == f'The HIT with ID "{first}" already exists.'

    mturk.clock.advance(hours=23, minutes=59)
    refused(mturk, api(mturk).create_hit, **request)
    mturk.clock.advance(minutes=1)
    assert api(mturk).create_hit(**request)["HIT"]["HITId"] != first


@pytest.mark.rule("HIT-23b")
def test_a_token_counts_for_its_operation_and_requester_alone(mturk: Simulation) -> None:
    client = api(mturk)
    hit_type_id = client.create_hit(**HIT, UniqueRequestToken="t")["HIT"]["HITTypeId"]
    other: Any = mturk.requester("other").client
    client.create_hit_with_hit_type(
        HITTypeId=hit_type_id, LifetimeInSeconds=60, Question=QUESTION, UniqueRequestToken="t"
    )
    other.create_hit(**HIT, UniqueRequestToken="t")
    client.create_hit(**HIT, UniqueRequestToken="u")
    client.create_hit(**HIT)
    assert len(client.list_hits()["HITs"]) == 4


def test_a_token_of_a_refused_request_can_be_used_again(mturk: Simulation) -> None:
    refused(mturk, api(mturk).create_hit, **HIT | {"UniqueRequestToken": "t", "Reward": "0"})
    api(mturk).create_hit(**HIT, UniqueRequestToken="t")


# --- types and accounts ------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-23d", "C17")
def test_an_unknown_hit_type_is_refused(mturk: Simulation) -> None:
    refusal = refused(
        mturk, api(mturk).create_hit_with_hit_type, HITTypeId="3NOSUCH", LifetimeInSeconds=60, Question=QUESTION
    )
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.HITTypeDoesNotExist")
    assert refusal.text == "HITType 3NOSUCH does not exist."


@pytest.mark.rule("C42", "HIT-23d")
def test_anothers_hit_type_is_refused(mturk: Simulation) -> None:
    hit_type_id = shown(mturk, post(mturk))["HITTypeId"]
    other: Any = mturk.requester("other").client
    refusal = refused(
        mturk, other.create_hit_with_hit_type, HITTypeId=hit_type_id, LifetimeInSeconds=60, Question=QUESTION
    )
    assert refusal.code == "AWS.MechanicalTurk.PermissionDenied"
    assert refusal.text == "This user is not authorized to perform the requested operation."


@pytest.mark.rule("C44")
def test_two_calls_are_never_at_one_instant() -> None:
    with simulate() as sim:
        before = sim.clock.now
        post(sim)
        assert sim.clock.now - before == timedelta(microseconds=1)
    with simulate(behavior=Behavior(latency=timedelta(milliseconds=250))) as slow:
        post(slow)
        post(slow)
        assert slow.clock.now - before == timedelta(milliseconds=500)
