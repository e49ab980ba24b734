"""Whoever answers a client: what a plug asks of a requester account of a simulation."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from mturk_sim.operations.call import Answer, Stamp


class Service(Protocol):
    """Whoever answers."""

    @property
    def sandbox(self) -> bool:
        """Which environment this is, for endpoints that do not tell."""

    @property
    def lock(self) -> AbstractContextManager[Any]:
        """To be held from an attempt's `answer` to its `receipt`, so that attempts of several threads stay apart."""

    def answer(self, operation: str, params: dict[str, Any], stamp: Stamp) -> Answer:
        """Answer one attempt of a call.

        Raises:
            ServiceError: It is refused.
            Lost: The request or its answer is lost.
        """

    def receipt(self) -> tuple[str, int]:
        """The id of the attempt just made, and the present in microseconds since the epoch."""

    def wait(self, seconds: float) -> float:
        """Let virtual time pass while a client waits; gives what is left to be waited for real."""

    def now(self) -> float:
        """The present, in seconds since the epoch."""

    def steadied(self) -> AbstractContextManager[None]:
        """Let Python's global random numbers come from the simulation's seed, in the block."""
