"""The block in which a program's waiting and its time of day are the simulation's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from mturk_sim.core.clock import VirtualClock
from mturk_sim.virtual_time.freezing import frozen
from mturk_sim.virtual_time.looping import virtual_loops
from mturk_sim.virtual_time.sleeping import Sleeper, patched_sleep


@contextmanager
def virtual_time(
    clock: VirtualClock, *, limit: timedelta = timedelta(days=365), setting: str = "virtual_time(limit=...)"
) -> Iterator[None]:
    """Let ``time.sleep`` and the waiting of event loops move `clock`, and the time of day follow it, in the block.

    Workers and timers act on the way.  Only the thread that enters the block moves time; the others sleep as ever.

    Args:
        clock: The simulation's clock.
        limit: How far the block's waiting may take the clock.
        setting: How a user sets another limit, for the error.

    Raises:
        VirtualTimeLimit: In the block, from the sleep that would pass the limit.
        RuntimeError: The clock follows the time of day, and nothing has frozen that.
    """
    with frozen(clock):
        sleeper = Sleeper(clock, limit, setting)
        with patched_sleep(sleeper), virtual_loops(sleeper):
            yield
