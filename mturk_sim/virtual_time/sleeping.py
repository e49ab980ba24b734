"""Sleeping that moves a virtual clock, put in the place of ``time.sleep`` wherever a module holds it."""

import operator
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import ModuleType
from typing import Any

from mturk_sim.core.clock import VirtualClock

_SHORTEST = timedelta(microseconds=1)


class VirtualTimeLimit(RuntimeError):
    """A program slept past the limit of its block of virtual time, most likely in a poll that never ends."""


class Sleeper:
    """What stands in for ``time.sleep``: the thread that made it moves the clock, the others sleep as ever.

    Args:
        clock: The clock to move.
        limit: How far sleeping may take it from where it stands now.
    """

    def __init__(self, clock: VirtualClock, limit: timedelta) -> None:
        self._clock = clock
        self._limit = limit
        self._end = clock.now + limit
        self._owner = threading.get_ident()
        self._real: Callable[[float], None] = time.sleep

    def sleep(self, seconds: float, /) -> None:
        """Sleep for that many seconds of virtual time.

        Raises:
            ValueError: The number is negative or no number.
            VirtualTimeLimit: The sleep would pass the limit.
        """
        if threading.get_ident() != self._owner:
            return self._real(seconds)
        step = _duration(seconds)
        if step is None or step > self._end - self._clock.now:
            raise VirtualTimeLimit(
                f"{_call_site()} sleeps {seconds} s at {self._clock.now.isoformat()}: that would pass the limit "
                f"of this block of virtual time, {self._limit} from where it began; is this a poll that never ends? "
                "virtual_time(limit=...) sets another limit"
            )
        self._clock.advance(step)
        return None


def _duration(seconds: float) -> timedelta | None:
    """Seconds as ``time.sleep`` takes them, at least a microsecond unless zero; None if it is beyond all durations."""
    length = seconds if isinstance(seconds, float) else operator.index(seconds)
    if length != length:
        raise ValueError("Invalid value NaN (not a number)")
    if length < 0:
        raise ValueError("sleep length must be non-negative")
    try:
        step = timedelta(seconds=length)
    except OverflowError:
        return None
    return max(step, _SHORTEST) if length else step


def _call_site() -> str:
    """Where the sleep was called from, as file and line."""
    frame = sys._getframe(2)
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


@contextmanager
def patched_sleep(sleeper: Sleeper) -> Iterator[None]:
    """Put `sleeper` in place of ``time.sleep``, also where a module did ``from time import sleep``; undone at the end.

    Functions that took ``time.sleep`` as a default argument keep it and wait for real.
    """
    real, sleep = time.sleep, sleeper.sleep
    _replace(real, sleep)
    try:
        yield
    finally:
        _replace(sleep, real)  # also in modules that were imported meanwhile


def _replace(old: Any, new: Any) -> None:
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            names = vars(module)
            for name in [name for name, value in list(names.items()) if value is old]:
                names[name] = new
