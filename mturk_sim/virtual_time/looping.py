"""Event loops whose idle time is virtual: when all tasks wait, the clock moves on to the first that need not any more.

A loop is not idle while a thread works for it or a socket is open in it: then it waits for real, and the clock moves
only when as much real time has passed as the next task wanted to sleep.
"""

import asyncio
import selectors
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any
from unittest import mock

from mturk_sim.core.clock import SECOND
from mturk_sim.virtual_time.sleeping import Sleeper

_OWN_PIPE = 1
"""What every loop has open at all times: the pipe by which other threads wake it."""

_RESOLUTION = 1e-6
"""What a loop may count as the same instant; the nanosecond it begins with is lost in the rounding of large numbers."""


@contextmanager
def virtual_loops(sleeper: Sleeper) -> Iterator[None]:
    """Let the loop that runs in this thread, if any, and those that are made in it wait in virtual time.

    Loops are made by ``asyncio.run``, ``asyncio.Runner`` and ``asyncio.new_event_loop``.
    """
    with ExitStack() as stack:

        def new_event_loop() -> asyncio.AbstractEventLoop:
            selector = selectors.DefaultSelector()
            loop = asyncio.SelectorEventLoop(selector)
            if sleeper.is_mine:
                stack.enter_context(_taken_over(loop, selector, sleeper))
            return loop

        if (running := _running_loop()) is not None:
            stack.enter_context(_taken_over(running, _selector_of(running), sleeper))
        stack.enter_context(mock.patch.object(asyncio.events, "new_event_loop", new_event_loop))
        stack.enter_context(mock.patch.object(asyncio, "new_event_loop", new_event_loop))
        yield


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _selector_of(loop: asyncio.AbstractEventLoop) -> Any:
    selector = getattr(loop, "_selector", None)
    if selector is None:
        raise RuntimeError(
            f"{loop!r} cannot wait in virtual time: it has no selector; enter the block, then asyncio.run"
        )
    return selector


@contextmanager
def _taken_over(loop: asyncio.AbstractEventLoop, selector: Any, sleeper: Sleeper) -> Iterator[None]:
    waiting = _Waiting(loop, selector, sleeper)
    with (
        mock.patch.object(loop, "run_in_executor", waiting.run_in_executor),
        mock.patch.object(loop, "shutdown_default_executor", waiting.shutdown_default_executor),
        mock.patch.object(selector, "select", waiting.select),
        mock.patch.object(loop, "_clock_resolution", _RESOLUTION),
    ):
        vars(loop)["time"] = waiting.time
        try:
            yield
        finally:
            waiting.end()


class _Waiting:
    """How one event loop waits."""

    def __init__(self, loop: asyncio.AbstractEventLoop, selector: Any, sleeper: Sleeper) -> None:
        self._loop = loop
        self._selector = selector
        self._sleeper = sleeper
        self._real_select = selector.select
        self._real_time = loop.time
        self._run_in_executor = loop.run_in_executor
        self._shutdown = loop.shutdown_default_executor
        self._origin = loop.time()
        self._begun = sleeper.clock.micros
        self._threads = 0
        self._waited = 0.0

    def time(self) -> float:
        """The loop's own time: it goes on from what it was."""
        return self._origin + (self._sleeper.clock.micros - self._begun) / SECOND

    def end(self) -> None:
        """Let real time go on from where virtual time has come to, so that what is still scheduled keeps its order."""
        lead, real = self.time() - self._real_time(), self._real_time
        vars(self._loop)["time"] = lambda: real() + lead

    # --- what keeps the loop busy --------------------------------------------------------------------------------
    def run_in_executor(self, executor: Any, function: Any, *args: Any) -> Any:
        """As ever; the loop is busy until it is done."""
        future = self._run_in_executor(executor, function, *args)
        self._threads += 1
        future.add_done_callback(self._done)
        return future

    def _done(self, _: Any) -> None:
        self._threads -= 1

    async def shutdown_default_executor(self, *args: Any) -> None:
        """As ever; a thread of its own waits for the others."""
        self._threads += 1
        try:
            await self._shutdown(*args)
        finally:
            self._threads -= 1

    @property
    def _busy(self) -> bool:
        return self._threads > 0 or len(self._selector.get_map()) > _OWN_PIPE

    # --- waiting -------------------------------------------------------------------------------------------------
    def select(self, timeout: float | None = None) -> Any:
        """Wait for whatever wakes the loop, up to `timeout` seconds of virtual time."""
        events = self._real_select(0)
        if events or (timeout is not None and timeout <= 0):
            return events
        if timeout is not None and not self._busy:
            self._elapse(timeout)
            return events
        began = self._real_time()
        events = self._real_select(None if timeout is None else max(0.0, timeout - self._waited))
        self._waited += self._real_time() - began
        if timeout is not None and not events:
            self._elapse(timeout)
        return events

    def _elapse(self, seconds: float) -> None:
        self._waited = 0.0
        self._sleeper.elapse(seconds, self._sleepers)

    def _sleepers(self) -> str:
        """Where the tasks of the loop wait, as files and lines."""
        frames = [_innermost(task.get_coro()) for task in asyncio.all_tasks(self._loop)]
        places = sorted({f"{frame.f_code.co_filename}:{frame.f_lineno}" for frame in frames if frame})
        return ", ".join(places) or "the event loop"


def _innermost(coroutine: Any) -> FrameType | None:
    """The deepest frame of a suspended coroutine that is not asyncio's own."""
    found: FrameType | None = None
    while (frame := getattr(coroutine, "cr_frame", None)) is not None:
        if not frame.f_globals.get("__name__", "").startswith("asyncio."):
            found = frame
        coroutine = coroutine.cr_await
    return found
