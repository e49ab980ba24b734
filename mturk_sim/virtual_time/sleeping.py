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
    """Lets virtual time pass: the thread that made it moves the clock, the others sleep as ever.

    Args:
        clock: The clock to move.
        limit: How far sleeping may take it from where it stands now.
        setting: How a user sets another limit, in Python.
    """

    def __init__(self, clock: VirtualClock, limit: timedelta, setting: str) -> None:
        self._limit = limit
        self._setting = setting
        self._end = clock.now + limit
        self._owner = threading.get_ident()
        self._real: Callable[[float], None] = time.sleep
        self.clock = clock

    @property
    def is_mine(self) -> bool:
        """Whether the running thread is the one that moves time."""
        return threading.get_ident() == self._owner

    def sleep(self, seconds: float, /) -> None:
        """What stands in for ``time.sleep``.

        Raises:
            ValueError: The number is negative or no number.
            VirtualTimeLimit: The sleep would pass the limit.
        """
        if self.is_mine:
            self.elapse(seconds, _caller)
        else:
            self._real(seconds)

    def elapse(self, seconds: float, who: Callable[[], str]) -> None:
        """Move the clock by `seconds`, as `who` says, in words, asked for.

        Raises:
            ValueError: The number is negative or no number.
            VirtualTimeLimit: That would pass the limit.
        """
        step, now = _duration(seconds), self.clock.now
        if step is None or step > self._end - now:
            raise VirtualTimeLimit(
                f"{who()} sleeps {seconds:.6g} s at {now.isoformat()}: that would pass the limit of this block of "
                f"virtual time, {self._limit} from where it began; is this a poll that never ends? "
                f"{self._setting} sets another limit"
            )
        self.clock.advance(step)


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


def _caller() -> str:
    """Where the program called `Sleeper.sleep`, as file and line."""
    frame = sys._getframe(3)
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
