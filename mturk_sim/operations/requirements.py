"""Qualification requirements of a request: their shape, and whether their types can be required (REQ-01 to REQ-17)."""

from typing import Any, Final

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.countries import Locale
from mturk_sim.marketplace.qualifications.lifecycles import QUALIFICATION_TYPE_LIFE
from mturk_sim.marketplace.qualifications.system import LOCALE, MASTERS
from mturk_sim.operations import checks
from mturk_sim.operations.call import Call
from mturk_sim.operations.model import arranged

MAX_REQUIREMENTS: Final = 10
_PRESENCE: Final = ("Exists", "DoesNotExist")
_SETS: Final = ("In", "NotIn")
_EQUALITY: Final = ("EqualTo", "NotEqualTo")
_MOST: Final = {"IntegerValues": 15, "LocaleValues": 30}
"""How many values go with In and NotIn (REQ-04, REQ-05)."""

Need = dict[str, Any]


def echoed(call: Call, needs: list[Need] | None) -> list[Need]:
    """Requirements in the form in which they are echoed: both ways of saying what is guarded (HIT-12).

    Raises:
        ServiceError: There are too many (HIT-20), one contradicts itself (HIT-23e, REQ-03 to REQ-06), or its type
            cannot be required (REQ-14, REQ-17).
    """
    needs = needs or []
    if len(needs) > MAX_REQUIREMENTS:
        raise errors.TOO_LONG(name="QualificationRequirements", limit=MAX_REQUIREMENTS)
    shown = [_echoed(call, need) for need in needs]
    usable(call, shown)
    return shown


def usable(call: Call, needs: list[Need]) -> None:
    """See to it that the types can be required by new HITs; anybody's may be (QTY-27).

    Raises:
        ServiceError: One does not exist (REQ-14, C17), or is not active (QTY-16, REQ-17).
    """
    world = call.world
    for need in needs:
        qualification_type = call.known_type(need["QualificationTypeId"])
        if QUALIFICATION_TYPE_LIFE.arrow(world, qualification_type, "require") is None:
            raise errors.QUALIFICATION_TYPE_STATE(allowed=",".join(QUALIFICATION_TYPE_LIFE.sources("require")))


def _echoed(call: Call, need: Need) -> Need:
    if "ActionsGuarded" in need and "RequiredToPreview" in need:
        raise errors.BAD_COMBINATION(names="ActionsGuarded, RequiredToPreview")
    _check_values(call, need)
    guarded = need.get("ActionsGuarded") or ("PreviewAndAccept" if need.get("RequiredToPreview") else "Accept")
    shown = {"QualificationTypeId": need["QualificationTypeId"], "Comparator": need["Comparator"]}
    if need.get("IntegerValues"):
        shown["IntegerValues"] = need["IntegerValues"]
    if need.get("LocaleValues"):
        shown["LocaleValues"] = [arranged("Locale", place) for place in need["LocaleValues"]]
    return shown | {"RequiredToPreview": guarded != "Accept", "ActionsGuarded": guarded}


def _check_values(call: Call, need: Need) -> None:
    """See to it that the values suit the type and the comparator (REQ-03 to REQ-06, REQ-20)."""
    type_id, comparator = need["QualificationTypeId"], need["Comparator"]
    integers, locales = need.get("IntegerValues") or [], need.get("LocaleValues") or []
    if comparator in _PRESENCE:
        if integers or locales:
            raise errors.BAD_COMBINATION(names="Comparator, IntegerValues" if integers else "Comparator, LocaleValues")
        return
    if type_id == MASTERS[call.world.sandbox]:
        raise errors.BAD_VALUE(value=comparator, name="Comparator")
    if type_id == LOCALE:
        if integers:
            raise errors.BAD_COMBINATION(names="QualificationTypeId, IntegerValues")
        if comparator not in _EQUALITY + _SETS:
            raise errors.BAD_VALUE(value=comparator, name="Comparator")
        _check_number("LocaleValues", comparator, locales)
        for locale in locales:
            _check_locale(locale)
    else:
        if locales:
            raise errors.BAD_COMBINATION(names="QualificationTypeId, LocaleValues")
        _check_number("IntegerValues", comparator, integers)
        for value in integers:
            checks.in_range("IntegerValues", value)


def _check_number(name: str, comparator: str, values: list[Any]) -> None:
    """See to it that there are as many values as the comparator takes (REQ-04, REQ-05, REQ-06)."""
    if not values:
        raise errors.MISSING(name=name)
    if len(values) > (_MOST[name] if comparator in _SETS else 1):
        shown = comparator if name == "LocaleValues" else ",".join(map(str, values))
        raise errors.BAD_VALUE(value=shown, name=name)


def _check_locale(locale: dict[str, str]) -> None:
    """See to it that the place is one of ISO 3166 (REQ-08); its length was looked at before (ENV-10)."""
    place = Locale(locale["Country"], locale.get("Subdivision"))
    if place.unknown is not None:
        raise errors.BAD_VALUE(value=place.unknown, name="Country" if place.unknown == place.country else "Subdivision")
