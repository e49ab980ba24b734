"""Scoring: the worked table of the rules, and what holds of any key."""

from decimal import Decimal
from fractions import Fraction

import pytest
from documents.sample_documents import KEY
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.documents import (
    AnswerKey,
    AnswerOption,
    DocumentError,
    KeyQuestion,
    PercentageMapping,
    RangeMapping,
    ScaleMapping,
    ScoreRange,
    Selected,
    UploadedFile,
    answers_document,
    parse_answer_key,
    parse_answers,
    score,
)
from mturk_sim.documents.answer_key import Mapping

QUESTIONS = parse_answer_key(KEY).questions
MAPPINGS: dict[str, Mapping | None] = {
    "none": None,
    "percentage of 25": PercentageMapping(25),
    "percentage of 15": PercentageMapping(15),
    "three times": ScaleMapping(Decimal(3)),
    "half": ScaleMapping(Decimal("0.5")),
    "ranges": RangeMapping((ScoreRange(5, 10, 1), ScoreRange(11, 20, 2), ScoreRange(21, 25, 3)), 0),
}
WORKED = [
    ({"q1": ["a", "b"], "q2": ["d"]}, [25, 100, 167, 75, 13, 3]),
    ({"q1": ["b"], "q2": ["d"]}, [20, 80, 133, 60, 10, 2]),
    ({"q1": ["c"], "q2": ["d"]}, [15, 60, 100, 45, 8, 2]),
    ({"q1": ["a", "b", "c"], "q2": ["x"]}, [5, 20, 33, 15, 3, 1]),
    ({}, [5, 20, 33, 15, 3, 1]),
]


@pytest.mark.rule("C28", "XML-33", "XML-37")
@pytest.mark.parametrize(
    ("answers", "mapping", "value"),
    [
        pytest.param(answers, mapping, value, id=f"{answers} {name}")
        for answers, values in WORKED
        for (name, mapping), value in zip(MAPPINGS.items(), values, strict=True)
    ],
)
def test_the_worked_table(answers: dict[str, list[str]], mapping: Mapping | None, value: int) -> None:
    assert score(AnswerKey(QUESTIONS, mapping), answers) == value


def scored(total: int, mapping: Mapping | None = None) -> int:
    """The value for answers that earn this sum."""
    key = AnswerKey((KeyQuestion("q", (AnswerOption(("yes",), total),)),), mapping)
    return score(key, {"q": ["yes"]})


@pytest.mark.rule("C28")
@pytest.mark.parametrize(
    ("total", "maximum", "value"),
    [
        (2, 3, 67),
        (1, 3, 33),
        (1, 8, 13),
        (3, 8, 38),
        (-5, 15, -33),
        (-1, 8, -12),
        (1, 200, 1),
        (-1, 200, 0),
        (5, -8, -62),
    ],
)
def test_a_percentage_is_rounded_to_the_nearest_and_a_half_upwards(total: int, maximum: int, value: int) -> None:
    assert scored(total, PercentageMapping(maximum)) == value


@pytest.mark.rule("C28")
def test_the_worked_example_of_the_service() -> None:
    questions = (
        KeyQuestion("nextmove", (AnswerOption(("D",), 5),)),
        KeyQuestion("favoritefruit", (AnswerOption(("apples",), 10),)),
    )
    key = AnswerKey(questions, PercentageMapping(15))
    assert score(key, {"nextmove": ["D"]}) == 33
    assert score(key, {"favoritefruit": ["apples"]}) == 67
    assert score(key, {"nextmove": ["D"], "favoritefruit": ["apples"]}) == 100


@pytest.mark.rule("C28")
@pytest.mark.parametrize(
    ("multiplier", "total", "value"),
    [("1.15", 10, 12), ("1.005", 100, 101), ("0.7", 5, 4), ("-0.5", 1, 0), ("-0.5", 3, -1), ("1e300", 1, 10**300)],
)
def test_a_multiplier_counts_as_it_is_written(multiplier: str, total: int, value: int) -> None:
    assert scored(total, ScaleMapping(Decimal(multiplier))) == value


@given(st.integers(-(2**31), 2**31 - 1), st.integers(-(2**31), 2**31 - 1).filter(bool))
def test_no_percentage_is_off_by_more_than_a_half(total: int, maximum: int) -> None:
    exact = Fraction(total * 100, maximum)
    assert Fraction(-1, 2) < scored(total, PercentageMapping(maximum)) - exact <= Fraction(1, 2)


@pytest.mark.rule("C28", "XML-35")
def test_of_overlapping_ranges_the_first_counts_and_one_upside_down_holds_nothing() -> None:
    ranges = RangeMapping((ScoreRange(9, 1, 7), ScoreRange(1, 5, 1), ScoreRange(5, 9, 2)), -1)
    assert [scored(total, ranges) for total in (0, 1, 5, 6, 9, 10)] == [-1, 1, 1, 2, 2, -1]


@given(st.permutations("abcd"), st.integers(0, 4), st.permutations("abcd"), st.integers(0, 4))
def test_an_option_counts_for_exactly_its_selections_in_any_order(
    asked: list[str], some: int, given_: list[str], few: int
) -> None:
    option, chosen = asked[: max(some, 1)], given_[:few]
    key = AnswerKey((KeyQuestion("q", (AnswerOption(tuple(option), 7),), default_score=-2),))
    assert score(key, {"q": chosen}) == (7 if set(option) == set(chosen) else -2)


def test_of_two_options_that_match_the_first_counts() -> None:
    key = AnswerKey((KeyQuestion("q", (AnswerOption(("a", "b"), 1), AnswerOption(("b", "a"), 2))),))
    assert score(key, {"q": ["b", "a", "a"]}) == 1


def test_answers_may_be_a_document_or_values() -> None:
    answers = {"q1": ["b", "a"], "q2": ["d"], "other": "text"}
    document = answers_document(answers, style="questions")
    for same in (answers, list(answers.items()), document, parse_answers(document)):
        assert score(AnswerKey(QUESTIONS), same) == 25
    with pytest.raises(DocumentError):
        score(AnswerKey(QUESTIONS), "<a/>")


@pytest.mark.parametrize("value", ["ab", UploadedFile(1, "a"), Selected((), "a")])
def test_what_is_not_selected_earns_the_default(value: str | UploadedFile | Selected) -> None:
    key = AnswerKey((KeyQuestion("q", (AnswerOption(("a",), 1), AnswerOption(("a", "b"), 2)), default_score=9),))
    assert score(key, {"q": value}) == 9


def test_of_two_answers_to_one_question_the_first_counts() -> None:
    assert score(AnswerKey(QUESTIONS), [("q2", ["d"]), ("q2", [])]) == 15


def test_no_answers_at_all_earn_the_defaults() -> None:
    assert score(AnswerKey(QUESTIONS), "") == 5
