"""The error catalogue: every refusal of the service, one line each.

A line names the wire type, the ``TurkErrorCode``, the text and the rule it comes from; nothing else in the
project spells an error text.  A refusal is raised by calling the line with the values its text needs::

    raise errors.HIT_DOES_NOT_EXIST(hit_id=hit_id)

The number that ends most messages, `` (<epoch ms>)`` and `` (<epoch ms> s)`` on the sandbox (ERR-03, ENV-04), is not
part of the text: whoever puts the refusal on the wire knows the instant and the endpoint.  The codes are those that
AWS's own SDKs knew (ERR-12, ENV-08).

Misuse of this library's own API never ends up here; it raises ordinary Python errors.
"""

from typing import Any, Final

import attrs

_PREFIX: Final = "AWS.MechanicalTurk."


@attrs.frozen
class Refusal:
    """One line of the catalogue: how the service words one kind of refusal.

    Attributes:
        type: The wire ``__type``. Only ``RequestError`` and ``ServiceFault`` become typed exceptions (ENV-03).
        code: The ``TurkErrorCode``, or None where none is sent.
        text: The message with ``{named}`` values, without the suffix.
        rule: The recorded rule or the choice it follows.
        status: The HTTP status.
        suffixed: Whether the message ends in the epoch milliseconds.
    """

    type: str
    code: str | None
    text: str
    rule: str
    status: int = 400
    suffixed: bool = True

    def __call__(self, **values: Any) -> "ServiceError":
        """The refusal, with the values that its text names; to be raised."""
        return ServiceError(self, self.text.format(**values))


class ServiceError(Exception):
    """The service's refusal of one request; becomes botocore's ``ClientError`` on its way to the caller (ERR-02)."""

    def __init__(self, refusal: Refusal, text: str) -> None:
        super().__init__(text)
        self.refusal = refusal
        self.text = text

    @property
    def type(self) -> str:
        """The wire ``__type``."""
        return self.refusal.type

    @property
    def code(self) -> str | None:
        """The ``TurkErrorCode``, if one is sent."""
        return self.refusal.code

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.refusal.status

    @property
    def rule(self) -> str:
        """The rule or choice that the refusal follows."""
        return self.refusal.rule

    def message(self, now_ms: int, sandbox: bool) -> str:
        """The text as the wire carries it at `now_ms` (epoch milliseconds) (ERR-03)."""
        if not self.refusal.suffixed:
            return self.text
        return f"{self.text} ({now_ms} s)" if sandbox else f"{self.text} ({now_ms})"


def _request(code: str, text: str, rule: str) -> Refusal:
    """A business or state error: the one modelled, typed kind (ENV-02)."""
    return Refusal("RequestError", _PREFIX + code, text, rule)


def _parameter(text: str, rule: str, code: str = "InvalidParameterValue") -> Refusal:
    """A value the service does not take: untyped, its TurkErrorCode dropped by botocore (ERR-06, C12)."""
    return Refusal("ParameterValidationError", _PREFIX + code, text, rule)


# --- things that do not exist -----------------------------------------------------------------------------------
HIT_DOES_NOT_EXIST: Final = _request("HITDoesNotExist", "Hit {hit_id} does not exist.", "HIT-57")
HIT_TYPE_DOES_NOT_EXIST: Final = _request("HITTypeDoesNotExist", "HITType {hit_type_id} does not exist.", "C17")
ASSIGNMENT_DOES_NOT_EXIST: Final = _request(
    "AssignmentDoesNotExist", "Assignment {assignment_id} does not exist.", "ASN-11"
)
QUALIFICATION_TYPE_DOES_NOT_EXIST: Final = _request(
    "QualificationTypeDoesNotExist", "You requested a QualificationType that does not exist.", "QTY-26"
)
QUALIFICATION_REQUEST_DOES_NOT_EXIST: Final = _request(
    "QualificationRequestDoesNotExist", "You requested a Qualification request that does not exist.", "C17"
)
QUALIFICATION_DOES_NOT_EXIST: Final = _request(
    "QualificationDoesNotExist", "You requested a Qualification that does not exist.", "QUA-04"
)

# --- things in the wrong state ----------------------------------------------------------------------------------
HIT_STATE: Final = _request(
    "InvalidHITState",
    "This HIT is currently in the state '{status}'.  This operation can be called with a status of: {allowed}",
    "HIT-51",
)
HIT_TOO_NEW: Final = _request(
    "InvalidHITState", "Hit {hit_id} is too new to be changed. Please try again later.", "C10"
)
ASSIGNMENT_STATE: Final = _request(
    "InvalidAssignmentState", "This operation can be called with a status of: {allowed}", "ASN-14"
)
QUALIFICATION_TYPE_STATE: Final = _request(
    "InvalidQualificationTypeState", "This operation can be called with a status of: {allowed}", "ENV-06"
)
QUALIFICATION_REQUEST_STATE: Final = _request(
    "InvalidQualificationRequestState", "This operation can be called with a status of: {allowed}", "C18"
)
QUALIFICATION_STATE: Final = _request(
    "InvalidQualificationState", "This operation can be called with a status of: {allowed}", "QUA-06"
)

