"""The commands of ``mturk-sim``: each finds out what is wanted, asks the library, and writes the answer."""

from pathlib import Path
from typing import Final

import click

_FILE: Final = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_CHOSEN_FILE: Final = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
@click.version_option(package_name="mturk_sim")
def command() -> None:
    """A simulated Mechanical Turk: run requester programs without the real one."""


@command.command()
@click.argument("scenario", type=_CHOSEN_FILE, required=False)
@click.option("--preset", "preset_name", help="Instead of a file: a scenario that comes with the library.")
@click.option("--seed", type=int, help="Instead of the scenario's own.")
@click.option("--json", "json_file", type=_FILE, help="Write the report as one JSON object.")
@click.option("--csv", "csv_file", type=_FILE, help="Write a row for each accepted assignment.")
@click.option("--plot", "plot_file", type=_FILE, help="Draw the campaign: PNG, or by the file's ending SVG or PDF.")
@click.option("--html", "html_file", type=_FILE, help="Write the report as one page.")
@click.pass_context
def run(
    context: click.Context, /, scenario: Path | None, preset_name: str | None, seed: int | None, **files: Path | None
) -> None:
    """Run a scenario and tell what happened.

    A FILE of - is standard output, and then nothing else is written there. What the requester's program prints goes to
    standard error.
    """
    from mturk_sim.cli.running import chosen, run_scenario

    wanted = chosen(scenario, preset_name)
    context.exit(run_scenario(wanted, seed, {name.removesuffix("_file"): file for name, file in files.items()}))


@command.command()
@click.argument("scenario", type=_CHOSEN_FILE, required=False)
@click.option("--preset", "preset_name", help="Instead of a file: a scenario that comes with the library.")
@click.option("--grid", multiple=True, metavar="NAME=V1,V2", help="A setting by its path, and the values to try.")
@click.option("--seeds", type=click.IntRange(min=1), default=5, show_default=True, help="Runs of each point.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; by default one for each processor.")
@click.option("--json", "json_file", type=_FILE, help="Write all values as one JSON object.")
@click.option("--csv", "csv_file", type=_FILE, help="Write the table with means and intervals.")
@click.pass_context
def sweep(
    context: click.Context,
    /,
    scenario: Path | None,
    preset_name: str | None,
    grid: tuple[str, ...],
    seeds: int,
    jobs: int | None,
    **files: Path | None,
) -> None:
    """Run a scenario with many values of some settings and many seeds, and compare what comes of it."""
    from mturk_sim.cli.running import chosen
    from mturk_sim.cli.sweeping import sweep_scenario

    wanted = {name.removesuffix("_file"): file for name, file in files.items()}
    context.exit(sweep_scenario(chosen(scenario, preset_name), grid, seeds, jobs, wanted))


@command.command()
@click.argument("rule_id", metavar="[ID]", required=False)
@click.option("--chosen", is_flag=True, help="Only what was chosen where the record is silent.")
@click.option("--missing", is_flag=True, help="Only the ids of what is still planned.")
def rules(rule_id: str | None, chosen: bool, missing: bool) -> None:
    """Show the rules the simulation follows, or one of them with the places that follow it."""
    from mturk_sim.marketplace import rules as register

    if sum((rule_id is not None, chosen, missing)) > 1:
        raise click.UsageError("--chosen, --missing and an ID exclude each other")
    if missing:
        for each in register.missing():
            click.echo(each)
    elif rule_id is not None:
        try:
            rule = register.rule(rule_id)
        except LookupError as error:
            raise click.UsageError(str(error.args[0])) from None
        click.echo(f"{rule.id} ({rule.status}{': ' + rule.note if rule.note else ''})\n{rule.text}")
        for place in register.places(rule_id):
            click.echo(f"  {place}")
    else:
        click.echo(register.markdown(register.chosen() if chosen else None), nl=False)


@command.command()
@click.argument("name", required=False)
def diagram(name: str | None) -> None:
    """Print a lifecycle as a Mermaid state diagram; without a name, all of them."""
    from mturk_sim.marketplace.diagrams import LIFECYCLES

    if name is not None and name.lower() not in LIFECYCLES:
        raise click.UsageError(f"no lifecycle {name!r}: there are {', '.join(LIFECYCLES)}")
    shown = LIFECYCLES if name is None else {name.lower(): LIFECYCLES[name.lower()]}
    click.echo("\n".join(table.mermaid() for table in shown.values()), nl=False)
