"""How the benchmarks measure: variants interleaved in one run, no garbage collection, medians; ratios are judged."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

import attrs


@attrs.frozen
class Bar:
    """One line of the table: what was measured, and the limit it is held to.

    Attributes:
        name: What is compared with what.
        measured: The figure.
        limit: What it may be, at most or at least.
        at_most: Whether the limit is an upper one.
        note: The figures behind it, with their units.
    """

    name: str
    measured: float
    limit: float
    at_most: bool = True
    note: str = ""

    @property
    def met(self) -> bool:
        return self.measured <= self.limit if self.at_most else self.measured >= self.limit


@contextmanager
def quiet() -> Iterator[None]:
    """No garbage collection inside: it moves the ratios by half."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def medians(
    variants: Mapping[str, Callable[[], object]], *, calls: int, rounds: int = 15, warm: int = 3
) -> dict[str, float]:
    """Microseconds of processor time a call of each variant: medians over rounds in which each has its turn.

    Before that come `warm` rounds that do not count: memory used for the first time is slow.  Each turn begins with
    a few calls that do not count either: the turn before has filled the processor's caches with its own.
    """
    taken: dict[str, list[float]] = {name: [] for name in variants}
    for function in variants.values():
        for _ in range(calls * warm):
            function()
    with quiet():
        for _ in range(rounds):
            for name, function in variants.items():
                for _ in range(warm):
                    function()
                start = time.process_time()
                for _ in range(calls):
                    function()
                taken[name].append((time.process_time() - start) / calls * 1e6)
            gc.collect()
    return {name: statistics.median(times) for name, times in taken.items()}


def table(bars: Iterable[Bar]) -> str:
    """The bars as Markdown."""
    lines = ["| what | measured | limit | met | figures |", "|---|---|---|---|---|"]
    for bar in bars:
        sign = "<=" if bar.at_most else ">="
        met = "yes" if bar.met else "**no**"
        lines.append(f"| {bar.name} | {bar.measured:.3g} | {sign} {bar.limit:g} | {met} | {bar.note} |")
    return "\n".join(lines)
