"""What can be wrong with a request that no table and no description tells: a row each."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from mturk_sim.documents import (
    AnswerKey,
    AnswerOption,
    FreeTextAnswer,
    KeyQuestion,
    Question,
    QuestionForm,
    Text,
    answer_key_document,
    external_question_document,
    html_question_document,
    question_form_document,
)
from mturk_sim.marketplace import errors
from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.marketplace.qualifications.system import ADULT, LOCALE, NUMBER_APPROVED


@attrs.frozen
class Mistake:
    """One thing that is wrong with a request.

    Attributes:
        rule: The rule or the choice that it breaks.
        error: The refusal that is due.
        change: Members to set, by name.
        without: Members to leave out.
        placed: Whether it is noticed only after what the request names was found, so that this must be there.
    """

    rule: str
    error: ServiceError
    change: Mapping[str, Any] = attrs.Factory(dict)
    without: tuple[str, ...] = ()
    placed: bool = False


def unfit(value: object, path: str, constraint: str) -> ServiceError:
    """The refusal of a value that does not fit the interface (ENV-05)."""
    problem = f"Value '{value}' at '{path}' failed to satisfy constraint: Member must {constraint}"
    return errors.BAD_SHAPE(count=1, plural="", problems=problem)


TEST: Final = question_form_document(QuestionForm((Question("q", (Text("?"),), FreeTextAnswer()),)))
"""A test with a question that is answered by typing."""
_PAGE: Final = html_question_document("<form></form>")
_INSECURE: Final = "http://example.org/task"
_KEY: Final = answer_key_document(AnswerKey((KeyQuestion("q", (AnswerOption(("a",), 1),)),)))


def _xml(details: str) -> ServiceError:
    return errors.BAD_XML(details=details)


_QUESTIONS: Final = (
    Mistake("HIT-21", errors.MISSING(name="Question"), without=("Question",)),
    Mistake(
        "XML-06",
        errors.BAD_COMBINATION(names="Question, HITLayoutId"),
        {"Question": _PAGE, "HITLayoutId": "3LAYOUT"},
    ),
    Mistake(
        "C39",
        errors.BAD_VALUE(value=_INSECURE, name="ExternalURL"),
        {"Question": external_question_document(_INSECURE)},
    ),
    Mistake("XML-01", _xml("Content is not allowed in prolog."), {"Question": "who what?"}),
    Mistake(
        "XML-48",
        _xml("The reference to entity \"b\" must end with the ';' delimiter."),
        {"Question": "<a>?a=1&b=2</a>"},
    ),
    Mistake(
        "XML-04",
        _xml("cvc-elt.1.a: Cannot find the declaration of element 'HTMLQuestion'."),
        {"Question": "<HTMLQuestion/>"},
    ),
    Mistake("HIT-20", errors.TOO_LONG(name="Question", limit=65535), {"Question": _PAGE + " " * 65535}),
)
_POLICIES: Final = (
    Mistake(
        "RVP-02",
        errors.BAD_VALUE(value="SimplePlurality/2011-09-01", name="AssignmentReviewPolicy"),
        {"AssignmentReviewPolicy": {"PolicyName": "SimplePlurality/2011-09-01"}},
    ),
    Mistake(
        "RVP-10",
        errors.MISSING(name="AnswerKey"),
        {"AssignmentReviewPolicy": {"PolicyName": "ScoreMyKnownAnswers/2011-09-01"}},
    ),
    Mistake(
        "RVP-20",
        errors.MISSING(name="QuestionIds"),
        {"HITReviewPolicy": {"PolicyName": "SimplePlurality/2011-09-01"}},
    ),
)


def _needs(rule: str, error: ServiceError, *needs: dict[str, Any]) -> Mistake:
    return Mistake(rule, error, {"QualificationRequirements": list(needs)})


_APPROVED: Final[dict[str, Any]] = {
    "QualificationTypeId": NUMBER_APPROVED,
    "Comparator": "GreaterThan",
    "IntegerValues": [5],
}
_IN_THE_US: Final[dict[str, Any]] = {
    "QualificationTypeId": LOCALE,
    "Comparator": "In",
    "LocaleValues": [{"Country": "US"}],
}
_REQUIREMENTS: Final = (
    _needs("HIT-20", errors.TOO_LONG(name="QualificationRequirements", limit=10), *[_APPROVED] * 11),
    _needs(
        "HIT-23e",
        errors.BAD_COMBINATION(names="ActionsGuarded, RequiredToPreview"),
        _APPROVED | {"ActionsGuarded": "Accept", "RequiredToPreview": True},
    ),
    _needs("REQ-03", errors.BAD_COMBINATION(names="Comparator, IntegerValues"), _APPROVED | {"Comparator": "Exists"}),
    _needs("REQ-04", errors.BAD_VALUE(value="5,6", name="IntegerValues"), _APPROVED | {"IntegerValues": [5, 6]}),
    _needs("REQ-04", errors.MISSING(name="IntegerValues"), {"QualificationTypeId": ADULT, "Comparator": "EqualTo"}),
    _needs("REQ-05", errors.BAD_VALUE(value="LessThan", name="Comparator"), _IN_THE_US | {"Comparator": "LessThan"}),
    _needs("REQ-08", errors.BAD_VALUE(value="XX", name="Country"), _IN_THE_US | {"LocaleValues": [{"Country": "XX"}]}),
    _needs("REQ-14", errors.QUALIFICATION_TYPE_DOES_NOT_EXIST(), _APPROVED | {"QualificationTypeId": "3NOTHING"}),
    _needs(
        "REQ-02",
        unfit(
            "Bogus",
            "qualificationRequirements.1.member.comparator",
            "satisfy enum value set: [LessThan, LessThanOrEqualTo, GreaterThan, GreaterThanOrEqualTo, EqualTo, "
            "NotEqualTo, Exists, DoesNotExist, In, NotIn]",
        ),
        _APPROVED | {"Comparator": "Bogus"},
    ),
)
_TESTS: Final = (
    Mistake("QTY-07", errors.MISSING(name="TestDurationInSeconds"), {"Test": TEST}),
    Mistake("QTY-08", errors.MISSING(name="Test"), {"AnswerKey": _KEY}),
    Mistake(
        "QTY-09",
        errors.BAD_VALUE(value=TEST, name="Test"),
        {"Test": TEST, "TestDurationInSeconds": 60, "AutoGranted": True},
    ),
    Mistake(
        "QTY-29",
        _xml("cvc-elt.1.a: Cannot find the declaration of element 'HTMLQuestion'."),
        {"Test": _PAGE, "TestDurationInSeconds": 60, "AutoGranted": False},
    ),
    Mistake(
        "QTY-30",
        _xml("A test with an AnswerKey"),
        {"Test": TEST, "TestDurationInSeconds": 60, "AnswerKey": _KEY, "AutoGranted": False},
    ),
    Mistake(
        "QTY-06",
        errors.TOO_LONG(name="Test", limit=65535),
        {"Test": TEST + " " * 65535, "TestDurationInSeconds": 60, "AutoGranted": False},
    ),
)
_NOTICE: Final = {
    "Destination": "https://sqs.us-east-1.amazonaws.com/123456789012/events",
    "Transport": "SQS",
    "Version": "2006-05-05",
    "EventTypes": ["HITExpired"],
}
_NOTICES: Final = (
    Mistake("NTF-06", errors.BAD_VALUE(value="1.0", name="Version"), {"Notification": _NOTICE | {"Version": "1.0"}}),
    Mistake(
        "NTF-17",
        errors.BAD_DESTINATION(destination="nowhere", transport="SQS"),
        {"Notification": _NOTICE | {"Destination": "nowhere"}},
    ),
)
_MANY_WORKERS: Final = [f"A{number:03}" for number in range(101)]
ROWS: Final[Mapping[str, tuple[Mistake, ...]]] = {
    "CreateHIT": (*_QUESTIONS, *_POLICIES, *_REQUIREMENTS),
    "CreateHITWithHITType": (*_QUESTIONS, *_POLICIES),
    "CreateHITType": _REQUIREMENTS,
    "CreateQualificationType": (*_TESTS, Mistake("QTY-01", errors.TOO_SHORT(name="Name", limit=1), {"Name": ""})),
    "UpdateQualificationType": _TESTS,
    "ListBonusPayments": (
        Mistake("C16", errors.MISSING(name="HITId or AssignmentId"), without=("HITId", "AssignmentId")),
        Mistake("C16", errors.BAD_COMBINATION(names="HITId, AssignmentId"), {"HITId": "3A", "AssignmentId": "3B"}),
    ),
    "SendTestEventNotification": _NOTICES,
    "UpdateNotificationSettings": (
        *_NOTICES,
        Mistake("NTF-02", errors.MISSING(name="Notification, Active"), without=("Notification", "Active")),
        Mistake(
            "NTF-08",
            errors.BAD_VALUE(value="Ping", name="EventTypes"),
            {"Notification": _NOTICE | {"EventTypes": ["Ping"]}},
        ),
    ),
    "NotifyWorkers": (
        Mistake("NWK-08", unfit("x" * 201, "subject", "have length less than or equal to 200"), {"Subject": "x" * 201}),
        Mistake(
            "NWK-08",
            unfit("x" * 4097, "messageText", "have length less than or equal to 4096"),
            {"MessageText": "x" * 4097},
        ),
        Mistake(
            "NWK-08",
            unfit(f"[{', '.join(_MANY_WORKERS)}]", "workerIds", "have length less than or equal to 100"),
            {"WorkerIds": _MANY_WORKERS},
        ),
    ),
}
"""The mistakes by operation."""
