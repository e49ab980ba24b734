"""Members that callers set to plain values are of the type that the interface description has for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from hypothesis.strategies import SearchStrategy

from mturk_sim.core.arguments import expect
from mturk_sim.operations.model import description, input_shape

_TYPES: Final[Mapping[str, tuple[Any, str]]] = {
    "string": (str, "a text"),
    "integer": (int, "a whole number"),
    "long": (int, "a whole number"),
    "boolean": (bool, "True or False"),
    "timestamp": (datetime | str | int | float, "a datetime"),
    "list": (list | tuple, "a list"),
    "structure": (Mapping, "names and values"),
}
"""By the type of a shape: what botocore takes, and what to call it."""


def check_pinned(operation: str, members: Mapping[str, Any]) -> None:
    """See to it that botocore will take the types of members, as far as they are no strategies.

    Raises:
        TypeError: It will not.
    """
    known = input_shape(operation)["members"]
    for name, value in members.items():
        _check(value, known[name]["shape"], f"{operation}'s {name}")


def _check(value: Any, shape_name: str, what: str) -> None:
    if isinstance(value, SearchStrategy):
        return
    shape = description()["shapes"][shape_name]
    kind, instead = _TYPES[shape["type"]]
    if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
        instead = f"the text {str(value)!r}"
    expect(value, kind, f"value for {what}", f"{instead}, or a strategy")
    if shape["type"] == "list":
        for item in value:
            _check(item, shape["member"]["shape"], f"the items of {what}")
    elif shape["type"] == "structure":
        for name, member in value.items():
            if name in shape["members"]:  # of others botocore tells
                _check(member, shape["members"][name]["shape"], f"{name} in {what}")
