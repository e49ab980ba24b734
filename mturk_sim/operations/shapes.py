"""Wire-shape checks: what the interface demands of a request and botocore leaves to the service.

botocore looks at types, required members and minima only (ENV-09, ERR-09); the service also looked at maxima, patterns
and enumerations and answered in AWS's standard words (ENV-05, ENV-11, ERR-08, C14).  Everything is derived from the
service description, so no parameter is listed here.  A request is first looked at as a whole, which is quick; only one
that is not good is walked through to say what is wrong with it.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from mturk_sim.marketplace import errors
from mturk_sim.operations.model import description, input_shape
from mturk_sim.operations.registry import Good, Operation

Shape = dict[str, Any]

_KINDS: Final[dict[str, tuple[tuple[type, ...], str]]] = {
    "string": ((str,), "a string"),
    "integer": ((int,), "an integer"),
    "long": ((int,), "an integer"),
    "boolean": ((bool,), "a boolean"),
    "timestamp": ((int, float), "a timestamp"),
    "list": ((list,), "a list"),
    "structure": ((dict,), "a structure"),
}
"""What JSON makes of each type (no boolean is an integer), and its name. botocore looks too, unless told not to."""


def check_request(operation: Operation, params: dict[str, Any]) -> dict[str, Any]:
    """Look at a request as it came over the wire; gives it without members that are null, which are as good as absent.

    Raises:
        ServiceError: ``ValidationException``, naming every member that breaks its shape.
    """
    shape = input_shape(operation.name)
    if operation.good is None:
        operation.good = _good(shape)
    if operation.good(params):
        return params
    given: dict[str, Any] = _without_nulls(params)
    if problems := list(_problems(shape, given, "")):
        plural = "" if len(problems) == 1 else "s"
        raise errors.BAD_SHAPE(count=len(problems), plural=plural, problems="; ".join(problems))
    return given


# --- the quick look ----------------------------------------------------------------------------------------------
def _good(shape: Shape) -> Good:
    """The test for a value of a shape."""
    if shape["type"] == "structure":
        return _good_structure(shape)
    if shape["type"] == "list":
        return _good_list(shape)
    if shape["type"] == "string" and "pattern" in shape:
        length = f"{{{shape.get('min', 0)},{shape.get('max', '')}}}"
        return re.compile(rf"(?=[\s\S]{length}\Z)(?:{shape['pattern']})").fullmatch  # all in one look
    if "enum" in shape:
        return frozenset(shape["enum"]).__contains__
    kinds, _ = _KINDS[shape["type"]]
    low, high = shape.get("min", -math.inf), shape.get("max", math.inf)
    if shape["type"] == "string":
        return lambda value: type(value) is str and low <= len(value) <= high
    if "min" in shape or "max" in shape:
        return lambda value: type(value) in kinds and low <= value <= high
    return lambda value: type(value) in kinds


def _good_structure(shape: Shape) -> Good:
    required = frozenset(shape.get("required", ()))
    tests = {name: _good(_shape(member)) for name, member in shape["members"].items()}

    def good(value: Any) -> bool:
        if type(value) is not dict:
            return False
        try:
            for name, member in value.items():
                if name in tests and not tests[name](member):
                    return False
        except TypeError:  # a pattern met what is no text, or an enumeration a list
            return False
        return value.keys() >= required

    return good


def _good_list(shape: Shape) -> Good:
    inner = _good(_shape(shape["member"]))
    low, high = shape.get("min", 0), shape.get("max", math.inf)
    return lambda value: type(value) is list and low <= len(value) <= high and all(map(inner, value))


# --- what is wrong -----------------------------------------------------------------------------------------------
def _without_nulls(value: Any) -> Any:
    """A value without the members that are null; items of lists stay."""
    if isinstance(value, dict):
        return {name: _without_nulls(member) for name, member in value.items() if member is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def _problems(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """All that is wrong with a value that stands at `path`, in the order of the description."""
    kinds, kind = _KINDS[shape["type"]]
    if value is None:
        yield _problem(value, path, "not be null")
        return
    if type(value) not in kinds:
        yield _problem(value, path, f"be {kind}")
        return
    if shape["type"] == "structure":
        lead = f"{path}." if path else ""
        for name, member in shape["members"].items():
            spelt = f"{lead}{name[0].lower()}{name[1:]}"
            if name in value:
                yield from _problems(_shape(member), value[name], spelt)
            elif name in shape.get("required", ()):
                yield _problem(None, spelt, "not be null")
        return
    for holds, demand in _demands(shape):
        if not holds(value):
            yield _problem(value, path, demand)
    if shape["type"] == "list":
        for place, item in enumerate(value, 1):
            yield from _problems(_shape(shape["member"]), item, f"{path}.{place}.member")


def _problem(value: Any, path: str, demand: str) -> str:
    """One thing that is wrong, in AWS's standard words (ENV-05)."""
    shown = "null" if value is None else f"'{_text(value)}'"
    return f"Value {shown} at '{path}' failed to satisfy constraint: Member must {demand}"


def _demands(shape: Shape) -> Iterator[tuple[Good, str]]:
    """What a scalar or a list as such must be, as (does it hold, how the service words it)."""
    low, high = shape.get("min"), shape.get("max")
    if shape["type"] in ("string", "list"):
        measure: Callable[[Any], Any] = len
        words = "have length"
    else:
        measure = _itself
        words = "have value"
    if high is not None:
        yield lambda value: measure(value) <= high, f"{words} less than or equal to {high}"
    if low is not None:
        yield lambda value: measure(value) >= low, f"{words} greater than or equal to {low}"
    if pattern := shape.get("pattern"):
        yield _pattern(pattern), f"satisfy regular expression pattern: {pattern}"
    if enum := shape.get("enum"):
        allowed = frozenset(enum)
        yield lambda value: value in allowed, f"satisfy enum value set: [{', '.join(enum)}]"


def _itself(value: Any) -> Any:
    return value


def _pattern(pattern: str) -> Good:
    """Whether the whole text matches: a line break at its end does not slip past a ``$``."""
    return re.compile(pattern).fullmatch


def _shape(reference: Shape) -> Shape:
    shape: Shape = description()["shapes"][reference["shape"]]
    return shape


def _text(value: Any) -> str:
    """A value as AWS's messages show it."""
    if isinstance(value, list):
        return f"[{', '.join(_text(item) for item in value)}]"
    return str(value)
