"""The command ``run``: a scenario, its progress, and its report in every form that is wanted."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final, TextIO

import click

from mturk_sim.report import Campaign, campaign_of, export, page, plot, terminal
from mturk_sim.scenarios import Outcome, ScenarioError, read_scenario, run
from mturk_sim.scenarios.presets import preset_path
from mturk_sim.scenarios.running import Progress

STDOUT: Final = Path("-")
_PICTURES: Final = ("png", "svg", "pdf")
INTERRUPTED: Final = 130
"""What shells call an end by Ctrl-C."""


def chosen(path: Path | None, preset_name: str | None) -> Path:
    """The file of a scenario: the one given, or the preset's of that name.

    Raises:
        UsageError: Neither or both are given, or there is no such preset.
    """
    if (path is None) == (preset_name is None):
        raise click.UsageError("give a scenario file or --preset NAME, and not both")
    try:
        return path or preset_path(preset_name or "")
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None


def run_scenario(path: Path, seed: int | None, files: Mapping[str, Path | None]) -> int:
    """Run a scenario file, write what is wanted, and give the exit code."""
    wanted = checked(files)
    if "plot" in wanted:
        picture_form(wanted["plot"])
    try:
        scenario = read_scenario(path)
        with progress_bar(scenario.name) as progress:
            outcome = run(scenario, seed=seed, output=sys.stderr, progress=progress)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    campaign = campaign_of(outcome.simulation, scenario.start)
    for form, file in wanted.items():
        write(form, file, outcome, campaign)
    if STDOUT not in wanted.values():
        show(outcome, campaign, sys.stdout)
    if outcome.failure is not None:
        sys.stderr.write(f"{outcome.simulation.journal}\n\n{outcome.failure.rstrip()}\n")
    return INTERRUPTED if outcome.interrupted else int(outcome.failure is not None)


def checked(files: Mapping[str, Path | None]) -> dict[str, Path]:
    """The files that are wanted, by form.

    Raises:
        UsageError: Two of them go to standard output, or one into a folder that is not there.
    """
    wanted = {form: file for form, file in files.items() if file is not None}
    if sum(file == STDOUT for file in wanted.values()) > 1:
        raise click.UsageError("only one report can go to standard output")
    for file in wanted.values():
        if not file.parent.is_dir():
            raise click.UsageError(f"cannot write {file}: there is no folder {file.parent}")
    return wanted


def heading(outcome: Outcome) -> str:
    """What was run, and how it ended, in a line or two."""
    scenario, end = outcome.scenario, outcome.simulation.clock.now
    text = f"{scenario.name}, seed {outcome.seed}: {scenario.start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC"
    if outcome.failure is not None:
        return f"{text}, when the requester's program failed"
    if outcome.interrupted:
        text = f"{text}, interrupted"
    if outcome.at_work is None:
        return text
    when = "then" if outcome.interrupted else "at the horizon"
    return f"{text};\nthe program was still at work {when}, at {Path(outcome.at_work).name}"


def show(outcome: Outcome, campaign: Campaign, output: TextIO) -> None:
    """Write the report to a terminal."""
    terminal.show(campaign, heading(outcome), output)


def write(form: str, file: Path, outcome: Outcome, campaign: Campaign) -> None:
    """Write the report in one form: ``json``, ``csv``, ``plot`` or ``html``.

    Raises:
        UsageError: The file cannot be written.
    """
    text, data = StringIO(), BytesIO()
    if form == "json":
        about = {
            "scenario": outcome.scenario.name,
            "seed": outcome.seed,
            "ok": outcome.ok,
            "interrupted": outcome.interrupted,
            "at_work": outcome.at_work,
        }
        export.write_json({**about, **export.as_dict(campaign)}, text)
    elif form == "csv":
        export.write_csv(campaign, text)
    elif form == "html":
        text.write(page.page(campaign, heading(outcome), outcome.scenario.description))
    else:
        plot.save(campaign, heading(outcome), data, picture_form(file))
    put(file, data.getvalue() or text.getvalue().encode())


def picture_form(file: Path) -> str:
    """The form of a picture, by the ending of its file's name; PNG if there is none.

    Raises:
        UsageError: There is no such form, or nothing to draw with.
    """
    form = file.suffix.lstrip(".").lower() or "png"
    if form not in _PICTURES:
        raise click.UsageError(f"a picture is one of {', '.join(_PICTURES)}, not {form}")
    if find_spec("matplotlib") is None:
        raise click.UsageError("--plot needs matplotlib, which the extra 'plot' brings: pip install matplotlib")
    return form


def put(file: Path, content: bytes) -> None:
    """Put the content into the file, or on standard output for ``-``.

    Raises:
        UsageError: The file cannot be written.
    """
    if file == STDOUT:
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.UsageError(f"cannot write {file}: {error.strerror}") from None


@contextmanager
def progress_bar(name: str) -> Iterator[Progress | None]:
    """A bar on standard error while it is a terminal, and nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} % of the time"))
    with Bars(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bars:
        bar = bars.add_task(name, total=1.0)
        yield lambda part: bars.update(bar, completed=part, refresh=True)
