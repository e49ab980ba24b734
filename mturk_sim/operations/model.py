"""The interface as data: the 39 operations and their shapes, read from the service description botocore ships.

Only the description file is read, once and when first needed; botocore itself is not imported.
"""

import gzip
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_FOLDER = ("data", "mturk", "2017-01-17")


class ModelMissing(RuntimeError):
    """The installed botocore does not describe the `mturk` service."""


@cache
def description() -> dict[str, Any]:
    """The service description: ``operations`` and ``shapes``.

    Raises:
        ModelMissing: The installed botocore has none.
    """
    spec = find_spec("botocore")
    for root in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(root).joinpath(*_FOLDER)
        if (packed := folder / "service-2.json.gz").exists():
            return _read(gzip.decompress(packed.read_bytes()))
        if (plain := folder / "service-2.json").exists():
            return _read(plain.read_bytes())
    raise ModelMissing("the installed botocore has no model of 'mturk' 2017-01-17; install a version that ships it")


def _read(text: bytes) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def operation_names() -> tuple[str, ...]:
    """The names of the operations, as the service spells them, in order."""
    return tuple(sorted(description()["operations"]))


def input_shape(operation: str) -> dict[str, Any]:
    """The shape of an operation's request."""
    shape: dict[str, Any] = description()["shapes"][description()["operations"][operation]["input"]["shape"]]
    return shape
