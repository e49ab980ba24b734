"""The virtual clock: integer microseconds since the epoch, moved by whoever owns it and by nobody else."""

import datetime as _datetime
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

from mturk_sim.core.arguments import expect

SECOND = 1_000_000
"""Microseconds in a second."""
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_REAL: tuple[type[datetime], ...] = (
    next(kind for kind in _datetime.datetime.__mro__ if kind.__module__ == "datetime"),
)
"""The interpreter's own ``datetime``, even if this is imported while a test has frozen it; in a tuple, since freezegun
puts its own class in place of every name of a module that is bound to the real one."""
_EPOCH: datetime = _REAL[0](1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class ClockMovedBackwards(ValueError):
    """Somebody asked for an instant that has already passed; time only goes forward."""


def micros(when: datetime) -> int:
    """An aware datetime as microseconds since the epoch.

    Raises:
        ValueError: `when` has no time zone, so it names no instant.
        TypeError: It is no datetime.
    """
    expect(when, datetime, "instant", "an aware datetime such as datetime(2026, 1, 5, 9, tzinfo=UTC)")
    if when.tzinfo is None:
        raise ValueError(f"{when!r} has no time zone; give an aware datetime such as datetime(..., tzinfo=UTC)")
    return (when - _EPOCH) // _MICROSECOND


def expect_duration(given: object, instead: str = "a timedelta such as timedelta(hours=2)") -> None:
    """See to it that an argument is a length of time; if it is none, say what to give instead.

    Raises:
        TypeError: It is none.
    """
    expect(given, timedelta, "length of time", instead)


def _duration(units: dict[str, float]) -> timedelta:
    try:
        return timedelta(**units)
    except TypeError as error:
        given = ", ".join(f"{name}={value!r}" for name, value in units.items())
        raise TypeError(
            f"{given} is no length of time: give numbers of weeks, days, hours, minutes, seconds, milliseconds or "
            "microseconds"
        ) from error


def instant(at: int) -> datetime:
    """Microseconds since the epoch as an aware UTC datetime."""
    return _EPOCH + timedelta(microseconds=at)


def moved_backwards(now: int, target: int) -> ClockMovedBackwards:
    """The error of whoever wants to go from `now` back to `target` (microseconds)."""
    return ClockMovedBackwards(
        f"the clock stands at {instant(now).isoformat()} and cannot go back to {instant(target).isoformat()}"
    )


def time_of_day() -> int:
    """The present as the program under test sees it, in microseconds: frozen, travelled, or the wall's.

    Only ``datetime`` agrees in all threads; under freezegun ``now(UTC)`` is off by ``tz_offset``, ``utcnow()`` is not.
    """
    if _datetime.datetime is _REAL[0]:
        return micros(_datetime.datetime.now(UTC))
    return micros(_datetime.datetime.utcnow().replace(tzinfo=UTC))  # noqa: DTZ003  (now(UTC) is off under freezegun)


def is_frozen() -> bool:
    """Whether something (freezegun) stands in place of the real ``datetime``."""
    return _datetime.datetime is not _REAL[0]


class VirtualClock:
    """A clock that stands still until it is moved.

    Moving it lets everything happen that was planned on the way: the owner of the clock puts that in `drive`, and in
    `guard` what has to be held meanwhile.

    Attributes:
        micros: The instant up to which everything has happened, in microseconds since the epoch.
        was_watched: Whether something has followed it, such as the time of day of a block of virtual time.
    """

    def __init__(self, start: datetime) -> None:
        self.micros = micros(start)
        self.drive: Callable[[int], None] = self.set
        self.guard: AbstractContextManager[Any] = nullcontext()
        self.watchers: list[Callable[[int], None]] = []
        self.was_watched = False

    @property
    def now(self) -> datetime:
        """The present, as an aware UTC datetime."""
        return instant(self.read())

    def read(self) -> int:
        """The present, in microseconds since the epoch: `micros`, unless the clock follows another."""
        return self.micros

    def advance(self, delta: timedelta | None = None, /, **units: float) -> datetime:
        """Move forward by `delta`, or by `timedelta(**units)` (``hours=2, minutes=5``); gives the new present.

        Raises:
            ClockMovedBackwards: The step is negative.
            TypeError: Neither or both of the two ways are used, `delta` is no timedelta, or there is no such unit.
        """
        if (delta is None) != bool(units):
            raise TypeError("advance() takes a timedelta or units such as hours=2, and not both")
        step = _duration(units) if delta is None else delta
        expect_duration(step, "a timedelta, or units such as hours=2")
        with self.guard:
            now = self.read()
            return self._move(now, now + step // _MICROSECOND)

    def advance_to(self, when: datetime) -> datetime:
        """Move forward to `when` (aware); gives the new present.

        Raises:
            ClockMovedBackwards: `when` has passed.
            ValueError: `when` has no time zone.
        """
        with self.guard:
            return self._move(self.read(), micros(when))

    def reach(self, at: int) -> None:
        """Move forward to `at` (microseconds), unless it has passed."""
        with self.guard:
            now = self.read()
            self._move(now, max(now, at))

    def _move(self, now: int, target: int) -> datetime:
        if target < now:
            raise moved_backwards(now, target)
        reached = instant(target)
        self.drive(target)
        return reached

    def set(self, at: int) -> None:
        """Put the clock at `at` (microseconds) without letting anything happen: for the owner only."""
        self.micros = at
        for watcher in self.watchers:
            watcher(at)

    def watch(self, callback: Callable[[int], None]) -> Callable[[], None]:
        """Call `callback` with the new microseconds after each move; gives the function that ends it."""
        self.watchers.append(callback)
        self.was_watched = True
        return lambda: self.watchers.remove(callback)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({instant(self.micros).isoformat()})"
