"""Qualification requirements of requests: what is echoed, and what is refused."""

from typing import Any

import pytest
from helpers import api, refused, shown
from hypothesis import given
from hypothesis import strategies as st
from qualifications import make_type, need, post_for
from questions import HIT

from mturk_sim import Simulation

LOCALE = "00000000000000000071"
COUNT = "00000000000000000040"
US = {"Country": "US"}
COMBINATION = "The combination of parameters supplied to the request is invalid: {}."
VALUE = 'The value "{}" is not valid for the parameter {}.'
MISSING = "Your request is missing required parameters. Required parameters include {}."


def locale(comparator: str, *places: dict[str, str], **members: Any) -> dict[str, Any]:
    values = {"LocaleValues": list(places)} if places else {}
    return need(LOCALE, comparator, **values, **members)


def attempt(sim: Simulation, *needs: dict[str, Any]) -> tuple[str, str]:
    """The type and the text of the refusal of these requirements, the same for HITs and HIT types."""
    hit_type = {name: HIT[name] for name in ("Title", "Description", "Reward", "AssignmentDurationInSeconds")}
    needs_of = {"QualificationRequirements": list(needs)}
    error = refused(sim, api(sim).create_hit, **HIT | needs_of)
    again = refused(sim, api(sim).create_hit_type, **hit_type | needs_of)
    assert (again.type, again.text) == (error.type, error.text)
    return error.type, error.text


@pytest.mark.rule("REQ-01")
@pytest.mark.parametrize("member", ["QualificationTypeId", "Comparator"])
def test_a_type_and_a_comparator_are_needed(mturk: Simulation, member: str) -> None:
    requirement = need(COUNT)
    del requirement[member]
    with pytest.raises(Exception, match=f'Missing required parameter in QualificationRequirements.* "{member}"'):
        post_for(mturk, requirement)


@pytest.mark.rule("REQ-02", "REQ-09", "ENV-09")
@pytest.mark.parametrize(
    ("members", "path"),
    [({"Comparator": "Bogus"}, "comparator"), ({"ActionsGuarded": "Submit"}, "actionsGuarded")],
)
def test_words_that_are_none_are_refused_by_the_service(mturk: Simulation, members: dict[str, str], path: str) -> None:
    kind, text = attempt(mturk, need(COUNT, "EqualTo", 1) | members)
    assert kind == "ValidationException"
    assert f"at 'qualificationRequirements.1.member.{path}' failed to satisfy constraint" in text


OK_INTEGERS = [
    ("Exists", ()),
    ("DoesNotExist", ()),
    *((comparator, (3,)) for comparator in ("LessThan", "LessThanOrEqualTo", "GreaterThan", "GreaterThanOrEqualTo")),
    ("EqualTo", (-(2**31),)),
    ("NotEqualTo", (2**31 - 1,)),
    ("In", (1,)),
    ("In", tuple(range(15))),
    ("NotIn", tuple(range(15))),
]


@pytest.mark.rule("REQ-02", "REQ-03", "REQ-04", "HIT-12")
@pytest.mark.parametrize(("comparator", "values"), OK_INTEGERS)
def test_integers_that_suit_the_comparator_pass_and_come_back(
    mturk: Simulation, comparator: str, values: tuple[int, ...]
) -> None:
    sent = need(COUNT, comparator, *values)
    echoed = shown(mturk, post_for(mturk, sent))["QualificationRequirements"]
    assert echoed == [sent | {"ActionsGuarded": "Accept", "RequiredToPreview": False}]


@pytest.mark.rule("REQ-05", "REQ-08", "HIT-12")
@pytest.mark.parametrize(
    ("comparator", "places"),
    [
        ("EqualTo", [US]),
        ("NotEqualTo", [US | {"Subdivision": "CA"}]),
        ("In", [{"Country": "CA", "Subdivision": "ON"}, US]),
        ("NotIn", [US] * 30),
        ("Exists", []),
    ],
)
def test_places_that_suit_the_comparator_pass_and_come_back(
    mturk: Simulation, comparator: str, places: list[dict[str, str]]
) -> None:
    sent = locale(comparator, *places)
    (echoed,) = shown(mturk, post_for(mturk, sent))["QualificationRequirements"]
    assert echoed == sent | {"ActionsGuarded": "Accept", "RequiredToPreview": False}


