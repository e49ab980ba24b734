"""Notification settings that tests share."""

from typing import Any

import questions

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/events"
TOPIC = "arn:aws:sns:us-east-1:123456789012:events"
EVENTS = [
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
]
"""Every event that a HIT type can have; Ping is not one."""
TYPE = {name: questions.HIT[name] for name in questions.HIT if name not in ("LifetimeInSeconds", "Question")}
REST = {name: questions.HIT[name] for name in ("LifetimeInSeconds", "Question")}


def specification(destination: str = QUEUE, transport: str = "SQS", **members: Any) -> dict[str, Any]:
    return {
        "Destination": destination,
        "Transport": transport,
        "Version": "2014-08-15",
        "EventTypes": EVENTS,
    } | members


def watch(sim: Any, *args: Any, client: Any = None, title: str = "Label a photo", **members: Any) -> str:
    """Have the events of a HIT type told; gives the HIT type's id."""
    client = client or sim.client
    hit_type: str = client.create_hit_type(**TYPE | {"Title": title})["HITTypeId"]
    client.update_notification_settings(HITTypeId=hit_type, Notification=specification(*args, **members), Active=True)
    return hit_type


def post(sim: Any, hit_type: str, *, client: Any = None, **members: Any) -> str:
    """Post a HIT of that type; gives its id."""
    hit_id: str = (client or sim.client).create_hit_with_hit_type(HITTypeId=hit_type, **REST | members)["HIT"]["HITId"]
    return hit_id


def told(sim: Any) -> list[str]:
    """The event types of all notifications so far, in order."""
    return [event["EventType"] for notification in sim.notifications for event in notification.events]
