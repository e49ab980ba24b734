"""Facts: what the journal is made of. Kinds are the service's own event names where it has one (NTF-07)."""

from datetime import datetime
from typing import Any

import attrs

from mturk_sim.core.clock import instant


@attrs.frozen
class Fact:
    """Something that happened.

    Attributes:
        micros: When, in microseconds since the epoch.
        kind: What, such as ``HITCreated`` or ``AssignmentSubmitted``.
        hit_id: The HIT it happened to, if any; `assignment_id` and `worker_id` likewise.
        detail: Whatever else there is to tell, by name; None where that is nothing.
    """

    micros: int
    kind: str
    hit_id: str | None = None
    assignment_id: str | None = None
    worker_id: str | None = None
    detail: dict[str, Any] | None = None

    @property
    def at(self) -> datetime:
        """When, as an aware UTC datetime."""
        return instant(self.micros)

    def __str__(self) -> str:
        words = [f"{self.at:%Y-%m-%d %H:%M:%S}", f"{self.kind:<20}"]
        named = (("HIT", self.hit_id), ("assignment", self.assignment_id), ("worker", self.worker_id))
        words += [f"{name} {value}" for name, value in named if value]
        words += [f"{name}={value}" for name, value in (self.detail or {}).items() if value is not None]
        return "  ".join(words)