# --- repeats, limits, rights ------------------------------------------------------------------------------------
# The spelling is that of 2017 (C11).
HIT_ALREADY_EXISTS: Final = _request("HitAlreadyExists", 'The HIT with ID "{hit_id}" already exists.', "HIT-23b")
ALREADY_PROCESSED: Final = _request(
    "DuplicateCall", 'The idempotency token "{token}" has already been processed.', "HIT-44"
)
QUALIFICATION_TYPE_ALREADY_EXISTS: Final = _request(
    "QualificationTypeAlreadyExists",
    "You have already created a QualificationType with this name. A QualificationType's name must be unique among all "
    "of the QualificationTypes created by the same user.",
    "QTY-02",
)
TOO_MANY_BLOCKS: Final = _request("ExceedsMaxWorkerBlocks", "You cannot block more than {limit} Workers.", "BLK-02")
TOO_MANY_ASSIGNMENTS: Final = _request(
    "InvalidMaximumAssignmentsIncrease",
    "A HIT created with fewer than 10 assignments cannot be extended to 10 or more.",
    "HIT-47",
)
INSUFFICIENT_FUNDS: Final = _request(
    "InsufficientFunds",
    "This Requester has insufficient funds in their account to complete this transaction. Please visit "
    "https://requester.mturk.com/prepayments/new to purchase Prepaid HITs.",
    "PAY-09",
)
PERMISSION_DENIED: Final = _request(
    "PermissionDenied", "This user is not authorized to perform the requested operation.", "HIT-56"
)
BONUS_TOO_LATE: Final = _request(
    "InvalidAssignmentState",
    "A bonus can be paid within six months of the submission of the assignment {assignment_id}.",
    "C21",
)
REWARD_IN_USE: Final = _request(
    "InvalidHITState",
    "The Reward of a HIT cannot change once an assignment of it has been accepted.",
    "HIT-50",
)

# --- values -----------------------------------------------------------------------------------------------------
OUT_OF_RANGE: Final = _parameter(
    "The value {value} is invalid for {name}. Valid values range from {low} to {high}.", "ERR-14"
)
BAD_VALUE: Final = _parameter('The value "{value}" is not valid for the parameter {name}.', "ENV-07")
MISSING: Final = _parameter(
    "Your request is missing required parameters. Required parameters include {name}.", "ERR-14"
)
TOO_LONG: Final = _parameter("Your request parameter {name}  has a maximum length of {limit}.", "HIT-20")
TOO_SHORT: Final = _parameter("Your request parameter {name}  has a minimum length of {limit}.", "HIT-20")
MISSING_LAYOUT_PARAMETERS: Final = _parameter(
    "Your request is missing required parameters. Required parameters include HITLayoutParameter. You have not "
    "provided all required HITLayout parameters. Missing parameter names: {names}",
    "ASN-39",
)
BAD_XML: Final = _parameter(
    "There was an error parsing the XML question or answer data in your request. Please make sure the data is "
    "well-formed and validates against the appropriate schema. Details: {details}",
    "XML-01",
    code="XMLParseError",
)
BAD_XHTML: Final = _parameter(
    "There was an error parsing the XHTML data in your request. Please make sure the data is well-formed and "
    "validates against the appropriate schema. Details: {details}",
    "XML-03",
    code="XHTMLParseError",
)
BAD_COMBINATION: Final = Refusal(
    "InvalidParameterCombinationError",
    None,
    "The combination of parameters supplied to the request is invalid: {names}.",
    "ERR-07",
)

# --- the interface's own shapes, in AWS's standard words and without suffix (ENV-05) -----------------------------
BAD_SHAPE: Final = Refusal(
    "ValidationException",
    None,
    "{count} validation error{plural} detected: {problems}",
    "ENV-05",
    suffixed=False,
)

# --- notifications ----------------------------------------------------------------------------------------------
BAD_DESTINATION: Final = _request(
    "InvalidTransportEndpoint",
    "The Destination {destination} is not valid for the Transport {transport}.",
    "NTF-17",
)
DESTINATION_REFUSED: Final = Refusal("InternalFailure", None, "", "NTF-17", status=500, suffixed=False)

# --- trouble that only injected faults cause --------------------------------------------------------------------
THROTTLED: Final = Refusal("ThrottlingException", None, "Rate exceeded", "ERR-05", suffixed=False)
SERVICE_FAULT: Final = Refusal(
    "ServiceFault", "AWS.ServiceUnavailable", "There was an error with this request.", "ERR-04", status=500
)
INTERNAL_FAILURE: Final = Refusal("InternalFailure", None, "There was an error with this request.", "C41", status=500)

# --- accounts (C45) ---------------------------------------------------------------------------------------------
NOT_LINKED: Final = Refusal(
    "RequestError",
    "AWS.AccountNotLinked",
    "To use the MTurk API, you will need an Amazon Web Services (AWS) Account. Your AWS account must be linked to your "
    "Amazon Mechanical Turk Account. Visit https://requestersandbox.mturk.com/developer to get started.",
    "ERR-10",
    suffixed=False,
)
UNKNOWN_KEY: Final = Refusal(
    "UnrecognizedClientException",
    None,
    "The security token included in the request is invalid.",
    "C45",
    suffixed=False,
)
CREDENTIALS: Final = {"unlinked": NOT_LINKED, "unknown": UNKNOWN_KEY}
"""The refusals that `Behavior.reject_credentials` names."""

CATALOGUE: Final[dict[str, Refusal]] = {name: line for name, line in globals().items() if isinstance(line, Refusal)}
"""Every line by its name."""
