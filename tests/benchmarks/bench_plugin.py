"""What the pytest plugin costs: the fixture against a client alone, and an empty run with it against one without."""

import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks import floors
from benchmarks.measure import Bar, medians

from mturk_sim import simulate

RUNS = 20
EMPTY = "def test_nothing():\n    pass\n"


def fixture() -> None:
    """What the fixture `mturk` does before the test and behind it, and a test that takes the client from it."""
    with simulate() as sim:
        sim.client  # noqa: B018 (taking it makes it)


def bars() -> Iterable[Bar]:
    """The bars on the plugin."""
    client: Any = floors.shared_client()
    took = medians({"fixture": fixture, "client": client}, calls=10)
    note = ", ".join(f"{name} {micros / 1000:.2f} ms" for name, micros in took.items())
    yield Bar("fixture mturk / a client on a shared Session", took["fixture"] / took["client"], 1.3, note=note)
    yield _empty_run()


def _empty_run() -> Bar:
    variants: dict[str, list[str]] = {"with": [], "without": ["-p", "no:mturk_sim"]}
    taken: dict[str, list[float]] = {name: [] for name in variants}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "test_empty.py").write_text(EMPTY, encoding="utf-8")
        for _ in range(RUNS + 1):
            for name, options in variants.items():
                taken[name].append(_seconds(folder, options))
    seconds = {name: statistics.median(times[1:]) for name, times in taken.items()}
    note = ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in seconds.items())
    return Bar("an empty pytest run with the plugin / without", seconds["with"] / seconds["without"], 1.02, note=note)


def _seconds(folder: str, options: list[str]) -> float:
    """Processor time of one run."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *options]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
