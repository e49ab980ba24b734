"""Reading scenario files, and telling what is wrong with one: the file, the place, the value, and what was expected."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import attrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from mturk_sim.scenarios.scenario import Scenario
from mturk_sim.scenarios.structuring import converter


class ScenarioError(ValueError):
    """A scenario cannot be understood; each line tells the file, the place, the value and what was expected."""


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
        lines = [f"{origin}: {line}" for line in _complaints(error, values, "")]
        raise ScenarioError("\n".join(lines)) from None
    return scenario


def _complaints(error: Exception, value: Any, place: str) -> Iterator[str]:
    """A line for each thing that is wrong, depth first."""
    match error:
        case ClassValidationError():
            noted, others = error.group_exceptions()
            for each, note in noted:
                inner = value.get(note.name, _MISSING) if isinstance(value, Mapping) else value
                yield from _complaints(each, inner, f"{place}.{note.name}" if place else note.name)
            for each in others:
                yield from _complaints(each, value, place)
        case IterableValidationError():
            for each, item in error.group_exceptions()[0]:
                yield from _complaints(each, value[item.index], f"{place}[{item.index}]")
        case ForbiddenExtraKeysError():
            for name in sorted(error.extra_fields):
                yield _unknown(name, value, place, error.cl)
        case KeyError() if value is _MISSING or place.endswith(str(error.args[0])):
            yield f"{place} is missing"
        case _:
            yield f"{place or 'scenario'} = {_shown(value)}: {_expected(error)}"


_MISSING = object()


def _unknown(name: str, value: Mapping[str, Any], place: str, kind: type) -> str:
    known = [field.name for field in attrs.fields(kind)]
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return f"{place + '.' if place else ''}{name} = {_shown(value[name])}: no such setting; {hint}"


def _expected(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return f"expected {text}" if type(error).__name__ == "Expected" else text


def _shown(value: Any) -> str:
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
