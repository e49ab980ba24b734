"""The commands of ``mturk-sim``: each finds out what is wanted, asks the library, and writes the answer."""

import re
from pathlib import Path
from typing import Final

import click

_FILE: Final = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_CHOSEN_FILE: Final = click.Path(path_type=Path, dir_okay=False, exists=True)


class _OfScenarios(click.Command):
    """A command whose help lists the scenarios that come with the library."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the presets, each with what happens in it."""
        from mturk_sim.scenarios import preset, preset_names

        with formatter.section("Presets"):
            formatter.write_dl([(name, re.split("[.:]", preset(name).description)[0]) for name in preset_names()])


@click.group(context_settings={"max_content_width": 120})
@click.version_option(package_name="mturk_sim")
def command() -> None:
    """A simulated Mechanical Turk: run requester programs without the real one."""


@command.command(cls=_OfScenarios)
@click.argument("scenario", type=_CHOSEN_FILE, required=False)
@click.option("--preset", "preset_name", help="Instead of a file: a scenario that comes with the library.")
@click.option("--print", "printed", is_flag=True, help="Print the preset, to change it in a file: --print > mine.toml.")
@click.option("--seed", type=int, help="Instead of the scenario's own.")
@click.option("--json", "json_file", type=_FILE, help="Write the report as one JSON object.")
@click.option("--csv", "csv_file", type=_FILE, help="Write a row for each accepted assignment.")
@click.option("--plot", "plot_file", type=_FILE, help="Draw the campaign: PNG, or by the file's ending SVG or PDF.")
@click.option("--html", "html_file", type=_FILE, help="Write the report as one page.")
@click.pass_context
def run(
    context: click.Context,
    /,
    scenario: Path | None,
    preset_name: str | None,
    printed: bool,
    seed: int | None,
    **files: Path | None,
) -> None:
    """Run a scenario and tell what happened.

    A scenario is a TOML file with a horizon, such as "2 days", "90 minutes" or "1 hour 30 minutes", and with HITs or a
    requester's program, workers and faults; the guide tells more.

    A FILE of - is standard output, and then nothing else is written there. What the requester's program prints goes to
    standard error.
    """
    from mturk_sim.cli.running import chosen, run_scenario
    from mturk_sim.scenarios.presets import preset_text

    wanted = chosen(scenario, preset_name)
    if printed:
        if preset_name is None or seed is not None or any(files.values()):
            raise click.UsageError("--print goes with --preset NAME alone: it shows the preset, and runs nothing")
        click.echo(preset_text(preset_name), nl=False)
        return
    context.exit(run_scenario(wanted, seed, {name.removesuffix("_file"): file for name, file in files.items()}))


@command.command(cls=_OfScenarios)
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
    """Compare what comes of a scenario with other settings.

    Every point of the grid is run with the seeds 0, 1, 2 …, in processes of their own.
    """
    from mturk_sim.cli.running import chosen
    from mturk_sim.cli.sweeping import sweep_scenario

    wanted = {name.removesuffix("_file"): file for name, file in files.items()}
    context.exit(sweep_scenario(chosen(scenario, preset_name), grid, seeds, jobs, wanted))


@command.command()
@click.argument("rule_id", metavar="[ID|FAMILY]", required=False)
@click.option("--chosen", is_flag=True, help="Only what was chosen where the record is silent.")
@click.option("--missing", is_flag=True, help="Only the ids of what is still planned.")
def rules(rule_id: str | None, chosen: bool, missing: bool) -> None:
    """Show the rules that the simulation follows.

    One rule, such as HIT-24, is shown with the places that follow it; a family, such as HIT, is a part of the table.
    """
    from mturk_sim.marketplace import rules as register

    if sum((rule_id is not None, chosen, missing)) > 1:
        raise click.UsageError("--chosen, --missing and an ID exclude each other")
    if missing:
        for each in register.missing():
            click.echo(each)
    elif rule_id is not None:
        click.echo(_told(rule_id), nl=False)
    else:
        click.echo(register.markdown(register.chosen() if chosen else None), nl=False)


def _told(name: str) -> str:
    """A family of rules as a table, or one rule with the places that follow it; the name is in any case."""
    from mturk_sim.marketplace import rules as register

    family = [rule for rule in register.rules().values() if re.split(r"-?\d", rule.id)[0] == name.upper()]
    if family:
        return register.markdown(family)
    ids = {known.upper(): known for known in register.rules()}
    try:
        rule = register.rule(ids.get(name.upper(), name))
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    about = f"{rule.id} ({rule.status}{': ' + rule.note if rule.note else ''})"
    return "\n".join([about, rule.text, *(f"  {place}" for place in register.places(rule.id)), ""])


@command.command()
@click.argument("name", required=False)
def diagram(name: str | None) -> None:
    """Print a lifecycle as a Mermaid state diagram.

    Without a name, all of them.
    """
    from mturk_sim.marketplace.diagrams import LIFECYCLES

    if name is not None and name.lower() not in LIFECYCLES:
        raise click.UsageError(f"no lifecycle {name!r}: there are {', '.join(LIFECYCLES)}")
    shown = LIFECYCLES if name is None else {name.lower(): LIFECYCLES[name.lower()]}
    click.echo("\n".join(table.mermaid() for table in shown.values()), nl=False)
