"""The time of day of the program under test: frozen at the simulation's instant and moved along with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from mturk_sim.core.clock import VirtualClock, instant


@contextmanager
def frozen(clock: VirtualClock) -> Iterator[None]:
    """Freeze ``datetime.now``, ``time.time`` and their like at the clock's instant; they move whenever it does.

    One freeze a block: starting one takes milliseconds, moving it microseconds.
    """
    from freezegun import freeze_time

    with freeze_time(clock.now) as moment:
        leave = clock.watch(lambda at: moment.move_to(instant(at)))
        try:
            yield
        finally:
            leave()
