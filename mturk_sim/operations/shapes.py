"""Wire-shape checks: what the interface demands of a request and botocore leaves to the service.

botocore looks at types, required members and minima only (ENV-09); the service also looked at maxima, patterns
and enumerations and answered in AWS's standard words (ENV-05, ERR-08, C14).  Everything is derived from the service
description, so no parameter is listed here.  A request is first looked at as a whole, which is quick; only one that is
not good is walked through to say what is wrong with it.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from mturk_sim.marketplace import errors
from mturk_sim.operations.model import description, input_shape
from mturk_sim.operations.registry import Good, Operation

Shape = dict[str, Any]


def check_request(operation: Operation, params: dict[str, Any]) -> None:
    """Look at a request as it came over the wire.

    Raises:
        ServiceError: ``ValidationException``, naming every member that breaks its shape.
    """
    good = operation.good
    if good is None:
        good = operation.good = _good(input_shape(operation.name)) or _anything
    if good(params):
        return
    problems = list(_problems(input_shape(operation.name), params, ""))
    plural = "" if len(problems) == 1 else "s"
    raise errors.BAD_SHAPE(count=len(problems), plural=plural, problems="; ".join(problems))


def _anything(_: Any) -> bool:
    return True


# --- the quick look ----------------------------------------------------------------------------------------------
def _good(shape: Shape) -> Good | None:
    """The test for a shape, or None where it demands nothing."""
    if shape["type"] == "structure":
        return _good_structure(shape)
    if shape["type"] == "list":
        return _good_list(shape)
    if shape["type"] == "string" and "pattern" in shape:
        fits, low, high = _pattern(shape["pattern"]), shape.get("min", 0), shape.get("max", math.inf)
        return lambda value: low <= len(value) <= high and fits(value)
    demands = [holds for holds, _ in _demands(shape)]
    return (lambda value: all(holds(value) for holds in demands)) if demands else None


def _good_structure(shape: Shape) -> Good | None:
    required = frozenset(shape.get("required", ()))
    tests = {name: test for name, member in shape["members"].items() if (test := _good(_shape(member))) is not None}
    if not tests and not required:
        return None

    def good(value: Any) -> bool:
        for name, member in value.items():
            if name in tests and not tests[name](member):
                return False
        return value.keys() >= required

    return good


def _good_list(shape: Shape) -> Good | None:
    inner = _good(_shape(shape["member"])) or _anything
    low, high = shape.get("min", 0), shape.get("max", math.inf)
    if inner is _anything and not low and high == math.inf:
        return None
    return lambda value: low <= len(value) <= high and all(inner(item) for item in value)


# --- what is wrong -----------------------------------------------------------------------------------------------
def _problems(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """All that is wrong with a value that stands at `path`, in the order of the description."""
    if shape["type"] == "structure":
        lead = f"{path}." if path else ""
        for name, member in shape["members"].items():
            spelt = f"{lead}{name[0].lower()}{name[1:]}"
            if name in value:
                yield from _problems(_shape(member), value[name], spelt)
            elif name in shape.get("required", ()):
                yield f"Value null at '{spelt}' failed to satisfy constraint: Member must not be null"
        return
    for holds, demand in _demands(shape):
        if not holds(value):
            yield f"Value '{_text(value)}' at '{path}' failed to satisfy constraint: Member must {demand}"
    if shape["type"] == "list":
        for place, item in enumerate(value, 1):
            yield from _problems(_shape(shape["member"]), item, f"{path}.{place}.member")


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
