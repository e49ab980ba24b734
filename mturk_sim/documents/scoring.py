"""From a worker's answers to a Qualification's value, by an AnswerKey (C28)."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from mturk_sim.documents.answer_key import AnswerKey, KeyQuestion, PercentageMapping, RangeMapping, ScaleMapping
from mturk_sim.documents.answers import Answers, GivenAnswers, Selected, UploadedFile, question_answers


def score(key: AnswerKey, answers: Answers | GivenAnswers | str) -> int:
    """The value that a test earns.

    Of each question in the key, the first option with exactly the selections of the answer counts, else the default
    score; so no answer earns the default. The sum is mapped; halves are rounded up, and the value may be negative or
    above 100.

    Args:
        key: The key; see `parse_answer_key`.
        answers: The worker's answers: parsed, as a QuestionFormAnswers document, or as `answers_document` takes them.

    Raises:
        DocumentError: The answers are a text that is no valid document.
    """
    chosen = _selections(answers)
    total = sum(_points(question, chosen.get(question.id, frozenset())) for question in key.questions)
    match key.mapping:
        case PercentageMapping(maximum):
            return _half_up(Fraction(total * 100, maximum))
        case ScaleMapping(multiplier):
            return _half_up(total * Fraction(multiplier))
        case RangeMapping(ranges, otherwise):
            return next((item.value for item in ranges if item.lower <= total <= item.upper), otherwise)
        case None:
            return total


def _selections(answers: Answers | GivenAnswers | str) -> dict[str, frozenset[str]]:
    """Question -> what was selected there; typed text is no selection."""
    if isinstance(answers, str | Answers):
        answers = question_answers(answers)
    chosen: dict[str, frozenset[str]] = {}
    for question, value in answers.items() if isinstance(answers, Mapping) else answers:
        ids = value.ids if isinstance(value, Selected) else value
        chosen.setdefault(question, frozenset() if isinstance(ids, str | UploadedFile) else frozenset(ids))
    return chosen


def _points(question: KeyQuestion, chosen: frozenset[str]) -> int:
    for option in question.options:
        if chosen == frozenset(option.selections):
            return option.score
    return question.default_score


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
