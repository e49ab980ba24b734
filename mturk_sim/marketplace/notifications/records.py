"""What notifications are made of: event types, settings and messages."""

import json
from typing import Final

import attrs

PING: Final = "Ping"
EVENT_TYPES: Final = (
    "AssignmentAccepted",
    "AssignmentAbandoned",
    "AssignmentReturned",
    "AssignmentSubmitted",
    "AssignmentRejected",
    "AssignmentApproved",
    "HITCreated",
    "HITExpired",
    "HITReviewable",
    "HITExtended",
    "HITDisposed",
    PING,
)
"""Every event type; but for the last, the facts of the journal have the same names (NTF-07, NTF-09, C36)."""

_encode: Final = json.JSONEncoder(separators=(",", ":")).encode

Event = dict[str, str]
"""An event as it stands in a body."""


class DestinationRefused(Exception):
    """A destination did not take a message; the text says why.

    Raise it in what you give to `Notifications.deliver_to(call=...)` to refuse a message: it is then lost, and a test
    notification fails (NTF-17, NTF-18).
    """


@attrs.frozen
class Specification:
    """Where the notifications of a HIT type go, in which version, and which events they tell of (NTF-04)."""

    destination: str
    transport: str
    version: str
    event_types: frozenset[str]


@attrs.frozen
class Setting:
    """A specification, whether it is active, and from when on that holds, in microseconds (NTF-01, NTF-03)."""

    since: int
    specification: Specification
    active: bool


@attrs.define(eq=False)
class Message:
    """A message under way.

    Attributes:
        id: The EventDocId: 40 hexadecimal digits, the same in every copy (NTF-11, NTF-13).
        specification: Whose it is and how it goes.
        account: The requester's AWS account id, the SourceAccount; `customer` is the requester's own id (NTF-11).
        events: What it tells of.
    """

    id: str
    specification: Specification
    account: str
    customer: str
    events: list[Event]

    @property
    def body(self) -> str:
        """The JSON text, its keys in the order that was seen (NTF-10, NTF-11)."""
        members = {
            "Events": self.events,
            "EventDocId": self.id,
            "SourceAccount": self.account,
            "CustomerId": self.customer,
            "EventDocVersion": self.specification.version,
        }
        return _encode(members)
