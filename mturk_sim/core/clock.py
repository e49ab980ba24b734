"""The virtual clock: integer microseconds since the epoch, moved by whoever owns it and by nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SECOND = 1_000_000
"""Microseconds in a second."""
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class ClockMovedBackwards(ValueError):
    """Somebody asked for an instant that has already passed; time only goes forward."""


def micros(when: datetime) -> int:
    """An aware datetime as microseconds since the epoch.

    Raises:
        ValueError: `when` has no time zone, so it names no instant.
    """
    if when.tzinfo is None:
        raise ValueError(f"{when!r} has no time zone; give an aware datetime such as datetime(..., tzinfo=UTC)")
    return (when - _EPOCH) // _MICROSECOND


def instant(at: int) -> datetime:
    """Microseconds since the epoch as an aware UTC datetime."""
    return _EPOCH + timedelta(microseconds=at)


class VirtualClock:
    """A clock that stands still until it is moved.

    Moving it lets everything happen that was planned on the way: the owner of the clock puts that in `drive`.
    """

    def __init__(self, start: datetime) -> None:
        self.micros = micros(start)
        self.drive: Callable[[int], None] = self.set
        self.watchers: list[Callable[[int], None]] = []

    @property
    def now(self) -> datetime:
        """The present, as an aware UTC datetime."""
        return instant(self.micros)

    def advance(self, delta: timedelta | None = None, /, **units: float) -> datetime:
        """Move forward by `delta`, or by `timedelta(**units)` (``hours=2, minutes=5``); gives the new present.

        Raises:
            ClockMovedBackwards: The step is negative.
            TypeError: Neither or both of the two ways are used.
        """
        if (delta is None) != bool(units):
            raise TypeError("advance() takes a timedelta or units such as hours=2, and not both")
        step = timedelta(**units) if delta is None else delta
        return self.advance_to(self.now + step)

    def advance_to(self, when: datetime) -> datetime:
        """Move forward to `when` (aware); gives the new present.

        Raises:
            ClockMovedBackwards: `when` has passed.
            ValueError: `when` has no time zone.
        """
        target = micros(when)
        if target < self.micros:
            raise ClockMovedBackwards(
                f"the clock stands at {self.now.isoformat()} and cannot go back to {when.isoformat()}"
            )
        self.drive(target)
        return self.now

    def set(self, at: int) -> None:
        """Put the clock at `at` (microseconds) without letting anything happen: for the owner only."""
        self.micros = at
        for watcher in self.watchers:
            watcher(at)

    def watch(self, callback: Callable[[int], None]) -> Callable[[], None]:
        """Call `callback` with the new microseconds after each move; gives the function that ends it."""
        self.watchers.append(callback)
        return lambda: self.watchers.remove(callback)

    def __repr__(self) -> str:
        return f"VirtualClock({self.now.isoformat()})"
