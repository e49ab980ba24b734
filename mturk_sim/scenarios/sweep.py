"""Sweeps: one scenario with many values of some settings, each with many seeds, and what that does to a campaign."""

import io
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import product
from math import ceil
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Any, Final

import attrs

from mturk_sim.report import Campaign, campaign_of
from mturk_sim.report.measures import measures as all_measures
from mturk_sim.scenarios.estimates import Estimate, estimate
from mturk_sim.scenarios.reading import scenario_from
from mturk_sim.scenarios.running import run
from mturk_sim.scenarios.scenario import Scenario

Measures = Callable[[Campaign], Mapping[str, float]]

_ALONE: Final = Lock()
"""A run takes the process to itself: its clock and all its clients."""


@attrs.frozen
class Point:
    """One point of the grid.

    Attributes:
        settings: The value of each setting.
        estimates: What came of it, by measure; ``failed`` is the share of runs whose program failed.
    """

    settings: dict[str, Any]
    estimates: dict[str, Estimate]


@attrs.frozen
class Job:
    """One run of a sweep."""

    scenario: Scenario
    seed: int
    measures: Measures

    def __call__(self) -> dict[str, float]:
        """Run it, and measure what came of it."""
        with _ALONE:
            outcome = run(self.scenario, seed=self.seed, output=io.StringIO())
        campaign = campaign_of(outcome.simulation, self.scenario.start)
        return {**self.measures(campaign), "failed": float(outcome.failure is not None)}


def sweep(
    values: Mapping[str, Any],
    grid: Mapping[str, Sequence[Any]],
    *,
    seeds: int | Sequence[int] = 5,
    executor: Executor | None = None,
    measures: Measures = all_measures,
    origin: str = "scenario",
    folder: Path | None = None,
) -> list[Point]:
    """Run a scenario at every point of a grid with every seed; the same for any executor.

    Args:
        values: The scenario as plain values, as for `scenario_from`.
        grid: Setting, by its path such as ``workers.arrivals_per_hour`` or ``hits.0.reward`` -> the values to try.
        seeds: The seeds, or how many there are: 0, 1, 2 …
        executor: Where to run; a pool of fresh processes, one a processor, if left out. The settings and `measures`
            must be picklable for other processes.
        measures: What to measure, in an importable function.
        origin: What to call the scenario in an error.
        folder: What paths in the scenario are relative to.

    Raises:
        ScenarioError: A point of the grid is no scenario.
    """
    numbers = range(seeds) if isinstance(seeds, int) else seeds
    points = [dict(zip(grid, chosen, strict=True)) for chosen in product(*grid.values())]
    scenarios = [scenario_from(_changed(values, point), origin=origin, folder=folder) for point in points]
    jobs = [Job(scenario, seed, measures) for scenario in scenarios for seed in numbers]
    with _pool(executor) as pool:
        batch = max(1, ceil(len(jobs) / (4 * (os.cpu_count() or 1))))
        results = list(pool.map(Job.__call__, jobs, chunksize=batch))
    runs = len(numbers)
    return [Point(point, _estimates(results[place * runs : (place + 1) * runs])) for place, point in enumerate(points)]


@contextmanager
def _pool(executor: Executor | None) -> Iterator[Executor]:
    if executor is not None:
        yield executor
        return
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        yield pool


def _estimates(results: Sequence[Mapping[str, float]]) -> dict[str, Estimate]:
    names = dict.fromkeys(name for result in results for name in result)
    return {name: estimate([result[name] for result in results if name in result]) for name in names}


def _changed(values: Any, settings: Mapping[str, Any]) -> Any:
    """The values with some settings put in their places; tables on the way are made."""
    for path, setting in settings.items():
        values = _with(values, path.split("."), setting)
    return values


def _with(values: Any, path: list[str], setting: Any) -> Any:
    if not path:
        return setting
    first, *rest = path
    if isinstance(values, list):
        place = int(first)
        return [*values[:place], _with(values[place], rest, setting), *values[place + 1 :]]
    return {**(values or {}), first: _with((values or {}).get(first), rest, setting)}
