"""The service's interface in our own words, for when botocore no longer describes it.

The facts stand in ``2017-01-17.txt`` beside this module, in a notation that it explains in its first lines. Here they
become what botocore keeps of a service: a description and the paginators.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final

API_VERSION: Final = "2017-01-17"
_METADATA: Final = {
    "apiVersion": API_VERSION,
    "auth": ["aws.auth#sigv4"],
    "endpointPrefix": "mturk-requester",
    "jsonVersion": "1.1",
    "protocol": "json",
    "protocols": ["json"],
    "serviceAbbreviation": "Amazon MTurk",
    "serviceFullName": "Amazon Mechanical Turk",
    "serviceId": "MTurk",
    "signatureVersion": "v4",
    "targetPrefix": "MTurkRequesterServiceV20170117",
    "uid": "mturk-requester-2017-01-17",
}
_PAGED: Final = {"input_token": "NextToken", "output_token": "NextToken", "limit_key": "MaxResults"}


@cache
def descriptions() -> dict[str, dict[str, Any]]:
    """The interface by botocore's names for its parts: ``service-2`` and ``paginators-1``."""
    reader = Reader(Path(__file__).with_name(f"{API_VERSION}.txt").read_text(encoding="utf-8"))
    service = {"version": "2.0", "metadata": _METADATA, "operations": reader.operations, "shapes": reader.shapes}
    return {"service-2": service, "paginators-1": {"pagination": reader.pagination}}


class Reader:
    """What a text in the notation describes: `operations`, `shapes`, and the `pagination` of those that page.

    Raises:
        ValueError: A line has none of the notation's forms.
    """

    def __init__(self, text: str) -> None:
        self.shapes: dict[str, Any] = {}
        self.operations: dict[str, Any] = {}
        self.pagination: dict[str, Any] = {}
        self._open: dict[str | None, str] = {}
        for line in re.sub(r"\|\n +", "| ", text).splitlines():
            self._read(line)

    def _read(self, line: str) -> None:
        for form, meaning in self._FORMS.items():
            if match := re.fullmatch(form, line):
                return meaning(self, *match.groups())
        raise ValueError(f"a line without a form of the notation: {line!r}")

    def _nothing(self) -> None:
        """A comment or an empty line."""

    def _value(self, name: str, kind: str, least: str | None, greatest: str | None, pattern: str | None) -> None:
        limits = {"min": least and int(least), "max": greatest and int(greatest), "pattern": pattern}
        self.shapes[name] = {"type": kind} | {limit: value for limit, value in limits.items() if value is not None}

    def _enumeration(self, name: str, values: str) -> None:
        self.shapes[name] = {"type": "string", "enum": values.split(" | ")}

    def _structure(self, name: str, traits: str = "") -> None:
        self.shapes[name] = {"type": "structure", "members": {}} | dict.fromkeys(traits.split(), True)
        self._open = {None: name}

    def _operation(self, name: str, idempotent: str | None, collected: str | None) -> None:
        request, response = f"{name}Request", f"{name}Response"
        self.operations[name] = {
            "name": name,
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": request},
            "output": {"shape": response},
            "errors": [{"shape": "ServiceFault"}, {"shape": "RequestError"}],
        } | ({"idempotent": True} if idempotent else {})
        if collected:
            self.pagination[name] = _PAGED | {"result_key": collected}
        self._structure(request)
        self._structure(response)
        self._open = {None: request, "-> ": response}

    def _members(self, arrow: str | None, groups: str) -> None:
        shape = self.shapes[self._open[arrow]]
        for group in groups.split(", "):
            names, target = group.split(": ")
            target, *traits = target.split()
            for name in names.split():
                member = name.removesuffix("!")
                shape["members"][member] = {"shape": self._named(target)} | dict.fromkeys(traits, True)
                if member != name:
                    shape.setdefault("required", []).append(member)

    def _named(self, target: str) -> str:
        """The name of the shape meant; a list's shape is made when first met."""
        item = target.strip("[]")
        if item == target:
            return target
        self.shapes[f"{item}List"] = {"type": "list", "member": {"shape": item}}
        return f"{item}List"

    _FORMS: ClassVar[dict[str, Callable[..., None]]] = {
        r"(?:#.*)?": _nothing,
        r"(\w+) = (\w+)(?: (\d+)\.\.(\d+))?(?: (\^.+))?": _value,
        r"(\w+) = (\w+(?: \| \w+)+)": _enumeration,
        r"(\w+)((?: \w+)*)": _structure,
        r"(\w+)\(\)( idempotent)?(?: pages (\w+))?": _operation,
        r" {4}(-> )?(\S.*: \S.*)": _members,
    }
