"""The register of operations: each is one function, named once, and its signature is the request.

The function's keyword-only parameters are the request's members in snake_case; a test compares every signature with
the service description.
"""

import inspect
from collections.abc import Callable
from typing import Any

import attrs

from mturk_sim.operations.call import Answer

Good = Callable[[Any], object]
"""Whether a value is as its shape demands: a true or a false value."""


@attrs.define(eq=False)
class Operation:
    """An operation of the service.

    Attributes:
        name: Its wire name.
        function: What carries it out.
        parameters: The function's name for each wire member.
        reads: Whether it only looks, so that nothing can fall due by it.
        good: Whether a request is as the interface demands; made at the first one.
    """

    name: str
    function: Callable[..., Answer]
    parameters: dict[str, str]
    reads: bool
    good: Good | None = None


OPERATIONS: dict[str, Operation] = {}
"""Every operation that is modelled, by its wire name."""


def operation(name: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Register a function as the operation `name`."""

    def register(function: Callable[..., Answer]) -> Callable[..., Answer]:
        parameters = [p.name for p in inspect.signature(function).parameters.values() if p.kind is p.KEYWORD_ONLY]
        spelt = {wire_name(parameter): parameter for parameter in parameters}
        OPERATIONS[name] = Operation(name, function, spelt, name.startswith(("Get", "List")))
        return function

    return register


def wire_name(parameter: str) -> str:
    """The wire's spelling of a parameter: ``hit_type_id`` is ``HITTypeId``."""
    return "".join("HIT" if word == "hit" else word.title() for word in parameter.split("_"))
