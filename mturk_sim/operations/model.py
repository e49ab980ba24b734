"""The interface as data: the 39 operations and their shapes, read from the service description botocore ships.

Only the description file is read, once and when first needed; botocore itself is not imported. Where botocore ships
none, the description is ours.
"""

import gzip
import json
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mturk_sim.operations.interface import API_VERSION, descriptions


@cache
def description() -> dict[str, Any]:
    """The service description: ``operations`` and ``shapes``."""
    return shipped() or descriptions()["service-2"]


def shipped() -> dict[str, Any] | None:
    """The description that the installed botocore ships, if it does."""
    spec = find_spec("botocore")
    for root in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(root, "data", "mturk", API_VERSION)
        if (packed := folder / "service-2.json.gz").exists():
            return _read(gzip.decompress(packed.read_bytes()))
        if (plain := folder / "service-2.json").exists():
            return _read(plain.read_bytes())
    return None


def _read(text: bytes) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def operation_names() -> tuple[str, ...]:
    """The names of the operations, as the service spells them, in order."""
    return tuple(sorted(description()["operations"]))


def operation_named(operation: str) -> str:
    """The name of an operation as the service spells it, given so or as the client's method, in whatever case.

    Raises:
        ValueError: There is no such operation; the message names one that is spelt alike.
    """
    known, spelt = _by_letters(), _letters(operation)
    if spelt not in known:
        close = get_close_matches(spelt, known, n=1)
        hint = f"; did you mean {known[close[0]]!r}?" if close else ""
        raise ValueError(f"no operation of the service: {operation}{hint}")
    return known[spelt]


@cache
def _by_letters() -> dict[str, str]:
    return {_letters(name): name for name in operation_names()}


def _letters(operation: str) -> str:
    return str(operation).replace("_", "").lower()


def input_shape(operation: str) -> dict[str, Any]:
    """The shape of an operation's request."""
    shape: dict[str, Any] = description()["shapes"][description()["operations"][operation]["input"]["shape"]]
    return shape


def arranged(shape: str, values: dict[str, Any]) -> dict[str, Any]:
    """A structure's members in the order of the interface, in which botocore shows them; others come last."""
    return {name: values[name] for name in _members(shape) if name in values} | values


@cache
def _members(shape: str) -> tuple[str, ...]:
    return tuple(description()["shapes"][shape]["members"])
