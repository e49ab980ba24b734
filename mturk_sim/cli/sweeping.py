"""The command ``sweep``: a grid of settings, its runs in processes of their own, and one table."""

import csv
import sys
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import click

from mturk_sim.cli.running import INTERRUPTED, STDOUT, checked, put
from mturk_sim.report import export, terminal
from mturk_sim.report.tables import Table
from mturk_sim.scenarios import Point, ScenarioError
from mturk_sim.scenarios.processes import Processes
from mturk_sim.scenarios.reading import scenario_values
from mturk_sim.scenarios.sweep import Begun, begin


def sweep_scenario(
    path: Path, grid: Sequence[str], seeds: int, jobs: int | None, files: Mapping[str, Path | None]
) -> int:
    """Sweep a scenario file, write what is wanted, and give the exit code: 1 if a program failed in some run."""
    wanted = checked(files)
    settings = dict(_setting(each) for each in grid)
    if len(settings) < len(grid):
        raise click.UsageError("--grid: a setting is there twice; give it all its values at once, as NAME=V1,V2")
    begun, interrupted = _swept(path, settings, seeds, jobs)
    points = begun.points if begun else []
    if interrupted:
        sys.stderr.write(_left(begun, seeds))
    if points:
        _report(path, points, seeds, wanted)
    failures = [_failure(point.settings, *point.failure) for point in points if point.failure]
    sys.stderr.writelines(failures)
    return INTERRUPTED if interrupted else int(bool(failures))


def _swept(path: Path, grid: Mapping[str, list[Any]], seeds: int, jobs: int | None) -> tuple[Begun | None, bool]:
    """The sweep, if it could begin, and whether somebody stopped it before all was done.

    Raises:
        UsageError: A point is no scenario.
    """
    begun = None
    try:
        values = scenario_values(path)
        with Processes(jobs) as pool:
            begun = begin(pool, values, grid, seeds=seeds, origin=str(path), folder=path.parent)
            begun.finish()
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    except KeyboardInterrupt:
        return begun, True
    return begun, False


def _left(begun: Begun | None, seeds: int) -> str:
    """What an interrupt has left undone, for whoever reads the table of the rest."""
    if begun is None:
        return "interrupted before the first run\n"
    told = f"interrupted: {len(begun.points)} of {len(begun.grid)} points are complete; left out are"
    lines = [f"  {_named(point)}: {done} of {seeds} runs done" for point, done in begun.unfinished]
    return "\n".join([told, *lines, ""])


def _failure(settings: Mapping[str, Any], seed: int, error: str) -> str:
    return f"{_named(settings)}: seed {seed}: {error}\n"


def _named(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in settings.items()) or "the scenario as it is"


def _report(path: Path, points: Sequence[Point], seeds: int, wanted: Mapping[str, Path]) -> None:
    if "json" in wanted:
        put(wanted["json"], _json(path, points).encode())
    if "csv" in wanted:
        put(wanted["csv"], _csv(points).encode())
    if STDOUT not in wanted.values():
        terminal.show_table(_table(path, points, seeds), sys.stdout)


def _setting(text: str) -> tuple[str, list[Any]]:
    """``workers.size=10,100`` as a path and values; what is no TOML value is a text."""
    name, equals, values = text.partition("=")
    if not (name and equals and values):
        raise click.UsageError(f"--grid {text}: expected NAME=V1,V2, such as workers.size=10,100")
    return name, _values(values)


def _values(text: str) -> list[Any]:
    try:
        values: list[Any] = tomllib.loads(f"values = [{text}]", parse_float=Decimal)["values"]
    except tomllib.TOMLDecodeError:
        return text.split(",")
    return values


def _table(path: Path, points: Sequence[Point], seeds: int) -> Table:
    names, measured = _columns(points)
    rows = tuple(
        (*(str(point.settings[name]) for name in names), *(str(point.estimates[name]) for name in measured))
        for point in points
    )
    title = f"{path.stem}: {f'means of {seeds} runs, with 95 % intervals' if seeds > 1 else 'one run each'}"
    return Table(title, (*(_short(name, names) for name in names), *measured), rows)


def _short(name: str, names: Sequence[str]) -> str:
    """The last part of a path, if no other has the same."""
    last = name.rpartition(".")[2]
    return last if sum(other.rpartition(".")[2] == last for other in names) == 1 else name


def _columns(points: Sequence[Point]) -> tuple[list[str], list[str]]:
    names = dict.fromkeys(name for point in points for name in point.settings)
    measured = dict.fromkeys(name for point in points for name in point.estimates)
    return list(names), list(measured)


def _csv(points: Sequence[Point]) -> str:
    names, measured = _columns(points)
    output = StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow([*names, *(f"{name}{part}" for name in measured for part in ("", "_low", "_high"))])
    for point in points:
        found = [point.estimates[name] for name in measured]
        numbers = [number for each in found for number in (each.mean, each.low, each.high)]
        writer.writerow([*(point.settings[name] for name in names), *numbers])
    return output.getvalue()


def _json(path: Path, points: Sequence[Point]) -> str:
    output = StringIO()
    report = {
        "scenario": path.stem,
        "points": [
            {
                "settings": {name: str(value) for name, value in point.settings.items()},
                "measures": {name: list(each.values) for name, each in point.estimates.items()},
                "failure": point.failure and dict(zip(("seed", "error"), point.failure, strict=True)),
            }
            for point in points
        ],
    }
    export.write_json(report, output)
    return output.getvalue()
