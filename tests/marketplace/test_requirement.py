"""The decision table of requirements."""

import operator
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.marketplace.countries import Locale
from mturk_sim.marketplace.requirement import ACCEPT, COMPARATORS, DISCOVER, PREVIEW, Requirement, compiled

INTEGERS = st.integers(-(2**31), 2**31 - 1)


def holds(comparator: str, value: int | Locale | None, *wanted: int | Locale) -> bool:
    return Requirement("T", comparator, wanted, ACCEPT).met_by(value)


# comparator, required, then whether it holds for 4, 5, 6 and for who does not hold the Qualification
TABLE = [
    ("Exists", (), True, True, True, False),
    ("DoesNotExist", (), False, False, False, True),
    ("EqualTo", (5,), False, True, False, False),
    ("NotEqualTo", (5,), True, False, True, False),
    ("LessThan", (5,), True, False, False, False),
    ("LessThanOrEqualTo", (5,), True, True, False, False),
    ("GreaterThan", (5,), False, False, True, False),
    ("GreaterThanOrEqualTo", (5,), False, True, True, False),
    ("In", (4, 5), True, True, False, False),
    ("NotIn", (4, 5), False, False, True, False),
]


@pytest.mark.rule("REQ-02", "REQ-03", "REQ-04", "REQ-11", "C25")
@pytest.mark.parametrize(("comparator", "required", "four", "five", "six", "without"), TABLE)
def test_each_comparator(
    comparator: str, required: tuple[int, ...], four: bool, five: bool, six: bool, without: bool
) -> None:
    assert [holds(comparator, value, *required) for value in (4, 5, 6, None)] == [four, five, six, without]


@pytest.mark.rule("REQ-02")
def test_the_table_has_every_comparator() -> None:
    assert {row[0] for row in TABLE} == set(COMPARATORS)


@pytest.mark.rule("REQ-02")
@pytest.mark.parametrize(
    ("comparator", "compare"),
    [
        ("EqualTo", operator.eq),
        ("NotEqualTo", operator.ne),
        ("LessThan", operator.lt),
        ("LessThanOrEqualTo", operator.le),
        ("GreaterThan", operator.gt),
        ("GreaterThanOrEqualTo", operator.ge),
    ],
)
@given(value=INTEGERS, required=INTEGERS)
def test_one_integer_is_compared_as_integers_are(
    comparator: str, compare: Callable[[int, int], bool], value: int, required: int
) -> None:
    assert holds(comparator, value, required) == compare(value, required)


@pytest.mark.rule("REQ-04", "REQ-11")
@given(value=st.none() | st.integers(-3, 3), required=st.lists(st.integers(-3, 3), min_size=1, max_size=15))
def test_a_set_holds_or_its_complement_and_neither_without_the_qualification(
    value: int | None, required: list[int]
) -> None:
    both = [holds("In", value, *required), holds("NotIn", value, *required)]
    assert both == ([False, False] if value is None else [value in required, value not in required])


LOCALES = [
    # required, where the worker lives, EqualTo or In, NotEqualTo or NotIn
    ("US", "US", True),
    ("US", "US-PA", True),
    ("US-PA", "US-PA", True),
    ("US-PA", "US-NY", False),
    ("US-PA", "US", False),
    ("US-CA", "US-NY", False),
    ("US-CA", "IN", False),
    ("US-CA", "CA", False),
    ("US IN", "IN", True),
    ("US-PA US-NY", "US-NY", True),
    ("US-PA US-NY", "US-CA", False),
    ("IN US-PA", "US", False),
]


@pytest.mark.rule("REQ-05", "REQ-07")
@pytest.mark.parametrize(("required", "home", "matches"), LOCALES)
def test_places_match_by_as_much_as_is_said_of_them(required: str, home: str, matches: bool) -> None:
    wanted = [Locale(*place.split("-")) for place in required.split()]
    value = Locale(*home.split("-"))
    pair = ("EqualTo", "NotEqualTo") if len(wanted) == 1 else ("In", "NotIn")
    assert [holds(comparator, value, *wanted) for comparator in pair] == [matches, not matches]


@pytest.mark.rule("REQ-09")
def test_requirements_are_read_from_their_echoed_form() -> None:
    locale = {"QualificationTypeId": "L", "Comparator": "In", "LocaleValues": [{"Country": "IN"}]}
    integer = {"QualificationTypeId": "T", "Comparator": "LessThan", "IntegerValues": [3]}
    needs = [
        locale | {"ActionsGuarded": "Accept"},
        integer | {"ActionsGuarded": "PreviewAndAccept"},
        {"QualificationTypeId": "T", "Comparator": "Exists", "ActionsGuarded": "DiscoverPreviewAndAccept"},
    ]
    assert compiled(needs) == (
        Requirement("L", "In", (Locale("IN"),), ACCEPT),
        Requirement("T", "LessThan", (3,), PREVIEW),
        Requirement("T", "Exists", (), DISCOVER),
    )
    assert [str(each) for each in compiled(needs)] == ["In IN", "LessThan 3", "Exists"]
