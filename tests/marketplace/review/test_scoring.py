"""Comparing answers: trimmed value sets, exact shares, whole percents."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.documents import Selected, UploadedFile, answers_document
from mturk_sim.marketplace.review.scoring import NOTHING, agreement, compare, correct, percent, sheet, trimmed

KEY = {"A": trimmed(["1"]), "B": trimmed(["x", "y"]), "C": NOTHING}

CHART = {
    "w1": {"A": "coat", "B": "blue", "C": "large", "D": "Furry"},
    "w2": {"A": "sweater", "B": "blue", "C": "large", "D": "fur"},
    "w3": {"A": "coat", "B": "green", "C": "large", "D": "furr"},
}
"""The answers of AWS's chart."""


def sheets(answers):
    return {work: {question: trimmed([text]) for question, text in given.items()} for work, given in answers.items()}


@pytest.mark.rule("RVP-10")
@pytest.mark.parametrize(
    ("question", "answer", "is_correct"),
    [
        ("A", "1", True),
        ("A", " 1\n", True),
        ("A", "1|2", False),
        ("A", "one", False),
        ("A", "1.", False),
        ("A", ["1"], True),
        ("A", ["1", "2"], False),
        ("A", Selected(("1",), "more"), False),
        ("A", UploadedFile(3, "1"), True),
        ("B", ["y", "x"], True),
        ("B", ["x"], False),
        ("B", ["x", "y", "z"], False),
        ("B", ["X", "y"], False),
        ("C", "   ", True),
        ("C", [], True),
        ("C", "anything", False),
    ],
)
def test_an_answer_is_correct_when_its_trimmed_values_are_those_of_the_key(question, answer, is_correct):
    document = answers_document({question: answer}, style="questions")
    assert correct(KEY, sheet(document))[question] is is_correct


@pytest.mark.rule("RVP-10")
def test_an_answer_that_is_left_out_is_correct_only_where_the_key_has_no_values():
    assert correct(KEY, sheet(answers_document({"other": "1"}, style="form"))) == {"A": False, "B": False, "C": True}
    assert correct(KEY, sheet("")) == correct(KEY, sheet(None)) == {"A": False, "B": False, "C": True}


@pytest.mark.rule("RVP-10")
def test_the_key_is_trimmed_too():
    assert correct({"A": trimmed([" 1 ", ""])}, {"A": trimmed(["1"])}) == {"A": True}


@pytest.mark.rule("RVP-11", "RVP-24", "C32")
@pytest.mark.parametrize(("part", "whole", "shown"), [(4, 10, 40), (2, 3, 66), (1, 3, 33), (0, 7, 0), (7, 7, 100)])
def test_percents_are_cut_off_to_whole_numbers(part, whole, shown):
    assert percent(part, whole) == shown


@pytest.mark.rule("RVP-21", "RVP-22", "RVP-23", "RVP-33", "C32")
@pytest.mark.parametrize(
    ("threshold", "agreed"),
    [(0, "ABC"), (33, "ABC"), (49, "ABC"), (50, "ABC"), (65, "ABC"), (66, "ABC"), (67, "C"), (99, "C"), (100, "")],
)
def test_a_question_of_the_chart_is_agreed_when_its_exact_share_is_above_the_threshold(threshold, agreed):
    found = [compare(question, threshold, sheets(CHART)) for question in "ABCD"]
    assert "".join(question.id for question in found if question.agreed is not None) == agreed


@pytest.mark.rule("RVP-23", "RVP-24")
def test_the_chart_shows_the_agreed_answers_and_their_shares():
    found = [compare(question, 50, sheets(CHART)) for question in "ABCD"]
    assert [(set(question.agreed or ()), question.score) for question in found[:3]] == [
        ({"coat"}, 66),
        ({"blue"}, 66),
        ({"large"}, 100),
    ]
    assert found[3].agreed is None


@pytest.mark.rule("RVP-26", "C32")
@pytest.mark.parametrize(
    ("threshold", "counts"),
    [(50, [(3, 0), (2, 1), (2, 1)]), (99, [(1, 0), (1, 0), (1, 0)]), (100, [(0, 0), (0, 0), (0, 0)])],
)
def test_workers_are_measured_on_the_agreed_questions_alone(threshold, counts):
    found = [compare(question, threshold, sheets(CHART)) for question in "ABCD"]
    assert [agreement(work, found) for work in CHART] == counts


@pytest.mark.rule("RVP-27")
def test_value_sets_are_compared_whole():
    answers = {"w1": {"A": trimmed(["a", "b"])}, "w2": {"A": trimmed(["b", " a "])}, "w3": {"A": trimmed(["a"])}}
    assert compare("A", 50, answers).agreed == {"a", "b"}
    assert compare("A", 50, {"w1": {"A": trimmed(["new york"])}, "w2": {"A": trimmed(["new  york"])}}).agreed is None


@pytest.mark.rule("RVP-27")
def test_answers_of_more_than_256_characters_are_left_out():
    answers = {"w1": {"A": "x" * 256}, "w2": {"A": "y" * 257}, "w3": {"A": "y" * 257}}
    question = compare("A", 50, sheets(answers))
    assert (question.agreed, question.score, set(question.answers)) == ({"x" * 256}, 100, {"w1"})
    assert agreement("w2", [question]) == (0, 0)


@pytest.mark.rule("RVP-33")
def test_a_tie_is_not_agreed_however_low_the_threshold():
    tied = compare("A", 0, sheets({"w1": {"A": "x"}, "w2": {"A": "y"}}))
    assert (tied.agreed, tied.score) == (None, 0)


def test_without_work_nothing_is_agreed():
    empty = compare("A", 0, {})
    assert (empty.agreed, empty.score) == (None, 0)


@pytest.mark.rule("RVP-21", "RVP-23", "RVP-33")
@given(st.lists(st.sampled_from("abcd"), max_size=12), st.integers(0, 100))
def test_what_is_agreed_is_the_one_most_common_answer_with_a_share_above_the_threshold(answers, threshold):
    question = compare("A", threshold, {str(n): {"A": trimmed([text])} for n, text in enumerate(answers)})
    shares = {text: Fraction(100 * answers.count(text), len(answers)) for text in answers}
    if question.agreed is not None:
        (agreed,) = question.agreed
        assert shares[agreed] > threshold
        assert all(share < shares[agreed] for text, share in shares.items() if text != agreed)
    else:
        best = max(shares.values(), default=Fraction(0))
        assert best <= threshold or list(shares.values()).count(best) > 1
