"""What is wrong with a scenario, in words: the file, the place, the value and what was expected."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, get_args, get_origin

import attrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from mturk_sim.scenarios.checks import shown
from mturk_sim.scenarios.scenario import Scenario
from mturk_sim.scenarios.structuring import Expected, TableExpected, TablesExpected, settings, wanted

_MISSING: Final = object()
_CHECKED: Final = re.compile(r"(\w[\w.\[\]]*) is (.+?),(?: and)? not (.+)", re.DOTALL)
"""What the checks of values say: see `mturk_sim.scenarios.checks`."""
_NUMBER: Final = re.compile(r"\[\d+\]")


class ScenarioError(ValueError):
    """A scenario makes no sense; each line tells the file, the place, the value and what was expected."""


def complaints(error: Exception, value: Any, place: str = "") -> Iterator[str]:
    """A line for each thing that is wrong, depth first."""
    match error:
        case ClassValidationError():
            noted, others = error.group_exceptions()
            for each, note in noted:
                inner = value.get(note.name, _MISSING) if isinstance(value, Mapping) else value
                if inner is _MISSING:
                    yield f"{below(place, note.name)} is missing: expected {_wanted(error.cl, note.name)}"
                else:
                    yield from complaints(each, inner, below(place, note.name))
            for each in others:
                yield from complaints(each, value, place)
        case IterableValidationError():
            for each, item in error.group_exceptions()[0]:
                yield from complaints(each, value[item.index], below(place, item.index))
        case ForbiddenExtraKeysError():
            yield from (_unknown(name, value, place, settings(error.cl)) for name in sorted(error.extra_fields))
        case ValueError(args=(str(text), attrs.Attribute() as field, *_)):  # from a check of attrs' own
            yield f"{below(place, field.name)} = {shown(value.get(field.name))}: {text}"
        case ValueError() if not isinstance(error, Expected) and (said := _CHECKED.fullmatch(str(error))):
            yield f"{below(place, said[1])} = {said[3]}: expected {said[2]}"
        case _:
            yield f"{place or 'scenario'} = {shown(value)}: {_expected(error, place)}"


def below(place: str, key: str | int) -> str:
    """The place of what a table has under a name, or a list at a number."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    return f"{place}.{key}" if place else key


def _wanted(kind: type, name: str) -> str:
    """What a setting that is missing is to be: for a text what the check of an empty one says, if there is one."""
    field = attrs.fields_dict(kind)[name]
    if field.type is str and field.validator is not None:
        try:
            field.validator(None, field, "")
        except ValueError as error:
            return _CHECKED.sub(r"\2", str(error))
    return wanted(field.type)


def _unknown(name: str, value: Mapping[str, Any], place: str, known: Sequence[str]) -> str:
    if place and name in settings(Scenario):
        meant = f"the scenario's own {name} stands above the first table"
    elif near := (not place and _inside(name)) or _near(name, known):
        meant = f"did you mean {' or '.join(near)}?"
    else:
        meant = f"there are {', '.join(known)}"
    return f"{below(place, name)} = {shown(value[name])}: no such setting; {meant}"


def _inside(name: str) -> list[str]:
    """Where in the tables of a scenario there is a setting of that name."""
    parts = [(field, kind) for field in attrs.fields(Scenario) for kind in get_args(field.type) if attrs.has(kind)]
    tables = [field for field, kind in parts if name in settings(kind)]
    return [f"{each.name}[0].{name}" if get_origin(each.type) is tuple else f"{each.name}.{name}" for each in tables]


def _near(name: str, known: Sequence[str]) -> list[str]:
    """What somebody may have meant: what begins so, or else has that in it, or else looks like it."""
    begun = [each for each in known if each.startswith(name)]
    return begun or [each for each in known if name in each] or get_close_matches(name, known, 1)


def _expected(error: Exception, place: str) -> str:
    match error:
        case TablesExpected():
            return f"expected [[{_NUMBER.sub('', place)}]], a list of tables"
        case TableExpected() if place and "[" not in place:
            return f"expected [{place}], a table"
        case Expected():
            return f"expected {error}"
    return str(error) or type(error).__name__
