"""Qualification types: made, changed, found and deleted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from helpers import api, digest, ids, pages, post, refused, shown
from hypothesis import given
from hypothesis import strategies as st
from qualifications import (
    AUTOMATIC,
    ESSAY,
    KEY,
    SCORED,
    TEST,
    TESTED,
    associate,
    make_type,
    need,
    post_for,
    score_of,
    shown_type,
)

from mturk_sim import Behavior, Simulation, WorkerRefused
from mturk_sim.documents import (
    AnswerKey,
    AnswerOption,
    KeyQuestion,
    PercentageMapping,
    Selection,
    SelectionAnswer,
    Text,
    answer_key_document,
    html_question_document,
)
from mturk_sim.marketplace.qualifications.system import SYSTEM_TYPES

LEAST = {"Name": "N", "Description": "D", "QualificationTypeStatus": "Active"}
STATE = "This operation can be called with a status of: Active,Inactive"
ALL: dict[str, Any] = {
    **LEAST,
    "Keywords": "photo, label",
    "RetryDelayInSeconds": 60,
    **SCORED,
}


def update(sim: Simulation, type_id: str, **members: Any) -> dict[str, Any]:
    answer: dict[str, Any] = api(sim).update_qualification_type(QualificationTypeId=type_id, **members)
    return answer["QualificationType"]


# --- making ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("QTY-01", "QTY-17", "QTY-18")
def test_a_name_a_description_and_a_status_make_a_type(mturk: Simulation) -> None:
    made = api(mturk).create_qualification_type(**LEAST)["QualificationType"]
    assert made == {
        **LEAST,
        "QualificationTypeId": made["QualificationTypeId"],
        "CreationTime": datetime(2026, 1, 5, 9, tzinfo=UTC),
        "IsRequestable": True,
        "AutoGranted": False,
    }
    assert shown_type(mturk, made["QualificationTypeId"]) == made


@pytest.mark.rule("QTY-01")
@pytest.mark.parametrize("name", list(LEAST))
def test_each_of_the_three_is_needed(mturk: Simulation, name: str) -> None:
    with pytest.raises(Exception, match="Missing required parameter") as caught:
        api(mturk).create_qualification_type(**{member: value for member, value in LEAST.items() if member != name})
    assert type(caught.value).__name__ == "ParamValidationError"


@pytest.mark.rule("QTY-17")
def test_everything_that_was_given_comes_back(mturk: Simulation) -> None:
    made = api(mturk).create_qualification_type(**ALL)["QualificationType"]
    assert {name: made[name] for name in ALL} == ALL


@pytest.mark.rule("QTY-02")
def test_a_second_type_of_the_same_name_is_refused_in_the_recorded_words(mturk: Simulation) -> None:
    make_type(mturk, "Once")
    error = refused(mturk, api(mturk).create_qualification_type, **LEAST | {"Name": "Once"})
    assert (error.type, error.code) == ("RequestError", "AWS.MechanicalTurk.QualificationTypeAlreadyExists")
    assert error.text == (
        "You have already created a QualificationType with this name. A QualificationType's name must be unique "
        "among all of the QualificationTypes created by the same user."
    )
    assert error.suffix
    other = mturk.requester("another").client
    make_type(mturk, "Once", other)


@pytest.mark.rule("QTY-05", "QTY-06")
@pytest.mark.parametrize(
    ("name", "longest", "others"),
    [
        ("Description", "x" * 2000, {}),
        ("Keywords", "x, " * 333 + "y", {}),
        ("Test", TEST + " " * (65535 - len(TEST)), {"TestDurationInSeconds": 60}),
        ("AnswerKey", KEY + " " * (65535 - len(KEY)), TESTED),
    ],
)
def test_the_longest_texts_pass_and_longer_ones_do_not(
    mturk: Simulation, name: str, longest: str, others: dict[str, Any]
) -> None:
    type_id = make_type(mturk, **others | {name: longest})
    assert shown_type(mturk, type_id)[name] == longest
    error = refused(mturk, api(mturk).create_qualification_type, **LEAST | others | {name: longest + " "})
    assert error.type == "ParameterValidationError"
    assert error.text == f"Your request parameter {name}  has a maximum length of {len(longest)}."


@pytest.mark.rule("QTY-06")
def test_documents_are_measured_in_bytes(mturk: Simulation) -> None:
    test = TEST.replace("Which?", "é" * 33000)
    assert len(test) < 65535 < len(test.encode())
    error = refused(mturk, api(mturk).create_qualification_type, **LEAST | TESTED | {"Test": test})
    assert error.text == "Your request parameter Test  has a maximum length of 65535."


@pytest.mark.parametrize("name", ["Name", "Description"])
def test_a_text_that_is_due_is_not_empty(mturk: Simulation, name: str) -> None:
    error = refused(mturk, api(mturk).create_qualification_type, **LEAST | {name: ""})
    assert error.text == f"Your request parameter {name}  has a minimum length of 1."


MISSING = "Your request is missing required parameters. Required parameters include {}."
OUT = "The value {} is invalid for {}. Valid values range from {} to {}."


@pytest.mark.rule("QTY-07", "QTY-08", "QTY-13", "QUA-14")
@pytest.mark.parametrize(
    ("members", "text"),
    [
        ({"Test": TEST}, MISSING.format("TestDurationInSeconds")),
        ({"Test": TEST, "TestDurationInSeconds": 0}, OUT.format(0, "TestDurationInSeconds", 1, 31536000)),
        ({"Test": TEST, "TestDurationInSeconds": -5}, OUT.format(-5, "TestDurationInSeconds", 1, 31536000)),
        ({"AnswerKey": KEY}, MISSING.format("Test")),
        ({"TestDurationInSeconds": 60}, MISSING.format("Test")),
        ({"RetryDelayInSeconds": -1}, OUT.format(-1, "RetryDelayInSeconds", 0, 2147483647)),
        ({"AutoGrantedValue": 2**31}, OUT.format(2**31, "AutoGrantedValue", -(2**31), 2**31 - 1)),
    ],
)
def test_what_does_not_hold_together_is_refused(mturk: Simulation, members: dict[str, Any], text: str) -> None:
    error = refused(mturk, api(mturk).create_qualification_type, **LEAST | members)
    assert (error.type, error.text) == ("ParameterValidationError", text)
    type_id = make_type(mturk)
    error = refused(mturk, api(mturk).update_qualification_type, QualificationTypeId=type_id, **members)
    assert (error.type, error.text) == ("ParameterValidationError", text)


@pytest.mark.rule("QTY-09", "QTY-10")
def test_a_test_excludes_granting_at_once_and_the_refusal_quotes_it(mturk: Simulation) -> None:
    error = refused(mturk, api(mturk).create_qualification_type, **LEAST | TESTED | {"AutoGranted": True})
    assert (error.type, error.text) == (
        "ParameterValidationError",
        f'The value "{TEST}" is not valid for the parameter Test.',
    )
    type_id = make_type(mturk, **AUTOMATIC)
    again = refused(mturk, api(mturk).update_qualification_type, QualificationTypeId=type_id, **TESTED)
    assert again.text == error.text
    changed = update(mturk, type_id, **TESTED, AutoGranted=False)
    assert (changed["Test"], changed["AutoGranted"]) == (TEST, False)


@pytest.mark.rule("QTY-09", "QTY-11")
def test_a_type_with_a_test_keeps_it_and_never_grants_at_once(mturk: Simulation) -> None:
    type_id = make_type(mturk, **SCORED)
    error = refused(mturk, api(mturk).update_qualification_type, QualificationTypeId=type_id, AutoGranted=True)
    assert error.text == 'The value "true" is not valid for the parameter AutoGranted.'
    error = refused(
        mturk, api(mturk).update_qualification_type, QualificationTypeId=type_id, Test="", TestDurationInSeconds=1
    )
    assert error.text.endswith("Details: Premature end of file.")
    update(mturk, type_id, AutoGranted=False)
    assert shown_type(mturk, type_id)["Test"] == TEST


UPLOAD = TEST.replace(
    TEST[TEST.index("<SelectionAnswer>") : TEST.index("</SelectionAnswer>") + 18], "<FileUploadAnswer/>"
)
OTHER = SelectionAnswer((Selection("a", Text("a")),))


@pytest.mark.rule("QTY-29", "QTY-30", "C29", "C28")
@pytest.mark.parametrize(
    ("members", "details"),
    [
        ({"Test": html_question_document("<p>x</p>", 400)}, "HTMLQuestion"),
        ({"Test": UPLOAD}, "FileUploadAnswer"),
        ({"Test": "who what?"}, "Content is not allowed in prolog."),
        ({"Test": ESSAY, "AnswerKey": KEY}, "FreeTextAnswer, as question 'why' has"),
        ({"AnswerKey": KEY.replace(">q2<", ">q3<")}, "no question 'q3'"),
        ({"AnswerKey": KEY.replace(">d<", ">e<")}, "no selection 'e'"),
        (
            {
                "AnswerKey": answer_key_document(
                    AnswerKey((KeyQuestion("q2", (AnswerOption(("d",), 1),)),), PercentageMapping(1))
                ).replace("<MaximumSummedScore>1<", "<MaximumSummedScore>0<")
            },
            "MaximumSummedScore must not be 0.",
        ),
    ],
)
def test_tests_and_keys_that_cannot_be_used_are_refused_as_documents(
    mturk: Simulation, members: dict[str, Any], details: str
) -> None:
    error = refused(mturk, api(mturk).create_qualification_type, **LEAST | TESTED | members)
    assert error.type == "ParameterValidationError"
    assert error.text.startswith("There was an error parsing the XML question or answer data in your request.")
    assert details in error.text


@pytest.mark.rule("QTY-30")
def test_a_test_with_free_text_is_fine_without_a_key(mturk: Simulation) -> None:
    assert shown_type(mturk, make_type(mturk, Test=ESSAY, TestDurationInSeconds=60))["Test"] == ESSAY


@pytest.mark.rule("QTY-14", "QTY-15")
@pytest.mark.parametrize(
    ("members", "shown_members"),
    [
        ({}, {"AutoGranted": False}),
        ({"AutoGrantedValue": 5}, {"AutoGranted": False}),
        ({"AutoGranted": True}, {"AutoGranted": True, "AutoGrantedValue": 1}),
        ({"AutoGranted": True, "AutoGrantedValue": 0}, {"AutoGranted": True, "AutoGrantedValue": 0}),
        ({"AutoGranted": True, "AutoGrantedValue": -3}, {"AutoGranted": True, "AutoGrantedValue": -3}),
    ],
)
def test_the_value_granted_at_once_is_1_unless_set_and_shown_only_where_it_counts(
    mturk: Simulation, members: dict[str, Any], shown_members: dict[str, Any]
) -> None:
    view = shown_type(mturk, make_type(mturk, **members))
    assert {name: view[name] for name in view if name.startswith("Auto")} == shown_members
    if members.get("AutoGranted"):
        assert mturk.worker().request_qualification(view["QualificationTypeId"]).value == view["AutoGrantedValue"]


# --- changing ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("QTY-12", "QTY-19")
@pytest.mark.parametrize(
    "members",
    [
        {"Description": "Other"},
        {"QualificationTypeStatus": "Inactive"},
        {"QualificationTypeStatus": "Active"},
        {"RetryDelayInSeconds": 0},
        {"Test": ESSAY, "TestDurationInSeconds": 5},
        {"Test": TEST, "TestDurationInSeconds": 5, "AnswerKey": KEY},
        {"AutoGranted": False},
        {},
    ],
)
def test_an_update_changes_what_it_names_and_answers_the_whole_type(mturk: Simulation, members: dict[str, Any]) -> None:
    made = api(mturk).create_qualification_type(**ALL)["QualificationType"]
    mturk.clock.advance(hours=1)
    changed = update(mturk, made["QualificationTypeId"], **members)
    expected = made | members
    if "Test" in members and "AnswerKey" not in members:
        del expected["AnswerKey"]
    assert changed == expected
    assert shown_type(mturk, made["QualificationTypeId"]) == expected


@pytest.mark.rule("QTY-12", "QTY-15")
def test_the_value_granted_at_once_can_be_changed_and_stays_where_it_is_not_named(mturk: Simulation) -> None:
    type_id = make_type(mturk, AutoGranted=True, AutoGrantedValue=5)
    assert update(mturk, type_id, AutoGrantedValue=0)["AutoGrantedValue"] == 0
    assert update(mturk, type_id, Description="Other")["AutoGrantedValue"] == 0
    assert mturk.worker().request_qualification(type_id).value == 0


@pytest.mark.rule("QTY-12")
def test_a_test_sent_again_without_its_key_makes_later_requests_manual(mturk: Simulation) -> None:
    type_id = make_type(mturk, **SCORED, RetryDelayInSeconds=0)
    under_way = mturk.worker().request_qualification(type_id)
    update(mturk, type_id, **TESTED)
    later = mturk.worker().request_qualification(type_id, {"q1": ["a"]})
    assert (under_way.submit({"q1": ["a"]}).status, later.status) == ("Granted", "Submitted")


@pytest.mark.rule("QTY-04")
def test_name_and_keywords_are_no_members_of_an_update(mturk: Simulation) -> None:
    members = mturk.client.meta.service_model.operation_model("UpdateQualificationType").input_shape.members
    assert not {"Name", "Keywords"} & set(members)


@pytest.mark.rule("QTY-13")
def test_a_retry_delay_can_be_added_and_changed_but_stays(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    assert "RetryDelayInSeconds" not in shown_type(mturk, type_id)
    assert update(mturk, type_id, RetryDelayInSeconds=0)["RetryDelayInSeconds"] == 0
    assert update(mturk, type_id, RetryDelayInSeconds=9)["RetryDelayInSeconds"] == 9
    assert update(mturk, type_id, Description="x")["RetryDelayInSeconds"] == 9


@pytest.mark.rule("QTY-16", "REQ-17")
def test_an_inactive_type_takes_no_requests_and_no_new_hits(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    old = shown(mturk, post_for(mturk, need(type_id)))
    update(mturk, type_id, QualificationTypeStatus="Inactive")
    with pytest.raises(WorkerRefused, match="Inactive") as caught:
        mturk.worker().request_qualification(type_id)
    assert caught.value.reason == "not_requestable"
    hit_type = {name: old[name] for name in ("Title", "Description", "Reward", "AssignmentDurationInSeconds")}
    lifetime = {"LifetimeInSeconds": 60, "Question": old["Question"]}
    for error in (
        refused(mturk, api(mturk).create_hit_type, **hit_type, QualificationRequirements=[need(type_id)]),
        refused(mturk, api(mturk).create_hit, **hit_type, **lifetime, QualificationRequirements=[need(type_id)]),
        refused(mturk, api(mturk).create_hit_with_hit_type, HITTypeId=old["HITTypeId"], **lifetime),
    ):
        assert (error.type, error.code) == ("RequestError", "AWS.MechanicalTurk.InvalidQualificationTypeState")
        assert error.text == "This operation can be called with a status of: Active"
    update(mturk, type_id, QualificationTypeStatus="Active")
    api(mturk).create_hit_with_hit_type(HITTypeId=old["HITTypeId"], **lifetime)
    assert mturk.worker().request_qualification(type_id).status == "Submitted"


# --- whose it is -------------------------------------------------------------------------------------------------
OWNERS = ("update_qualification_type", "delete_qualification_type", "list_workers_with_qualification_type")


@pytest.mark.rule("QTY-26")
@pytest.mark.parametrize(
    "operation", [*OWNERS, "get_qualification_type", "list_hits_for_qualification_type", "list_qualification_requests"]
)
def test_an_unknown_type_does_not_exist(mturk: Simulation, operation: str) -> None:
    error = refused(mturk, getattr(api(mturk), operation), QualificationTypeId="NONEXISTENT")
    assert (error.type, error.code) == ("RequestError", "AWS.MechanicalTurk.QualificationTypeDoesNotExist")
    assert error.text == "You requested a QualificationType that does not exist."


@pytest.mark.rule("QTY-27", "C42")
@pytest.mark.parametrize("operation", [*OWNERS, "list_qualification_requests"])
@pytest.mark.parametrize("foreign", [True, False], ids=["another requester's", "the system's"])
def test_only_the_owner_may_work_with_a_type(mturk: Simulation, operation: str, foreign: bool) -> None:
    type_id = make_type(mturk, client=mturk.requester("another").client) if foreign else "00000000000000000071"
    error = refused(mturk, getattr(api(mturk), operation), QualificationTypeId=type_id)
    assert (error.type, error.code) == ("RequestError", "AWS.MechanicalTurk.PermissionDenied")


@pytest.mark.rule("QTY-27")
def test_anybody_may_get_and_require_a_type(mturk: Simulation) -> None:
    type_id = make_type(mturk, client=mturk.requester("another").client)
    assert shown_type(mturk, type_id)["QualificationTypeId"] == type_id
    assert (
        shown(mturk, post_for(mturk, need(type_id)))["QualificationRequirements"][0]["QualificationTypeId"] == type_id
    )


# --- finding -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("QTY-20", "QTY-18", "REQ-16")
@pytest.mark.parametrize("requestable", [True, False])
@pytest.mark.parametrize("own", [True, False, None])
def test_the_two_switches_say_whose_types_are_listed(mturk: Simulation, requestable: bool, own: bool | None) -> None:
    mine, inactive = make_type(mturk, "mine"), make_type(mturk, "inactive", QualificationTypeStatus="Inactive")
    others = make_type(mturk, "others", mturk.requester("another").client)
    expected = {mine, inactive}
    if not own:
        expected |= {others} | (set() if requestable else set(SYSTEM_TYPES[True]))
    switch = {} if own is None else {"MustBeOwnedByCaller": own}
    listed = api(mturk).list_qualification_types(MustBeRequestable=requestable, MaxResults=100, **switch)
    assert {each["QualificationTypeId"] for each in listed["QualificationTypes"]} == expected
    assert {each["IsRequestable"] for each in listed["QualificationTypes"]} == (
        {True} if requestable or own else {True, False}
    )


@pytest.mark.rule("QTY-20")
def test_a_listing_must_say_whether_types_must_be_requestable(mturk: Simulation) -> None:
    with pytest.raises(Exception, match="Missing required parameter"):
        api(mturk).list_qualification_types()


@pytest.mark.rule("QTY-21")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Sorting", {"Sorting", "Sorting2"}),
        ("SORTING", {"Sorting", "Sorting2"}),
        ("Sortin", {"Sorting", "Sorting2"}),
        ("orting2", {"Sorting2"}),
        ("blue sorting", {"Sorting2"}),
        ("Maße", {"Sorting2"}),
        ("masse", {"Sorting2"}),
        ("nowhere", set()),
        ("", {"Sorting", "Sorting2", "Else"}),
        (None, {"Sorting", "Sorting2", "Else"}),
    ],
)
def test_a_query_finds_parts_of_words_whatever_their_case(
    mturk: Simulation, query: str | None, found: set[str]
) -> None:
    make_type(mturk, "Sorting")
    make_type(mturk, "Sorting2", Description="Blue ones.", Keywords="Maße")
    make_type(mturk, "Else")
    asked = {} if query is None else {"Query": query}
    listed = api(mturk).list_qualification_types(MustBeRequestable=True, MustBeOwnedByCaller=True, **asked)
    assert {each["Name"] for each in listed["QualificationTypes"]} == found


@pytest.mark.rule("QTY-22", "C10")
@pytest.mark.mturk(behavior=Behavior(search_lag=timedelta(minutes=5)))
def test_a_new_type_is_found_by_search_after_a_while_and_by_its_id_at_once(mturk: Simulation) -> None:
    type_id = make_type(mturk)

    def listed() -> list[str]:
        answer = api(mturk).list_qualification_types(MustBeRequestable=False, MaxResults=100)
        return ids(answer["QualificationTypes"], "QualificationTypeId")

    assert shown_type(mturk, type_id)["QualificationTypeId"] == type_id
    assert set(listed()) == set(SYSTEM_TYPES[True])
    mturk.clock.advance(minutes=4, seconds=59)
    assert type_id not in listed()
    mturk.clock.advance(seconds=1)
    assert type_id in listed()


@pytest.mark.rule("QTY-22")
def test_without_a_lag_a_type_is_found_at_once(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    assert [type_id] == [
        each["QualificationTypeId"]
        for each in api(mturk).list_qualification_types(MustBeRequestable=True)["QualificationTypes"]
    ]


@pytest.mark.rule("QTY-23")
@given(
    names=st.lists(st.text("abcAB é", min_size=1, max_size=4), unique=True, max_size=14),
    size=st.integers(1, 6),
    query=st.text("ab", max_size=1),
)
def test_pages_hold_every_type_that_is_wanted_once_by_name_descending(
    mturk_factory: Any, names: list[str], size: int, query: str
) -> None:
    with mturk_factory() as sim:
        for place, name in enumerate(names):
            make_type(sim, name, Description="-", client=sim.requester("another").client if place % 3 == 2 else None)
        asked = {"MustBeRequestable": True, "MaxResults": size, "Query": query}
        found = pages(api(sim).list_qualification_types, "QualificationTypes", **asked)
    assert ids([each for page in found for each in page], "Name") == sorted(
        (name for name in names if query in name.casefold()), reverse=True
    )
    assert {len(page) for page in found[:-2]} <= {size}


# --- deleting ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("QTY-03", "QTY-25")
def test_a_deletion_takes_48_hours_and_keeps_the_name_so_long(mturk: Simulation) -> None:
    type_id = make_type(mturk, "Once")
    assert set(api(mturk).delete_qualification_type(QualificationTypeId=type_id)) == {"ResponseMetadata"}
    mturk.clock.advance(hours=47, minutes=59)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Inactive"
    again = refused(mturk, api(mturk).create_qualification_type, **LEAST | {"Name": "Once"})
    assert again.code == "AWS.MechanicalTurk.QualificationTypeAlreadyExists"
    error = refused(mturk, api(mturk).delete_qualification_type, QualificationTypeId=type_id)
    assert (error.code, error.text) == ("AWS.MechanicalTurk.InvalidQualificationTypeState", STATE)
    mturk.clock.advance(minutes=1)
    error = refused(mturk, api(mturk).get_qualification_type, QualificationTypeId=type_id)
    assert error.code == "AWS.MechanicalTurk.QualificationTypeDoesNotExist"
    assert make_type(mturk, "Once") != type_id


@pytest.mark.rule("QTY-24", "QTY-25")
def test_a_deletion_waits_until_no_hit_uses_the_type(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    first, second = (post_for(mturk, need(type_id), LifetimeInSeconds=30) for _ in range(2))
    api(mturk).delete_qualification_type(QualificationTypeId=type_id)
    mturk.clock.advance(days=3)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Inactive"
    api(mturk).delete_hit(HITId=first)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Inactive"
    api(mturk).delete_hit(HITId=second)
    error = refused(mturk, api(mturk).get_qualification_type, QualificationTypeId=type_id)
    assert error.code == "AWS.MechanicalTurk.QualificationTypeDoesNotExist"


@pytest.mark.rule("QTY-24", "QRQ-09", "QUA-13")
def test_a_deletion_rejects_who_waits_and_takes_nothing_from_who_holds(mturk: Simulation) -> None:
    type_id = make_type(mturk, **TESTED)
    waiting, testing, holder = mturk.worker(), mturk.worker(), mturk.worker()
    requests = [waiting.request_qualification(type_id, {"q1": ["a"]}), testing.request_qualification(type_id)]
    associate(mturk, type_id, holder.id, IntegerValue=4)
    hit_id = post_for(mturk, need(type_id))
    api(mturk).delete_qualification_type(QualificationTypeId=type_id)
    assert [request.status for request in requests] == ["Rejected", "Rejected"]
    assert [message.kind for message in [*waiting.inbox, *testing.inbox]] == ["request_rejection"] * 2
    with pytest.raises(WorkerRefused):
        testing.request_qualification(type_id)
    assert holder.qualifications == {type_id: 4}
    assert score_of(mturk, type_id, holder.id) == 4
    holder.accept(hit_id)
    mturk.clock.advance(days=600)
    assert score_of(mturk, type_id, holder.id) == 4


@pytest.mark.rule("QTY-24")
def test_a_deleted_type_and_the_hit_types_that_require_it_have_no_new_hits(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    old = shown(mturk, post_for(mturk, need(type_id)))
    api(mturk).delete_qualification_type(QualificationTypeId=type_id)
    lifetime = {"LifetimeInSeconds": 60, "Question": old["Question"]}
    error = refused(mturk, api(mturk).create_hit_with_hit_type, HITTypeId=old["HITTypeId"], **lifetime)
    assert error.code == "AWS.MechanicalTurk.HITTypeDoesNotExist"
    with pytest.raises(Exception, match=r"status of: Active \("):
        post_for(mturk, need(type_id))
    assert shown(mturk, old["HITId"])["HITStatus"] == "Assignable"
    for operation, members in (
        ("update_qualification_type", {"Description": "x"}),
        ("associate_qualification_with_worker", {"WorkerId": mturk.worker().id}),
    ):
        error = refused(mturk, getattr(api(mturk), operation), QualificationTypeId=type_id, **members)
        assert (error.code, error.text) == ("AWS.MechanicalTurk.InvalidQualificationTypeState", STATE)
    assert api(mturk).list_qualification_types(MustBeRequestable=True)["QualificationTypes"] == []


@pytest.mark.rule("C47", "QTY-24")
def test_a_hit_type_disposed_of_with_its_qualification_type_is_known_while_hits_have_it(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    hit_id, of_another_type = post_for(mturk, need(type_id), LifetimeInSeconds=30), post(mturk)
    hit_type = {"HITTypeId": shown(mturk, hit_id)["HITTypeId"]}
    api(mturk).delete_qualification_type(QualificationTypeId=type_id)
    mturk.clock.advance(seconds=30)
    assert ids(api(mturk).list_reviewable_hits(**hit_type)["HITs"]) == [hit_id]
    queue = {"Destination": "https://sqs.us-east-1.amazonaws.com/1/q", "Transport": "SQS", "Version": "2014-08-15"}
    api(mturk).update_notification_settings(**hit_type, Notification=queue | {"EventTypes": ["HITExtended"]})
    refusal = refused(mturk, api(mturk).update_hit_type_of_hit, HITId=of_another_type, **hit_type)
    assert refusal.code == "AWS.MechanicalTurk.HITTypeDoesNotExist"
    api(mturk).delete_hit(HITId=hit_id)
    refusal = refused(mturk, api(mturk).list_reviewable_hits, **hit_type)
    assert refusal.code == "AWS.MechanicalTurk.HITTypeDoesNotExist"


@pytest.mark.rule("C8")
def test_a_type_that_nobody_uses_for_120_days_disposes_of_itself(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    used_by_a_hit = make_type(mturk, "HIT")
    hit_id = post_for(mturk, need(used_by_a_hit), LifetimeInSeconds=31536000)
    mturk.clock.advance(days=100)
    associate(mturk, type_id, mturk.worker().id)
    mturk.clock.advance(days=119)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Active"
    mturk.clock.advance(days=1)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Inactive"
    mturk.clock.advance(days=2)
    refused(mturk, api(mturk).get_qualification_type, QualificationTypeId=type_id)
    assert shown_type(mturk, used_by_a_hit)["QualificationTypeStatus"] == "Active"
    api(mturk).update_expiration_for_hit(HITId=hit_id, ExpireAt=0)
    api(mturk).delete_hit(HITId=hit_id)
    mturk.clock.advance(days=119, hours=23)
    assert shown_type(mturk, used_by_a_hit)["QualificationTypeStatus"] == "Active"
    mturk.clock.advance(hours=1)
    assert shown_type(mturk, used_by_a_hit)["QualificationTypeStatus"] == "Inactive"


USES: dict[str, Callable[[Simulation, str, str], Any]] = {
    "updated": lambda sim, type_id, holder: update(sim, type_id, Description="x"),
    "asked for": lambda sim, type_id, holder: sim.worker().request_qualification(type_id),
    "granted": lambda sim, type_id, holder: associate(sim, type_id, holder),
    "revoked": lambda sim, type_id, holder: api(sim).disassociate_qualification_from_worker(
        QualificationTypeId=type_id, WorkerId=holder
    ),
    "accepted": lambda sim, type_id, holder: api(sim).accept_qualification_request(
        QualificationRequestId=api(sim).list_qualification_requests()["QualificationRequests"][0][
            "QualificationRequestId"
        ]
    ),
    "required": lambda sim, type_id, holder: api(sim).create_hit_type(
        AssignmentDurationInSeconds=60,
        Reward="0.01",
        Title="T",
        Description="D",
        QualificationRequirements=[need(type_id)],
    ),
}


@pytest.mark.rule("C8")
@pytest.mark.parametrize("use", USES)
def test_any_use_begins_the_120_days_anew(mturk: Simulation, use: str) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    associate(mturk, type_id, worker.id)
    mturk.worker().request_qualification(type_id)
    mturk.clock.advance(days=100)
    USES[use](mturk, type_id, worker.id)
    mturk.clock.advance(days=119)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Active"
    mturk.clock.advance(days=1)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Inactive"


@pytest.mark.rule("C8")
def test_reading_is_no_use(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    mturk.clock.advance(days=119, hours=23)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Active"
    api(mturk).list_workers_with_qualification_type(QualificationTypeId=type_id)
    mturk.clock.advance(hours=1)
    assert shown_type(mturk, type_id)["QualificationTypeStatus"] == "Inactive"


def test_the_journal_tells_of_the_making_and_the_end(mturk: Simulation) -> None:
    type_id = make_type(mturk, "Once")
    api(mturk).delete_qualification_type(QualificationTypeId=type_id)
    assert [(fact.kind, fact.detail) for fact in mturk.journal] == [
        ("QualificationTypeCreated", {"qualification_type_id": type_id, "name": "Once"}),
        ("QualificationTypeDeleted", {"qualification_type_id": type_id}),
    ]


@pytest.mark.rule("C8")
def test_time_runs_out_though_nothing_is_done(mturk: Simulation) -> None:
    make_type(mturk)
    post_for(mturk, need("00000000000000000040"))
    mturk.run()
    assert mturk.journal.of("QualificationTypeDeleted")


# --- the HITs that require a type --------------------------------------------------------------------------------
@pytest.mark.rule("QTY-31", "REQ-13")
@given(kinds=st.lists(st.sampled_from(["one", "two", "both", "none", "other"]), max_size=12), size=st.integers(1, 5))
def test_the_callers_hits_that_require_a_type_are_listed_in_pages(
    mturk_factory: Any, kinds: list[str], size: int
) -> None:
    with mturk_factory() as sim:
        other = sim.requester("another").client
        one, two = make_type(sim, "one"), make_type(sim, "two")
        needs = {
            "one": [need(one)],
            "two": [need(two)],
            "both": [need(one), need(two)],
            "none": [],
            "other": [need(one)],
        }
        made = [
            (kind, post_for(sim, *needs[kind], client=other if kind == "other" else None, Title=f"{kind} {place % 2}"))
            for place, kind in enumerate(kinds)
        ]
        found = pages(api(sim).list_hits_for_qualification_type, "HITs", QualificationTypeId=one, MaxResults=size)
        listed = [hit for page in found for hit in page]
        assert ids(listed) == [hit_id for kind, hit_id in reversed(made) if kind in ("one", "both")]
        assert listed == [shown(sim, hit["HITId"]) for hit in listed]


@pytest.mark.rule("QTY-31")
def test_a_hit_is_listed_in_any_status_until_it_is_deleted(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    hit_id = post_for(mturk, need(type_id), LifetimeInSeconds=30)
    moved = post(mturk)

    def listed() -> list[str]:
        return ids(api(mturk).list_hits_for_qualification_type(QualificationTypeId=type_id)["HITs"])

    assert listed() == [hit_id]
    mturk.clock.advance(seconds=30)
    assert (listed(), shown(mturk, hit_id)["HITStatus"]) == ([hit_id], "Reviewable")
    api(mturk).update_hit_type_of_hit(HITId=moved, HITTypeId=shown(mturk, hit_id)["HITTypeId"])
    assert listed() == [moved, hit_id]
    api(mturk).update_hit_type_of_hit(HITId=moved, HITTypeId=shown(mturk, post(mturk))["HITTypeId"])
    api(mturk).delete_hit(HITId=hit_id)
    assert listed() == []
    before = digest(mturk)
    listed()
    assert digest(mturk) == before
