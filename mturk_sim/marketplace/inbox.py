"""What workers are told: their inboxes."""

from datetime import datetime
from typing import Final

import attrs

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.state import State

NOTIFICATION: Final = "notification"
APPROVAL: Final = "approval"
REJECTION: Final = "rejection"
BONUS: Final = "bonus"
GRANT: Final = "grant"
REVOCATION: Final = "revocation"
REQUEST_REJECTION: Final = "request_rejection"


@attrs.frozen
class Message:
    """Something a worker was told.

    Attributes:
        micros: When, in microseconds since the epoch.
        kind: ``notification`` (NotifyWorkers), ``approval`` or ``rejection`` (feedback on work), ``bonus``, ``grant``
            or ``revocation`` (of a Qualification), or ``request_rejection`` (of a request for one).
        requester: The name of the requester it comes from.
        text: What it says: message, feedback or reason; None if nothing was said.
        subject: The subject of a notification.
        assignment_id: The work it is about, if any.
        qualification_type_id: The Qualification type it is about, if any.
        value: The value that was granted, if any.
    """

    micros: int
    kind: str
    requester: str
    text: str | None = None
    subject: str | None = None
    assignment_id: str | None = None
    qualification_type_id: str | None = None
    value: int | None = None

    @property
    def at(self) -> datetime:
        """When, as an aware UTC datetime."""
        return instant(self.micros)


def write(
    state: State,
    worker_id: str,
    kind: str,
    requester: str,
    text: str | None = None,
    *,
    subject: str | None = None,
    assignment_id: str | None = None,
    qualification_type_id: str | None = None,
    value: int | None = None,
) -> None:
    """Tell a worker something; it is lost on somebody who is taken for a worker without being one here (C24)."""
    if (worker := state.store.workers.get(worker_id)) is not None:
        worker.inbox.append(
            Message(state.clock.micros, kind, requester, text, subject, assignment_id, qualification_type_id, value)
        )
