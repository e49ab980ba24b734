"""AnswerKey: how a Qualification test is scored (XML-30 to XML-37, C28, C29)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from mturk_sim.documents import namespaces, reading
from mturk_sim.documents.content import int_of, local, text_of
from mturk_sim.documents.errors import DocumentError
from mturk_sim.documents.question_form import QuestionForm, SelectionAnswer

if TYPE_CHECKING:
    from lxml.etree import _Element


@attrs.frozen
class AnswerOption:
    """What choosing exactly these selections is worth (XML-32).

    Attributes:
        selections: The SelectionIdentifiers; their order does not matter. At least one.
        score: Points: a whole number of 32 bits, may be negative (XML-34).
    """

    selections: tuple[str, ...]
    score: int


@attrs.frozen
class KeyQuestion:
    """How one question is scored (XML-31).

    Attributes:
        id: The question's id in the test.
        options: The options; at least one. The first that matches counts.
        default_score: Points if no option matches, also for no answer.
    """

    id: str
    options: tuple[AnswerOption, ...]
    default_score: int = 0


@attrs.frozen
class PercentageMapping:
    """The value is the sum of the scores as a percentage of a maximum; any but 0 will do (XML-33, XML-34, C28)."""

    maximum: int


@attrs.frozen
class ScaleMapping:
    """The value is the sum of the scores, multiplied; a finite number (XML-33)."""

    multiplier: Decimal


@attrs.frozen
class ScoreRange:
    """A value for every sum from `lower` to `upper`, both included."""

    lower: int
    upper: int
    value: int


@attrs.frozen
class RangeMapping:
    """The value is that of the first range that holds the sum of the scores (XML-33, XML-35, C28).

    Attributes:
        ranges: The ranges; at least one.
        otherwise: The value for a sum that no range holds.
    """

    ranges: tuple[ScoreRange, ...]
    otherwise: int


Mapping: TypeAlias = PercentageMapping | ScaleMapping | RangeMapping


@attrs.frozen
class AnswerKey:
    """How a test is scored: per question, then from the sum to the Qualification's value (XML-30, XML-37).

    Attributes:
        questions: The questions that count; at least one. Other questions of the test earn nothing.
        mapping: From the sum of the scores to the value; None if the value is the sum.
    """

    questions: tuple[KeyQuestion, ...]
    mapping: Mapping | None = None


_KEYS: Final = frozenset({namespaces.ANSWER_KEY})


def parse_answer_key(text: str, test: QuestionForm | None = None) -> AnswerKey:
    """The key in an AnswerKey document, checked against the test it is for.

    Args:
        text: The document, as given to CreateQualificationType.
        test: The parsed test; None leaves out what can be seen only with it.

    Raises:
        DocumentError: It is no valid document, or cannot score this test: a maximum of 0, a multiplier that is no
            number, a question or selection that the test does not have, or a test with questions that are not
            answered by selecting alone (C28, C29, QTY-30, XML-36).
    """
    key = _key(text)
    if test is not None:
        check_fits(key, test)
    return key


def check_fits(key: AnswerKey, test: QuestionForm) -> None:
    """See to it that a key can score a test (C29, QTY-30, XML-36).

    Raises:
        DocumentError: It cannot; the text says why.
    """
    selections: dict[str, set[str]] = {}
    for number, question in enumerate(test.questions, 1):
        answer = question.answer
        if not isinstance(answer, SelectionAnswer) or answer.other is not None:
            kind = "OtherSelection" if isinstance(answer, SelectionAnswer) else type(answer).__name__
            details = f"A test with an AnswerKey may have no {kind}, as question '{question.id}' has."
            raise DocumentError(details, path=_numbered("/QuestionForm", number, test.questions))
        selections.setdefault(question.id, set()).update(selection.id for selection in answer.selections)
    for number, scored in enumerate(key.questions, 1):
        path = _numbered("/AnswerKey", number, key.questions)
        if scored.id not in selections:
            raise DocumentError(f"The test has no question '{scored.id}', which the AnswerKey scores.", path=path)
        named = dict.fromkeys(name for option in scored.options for name in option.selections)
        if unknown := [name for name in named if name not in selections[scored.id]]:
            raise DocumentError(
                f"Question '{scored.id}' of the test has no selection '{unknown[0]}', which the AnswerKey scores.",
                path=path,
            )


def _numbered(root: str, number: int, questions: Sequence[object]) -> str:
    return f"{root}/Question[{number}]" if len(questions) > 1 else f"{root}/Question"


@lru_cache(maxsize=256)
def _key(text: str) -> AnswerKey:
    *questions, last = reading.read(text, _KEYS)
    if local(last) == "Question":
        return AnswerKey(tuple(_question(element) for element in (*questions, last)))
    return AnswerKey(tuple(_question(element) for element in questions), _mapping(last[0]))


def _question(element: "_Element") -> KeyQuestion:
    identifier, *options = element
    default = int_of(options.pop()) if local(options[-1]) == "DefaultScore" else 0
    return KeyQuestion(text_of(identifier), tuple(_option(option) for option in options), default)


def _option(element: "_Element") -> AnswerOption:
    *selections, score = element
    return AnswerOption(tuple(text_of(selection) for selection in selections), int_of(score))


def _mapping(element: "_Element") -> Mapping:
    if local(element) == "RangeMapping":
        *ranges, otherwise = element
        return RangeMapping(tuple(ScoreRange(*_ints(item)) for item in ranges), int_of(otherwise))
    if local(element) == "ScaleMapping":
        number = text_of(element[0]).strip(" \t\r\n")
        # a double has its limits: beyond them it is infinite or 0, and neither may be worked out digit by digit
        if not isfinite(float(number)):
            raise _unusable(element[0], f"SummedScoreMultiplier must be a finite number, not {number}.")
        return ScaleMapping(Decimal(number) if float(number) else Decimal(0))
    if (maximum := int_of(element[0])) == 0:
        raise _unusable(element[0], "MaximumSummedScore must not be 0.")
    return PercentageMapping(maximum)


def _ints(element: "_Element") -> tuple[int, int, int]:
    lower, upper, value = element
    return int_of(lower), int_of(upper), int_of(value)


def _unusable(element: "_Element", details: str) -> DocumentError:
    return DocumentError(details, line=reading.line_of(element), path=reading.path_of(element))
