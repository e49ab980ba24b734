"""Notification settings, and the test of them (NTF-01 to NTF-17)."""

import re
from typing import Any, Final

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.notifications.records import PING, DestinationRefused, Specification
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.registry import operation

VERSIONS: Final = ("2006-05-05", "2014-08-15")
"""The versions that pages and practice name; a body echoes the one that was asked for (NTF-06, C36)."""

DESTINATIONS: Final = {
    "SQS": re.compile(r"https?://[^\s/]+/\S+"),
    "SNS": re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+"),
    "Email": re.compile(r"[^@\s]+@[^@\s]+"),
}
"""What a destination looks like: the URL of a queue, the ARN of a topic, or an address (NTF-04, NTF-05, C37)."""


@operation("UpdateNotificationSettings")
def update_notification_settings(
    call: Call, *, hit_type_id: str, notification: dict[str, Any] | None = None, active: bool | None = None
) -> Answer:
    """Set where and whether the events of a HIT type are told; what is left out stays as it is (NTF-01, NTF-02).

    A first specification is active unless it is said not to be.
    """
    call.hit_type(hit_type_id)
    if notification is None and active is None:
        raise errors.MISSING(name="Notification, Active")
    notifier = call.world.notifier
    known = notifier.asked(hit_type_id)
    if notification is not None:
        specification = _specification(notification)
        if PING in specification.event_types:
            raise errors.BAD_VALUE(value=PING, name="EventTypes")  # NTF-08
    elif known is not None:
        specification = known.specification
    else:
        raise errors.MISSING(name="Notification")
    if active is None:
        active = known is None or known.active
    notifier.set(hit_type_id, specification, active)
    return {}


@operation("SendTestEventNotification")
def send_test_event_notification(call: Call, *, notification: dict[str, Any], test_event_type: str) -> Answer:
    """Send a notification as if an event had happened, whatever events the specification names (NTF-08, NTF-16).

    Raises:
        ServiceError: The destination did not take it. `InternalFailure` without a text, as was attested for a queue
            without permission; `InvalidTransportEndpoint` is kept for what is no destination at all (NTF-17).
    """
    specification = _specification(notification)
    try:
        call.world.notifier.send_test(call.requester.name, specification, test_event_type)
    except DestinationRefused:
        raise errors.DESTINATION_REFUSED() from None
    return {}


def _specification(notification: dict[str, Any]) -> Specification:
    """A specification as a value.

    Raises:
        ServiceError: Its version is none (NTF-06), or its destination cannot be one of its transport (NTF-17).
    """
    destination, transport, version = (notification[name] for name in ("Destination", "Transport", "Version"))
    if version not in VERSIONS:
        raise errors.BAD_VALUE(value=version, name="Version")
    if not DESTINATIONS[transport].fullmatch(destination):
        raise errors.BAD_DESTINATION(destination=destination, transport=transport)
    return Specification(destination, transport, version, frozenset(notification["EventTypes"]))
