"""Snapshots and forks of a whole simulation: whatever it holds is copied or saved, but for what comes from outside."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from mturk_sim.core.clock import VirtualClock, instant
from mturk_sim.core.saving import CannotSave, load, save
from mturk_sim.core.twins import Twins
from mturk_sim.simulation.simulation import Simulation

_FORMAT: Final = "mturk_sim state 1"


def snapshot(sim: Simulation) -> dict[str, Any]:
    """What `Simulation.snapshot` gives."""
    with _at_rest(sim):
        return {"format": _FORMAT, "now": sim.world.clock.micros, **save(sim)}


def restore(saved: dict[str, Any]) -> Simulation:
    """What `Simulation.restore` gives."""
    if saved.get("format") != _FORMAT:
        raise ValueError(f"this is no snapshot of this version: its format is {saved.get('format')!r}")
    sim: Simulation = load(saved)
    return _with_time_of_its_own(sim, saved["now"])


def fork(sim: Simulation) -> Simulation:
    """What `Simulation.fork` gives."""
    with _at_rest(sim), _without_collection():
        twins = Twins()
        twins.of(sim.world.store)  # before whoever holds a record of it
        return _with_time_of_its_own(twins.of(sim), sim.world.clock.micros)


def _with_time_of_its_own(sim: Simulation, now: int) -> Simulation:
    sim.world.follow(VirtualClock(instant(now)))
    return sim


@contextmanager
def _at_rest(sim: Simulation) -> Iterator[None]:
    """Hold the marketplace at the present.

    Raises:
        CannotSave: Functions are planned, or one of them asks.
    """
    world = sim.world
    with world.lock:
        world.settle()
        if world.is_ringing:
            raise CannotSave(
                "what runs at a planned instant cannot copy the simulation, since that instant is not over"
            )
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
