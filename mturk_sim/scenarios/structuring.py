"""From plain values, as TOML has them, to a scenario; nothing is guessed and nothing is left over."""

import math
import re
from collections import abc
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from mturk_sim.workers.answering import AnswerModel
from mturk_sim.workers.plans import Policy, Step
from mturk_sim.workers.policies import POLICIES

_PART: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(second|minute|hour|day|week)s?\b", re.ASCII)
_STEPS: Final = {step.__name__: step for step in get_args(Step)}

Hook = Callable[[Any, Any], Any]


class Expected(ValueError):
    """A value is not what it should be; the text says what was expected."""


class TableExpected(Expected):
    """There should be a table, such as ``[workers]``."""


class TablesExpected(Expected):
    """There should be a list of tables, such as ``[[hits]]``."""


def settings(kind: type) -> list[str]:
    """What a table may hold of which such a class is made: all that counts when two of them are compared."""
    return [field.name for field in attrs.fields(kind) if field.eq]


def wanted(kind: Any) -> str:
    """What a value of a kind is to be, in words: what nothing at all is told."""
    try:
        return str(converter(Path()).structure(None, kind))
    except Expected as error:
        return str(error)


@cache
def converter(folder: Path) -> Converter:
    """Makes scenarios of plain values; paths in them are relative to `folder`."""
    made = Converter(forbid_extra_keys=True)
    made.register_structure_hook_factory(attrs.has, partial(_table, made))
    made.register_structure_hook_func(_is_list, partial(_list, made))
    made.register_structure_hook_func(_is_mapping, partial(_mapping, made))
    made.register_structure_hook_func(lambda kind: kind == Step, partial(_step, made))
    made.register_structure_hook_func(lambda kind: kind == tuple[float, float], _pair)
    hooks: dict[Any, Hook] = {
        str: _exactly(str, "a text in quotes"),
        bool: _exactly(bool, "true or false"),
        int: _exactly(int, "a whole number"),
        float: _number,
        Decimal: _amount,
        datetime: _instant,
        timedelta: _duration,
        Path: lambda value, _: _file(folder, value),
        float | tuple[float, float] | None: _number_or_pair,
        Policy: _policy,
        AnswerModel: _answers,
    }
    for kind, hook in hooks.items():
        made.register_structure_hook(kind, hook)
    return made


def _table(made: Converter, kind: Any) -> Hook:
    """How to make a class of a table, and of nothing else."""
    known = settings(kind)
    left_out: Any = {field.name: override(omit=True) for field in attrs.fields(kind) if field.name not in known}
    structure = make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=True, **left_out)

    def check(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise TableExpected("a table")
        return structure(value, kind)

    return check


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[-1] is ...


def _list(made: Converter, value: Any, kind: Any) -> tuple[Any, ...]:
    item = get_args(kind)[0]
    if not isinstance(value, list | tuple):
        tables = attrs.has(item) or _is_mapping(item)
        raise TablesExpected("a list of tables") if tables else Expected("a list in brackets")
    return tuple(made.structure(value, list[item]))  # type: ignore[valid-type]  # a type that is found out here


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is abc.Mapping


def _mapping(made: Converter, value: Any, kind: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TableExpected("a table")
    of = get_args(kind)[1]
    return made.structure(value, dict[str, of])  # type: ignore[valid-type]  # a type that is found out here


def _step(made: Converter, value: Any, _: Any) -> Any:
    """A step, of which ``step`` says the kind, and the others are its attributes."""
    if not isinstance(value, Mapping) or str(value.get("step")) not in _STEPS:
        raise Expected(f'a step, one of {", ".join(_STEPS)}, such as {{step = "Accept"}}')
    rest = {name: each for name, each in value.items() if name != "step"}
    return made.structure(rest, _STEPS[value["step"]])


def _exactly(kind: type, name: str) -> Hook:
    def check(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise Expected(name)
        return value

    return check


def _number(value: Any, _: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Expected("a number")
    number = float(value)
    if not math.isfinite(number):
        raise Expected("a number, and a finite one")
    return number


def _pair(value: Any, _: Any) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise Expected("two numbers in brackets")
    return _number(value[0], float), _number(value[1], float)


def _number_or_pair(value: Any, _: Any) -> float | tuple[float, float] | None:
    if isinstance(value, list | tuple):
        return _pair(value, tuple)
    return None if value is None else _number(value, float)


def _amount(value: Any, _: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise Expected('an amount such as 0.05 or "0.05"')
    try:
        return Decimal(value)
    except ArithmeticError:
        raise Expected('an amount such as 0.05 or "0.05"') from None


def _instant(value: Any, _: Any) -> datetime:
    if not isinstance(value, datetime):
        raise Expected("an instant such as 2026-01-05T09:00:00Z")
    return value


def _duration(value: Any, _: Any) -> timedelta:
    """A text such as ``5 days`` or ``1 hour 30 minutes``."""
    parts = list(_PART.finditer(value)) if isinstance(value, str) else []
    if not parts or "".join(part[0] for part in parts) != value.rstrip():
        raise Expected('a duration such as "5 days" or "1 hour 30 minutes"')
    try:
        return sum((timedelta(**{part[2] + "s": float(part[1])}) for part in parts), timedelta())
    except OverflowError:
        raise Expected("a duration that is not endless") from None


def _file(folder: Path, value: Any) -> Path:
    if not isinstance(value, str):
        raise Expected("a path in quotes")
    path = folder / value
    if not path.is_file():
        raise Expected(f"a file; there is no {path.resolve()}")
    return path


def _policy(value: Any, _: Any) -> Policy:
    if value in POLICIES:
        return POLICIES[value]()
    if isinstance(value, str) and ":" not in value:
        raise Expected(f"one of {', '.join(POLICIES)}, or module:name")
    policy: Policy = _imported(value, "a policy", "plan")
    return policy


def _answers(value: Any, _: Any) -> AnswerModel:
    answers: AnswerModel = _imported(value, "an answer model", "answer")
    return answers


def _imported(value: Any, what: str, method: str) -> Any:
    """What a text such as ``package.module:name`` names; of a class, an instance."""
    module, colon, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not (module and colon and name):
        raise Expected('a name such as "package.module:name"')
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise Expected(f"a name that can be imported: {error}") from None
    made = found() if isinstance(found, type) else found
    if not callable(getattr(made, method, None)):
        raise Expected(f"the name of {what}, which has a method {method}(); that names {made!r}")
    return made
