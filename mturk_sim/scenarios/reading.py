"""Reading scenario files."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs
from cattrs.errors import ClassValidationError, IterableValidationError

from mturk_sim.scenarios.complaints import ScenarioError, complaints
from mturk_sim.scenarios.scenario import Scenario
from mturk_sim.scenarios.structuring import converter

_PLACE: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")
_END: Final = " (at end of document)"
"""Where a mistake is, as tomllib says it; not all versions of Python tell it in numbers too."""


def read_scenario(path: Path | str) -> Scenario:
    """The scenario in a TOML file; paths in it are relative to the file.

    Raises:
        ScenarioError: It cannot be read, is no TOML, or holds what no scenario has.
    """
    path = Path(path)
    return scenario_from(scenario_values(path), origin=str(path), folder=path.parent)


def scenario_values(path: Path) -> dict[str, Any]:
    """What a TOML file holds, as plain values; the scenario has the file's name unless it says another.

    Raises:
        ScenarioError: It cannot be read, or is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text, parse_float=Decimal)
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path}: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{path}: {_no_toml(text, str(error))}") from None
    return {"name": path.stem, **values}


def _no_toml(text: str, said: str) -> str:
    """What tomllib says of a text that is no TOML, with the line of which it speaks and a mark under the place."""
    if at := _PLACE.search(said):
        lines, number, column = text.split("\n"), int(at[1]), int(at[2])
    else:
        lines = text.rstrip().split("\n")
        number, column = len(lines), len(lines[-1]) + 1
    what = _PLACE.sub("", said).removesuffix(_END)
    return f"line {number}, column {column}: {what}\n    {lines[number - 1].expandtabs(1)}\n    {'^':>{column}}"


def scenario_from(values: Mapping[str, Any], *, origin: str = "scenario", folder: Path | None = None) -> Scenario:
    """The scenario that plain values, as TOML has them, describe.

    Args:
        values: The values, with a ``name``; amounts of money are no floats, so read files with
            ``tomllib.load(file, parse_float=Decimal)``.
        origin: What to call them in an error.
        folder: What paths in them are relative to; the working directory if left out.

    Raises:
        ScenarioError: They hold what no scenario has.
    """
    try:
        scenario: Scenario = converter(folder or Path()).structure(values, Scenario)
    except (ClassValidationError, IterableValidationError) as error:
        lines = [f"{origin}: {line}" for line in complaints(error, values)]
        raise ScenarioError("\n".join(lines)) from None
    return attrs.evolve(scenario, origin=origin)
