"""A notification as it arrives, and the ways on from there: boto3 clients of SQS and SNS, or a callable."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.notifications.records import DestinationRefused, Event


@attrs.frozen
class Notification:
    """A notification at its destination.

    Attributes:
        micros: When it arrived, in microseconds since the epoch.
        destination: The queue's URL, the topic's ARN, or the address.
        transport: ``SQS``, ``SNS`` or ``Email``.
        body: The JSON text, as a queue or topic gets it (NTF-10, NTF-11).
    """

    micros: int
    destination: str
    transport: str
    body: str

    @property
    def at(self) -> datetime:
        """When it arrived, as an aware UTC datetime."""
        return instant(self.micros)

    @property
    def id(self) -> str:
        """The EventDocId, the same in every copy (NTF-13)."""
        document: str = json.loads(self.body)["EventDocId"]
        return document

    @property
    def events(self) -> list[Event]:
        """What it tells of: EventType, EventTimestamp, and the ids that apply (NTF-10)."""
        events: list[Event] = json.loads(self.body)["Events"]
        return events

    @property
    def subject(self) -> str:
        """The subject that a topic gets: milliseconds since the epoch (NTF-12)."""
        return str(self.micros // 1000)


Delivery = Callable[[Notification], object]
"""Takes a notification on from here, or raises DestinationRefused."""


def through_sqs(client: Any) -> Delivery:
    """Sends the body to the queue that is the destination."""
    return _through(client, "sqs", lambda note: client.send_message(QueueUrl=note.destination, MessageBody=note.body))


def through_sns(client: Any) -> Delivery:
    """Publishes the body on the topic that is the destination, with milliseconds for a subject (NTF-12)."""
    return _through(
        client,
        "sns",
        lambda note: client.publish(TopicArn=note.destination, Message=note.body, Subject=note.subject),
    )


def _through(client: Any, service: str, send: Delivery) -> Delivery:
    """A delivery by a boto3 client of that service, whose errors are refusals.

    Raises:
        TypeError: It is no such client.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    model = getattr(getattr(client, "meta", None), "service_model", None)
    if getattr(model, "service_name", None) != service:
        raise TypeError(f"{client!r} is no boto3 client of the service {service!r}")

    def deliver(notification: Notification) -> None:
        try:
            send(notification)
        except (BotoCoreError, ClientError) as error:
            raise DestinationRefused(str(error)) from error

    return deliver