REFUSED = [
    # REQ-03
    pytest.param(need(COUNT, "Exists", 1), COMBINATION.format("Comparator, IntegerValues")),
    pytest.param(need(COUNT, "DoesNotExist", 1), COMBINATION.format("Comparator, IntegerValues")),
    pytest.param(locale("Exists", US), COMBINATION.format("Comparator, LocaleValues")),
    # REQ-04
    *(
        pytest.param(need(COUNT, comparator, 1, 2), VALUE.format("1,2", "IntegerValues"))
        for comparator in (
            "LessThan",
            "LessThanOrEqualTo",
            "GreaterThan",
            "GreaterThanOrEqualTo",
            "EqualTo",
            "NotEqualTo",
        )
    ),
    *(
        pytest.param(need(COUNT, comparator), MISSING.format("IntegerValues"))
        for comparator in ("LessThan", "GreaterThan", "EqualTo", "In", "NotIn")
    ),
    pytest.param(
        need(COUNT, "In", *range(16)), VALUE.format(",".join(str(value) for value in range(16)), "IntegerValues")
    ),
    pytest.param(
        need(COUNT, "EqualTo", 2**31),
        "The value 2147483648 is invalid for IntegerValues. Valid values range from -2147483648 to 2147483647.",
    ),
    # REQ-05 and REQ-06
    pytest.param(locale("EqualTo", US, {"Country": "GB"}), VALUE.format("EqualTo", "LocaleValues")),
    pytest.param(locale("NotEqualTo", US, {"Country": "GB"}), VALUE.format("NotEqualTo", "LocaleValues")),
    pytest.param(locale("In", *[US] * 31), VALUE.format("In", "LocaleValues")),
    pytest.param(locale("In"), MISSING.format("LocaleValues")),
    pytest.param(locale("LessThan", US), VALUE.format("LessThan", "Comparator")),
    pytest.param(locale("GreaterThanOrEqualTo", US), VALUE.format("GreaterThanOrEqualTo", "Comparator")),
    pytest.param(need(LOCALE, "EqualTo", 1), COMBINATION.format("QualificationTypeId, IntegerValues")),
    pytest.param(need(COUNT, "EqualTo", LocaleValues=[US]), COMBINATION.format("QualificationTypeId, LocaleValues")),
    # REQ-08
    pytest.param(locale("EqualTo", {"Country": "XX"}), VALUE.format("XX", "Country")),
    pytest.param(locale("EqualTo", {"Country": "us"}), VALUE.format("us", "Country")),
    pytest.param(locale("EqualTo", US | {"Subdivision": "ZZ"}), VALUE.format("ZZ", "Subdivision")),
    # REQ-10
    pytest.param(
        need(COUNT, RequiredToPreview=True, ActionsGuarded="Accept"),
        COMBINATION.format("ActionsGuarded, RequiredToPreview"),
    ),
]


@pytest.mark.rule("REQ-03", "REQ-04", "REQ-05", "REQ-06", "REQ-08", "REQ-10", "HIT-23e")
@pytest.mark.parametrize(("requirement", "text"), REFUSED)
def test_what_contradicts_itself_is_refused(mturk: Simulation, requirement: dict[str, Any], text: str) -> None:
    kind, said = attempt(mturk, requirement)
    assert said == text
    assert kind == ("InvalidParameterCombinationError" if "combination" in text else "ParameterValidationError")


@pytest.mark.rule("ENV-09", "ENV-10", "REQ-08")
@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ({"Country": "USA"}, "Value 'USA' at '{}.country' failed to satisfy constraint: Member must have length less"),
        (US | {"Subdivision": "CAL"}, "Value 'CAL' at '{}.subdivision' failed to satisfy constraint: Member must have"),
    ],
)
def test_codes_of_more_than_two_characters_are_refused_by_their_shape(
    mturk: Simulation, place: dict[str, str], problem: str
) -> None:
    kind, text = attempt(mturk, locale("EqualTo", place))
    assert kind == "ValidationException"
    assert problem.format("qualificationRequirements.1.member.localeValues.1.member") in text


@pytest.mark.rule("REQ-14", "C17")
@pytest.mark.parametrize("type_id", ["UNKNOWN", "not even an id", "2F1KVCNHMVHV8E9PBUB2A4J79LU20F", ""])
def test_an_unknown_type_does_not_exist(mturk: Simulation, type_id: str) -> None:
    kind, text = attempt(mturk, need(COUNT), need(type_id))
    assert (kind, text) == ("RequestError", "You requested a QualificationType that does not exist.")


@pytest.mark.rule("HIT-20")
def test_ten_requirements_are_the_most(mturk: Simulation) -> None:
    post_for(mturk, *[need(COUNT, "NotEqualTo", value) for value in range(10)])
    kind, text = attempt(mturk, *[need(COUNT, "NotEqualTo", value) for value in range(11)])
    assert (kind, text) == (
        "ParameterValidationError",
        "Your request parameter QualificationRequirements  has a maximum length of 10.",
    )


@pytest.mark.rule("REQ-13")
def test_a_hit_of_a_known_type_takes_no_requirements_of_its_own(mturk: Simulation) -> None:
    members = mturk.client.meta.service_model.operation_model("CreateHITWithHITType").input_shape.members
    assert "QualificationRequirements" not in members
    first, second = (shown(mturk, post_for(mturk, need(COUNT, "EqualTo", value)))["HITTypeId"] for value in (1, 2))
    assert first != second


@pytest.mark.rule("REQ-10", "HIT-12")
@given(
    needs=st.lists(
        st.sampled_from([{}, {"RequiredToPreview": True}, {"ActionsGuarded": "PreviewAndAccept"}]), max_size=9
    )
)
def test_both_ways_of_guarding_come_back_whichever_was_sent(mturk_factory: Any, needs: list[dict[str, Any]]) -> None:
    with mturk_factory() as sim:
        type_id = make_type(sim)
        hit_id = post_for(sim, *(need(type_id, "EqualTo", place, **each) for place, each in enumerate(needs)))
        echoed = shown(sim, hit_id)["QualificationRequirements"]
        assert [(each["RequiredToPreview"], each["ActionsGuarded"]) for each in echoed] == [
            (True, "PreviewAndAccept") if each else (False, "Accept") for each in needs
        ]
