"""Checks of values that the interface description leaves open: limits as data, amounts, texts."""

import re
from collections.abc import Mapping
from typing import Final

from mturk_sim.marketplace import errors
from mturk_sim.operations.call import Call

_DOLLAR_DIGITS: Final = 15
_INTEGER: Final = (-(2**31), 2**31 - 1)

RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "LifetimeInSeconds": (30, 31536000),
    "AssignmentDurationInSeconds": (30, 31536000),
    "AutoApprovalDelayInSeconds": (0, 2592000),
    "MaxAssignments": (1, 1000000000),
    "NumberOfAdditionalAssignments": (1, 1000000000),
    "ExpirationIncrementInSeconds": (60, 31536000),
    "TestDurationInSeconds": (1, 31536000),
    "RetryDelayInSeconds": (0, 2**31 - 1),
    "AutoGrantedValue": _INTEGER,
    "IntegerValue": _INTEGER,
    "IntegerValues": _INTEGER,
}
"""The values each parameter may take (HIT-19, HIT-41, HIT-46, QTY-07, QTY-13, QUA-14)."""

LENGTHS: Final[Mapping[str, int]] = {
    "Title": 128,
    "Description": 2000,
    "Keywords": 1000,
    "RequesterAnnotation": 255,
    "RequesterFeedback": 1024,
    "ApproveReason": 1024,
    "RejectReason": 1024,
}
"""The most characters each text may have (HIT-20, ASN-18)."""
_NEVER_EMPTY: Final = ("Title", "Description")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def in_range(name: str, value: int) -> int:
    """The value, if the parameter may take it.

    Raises:
        ServiceError: It is out of range (HIT-19).
    """
    low, high = RANGES[name]
    if not low <= value <= high:
        raise errors.OUT_OF_RANGE(value=value, name=name, low=low, high=high)
    return value


def fits(name: str, text: str | None) -> None:
    """See to it that a text is not too long.

    Raises:
        ServiceError: It has more characters than the parameter takes (HIT-20), or none where one is due.
    """
    if text is not None and len(text) > LENGTHS[name]:
        raise errors.TOO_LONG(name=name, limit=LENGTHS[name])
    if text == "" and name in _NEVER_EMPTY:
        raise errors.TOO_SHORT(name=name, limit=1)


def feedback(text: str | None, name: str = "RequesterFeedback") -> None:
    """See to it that a message to a worker can be shown (ASN-18).

    Raises:
        ServiceError: It is too long or holds control characters.
    """
    fits(name, text)
    if text and _UNPRINTABLE.search(text):
        raise errors.BAD_VALUE(value=text, name=name)


def amount(name: str, text: str) -> int:
    """An amount of money in whole cents; `text` is digits, and perhaps a point and up to two more (HIT-13).

    Raises:
        ServiceError: It is nothing (C13), or more than could ever be meant.
    """
    dollars, _, cents = text.partition(".")
    dollars = dollars.lstrip("0")
    if len(dollars) > _DOLLAR_DIGITS or not (whole := int(f"{dollars}{cents:0<2}")):
        raise errors.BAD_VALUE(value=text, name=name)
    return whole


def worker(call: Call, worker_id: str) -> None:
    """See to it that the worker exists here.

    Raises:
        ServiceError: Nobody knows that id (PAY-23, C24).
    """
    if worker_id not in call.world.store.workers and not call.world.behavior.any_worker_exists:
        raise errors.BAD_VALUE(value=worker_id, name="WorkerId")
