"""Snapshots and forks of a whole simulation: whatever it holds is saved or copied, but for what comes from outside."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Self

from mturk_sim.core.arguments import expect
from mturk_sim.core.clock import VirtualClock, instant
from mturk_sim.core.saving import CannotSave, load, save
from mturk_sim.core.twins import Twins
from mturk_sim.marketplace.world import World

_FORMAT: Final = "mturk_sim state 2"


class Copyable:
    """What a simulation can do to be in two places.

    Copies leave out what is plugged in from outside: clients, deliveries of notifications, and the log of calls, which
    begins anew (its numbering goes on). A copy owns its time, whatever the original follows.
    """

    world: World

    def snapshot(self) -> dict[str, Any]:
        """Everything the marketplace knows, as JSON-safe data; ``json.dumps(..., sort_keys=True)`` tells equal states.

        Raises:
            CannotSave: Functions of yours are planned (`at`, troubles of notifications), which JSON cannot hold.
        """
        with _at_rest(self.world):
            return {"format": _FORMAT, "now": self.world.clock.micros, **save(self)}

    @classmethod
    def restore(cls, snapshot: dict[str, Any]) -> Self:
        """A simulation that goes on from a snapshot as the one it was made of would have.

        Raises:
            ValueError: This is no snapshot of this version.
            TypeError: It is no snapshot at all.
        """
        expect(snapshot, dict, "snapshot", "what snapshot() gave, or json.loads of its text")
        if snapshot.get("format") != _FORMAT:
            raise ValueError(f"this is no snapshot of this version: its format is {snapshot.get('format')!r}")
        sim: Self = load(snapshot)
        return sim._beginning_at(snapshot["now"])

    def fork(self) -> Self:
        """A copy that goes on by itself from here, for what-if questions.

        Raises:
            CannotSave: Functions of yours are planned, which would act on this simulation.
        """
        with _at_rest(self.world), _without_collection():
            twins = Twins()
            twins.of(self.world.store)  # before whoever holds a record of it
            sim: Self = twins.of(self)
            return sim._beginning_at(self.world.clock.micros)

    def _beginning_at(self, now: int) -> Self:
        self.world.follow(VirtualClock(instant(now)))
        return self


@contextmanager
def _at_rest(world: World) -> Iterator[None]:
    """Hold the marketplace at the present.

    Raises:
        CannotSave: Functions are planned, or one of them asks.
    """
    with world.lock:
        world.settle()
        if world.is_ringing:
            raise CannotSave("what runs at a planned instant cannot copy the simulation: that instant is not over")
        if world.actions:
            raise CannotSave(
                f"{len(world.actions)} functions are planned with at(), and they cannot go into a copy: let them "
                "happen first, or plan them in the copy"
            )
        yield


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector from going through all that is made, time and again, while it is made."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
