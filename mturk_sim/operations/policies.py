"""Review policies as they come with a new HIT: read once, checked, and kept as values (RVP-01 to RVP-03).

Every parameter is one line of a table.  What is wrong with one is told in the words the service had for other
parameters; its own words for these were not recorded.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.review.policies import (
    KNOWN_ANSWERS,
    MAXIMUM,
    PLURALITY,
    Extension,
    KnownAnswers,
    Plurality,
    Verdict,
)
from mturk_sim.marketplace.review.records import Reviews
from mturk_sim.marketplace.review.scoring import Sheet, trimmed
from mturk_sim.operations import checks

MAX_QUESTIONS: Final = 15
"""The most questions that plurality looks at (RVP-20)."""
_YEAR: Final = 31536000
_INTEGER: Final = re.compile("-?[0-9]{1,18}", re.ASCII)
_TRUTH: Final = {"t": True, "true": True, "f": False, "false": False}

Document = Mapping[str, Any]
"""A ReviewPolicy, or one parameter of it, as it comes over the wire."""


def read_policies(for_assignments: Document | None, for_hit: Document | None) -> Reviews | None:
    """The policies of a new HIT, or None if it has none.

    Raises:
        ServiceError: A policy has another name than its level's (RVP-02), or a parameter that is missing, unknown,
            given twice, or not a value it may take.
    """
    if for_assignments is None and for_hit is None:
        return None
    return Reviews(
        None if for_assignments is None else _known_answers(for_assignments),
        None if for_hit is None else _plurality(for_hit),
    )


# --- one parameter -----------------------------------------------------------------------------------------------
def _values(parameter: Document) -> list[str]:
    values: list[str] = parameter.get("Values") or []
    if not values:
        raise errors.MISSING(name=parameter["Key"])
    return values


def _one(parameter: Document) -> str:
    first, *others = _values(parameter)
    if others:
        raise errors.BAD_VALUE(value=",".join([first, *others]), name=parameter["Key"])
    return first


def _number(low: int | None = None, high: int | None = None) -> Callable[[Document], int]:
    """Reads a whole number, between these where the range was documented."""

    def read(parameter: Document) -> int:
        text, name = _one(parameter), parameter["Key"]
        if not _INTEGER.fullmatch(text):
            raise errors.BAD_VALUE(value=text, name=name)
        value = int(text)
        if low is not None and high is not None and not low <= value <= high:
            raise errors.OUT_OF_RANGE(value=value, name=name, low=low, high=high)
        return value

    return read


def _truth(parameter: Document) -> bool:
    """Reads T, F, true or false, in capitals or not (RVP-28, C33)."""
    text = _one(parameter)
    if text.lower() not in _TRUTH:
        raise errors.BAD_VALUE(value=text, name=parameter["Key"])
    return _TRUTH[text.lower()]


def _reason(parameter: Document) -> str:
    """Reads a message to the worker, for which the rules of RequesterFeedback hold (ASN-18)."""
    text = _one(parameter)
    checks.feedback(text, parameter["Key"])
    return text


def _questions(parameter: Document) -> tuple[str, ...]:
    """Reads question ids: a list, or one text with commas (RVP-20, C33)."""
    ids = [question.strip() for value in _values(parameter) for question in value.split(",")]
    questions = tuple(dict.fromkeys(filter(None, ids)))
    if not questions:
        raise errors.MISSING(name=parameter["Key"])
    if len(questions) > MAX_QUESTIONS:
        raise errors.TOO_LONG(name=parameter["Key"], limit=MAX_QUESTIONS)
    return questions


def _answer_key(parameter: Document) -> Sheet:
    """Reads question -> correct values; a question whose correct answer is none has no values (RVP-10)."""
    key: dict[str, frozenset[str]] = {}
    for entry in parameter.get("MapEntries") or ():
        question = entry.get("Key")
        if not question:
            raise errors.MISSING(name="AnswerKey.MapEntries.Key")
        if question in key:
            raise errors.BAD_VALUE(value=question, name="AnswerKey")
        key[question] = trimmed(entry.get("Values") or ())
    if not key:
        raise errors.MISSING(name="AnswerKey")
    return key


# --- one policy --------------------------------------------------------------------------------------------------
@attrs.frozen
class _Parameter:
    """A parameter of a policy: under which name its value is kept, and how it is read."""

    field: str
    read: Callable[[Document], Any]
    required: bool = False


_KNOWN_ANSWERS: Final = {
    "AnswerKey": _Parameter("key", _answer_key, required=True),
    "ApproveIfKnownAnswerScoreIsAtLeast": _Parameter("approve_from", _number(0, 101)),
    "ApproveReason": _Parameter("approve_reason", _reason),
    "RejectIfKnownAnswerScoreIsLessThan": _Parameter("reject_below", _number(0, 101)),
    "RejectReason": _Parameter("reject_reason", _reason),
    "ExtendIfKnownAnswerScoreIsLessThan": _Parameter("below", _number(0, 101)),
    "ExtendMaximumAssignments": _Parameter("maximum", _number(2, 25)),
    "ExtendMinimumTimeInSeconds": _Parameter("seconds", _number(60, _YEAR)),
}
"""The parameters of ScoreMyKnownAnswers, as the SDKs' samples have them too (RVP-10 to RVP-16, RVP-18)."""

