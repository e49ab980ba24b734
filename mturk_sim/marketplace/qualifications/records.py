"""What is kept of Qualifications; as elsewhere, records refer to each other by id and nothing is checked here.

Times are integer microseconds cut to whole seconds, durations are integer microseconds.
"""

from typing import Final

import attrs

ACTIVE: Final = "Active"
INACTIVE: Final = "Inactive"
DISPOSING: Final = "Disposing"
GONE: Final = "Gone"

REQUESTED: Final = "Requested"
SUBMITTED: Final = "Submitted"
GRANTED: Final = "Granted"
REJECTED: Final = "Rejected"
LAPSED: Final = "Lapsed"

REVOKED: Final = "Revoked"

SYSTEM: Final = ""
"""The owner of the types that the service itself assigns; no requester has this name."""


@attrs.define(eq=False, weakref_slot=False)
class QualificationType:
    """A Qualification type.

    Attributes:
        number: Its place among all types, in the order of their making.
        requester: Whose it is.
        test: The QuestionForm to be answered, if any; `test_duration` says in what time, `key` how it is scored.
        retry_delay: How long after a request the same worker may ask again; None for never (QTY-13).
        auto_granted_value: As it was set, whether `auto_granted` or not; see `value_granted_at_once`.
        last_used: When somebody last had to do with it (C8).
        deleted: When its deletion began.
    """

    number: int
    id: str
    requester: str
    name: str
    description: str
    created: int
    keywords: str | None = None
    status: str = ACTIVE
    test: str | None = None
    test_duration: int | None = None
    key: str | None = None
    retry_delay: int | None = None
    auto_granted: bool = False
    auto_granted_value: int | None = None
    last_used: int = 0
    deleted: int | None = None

    @property
    def requestable(self) -> bool:
        """Whether workers may ask for it at all: any type that a requester made (QTY-18, QRQ-14)."""
        return self.requester != SYSTEM

    @property
    def value_granted_at_once(self) -> int:
        """The value that a request earns where `auto_granted`: 1 unless set (QTY-14, QTY-15)."""
        return 1 if self.auto_granted_value is None else self.auto_granted_value


@attrs.define(eq=False, weakref_slot=False)
class QualificationRequest:
    """A worker's request, with the test as it stood when the worker asked (QRQ-05).

    Attributes:
        number: Its place among all requests, in the order of their making.
        attempt: Which request for this type it is of this worker, from 1.
        deadline: When the answers must be in; None without a test.
        submitted: When the answers came in, or the request where there is no test (QRQ-06).
        value: The value it was granted with, known from the start if the type grants by itself.
        reason: Why it was rejected, if that was said.
    """

    number: int
    id: str
    type_id: str
    worker_id: str
    requested: int
    attempt: int = 1
    test: str | None = None
    key: str | None = None
    deadline: int | None = None
    status: str = REQUESTED
    submitted: int | None = None
    answer: str | None = None
    value: int | None = None
    reason: str | None = None


@attrs.define(eq=False, weakref_slot=False)
class Qualification:
    """What one worker holds of one type, or held until it was revoked (QUA-11).

    Attributes:
        number: Its place among all Qualifications, in the order of the first grant.
    """

    number: int
    type_id: str
    worker_id: str
    granted: int
    value: int
    status: str = GRANTED
