"""A scenario: the values that a scenario file holds, as Python has them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs

from mturk_sim.scenarios import checks
from mturk_sim.scenarios.parts import Fault, HITs, Program, Qualification, Script
from mturk_sim.simulation.simulation import START
from mturk_sim.workers.population import Population


def _only_in_production(scenario: "Scenario", attribute: "attrs.Attribute[Decimal | None]", value: Any) -> None:
    if value is not None and scenario.sandbox:
        raise checks.wrong(attribute.name, "nothing on the sandbox (for a balance, say sandbox = false)", value)


def _ends(scenario: "Scenario", attribute: "attrs.Attribute[timedelta]", value: timedelta) -> None:
    if scenario.start.tzinfo is not None and value > datetime.max.replace(tzinfo=UTC) - scenario.start:
        raise checks.wrong(attribute.name, "a duration that ends before the year 10000", value)


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
        origin: What errors call it; its name if left out.

    Raises:
        ValueError: A value is not what its attribute can be.
    """

    name: str
    horizon: timedelta = attrs.field(validator=[checks.LASTING, _ends])
    description: str = ""
    seed: int = 0
    start: datetime = attrs.field(
        default=START,
        validator=checks.check(
            lambda start: start.tzinfo is not None,
            "an instant with its time zone, such as 2026-01-05T09:00:00Z, where Z says UTC",
        ),
    )
    sandbox: bool = True
    balance: Decimal | None = attrs.field(default=None, validator=[_only_in_production, checks.cents(0)])
    requester: Program | None = None
    hits: tuple[HITs, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    workers: Population | None = None
    scripts: tuple[Script, ...] = ()
    faults: tuple[Fault, ...] = ()
    origin: str | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.start + self.horizon
