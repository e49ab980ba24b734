"""The switches: what the model does where the record is silent or contradicts itself, and a user may choose."""

from datetime import timedelta
from typing import Final

import attrs

from mturk_sim.core.arguments import expect
from mturk_sim.core.clock import expect_duration
from mturk_sim.core.keywords import telling_settings

REJECTIONS: Final = ("unlinked", "unknown")
"""How credentials can be rejected."""


def _duration(_: object, field: "attrs.Attribute[timedelta]", value: timedelta) -> None:
    expect_duration(value)
    if value < timedelta(0):
        raise ValueError(f"{field.name} is a length of time from 0 up, not {value}")


def _rejection(_: object, __: object, value: str | None) -> None:
    expect(value, str | None, "way to reject credentials", "reject_credentials='unlinked', 'unknown' or None")
    if value is not None and value not in REJECTIONS:
        raise ValueError(f"reject_credentials is one of {', '.join(REJECTIONS)}, or None, not {value!r}")


@telling_settings
@attrs.frozen(kw_only=True)
class Behavior:
    """How the simulated service behaves where the user may choose; the defaults are the strict readings.

    Attributes:
        expiry_can_move_earlier: Let UpdateExpirationForHIT set an earlier future time, as the developer guide has it;
            by default it is refused, as was attested (C1, HIT-42).
        zero_available_after_expiry: Answer NumberOfAssignmentsAvailable 0 once a HIT has expired, as the guide has it;
            by default the arithmetic value stays (C2, HIT-32).
        completed_counts_submitted: Count submitted work in NumberOfAssignmentsCompleted; by default only what was
            approved or rejected counts (C4, HIT-33).
        lean_pages: Give no NextToken on a page that is the last; by default every page with a result has one and the
            list ends with an empty page (C5, LST-05, LST-06).
        disposed_for: How long a deleted HIT still answers as Disposed (C9, HIT-37).
        any_worker_exists: Take any well-formed worker id for a worker's; by default only workers the simulation made
            are known (C24, PAY-23).
        http_questions: Take ExternalURLs with http for any host; by default only for localhost (C39, XML-45).
        legacy_file_upload: Take FileUploadAnswer in QuestionForms of 2005-10-01 (C38).
        reject_credentials: Answer every call as for an account that is not linked ("unlinked", ERR-10) or for a key
            that is not known ("unknown") (C45).
        latency: How far each requester call moves the virtual clock (C44); a clock that follows another is not moved.
        submission_lag: How long work that was handed in still answers as if it was not (C10, ASN-20, ASN-21, NTF-20).
        notification_lag: How long new notification settings take to count (C10, NTF-03).
        listing_lag: How long ListHITs does not list a HIT that is new (C10, LST-15).
        extension_lag: How long a new HIT can be expired but neither extended nor given another type (C10, HIT-23c).
        search_lag: How long ListQualificationTypes does not find a type that is new (C10, QTY-22).

    Raises:
        ValueError: A duration is negative, or `reject_credentials` is none of its values.
        TypeError: There is no such switch, or a value is not of its type.
    """

    expiry_can_move_earlier: bool = False
    zero_available_after_expiry: bool = False
    completed_counts_submitted: bool = False
    lean_pages: bool = False
    disposed_for: timedelta = attrs.field(default=timedelta(hours=24), validator=_duration)
    any_worker_exists: bool = False
    http_questions: bool = False
    legacy_file_upload: bool = False
    reject_credentials: str | None = attrs.field(default=None, validator=_rejection)
    latency: timedelta = attrs.field(default=timedelta(microseconds=1), validator=_duration)
    submission_lag: timedelta = attrs.field(default=timedelta(0), validator=_duration)
    notification_lag: timedelta = attrs.field(default=timedelta(0), validator=_duration)
    listing_lag: timedelta = attrs.field(default=timedelta(0), validator=_duration)
    extension_lag: timedelta = attrs.field(default=timedelta(0), validator=_duration)
    search_lag: timedelta = attrs.field(default=timedelta(0), validator=_duration)
