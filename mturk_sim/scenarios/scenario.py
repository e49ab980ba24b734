"""What a scenario is made of: the values that a scenario file holds, as Python has them."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import attrs

from mturk_sim.simulation import Simulation, simulate
from mturk_sim.simulation.simulation import START
from mturk_sim.workers.population import Population


@attrs.frozen(kw_only=True)
class Program:
    """The requester's program, which is run as it is.

    Attributes:
        path: The Python file; in a scenario file, relative to that file.
        arguments: What stands after the file on its command line.
    """

    path: Path
    arguments: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Scenario:
    """A campaign: a marketplace, who works there, and what the requester does.

    Attributes:
        name: What the report calls it.
        horizon: For how long it runs.
        description: What it is about, in a sentence or two.
        seed: Decides all ids and draws.
        start: When it begins (aware).
        sandbox: Whether money is play money.
        balance: What the requester's account holds in dollars, in production only; None: 10,000.00.
        requester: The requester's program, if there is one.
        workers: Who works by themselves, if anybody does.
    """

    name: str
    horizon: timedelta
    description: str = ""
    seed: int = 0
    start: datetime = START
    sandbox: bool = True
    balance: Decimal | None = None
    requester: Program | None = None
    workers: Population | None = None

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.start + self.horizon

    def simulation(self, seed: int | None = None) -> Simulation:
        """The marketplace at the beginning, with its workers."""
        sim = simulate(
            seed=self.seed if seed is None else seed, start=self.start, sandbox=self.sandbox, balance=self.balance
        )
        if self.workers is not None:
            sim.populate(self.workers)
        return sim