_PLURALITY: Final = {
    "QuestionIds": _Parameter("questions", _questions, required=True),
    "QuestionIDs": _Parameter("questions", _questions),
    "QuestionAgreementThreshold": _Parameter("threshold", _number(), required=True),
    "DisregardAssignmentIfRejected": _Parameter("without_rejected", _truth),
    "DisregardAssignmentIfKnownAnswerScoreIsLessThan": _Parameter("known_from", _number()),
    "ExtendIfHITAgreementScoreIsLessThan": _Parameter("below", _number(1, 100)),
    "ExtendMaximumAssignments": _Parameter("maximum", _number()),
    "ExtendMinimumTimeInSeconds": _Parameter("seconds", _number(3600, _YEAR)),
    "ExtendAssignments": _Parameter("by", _number(1, 1)),
    "ApproveIfWorkerAgreementScoreIsAtLeast": _Parameter("approve_from", _number()),
    "RejectIfWorkerAgreementScoreIsLessThan": _Parameter("reject_below", _number()),
    "RejectReason": _Parameter("reject_reason", _reason),
}
"""The parameters of SimplePlurality (RVP-20 to RVP-32)."""


def _read(level: str, document: Document, name: str, table: Mapping[str, _Parameter]) -> dict[str, Any]:
    """The values of a policy's parameters, by the field they are kept in."""
    if document["PolicyName"] != name:
        raise errors.BAD_VALUE(value=document["PolicyName"], name=level)
    found: dict[str, Any] = {}
    for given in document.get("Parameters") or ():
        key = given.get("Key")
        if not key:
            raise errors.MISSING(name=f"{level}.Parameters.Key")
        parameter = table.get(key)
        if parameter is None or parameter.field in found:
            raise errors.BAD_VALUE(value=key, name=f"{level}.Parameters")
        found[parameter.field] = parameter.read(given)
    for key, parameter in table.items():
        if parameter.required and parameter.field not in found:
            raise errors.MISSING(name=key)
    return found


def _known_answers(document: Document) -> KnownAnswers:
    found = _read("AssignmentReviewPolicy", document, KNOWN_ANSWERS, _KNOWN_ANSWERS)
    return KnownAnswers(key=found["key"], verdict=_verdict(found), extension=_extension(found))


def _plurality(document: Document) -> Plurality:
    found = _read("HITReviewPolicy", document, PLURALITY, _PLURALITY)
    if "below" in found:
        for key in ("ExtendMaximumAssignments", "ExtendMinimumTimeInSeconds"):
            if _PLURALITY[key].field not in found:
                raise errors.MISSING(name=key)  # RVP-30
    return Plurality(
        questions=found["questions"],
        threshold=found["threshold"],
        without_rejected=found.get("without_rejected", False),
        known_from=found.get("known_from"),
        verdict=_verdict(found),
        extension=_extension(found),
    )


def _verdict(found: Mapping[str, Any]) -> Verdict:
    names = ("approve_from", "approve_reason", "reject_below", "reject_reason")
    return Verdict(**{name: found.get(name) for name in names})


def _extension(found: Mapping[str, Any]) -> Extension:
    return Extension(below=found.get("below"), maximum=found.get("maximum", MAXIMUM), seconds=found.get("seconds", 0))
