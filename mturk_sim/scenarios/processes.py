"""Processes that run a sweep: they leave Ctrl-C to the process that started them, which ends them at once."""

import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import current_thread, main_thread
from types import TracebackType
from typing import Any


class Processes(ProcessPoolExecutor):
    """A pool of fresh processes, one a processor if no number is given; an error in its block ends them at once."""

    def __init__(self, number: int | None = None) -> None:
        self._context = _Context()
        super().__init__(number, mp_context=self._context)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            for process in self._context.made:
                if process.is_alive():
                    process.kill()
        self.shutdown()


class _Worker(SpawnProcess):
    """A process that does not hear of Ctrl-C, from its first moment on."""

    def start(self) -> None:
        with _deaf():
            super().start()

    def run(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # where this is not inherited
        super().run()


class _Context(SpawnContext):
    """Starts such processes, and knows them."""

    def __init__(self) -> None:
        self.made: list[_Worker] = []

    def Process(self, *arguments: Any, **words: Any) -> _Worker:  # type: ignore[override]  # a class there
        worker = _Worker(*arguments, **words)
        self.made.append(worker)
        return worker


@contextmanager
def _deaf() -> Iterator[None]:
    """Let interrupts be ignored in the block, and by the processes that are started in it."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
