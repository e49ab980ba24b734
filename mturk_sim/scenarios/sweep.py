"""Sweeps: one scenario with many values of some settings, each with many seeds, and what that does to a campaign."""

import io
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from itertools import product
from math import ceil
from pathlib import Path
from threading import Lock
from typing import Any, Final, get_origin

import attrs

from mturk_sim.report import Campaign, campaign_of
from mturk_sim.report.measures import measures as all_measures
from mturk_sim.scenarios.checks import shown
from mturk_sim.scenarios.complaints import ScenarioError
from mturk_sim.scenarios.estimates import Estimate, estimate
from mturk_sim.scenarios.processes import Processes
from mturk_sim.scenarios.reading import scenario_from
from mturk_sim.scenarios.running import run
from mturk_sim.scenarios.scenario import Scenario

Measures = Callable[[Campaign], Mapping[str, float]]

_LISTS: Final = [field.name for field in attrs.fields(Scenario) if get_origin(field.type) is tuple]
"""The settings that are lists of tables."""

_ALONE: Final = Lock()
"""A run takes the process to itself: its clock and all its clients."""


@attrs.frozen
class Point:
    """One point of the grid.

    Attributes:
        settings: The value of each setting.
        estimates: What came of it, by measure; ``failed`` is the share of runs whose program failed.
        failure: The seed of the first run whose program failed, and the last line of what Python says of it; None if
            none failed.
    """

    settings: dict[str, Any]
    estimates: dict[str, Estimate]
    failure: tuple[int, str] | None = None


@attrs.frozen
class Run:
    """What came of one run: its measures, and as a `Point` has it its failure."""

    measures: dict[str, float]
    failure: tuple[int, str] | None


@attrs.frozen
class Job:
    """One run of a sweep."""

    scenario: Scenario
    seed: int
    measures: Measures

    def __call__(self) -> Run:
        """Run it, and measure what came of it."""
        with _ALONE:
            outcome = run(self.scenario, seed=self.seed, output=io.StringIO())
        if outcome.interrupted:
            raise KeyboardInterrupt
        campaign = campaign_of(outcome.simulation, self.scenario.start)
        failed = outcome.failure is not None
        failure = (self.seed, str(outcome.failure).rstrip().rpartition("\n")[2]) if failed else None
        return Run({**self.measures(campaign), "failed": float(failed)}, failure)


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
        grid: Setting, by its path such as ``workers.arrivals_per_hour`` or ``hits[0].reward`` -> the values to try.
        seeds: The seeds, or how many there are, which are then 0, 1, 2 and so on.
        executor: Where to run; a pool of fresh processes, one a processor, if left out. The settings and `measures`
            must be picklable for other processes.
        measures: What to measure, in an importable function.
        origin: What to call the scenario in an error.
        folder: What paths in the scenario are relative to.

    Raises:
        ScenarioError: A point of the grid is no scenario, or the service refuses what it asks.
    """
    with nullcontext(executor) if executor else Processes() as pool:
        begun = begin(pool, values, grid, seeds=seeds, measures=measures, origin=origin, folder=folder)
        try:
            begun.finish()
        finally:
            if executor:  # ours ends by itself
                begun.call_off()
    return begun.points


@attrs.frozen
class Begun:
    """A sweep that has begun.

    Attributes:
        grid: The settings of each of its points.
        runs: How many runs each point has.
        size: How many runs a batch has; the last may have fewer.
        batches: What comes of the runs, point by point.
    """

    grid: list[dict[str, Any]]
    runs: int
    size: int
    batches: list[Future[list[Run]]]

    def finish(self) -> None:
        """Wait until all runs are done, or one of them fails."""
        for batch in self.batches:
            batch.result()

    def call_off(self) -> None:
        """Let what waits for its turn never begin."""
        for batch in self.batches:
            batch.cancel()

    @property
    def points(self) -> list[Point]:
        """The points whose runs are all done."""
        return [_point(settings, found) for settings, found in self._found() if len(found) == self.runs]

    @property
    def unfinished(self) -> list[tuple[dict[str, Any], int]]:
        """The settings of the other points, and how many of their runs are known to be done."""
        return [(point, len(found)) for point, found in self._found() if len(found) < self.runs]

    def _found(self) -> Iterator[tuple[dict[str, Any], list[Run]]]:
        """What came of each point's runs, as far as they are done."""
        found: list[list[Run]] = [[] for _ in self.grid]
        for number, batch in enumerate(self.batches):
            if batch.done() and not batch.cancelled() and batch.exception() is None:
                for place, result in enumerate(batch.result(), number * self.size):
                    found[place // self.runs].append(result)
        return zip(self.grid, found, strict=True)


def begin(
    pool: Executor,
    values: Mapping[str, Any],
    grid: Mapping[str, Sequence[Any]],
    *,
    seeds: int | Sequence[int],
    measures: Measures = all_measures,
    origin: str,
    folder: Path | None,
) -> Begun:
    """Begin a sweep, and go on while it runs; see `sweep`."""
    if "seed" in grid:
        raise ScenarioError(f"{origin}: seed is no setting to compare: use --seeds N, or from Python seeds=[7, 8]")
    numbers = range(seeds) if isinstance(seeds, int) else seeds
    points = [dict(zip(grid, chosen, strict=True)) for chosen in product(*grid.values())]
    scenarios = [scenario_from(_changed(values, point, origin), origin=origin, folder=folder) for point in points]
    jobs = [Job(scenario, seed, measures) for scenario in scenarios for seed in numbers]
    size = max(1, ceil(len(jobs) / (4 * (os.cpu_count() or 1))))
    batches = [pool.submit(_all, jobs[place : place + size]) for place in range(0, len(jobs), size)]
    return Begun(points, len(numbers), size, batches)


def _all(jobs: Sequence[Job]) -> list[Run]:
    return [job() for job in jobs]


def _point(settings: dict[str, Any], runs: Sequence[Run]) -> Point:
    names = dict.fromkeys(name for each in runs for name in each.measures)
    estimates = {name: estimate([each.measures[name] for each in runs if name in each.measures]) for name in names}
    return Point(settings, estimates, next((each.failure for each in runs if each.failure), None))


def _changed(values: Any, settings: Mapping[str, Any], origin: str) -> Any:
    """The values with some settings put in their places; tables on the way are made.

    Raises:
        ScenarioError: There is no such place.
    """
    for path, setting in settings.items():
        try:
            values = _with(values, path.replace("[", ".").replace("]", "").split("."), setting)
        except LookupError as error:
            raise ScenarioError(f"{origin}: {path} = {shown(setting)}: no such setting; {error.args[0]}") from None
    return values


def _with(values: Any, path: list[str], setting: Any, above: str = "the scenario") -> Any:
    if not path:
        return setting
    first, *rest = path
    if not values and above in _LISTS:
        raise LookupError(f"the scenario has no [[{above}]]")
    if isinstance(values, list):
        if not (first.isdecimal() and int(first) < len(values)):
            raise LookupError(f"{above} is a list of {len(values)}: say which, as in {above}[0]")
        place = int(first)
        return [*values[:place], _with(values[place], rest, setting, first), *values[place + 1 :]]
    if not isinstance(values, Mapping | None):
        raise LookupError(f"{above} is {shown(values)}, and no table")
    values = values or {}
    return {**values, first: _with(values.get(first), rest, setting, first)}
