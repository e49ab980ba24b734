"""The simulation in the manner of botocore's Stubber: for a client that exists already."""

from types import TracebackType
from typing import Any

from mturk_sim.simulation.simulation import Simulation, simulate


class Stubber:
    """Answers a client you already have.

    Used as ``stubber.activate()`` … ``stubber.deactivate()``, or ``with Stubber(client) as sim:``.

    Args:
        client: A boto3 mturk client.
        settings: The keywords of `simulate`, but for the client.

    Attributes:
        simulation: The marketplace that answers.
    """

    def __init__(self, client: Any, **settings: Any) -> None:
        self._client = client
        self.simulation = simulate(**settings)

    def activate(self) -> None:
        """Answer the client from now on."""
        self.simulation.attach(self._client)

    def deactivate(self) -> None:
        """Let go of the client; what happened can still be read from `simulation`."""
        self.simulation.detach(self._client)

    def __enter__(self) -> Simulation:
        self.activate()
        return self.simulation

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.deactivate()
