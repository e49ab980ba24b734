"""Whoever answers a client: what a plug asks of a requester account of a simulation."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.operations.call import Answer, Stamp

Attempt = tuple[Answer | ServiceError, str, int]
"""What came of an attempt: the answer's members or the refusal, its id (HIT-10), and when (microseconds)."""


class Service(Protocol):
    """Whoever answers."""

    @property
    def sandbox(self) -> bool:
        """Which environment this is, for endpoints that do not tell."""

    def answer(self, operation: str, params: dict[str, Any], stamp: Stamp, endpoint: str | None = None) -> Attempt:
        """Answer one attempt of a call to an address; those of several threads come one after the other.

        Raises:
            Lost: The request or its answer is lost.
        """

    def wait(self, seconds: float) -> float:
        """Let virtual time pass while a client waits; gives what is left to be waited for real."""

    def now(self) -> float:
        """The present, in seconds since the epoch."""

    def steadied(self) -> AbstractContextManager[None]:
        """Let Python's global random numbers come from the simulation's seed, in the block."""
