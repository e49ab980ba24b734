"""The clock that follows the time of day: frozen by freezegun, travelled by time-machine, or the wall's."""

import sys
from datetime import datetime, timedelta
from typing import Any

from mturk_sim.core.clock import VirtualClock, instant, is_frozen, moved_backwards, time_of_day


class SystemClock(VirtualClock):
    """A clock that nobody but the test moves: it is read once by each call, and what fell due in between happens then.

    Moving it moves the test's time.  It begins with its first reading; from then on it cannot go back.  Requester calls
    do not move it, so several of them may be made at one instant.

    Args:
        frozen: What moves the test's time: what ``freeze_time(...)`` or ``time_machine.travel(...)`` gives in
            ``with ... as frozen``, or a fixture that gives it. Left out, it is looked for when it is needed.
    """

    def __init__(self, frozen: Any | None = None) -> None:
        super().__init__(instant(time_of_day()))
        self._frozen = frozen
        self._begun = False

    def read(self) -> int:
        """The time of day, in microseconds since the epoch.

        Raises:
            ClockMovedBackwards: It was later at an earlier reading.
        """
        now = time_of_day()
        if now < self.micros:
            if self._begun:
                raise moved_backwards(self.micros, now)
            self.micros = now
        self._begun = True
        return now

    @property
    def mover(self) -> Any | None:
        """What moves the time of day, or None if nothing does."""
        return _in_force() if self._frozen is None else self._frozen

    def _move(self, now: int, target: int) -> datetime:
        mover = self.mover
        if target < now:
            raise moved_backwards(now, target)
        if mover is None:
            raise RuntimeError(
                "this clock follows the time of day, and nothing has frozen that; freeze it (freezegun, time-machine) "
                "and use simulate(clock=frozen), or leave the clock out for virtual time"
            )
        reached = instant(target)
        if target > now and hasattr(mover, "shift"):  # time-machine, whose move_to would also set the local time zone
            mover.shift(timedelta(microseconds=target - now))
        elif target > now:
            mover.move_to(reached)
        self.drive(target)
        return reached


def _in_force() -> Any | None:
    """What has frozen or travelled time by now, the innermost; neither library is imported for that."""
    if is_frozen():
        stack = getattr(sys.modules.get("freezegun.api"), "freeze_factories", None)
    else:
        library = sys.modules.get("time_machine")
        stack = getattr(library, "traveller_stack", None) or getattr(library, "coordinates_stack", None)
    return stack[-1] if stack else None


def is_travelling() -> bool:
    """Whether a test has frozen or moved the time of day."""
    return _in_force() is not None


def clock_from(given: Any) -> VirtualClock | None:
    """A clock, or what moves a test's time, as a clock to follow; None for None.

    Raises:
        TypeError: It is neither.
    """
    if given is None or isinstance(given, VirtualClock):
        return given
    if hasattr(given, "move_to"):
        return SystemClock(given)
    raise TypeError(
        f"{given!r} is no clock: give a SystemClock, or what freezes the test's time, which has a move_to()"
    )
