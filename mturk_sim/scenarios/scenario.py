"""A scenario: the values that a scenario file holds, as Python has them."""

from datetime import datetime, timedelta
from decimal import Decimal

import attrs

from mturk_sim.scenarios.parts import Fault, HITs, Program, Qualification, Script
from mturk_sim.simulation.simulation import START
from mturk_sim.workers.population import Population


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
        hits: HITs that are posted besides.
        qualifications: Qualification types that exist from the beginning.
        workers: Who works by themselves, if anybody does.
        scripts: Workers with plans of their own.
        faults: Trouble on purpose.
    """

    name: str
    horizon: timedelta
    description: str = ""
    seed: int = 0
    start: datetime = START
    sandbox: bool = True
    balance: Decimal | None = None
    requester: Program | None = None
    hits: tuple[HITs, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    workers: Population | None = None
    scripts: tuple[Script, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.start + self.horizon
