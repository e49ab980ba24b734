"""Policies besides a population's own: for workers who are always of the same unusual mind."""

from collections.abc import Callable, Mapping
from typing import Final

from mturk_sim.workers.plans import Accept, Leave, Moment, Plan, Policy, Return, Wait


class ReturnsAtTheLastMoment:
    """Accepts a HIT and gives it back one second before it expires, or before the time allowed for it is over."""

    def plan(self, moment: Moment) -> Plan:
        """Hold one assignment."""
        if moment.refused is not None:
            return ()
        left = int((moment.offer.closes - moment.now).total_seconds())
        return (Accept(), Wait(max(0, min(left, moment.offer.assignment_seconds) - 1)), Return(), Leave())


class OnlyLooks:
    """Looks at a group and accepts nothing."""

    def plan(self, moment: Moment) -> Plan:
        """Nothing."""
        return ()


POLICIES: Final[Mapping[str, Callable[[], Policy]]] = {
    "returns_at_the_last_moment": ReturnsAtTheLastMoment,
    "only_looks": OnlyLooks,
}
"""The policies that a scenario file can name."""
