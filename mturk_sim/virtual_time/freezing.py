"""The time of day of the program under test: frozen at the simulation's instant and moved along with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from mturk_sim.core.clock import VirtualClock, instant
from mturk_sim.core.system_clock import SystemClock


@contextmanager
def frozen(clock: VirtualClock) -> Iterator[None]:
    """Freeze ``datetime.now``, ``time.time`` and their like at the clock's instant; they move whenever it does.

    One freeze a block: starting one takes milliseconds, moving it microseconds.  A clock that follows what the test has
    frozen needs none.

    Raises:
        RuntimeError: The clock follows the time of day, and nothing has frozen that.
    """
    if isinstance(clock, SystemClock):
        if clock.mover is None:
            raise RuntimeError(
                "virtual time needs a clock it can move; this one follows the time of day, which nothing has frozen"
            )
        yield
        return
    from freezegun import freeze_time

    with freeze_time(clock.now, real_asyncio=True) as moment:
        leave = clock.watch(lambda at: moment.move_to(instant(at)))
        try:
            yield
        finally:
            leave()
