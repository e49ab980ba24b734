"""Reading scenario files."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
from cattrs.errors import ClassValidationError, IterableValidationError

from mturk_sim.scenarios.complaints import ScenarioError, complaints
from mturk_sim.scenarios.scenario import Scenario
from mturk_sim.scenarios.structuring import converter


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
        values = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(f"{path}: {error}") from None
    return {"name": path.stem, **values}


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
