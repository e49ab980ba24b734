"""Checks of values that the interface description leaves open: limits as data, amounts, texts, requirements."""

import re
from collections.abc import Mapping
from typing import Any, Final

from mturk_sim.marketplace import errors
from mturk_sim.operations.call import Call

MAX_REQUIREMENTS: Final = 10
_DOLLAR_DIGITS: Final = 15
_LOCALE: Final = "00000000000000000071"

RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "LifetimeInSeconds": (30, 31536000),
    "AssignmentDurationInSeconds": (30, 31536000),
    "AutoApprovalDelayInSeconds": (0, 2592000),
    "MaxAssignments": (1, 1000000000),
    "NumberOfAdditionalAssignments": (1, 1000000000),
    "ExpirationIncrementInSeconds": (60, 31536000),
}
"""The values each parameter may take (HIT-19, HIT-41, HIT-46)."""

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


def requirements(needs: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Qualification requirements in the form in which they are echoed: both ways of saying what is guarded (HIT-12).

    Raises:
        ServiceError: There are too many (HIT-20), or one contradicts itself (HIT-23e, REQ-03, REQ-04, REQ-05).
    """
    needs = needs or []
    if len(needs) > MAX_REQUIREMENTS:
        raise errors.TOO_LONG(name="QualificationRequirements", limit=MAX_REQUIREMENTS)
    return [_echoed(need) for need in needs]


def _echoed(need: dict[str, Any]) -> dict[str, Any]:
    if "ActionsGuarded" in need and "RequiredToPreview" in need:
        raise errors.BAD_COMBINATION(names="ActionsGuarded, RequiredToPreview")
    _comparable(need)
    guarded = need.get("ActionsGuarded") or ("PreviewAndAccept" if need.get("RequiredToPreview") else "Accept")
    echoed = {"QualificationTypeId": need["QualificationTypeId"], "Comparator": need["Comparator"]}
    for values in ("IntegerValues", "LocaleValues"):
        if need.get(values):
            echoed[values] = need[values]
    return echoed | {"RequiredToPreview": guarded != "Accept", "ActionsGuarded": guarded}


def _comparable(need: dict[str, Any]) -> None:
    """Whether the values suit the comparator (REQ-03, REQ-04, REQ-05)."""
    comparator = need["Comparator"]
    integers, locales = need.get("IntegerValues") or [], need.get("LocaleValues") or []
    several = comparator in ("In", "NotIn")
    if comparator in ("Exists", "DoesNotExist"):
        if integers or locales:
            raise errors.BAD_COMBINATION(names="Comparator, IntegerValues" if integers else "Comparator, LocaleValues")
        return
    if need["QualificationTypeId"] == _LOCALE:
        name, values, most, wrong = "LocaleValues", locales, 30, integers
    else:
        name, values, most, wrong = "IntegerValues", integers, 15, locales
    if wrong:
        other = "IntegerValues" if name == "LocaleValues" else "LocaleValues"
        raise errors.BAD_COMBINATION(names=f"QualificationTypeId, {other}")
    if name == "LocaleValues" and comparator not in ("EqualTo", "NotEqualTo", "In", "NotIn"):
        raise errors.BAD_VALUE(value=comparator, name="Comparator")
    if not values:
        raise errors.MISSING(name=name)
    if len(values) > (most if several else 1):
        shown = ",".join(str(value) for value in values) if name == "IntegerValues" else comparator
        raise errors.BAD_VALUE(value=shown, name=name)
