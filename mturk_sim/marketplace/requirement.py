"""Qualification requirements as values that can be asked whether a worker meets them (REQ-01 to REQ-12)."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from mturk_sim.marketplace.countries import Locale

Value: TypeAlias = int | Locale
Values: TypeAlias = tuple[Value, ...]

ACCEPT: Final = 1
PREVIEW: Final = 2
DISCOVER: Final = 3
GUARDS: Final[Mapping[str, int]] = {
    "Accept": ACCEPT,
    "PreviewAndAccept": PREVIEW,
    "DiscoverPreviewAndAccept": DISCOVER,
}
"""How far each value of ActionsGuarded reaches: it guards its own act and all below (REQ-09)."""


def _is(value: Value, wanted: Value) -> bool:
    """Whether a value is the one wanted; a place also if it lies in the place wanted (REQ-07)."""
    return wanted.covers(value) if isinstance(wanted, Locale) and isinstance(value, Locale) else value == wanted


def _among(value: Value, wanted: Values) -> bool:
    return any(_is(value, each) for each in wanted)


def _not_among(value: Value, wanted: Values) -> bool:
    return not _among(value, wanted)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Value, Values], bool]:
    return lambda value, wanted: compare(value, wanted[0])


COMPARATORS: Final[Mapping[str, Callable[[Value, Values], bool]]] = {
    "Exists": lambda value, wanted: True,
    "DoesNotExist": lambda value, wanted: False,
    "EqualTo": _among,
    "NotEqualTo": _not_among,
    "In": _among,
    "NotIn": _not_among,
    "LessThan": _ordered(operator.lt),
    "LessThanOrEqualTo": _ordered(operator.le),
    "GreaterThan": _ordered(operator.gt),
    "GreaterThanOrEqualTo": _ordered(operator.ge),
}
"""Whether each comparator holds for the value of a worker who has one (REQ-02)."""


@attrs.frozen
class Requirement:
    """One thing that HITs of a type demand of workers.

    Attributes:
        type_id: The Qualification type.
        comparator: How the worker's value is compared.
        values: With what: integers or places; nothing for Exists and DoesNotExist.
        guards: What is guarded: `ACCEPT`, `PREVIEW` or `DISCOVER` (REQ-09).
    """

    type_id: str
    comparator: str
    values: Values
    guards: int

    def met_by(self, value: Value | None) -> bool:
        """Whether a worker with this value meets it; None if the worker does not hold the Qualification.

        Who does not hold it meets DoesNotExist and nothing else (REQ-11, C25).
        """
        if value is None:
            return self.comparator == "DoesNotExist"
        return COMPARATORS[self.comparator](value, self.values)

    def __str__(self) -> str:
        return " ".join([self.comparator, ", ".join(str(value) for value in self.values)]).strip()


def compiled(needs: list[dict[str, Any]]) -> tuple[Requirement, ...]:
    """Requirements from the form in which they are echoed (HIT-12)."""
    return tuple([_compiled(need) for need in needs])


def _compiled(need: dict[str, Any]) -> Requirement:
    places = [Locale(place["Country"], place.get("Subdivision")) for place in need.get("LocaleValues", ())]
    values = (*need.get("IntegerValues", ()), *places)
    return Requirement(need["QualificationTypeId"], need["Comparator"], values, GUARDS[need["ActionsGuarded"]])
