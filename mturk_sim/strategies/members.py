"""What each member of a request may be, where the interface description says too little: as data.

A member is looked up by its name, then by the name of its shape; what stands in neither is drawn from its shape alone.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mturk_sim.documents import (
    AnswerKey,
    AnswerOption,
    KeyQuestion,
    PercentageMapping,
    Question,
    QuestionForm,
    Selection,
    SelectionAnswer,
    Text,
    answer_key_document,
    question_form_document,
)
from mturk_sim.marketplace.review.policies import KNOWN_ANSWERS, PLURALITY
from mturk_sim.operations.checks import LENGTHS, RANGES
from mturk_sim.strategies.questions import CONTROLS, page
from mturk_sim.strategies.requirements import requirement_lists
from mturk_sim.strategies.values import (
    entity_ids,
    instants,
    money,
    one_of_each,
    request_tokens,
    spelt_out,
    texts,
    worker_ids,
)

Strategies = Mapping[str, SearchStrategy[Any]]

DAY: Final = 86400
_COUNTS: Final = (1, 2, 3, 5, 9, 10, 11, 100, 1000, 1_000_000_000)
_SMALLEST_INT: Final = -(2**31)


# --- review policies and notifications ---------------------------------------------------------------------------
_SCORES: Final = ("50", "0", "67", "100")
_APPROVE: Final = ("ApproveIfKnownAnswerScoreIsAtLeast", "ApproveIfWorkerAgreementScoreIsAtLeast")
_REJECT: Final = ("RejectIfKnownAnswerScoreIsLessThan", "RejectIfWorkerAgreementScoreIsLessThan")
_EXTEND: Final = "ExtendIfKnownAnswerScoreIsLessThan"
_YES_NO: Final = (False, True)
_TEST_SECONDS: Final = (3600, 1, 60, 30 * DAY)


def _one(key: str, *values: str) -> dict[str, Any]:
    return {"Key": key, "Values": list(values)}


def _known_answers(score: str, approve: bool, reject: bool, extend: bool) -> dict[str, Any]:
    """A ScoreMyKnownAnswers policy, with some of its optional parameters (RVP-10 to RVP-16)."""
    entries = [_one("label", "cat"), _one("q2", "yes")]
    named = ((_APPROVE[0], approve), (_REJECT[0], reject), (_EXTEND, extend))
    chosen = [_one(name, score) for name, wanted in named if wanted]
    return {"PolicyName": KNOWN_ANSWERS, "Parameters": [{"Key": "AnswerKey", "MapEntries": entries}, *chosen]}


def _plurality(score: str, approve: bool, reject: bool) -> dict[str, Any]:
    """A SimplePlurality policy, with some of its optional parameters (RVP-20 to RVP-32)."""
    chosen = [_one(name, score) for name, wanted in ((_APPROVE[1], approve), (_REJECT[1], reject)) if wanted]
    asked = [_one("QuestionIds", "label", "q2"), _one("QuestionAgreementThreshold", score)]
    return {"PolicyName": PLURALITY, "Parameters": [*asked, *chosen]}


_EVENTS: Final = (
    ("AssignmentSubmitted",),
    ("AssignmentAccepted", "AssignmentReturned", "AssignmentAbandoned"),
    ("AssignmentApproved", "AssignmentRejected"),
    ("HITCreated", "HITExtended", "HITDisposed"),
    ("HITReviewable", "HITExpired"),
)
_DESTINATIONS: Final = (
    ("SQS", "https://sqs.us-east-1.amazonaws.com/123456789012/events"),
    ("SNS", "arn:aws:sns:us-east-1:123456789012:events"),
    ("Email", "requester@example.org"),
)


def _notification(where: tuple[str, str], version: str, events: tuple[str, ...]) -> dict[str, Any]:
    transport, destination = where
    return {"Destination": destination, "Transport": transport, "Version": version, "EventTypes": list(events)}


_NOTIFICATIONS: Final = one_of_each(
    "notifications", _DESTINATIONS, ("2006-05-05", "2014-08-15"), _EVENTS, make=_notification
)


# --- documents, written once -------------------------------------------------------------------------------------
@cache
def _tests(*, keyed: bool) -> SearchStrategy[dict[str, Any]]:
    """A test that asks for a choice or two, with the key that scores it or without."""
    written = []
    for size in (1, 2):
        selections = tuple(Selection(f"s{number}", Text(word)) for number, word in enumerate(("cat", "dog")))
        asked = [Question(f"q{number}", (Text("What is it?"),), SelectionAnswer(selections)) for number in range(size)]
        scored = tuple(KeyQuestion(question.id, (AnswerOption(("s0",), 1),)) for question in asked)
        for mapping in (None, PercentageMapping(size)):
            test = {"Test": question_form_document(QuestionForm(tuple(asked)))}
            written.append(test | ({"AnswerKey": answer_key_document(AnswerKey(scored, mapping))} if keyed else {}))
    return one_of_each(
        "tests", written, _TEST_SECONDS, make=lambda test, seconds: {**test, "TestDurationInSeconds": seconds}
    )


@cache
def _pages() -> SearchStrategy[str]:
    """Pages of one control or two, written once."""
    return st.sampled_from([page(controls, 400) for one in CONTROLS for controls in ((one,), (one, CONTROLS[0]))])


# --- the tables --------------------------------------------------------------------------------------------------
_INTEGERS: Final = st.integers(_SMALLEST_INT, 2**31 - 1)

MEMBERS: Final[Strategies] = {
    **{name: st.integers(low, high) for name, (low, high) in RANGES.items()},
    **{name: texts(longest) for name, longest in LENGTHS.items()},
    "MaxAssignments": st.sampled_from(_COUNTS),
    "NumberOfAdditionalAssignments": st.sampled_from(_COUNTS),
    "BonusAmount": money("0.01", "5.00"),
    "Question": st.deferred(lambda: _pages()),
    "QualificationRequirements": requirement_lists(),
    "AssignmentReviewPolicy": one_of_each("known_answers", _SCORES, _YES_NO, _YES_NO, _YES_NO, make=_known_answers),
    "HITReviewPolicy": one_of_each("pluralities", _SCORES, _YES_NO, _YES_NO, make=_plurality),
    "Notification": _NOTIFICATIONS,
    "Name": spelt_out("names", st.integers(0, 16**8 - 1), "Labels photos {:08X}".format),
    "Query": texts(80),
    "Reason": texts(1000),
    "Subject": texts(200),
    "MessageText": texts(4096),
    "TestDurationInSeconds": st.integers(1, 30 * DAY),
    "RetryDelayInSeconds": st.integers(0, 365 * DAY),
    "QualificationRequestId": entity_ids(),
    "QuestionIdentifier": texts(80),
}
"""Members by name."""

SHAPES: Final[Strategies] = {
    "EntityId": entity_ids(),
    "CustomerId": worker_ids(),
    "CurrencyAmount": money(),
    "IdempotencyToken": request_tokens(),
    "ResultSize": st.sampled_from((100, 1, 2, 10, 99)),
    "Timestamp": instants(),
    "Integer": _INTEGERS,
    "Long": _INTEGERS,
}
"""Members by the name of their shape."""

NEVER: Final = frozenset({"NextToken"})
"""Members that only an answer can give: a token leads to the next page of one list and fits nothing else (C15)."""

_UNSCORED: Final = st.deferred(lambda: _tests(keyed=False))
_SCORED: Final = st.deferred(lambda: _tests(keyed=True))
_NOTHING: Final[SearchStrategy[dict[str, Any]]] = st.builds(dict)
_QUESTION: Final = MEMBERS["Question"].map(lambda question: {"Question": question})
_BY_ITSELF: Final = st.fixed_dictionaries({"AutoGranted": st.just(True)}, optional={"AutoGrantedValue": _INTEGERS})

CHOICES: Final[Mapping[str, tuple[frozenset[str], tuple[SearchStrategy[dict[str, Any]], ...]]]] = {
    "CreateHIT": (frozenset({"Question", "HITLayoutId", "HITLayoutParameters"}), (_QUESTION,)),
    "CreateHITWithHITType": (frozenset({"Question", "HITLayoutId", "HITLayoutParameters"}), (_QUESTION,)),
    "ListBonusPayments": (
        frozenset({"HITId", "AssignmentId"}),
        (
            st.fixed_dictionaries({"HITId": SHAPES["EntityId"]}),
            st.fixed_dictionaries({"AssignmentId": SHAPES["EntityId"]}),
        ),
    ),
    "CreateQualificationType": (
        frozenset({"Test", "TestDurationInSeconds", "AnswerKey", "AutoGranted", "AutoGrantedValue"}),
        (_NOTHING, _BY_ITSELF, _UNSCORED, _SCORED),
    ),
    "UpdateQualificationType": (
        frozenset({"Test", "TestDurationInSeconds", "AnswerKey", "AutoGranted", "AutoGrantedValue"}),
        (_NOTHING, _UNSCORED, _SCORED),
    ),
    "UpdateNotificationSettings": (
        frozenset({"Notification"}),
        (st.fixed_dictionaries({"Notification": _NOTIFICATIONS}),),
    ),
}
"""Members that hang together: which ones, and the ways to give some of them (HIT-21, C16, QTY-07 to QTY-09, NTF-02)."""
