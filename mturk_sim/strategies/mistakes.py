"""What can be wrong with a request: for each operation a list of changes to a good one, and how the service answers.

The limits are read from the tables that the service is checked by, and the interface from its description; what hangs
together in other ways stands here as rows.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import attrs

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.operations.checks import LENGTHS, RANGES
from mturk_sim.operations.model import description, input_shape
from mturk_sim.strategies.mistake_rows import ROWS, TEST, Mistake, unfit
from mturk_sim.strategies.standing import BY_MEMBER

NOBODY: Final = {"WorkerId": "ANOBODY", **dict.fromkeys(sorted(BY_MEMBER.keys() - {"WorkerId"}), "3NOTHING")}
"""Ids that nothing and nobody has."""


@cache
def mistakes(operation: str) -> tuple[Mistake, ...]:
    """Everything that can be wrong with a request of an operation, that we know of."""
    placed = any(name in BY_MEMBER for name in input_shape(operation)["members"]) and operation != "ListBonusPayments"
    found = [
        *_of_shape(operation),
        *_of_numbers(operation, placed),
        *_of_texts(operation, placed),
        *_of_amounts(operation),
        *_of_ids(operation),
        *_of_tokens(operation, placed),
        *(attrs.evolve(mistake, placed=placed) for mistake in ROWS.get(operation, ())),
    ]
    return tuple(found)


# --- the interface (ENV-05, ENV-10, C14) -------------------------------------------------------------------------
_SHAPE_RULES: Final = {
    "EntityId": "ENV-10",
    "CustomerId": "ENV-11",
    "CurrencyAmount": "HIT-13",
    "IdempotencyToken": "HIT-20",
    "ResultSize": "LST-01",
    "PaginationToken": "LST-03",
}
_MISFITS: Final = {
    "EntityId": ("lower-case!", "3ABC\n"),
    "CustomerId": ("A1,A1", "B1"),
    "CurrencyAmount": ("1.234", "-1"),
}
"""Values that break the pattern of a shape."""


def _of_shape(operation: str) -> Iterator[Mistake]:
    for name, member in input_shape(operation)["members"].items():
        shape = description()["shapes"][member["shape"]]
        rule = _SHAPE_RULES.get(member["shape"], "C14")
        spelt = name[0].lower() + name[1:]
        if shape["type"] == "string":
            for value, constraint in _bad_strings(member["shape"], shape):
                yield Mistake(rule, unfit(value, spelt, constraint), {name: value})
        elif shape["type"] == "integer" and "max" in shape:
            constraint = f"have value less than or equal to {shape['max']}"
            yield Mistake(rule, unfit(shape["max"] + 1, spelt, constraint), {name: shape["max"] + 1})


def _bad_strings(name: str, shape: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for misfit in _MISFITS.get(name, ()):
        yield misfit, f"satisfy regular expression pattern: {shape['pattern']}"
    if "max" in shape:
        yield "A" * (shape["max"] + 1), f"have length less than or equal to {shape['max']}"
    if "enum" in shape:
        yield "Bogus", f"satisfy enum value set: [{', '.join(shape['enum'])}]"


# --- limits (HIT-19, HIT-20) -------------------------------------------------------------------------------------
_RANGE_RULES: Final = {
    "NumberOfAdditionalAssignments": "HIT-46",
    "TestDurationInSeconds": "QTY-07",
    "RetryDelayInSeconds": "QTY-13",
    "AutoGrantedValue": "QUA-14",
    "IntegerValue": "QUA-14",
}
_NEEDED_TOO: Final[Mapping[str, dict[str, Any]]] = {
    "TestDurationInSeconds": {"Test": TEST},
    "AutoGrantedValue": {"AutoGranted": True},
}
"""Members without which another is not looked at."""


def _of_numbers(operation: str, placed: bool) -> Iterator[Mistake]:
    for name, (low, high) in RANGES.items():
        if name not in input_shape(operation)["members"]:
            continue
        for value in (low - 1, high + 1):
            error = errors.OUT_OF_RANGE(value=value, name=name, low=low, high=high)
            change = {name: value, **_NEEDED_TOO.get(name, {})}
            yield Mistake(_RANGE_RULES.get(name, "HIT-19"), error, change, placed=placed)


def _of_texts(operation: str, placed: bool) -> Iterator[Mistake]:
    members = input_shape(operation)["members"]
    for name, limit in LENGTHS.items():
        if name in members:
            rule = "ASN-18" if name == "RequesterFeedback" else "QTY-05" if "Qualification" in operation else "HIT-20"
            yield Mistake(rule, errors.TOO_LONG(name=name, limit=limit), {name: "x" * (limit + 1)}, placed=placed)
    for name in ("Title", "Description"):
        if name in members:
            yield Mistake("HIT-20", errors.TOO_SHORT(name=name, limit=1), {name: ""}, placed=placed)
    if "RequesterFeedback" in members:
        error = errors.BAD_VALUE(value="\x07", name="RequesterFeedback")
        yield Mistake("ASN-18", error, {"RequesterFeedback": "\x07"}, placed=placed)


def _of_amounts(operation: str) -> Iterator[Mistake]:
    for name in ("Reward", "BonusAmount"):
        if name in input_shape(operation)["members"]:
            for value in ("0", "0.00"):
                yield Mistake("C13", errors.BAD_VALUE(value=value, name=name), {name: value})


# --- ids ---------------------------------------------------------------------------------------------------------
_UNKNOWN: Final[Mapping[str, tuple[str, ServiceError]]] = {
    "HITId": ("HIT-57", errors.HIT_DOES_NOT_EXIST(hit_id=NOBODY["HITId"])),
    "AssignmentId": ("ASN-11", errors.ASSIGNMENT_DOES_NOT_EXIST(assignment_id=NOBODY["AssignmentId"])),
    "HITTypeId": ("C17", errors.HIT_TYPE_DOES_NOT_EXIST(hit_type_id=NOBODY["HITTypeId"])),
    "QualificationTypeId": ("QTY-26", errors.QUALIFICATION_TYPE_DOES_NOT_EXIST()),
    "QualificationRequestId": ("QRQ-10", errors.QUALIFICATION_REQUEST_DOES_NOT_EXIST()),
    "WorkerId": ("PAY-23", errors.BAD_VALUE(value=NOBODY["WorkerId"], name="WorkerId")),
}
_UNHELD: Final = ("QUA-04", errors.QUALIFICATION_DOES_NOT_EXIST())
_OTHERWISE: Final = {
    ("GetQualificationScore", "QualificationTypeId"): ("QUA-05", errors.QUALIFICATION_DOES_NOT_EXIST()),
    ("GetQualificationScore", "WorkerId"): _UNHELD,
    ("DisassociateQualificationFromWorker", "WorkerId"): _UNHELD,
}


def _of_ids(operation: str) -> Iterator[Mistake]:
    naming = [name for name in input_shape(operation).get("required", ()) if name in BY_MEMBER]
    for name in naming:
        rule, error = _OTHERWISE.get((operation, name), _UNKNOWN[name])
        yield Mistake(rule, error, {name: NOBODY[name]}, placed=len(naming) > 1)


def _of_tokens(operation: str, placed: bool) -> Iterator[Mistake]:
    if "NextToken" in input_shape(operation)["members"] and operation != "ListBonusPayments":
        token = "p1:forged"
        yield Mistake("C15", errors.BAD_VALUE(value=token, name="NextToken"), {"NextToken": token}, placed=placed)
