"""Comparing answers: with a key of known ones, and with each other. Pure functions of what workers wrote."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from mturk_sim.documents import Selected, UploadedFile, parse_answers

LONGEST: Final = 256
"""Answers with a value of more characters are left out of agreement (RVP-27)."""

Values = frozenset[str]
"""What one worker answered to one question; two answers are the same when these sets are equal (RVP-10, RVP-27)."""
Sheet = Mapping[str, Values]
"""Question -> values, of one worker; a question that is not in it was not answered."""

NOTHING: Final[Values] = frozenset()


def trimmed(values: Iterable[str]) -> Values:
    """The values without white space at their ends; a blank one is no value (RVP-10)."""
    return frozenset(text for value in values if (text := value.strip()))


def sheet(document: str | None) -> Sheet:
    """What a QuestionFormAnswers document says; questions of every kind are answered in this form (RVP-06)."""
    if not document:
        return {}
    return {question: trimmed(_texts(value)) for question, value in parse_answers(document).values().items()}


def _texts(value: str | Selected | UploadedFile) -> Iterable[str]:
    match value:
        case str():
            return (value,)
        case Selected(ids=ids, other=other):
            return (*ids, other or "")
        case UploadedFile(key=key):
            return (key,)


def percent(part: int, whole: int) -> int:
    """A share in whole percent, cut off and not rounded, as it is reported (RVP-11, RVP-24, C32)."""
    return part * 100 // whole


def correct(key: Sheet, answers: Sheet) -> dict[str, bool]:
    """Each question of the key, and whether just its values were answered (RVP-10)."""
    return {question: answers.get(question, NOTHING) == values for question, values in key.items()}


@attrs.frozen
class Question:
    """What workers said to one question.

    Attributes:
        agreed: The answer they agree on, or None (RVP-21, RVP-33).
        score: The share of workers who gave it, in whole percent (RVP-23).
        answers: Worker's work (its id) -> values, without what is left out (RVP-27).
    """

    id: str
    agreed: Values | None
    score: int
    answers: Mapping[str, Values]


def compare(question_id: str, threshold: int, sheets: Mapping[str, Sheet]) -> Question:
    """Look for the answer that more than `threshold` percent of the work (id -> sheet) agree on (RVP-21, RVP-23).

    Exact shares are compared, so above 100 there is nothing to agree on; an answer that another equals in number is not
    agreed (RVP-22, RVP-24, RVP-33, C32).
    """
    given = {work: answers.get(question_id, NOTHING) for work, answers in sheets.items()}
    given = {work: values for work, values in given.items() if all(len(value) <= LONGEST for value in values)}
    ranked = Counter(given.values()).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return Question(question_id, None, 0, given)
    (values, votes), whole = ranked[0], len(given)
    agreed = values if votes * 100 > threshold * whole else None
    return Question(question_id, agreed, percent(votes, whole), given)


def agreement(work: str, questions: Iterable[Question]) -> tuple[int, int]:
    """How many agreed questions a worker answered as agreed, and how many otherwise (RVP-26)."""
    same = [question.answers[work] == question.agreed for question in questions if _counts(question, work)]
    return sum(same), len(same) - sum(same)


def _counts(question: Question, work: str) -> bool:
    return question.agreed is not None and work in question.answers
