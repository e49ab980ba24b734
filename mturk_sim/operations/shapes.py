"""Wire-shape checks: what the interface demands of a request and botocore leaves to the service.

botocore looks at types, required members and minima only (ENV-09); the service also looked at maxima, patterns
and enumerations and answered in AWS's standard words (ENV-05, ERR-08, C14).  The checks are compiled from the service
description, so no parameter is listed here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from mturk_sim.marketplace import errors
from mturk_sim.operations.model import description, input_shape

Check = Callable[[Any, str], Sequence[str]]
"""Looks at a value that stands at a path, and gives what is wrong with it: mostly nothing, at no cost."""

_LENGTHS = {"string": len, "list": len}
_NUMBERS = ("integer", "long", "double", "float")


def check_request(operation: str, params: dict[str, Any]) -> None:
    """Look at a request as it came over the wire.

    Raises:
        ServiceError: ``ValidationException``, naming every member that breaks its shape.
    """
    check = _operation_check(operation)
    if check is None:
        return
    if problems := check(params, ""):
        plural = "" if len(problems) == 1 else "s"
        raise errors.BAD_SHAPE(count=len(problems), plural=plural, problems="; ".join(problems))


@cache
def _operation_check(operation: str) -> Check | None:
    return _compile(input_shape(operation))


def _compile(shape: dict[str, Any]) -> Check | None:
    """The check for a shape, or None where it demands nothing."""
    if shape["type"] == "structure":
        return _structure(shape)
    own = list(_constraints(shape))
    inner = _compile(_shape(shape["member"])) if shape["type"] == "list" else None
    if not own and inner is None:
        return None

    def check(value: Any, path: str) -> Sequence[str]:
        problems: Sequence[str] = ()
        for holds, constraint in own:
            if not holds(value):
                problem = f"Value '{_text(value)}' at '{path}' failed to satisfy constraint: Member must {constraint}"
                problems = (*problems, problem)
        if inner is not None:
            for place, item in enumerate(value, 1):
                if more := inner(item, f"{path}.{place}.member"):
                    problems = (*problems, *more)
        return problems

    return check


def _structure(shape: dict[str, Any]) -> Check | None:
    members = {name: _compile(_shape(member)) for name, member in shape["members"].items()}
    checks = {name: (name[0].lower() + name[1:], check) for name, check in members.items() if check is not None}
    required = [(name, name[0].lower() + name[1:]) for name in shape.get("required", ())]
    if not checks and not required:
        return None

    def check(value: Any, path: str) -> Sequence[str]:
        problems: Sequence[str] = ()
        lead = f"{path}." if path else ""
        for name, spelt in required:
            if name not in value:
                problem = f"Value null at '{lead}{spelt}' failed to satisfy constraint: Member must not be null"
                problems = (*problems, problem)
        for name, member in value.items():
            if name in checks:
                spelt, inner = checks[name]
                if more := inner(member, lead + spelt):
                    problems = (*problems, *more)
        return problems

    return check


def _shape(reference: dict[str, Any]) -> dict[str, Any]:
    shape: dict[str, Any] = description()["shapes"][reference["shape"]]
    return shape


def _constraints(shape: dict[str, Any]) -> Iterator[tuple[Callable[[Any], bool], str]]:
    """What a scalar or list shape demands, as (does it hold, how the service words it)."""
    low, high = shape.get("min"), shape.get("max")
    if measure := _LENGTHS.get(shape["type"]):
        if high is not None:
            yield lambda value: measure(value) <= high, f"have length less than or equal to {high}"
        if low is not None:
            yield lambda value: measure(value) >= low, f"have length greater than or equal to {low}"
    elif shape["type"] in _NUMBERS:
        if high is not None:
            yield lambda value: value <= high, f"have value less than or equal to {high}"
        if low is not None:
            yield lambda value: value >= low, f"have value greater than or equal to {low}"
    if pattern := shape.get("pattern"):
        whole = re.compile(pattern)
        yield (
            lambda value: whole.fullmatch(value) is not None,
            f"satisfy regular expression pattern: {pattern}",
        )
    if enum := shape.get("enum"):
        allowed = frozenset(enum)
        yield lambda value: value in allowed, f"satisfy enum value set: [{', '.join(enum)}]"


def _text(value: Any) -> str:
    """A value as AWS's messages show it."""
    if isinstance(value, list):
        return f"[{', '.join(_text(item) for item in value)}]"
    return str(value)
