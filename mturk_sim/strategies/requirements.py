"""Qualification requirements: every comparator with the values it takes (REQ-01 to REQ-05, REQ-09, REQ-10)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from mturk_sim.marketplace.qualifications import system
from mturk_sim.strategies.lifting import takes_strategies
from mturk_sim.strategies.values import one_of_each

SYSTEM_TYPES: Final = (
    system.PERCENT_APPROVED,
    system.NUMBER_APPROVED,
    system.LOCALE,
    system.ADULT,
    system.PERCENT_SUBMITTED,
    system.PERCENT_ABANDONED,
    system.PERCENT_RETURNED,
    system.PERCENT_REJECTED,
)
"""The types that the service itself assigns in both environments (REQ-31)."""
_ORDER: Final = ("GreaterThanOrEqualTo", "GreaterThan", "LessThan", "LessThanOrEqualTo")
_EQUALITY: Final = ("EqualTo", "NotEqualTo")
_MEMBERSHIP: Final = ("In", "NotIn")
_PRESENCE: Final = ("Exists", "DoesNotExist")
_GUARDS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"ActionsGuarded": "Accept"},
    {"ActionsGuarded": "PreviewAndAccept"},
    {"ActionsGuarded": "DiscoverPreviewAndAccept"},
    {"RequiredToPreview": False},
    {"RequiredToPreview": True},
)
_NUMBERS: Final = ((95,), (0,), (1, 0), (50, 99), (100, 101), (500, 0, 95), (5000, 1))
_PLACES: Final = (("US",), ("US-CA", "US-PA"), ("IN", "US"), ("DE",), ("GB", "CA", "US-NY"))
_NUMERIC: Final[tuple[Sequence[str], Sequence[tuple[Any, ...]]]] = (
    (*_ORDER, *_EQUALITY, *_MEMBERSHIP, *_PRESENCE),
    _NUMBERS,
)
"""The comparators of a type and the values they may take: here those of a type whose value is a number."""
_SPECIAL: Final[Mapping[str, tuple[Sequence[str], Sequence[tuple[Any, ...]]]]] = {
    system.LOCALE: ((*_EQUALITY, *_MEMBERSHIP), _PLACES),
    system.ADULT: (("EqualTo",), ((1,),)),
    **dict.fromkeys(system.MASTERS.values(), (_PRESENCE, ((),))),
}
_MOST_COMPARATORS: Final = len(_NUMERIC[0])
_MOST_VALUES: Final = max(len(_NUMBERS), len(_PLACES))


@takes_strategies
def qualification_requirements(type_ids: Sequence[str] = SYSTEM_TYPES) -> SearchStrategy[dict[str, Any]]:
    """One requirement, as an item of QualificationRequirements.

    Args:
        type_ids: The Qualification types it may ask for; by default those of the system's own.

    Raises:
        InvalidArgument: There are none.
    """
    if not type_ids:
        raise InvalidArgument("type_ids names no Qualification type to ask for")
    return one_of_each("qualification_requirements", *_pools(type_ids), make=_requirement)


def requirement_lists() -> SearchStrategy[list[dict[str, Any]]]:
    """One or two requirements of the system's own types, for a single draw."""
    pools = _pools(SYSTEM_TYPES)
    return one_of_each("requirement_lists", (1, 2), *pools, *pools, make=_requirements)


def _requirements(number: int, *picked: Any) -> list[dict[str, Any]]:
    size = len(picked) // 2
    return [_requirement(*parts) for parts in (picked[:size], picked[size:])[:number]]


def _pools(type_ids: Sequence[str]) -> tuple[Sequence[Any], ...]:
    return type_ids, range(_MOST_COMPARATORS), range(_MOST_VALUES), _GUARDS


def _requirement(type_id: str, comparator_place: int, values_place: int, guard: dict[str, Any]) -> dict[str, Any]:
    comparators, pool = _SPECIAL.get(type_id, _NUMERIC)
    comparator = comparators[comparator_place % len(comparators)]
    need = {"QualificationTypeId": type_id, "Comparator": comparator, **guard}
    if comparator in _PRESENCE:
        return need
    values = pool[values_place % len(pool)]
    chosen = values if comparator in _MEMBERSHIP else values[:1]
    if type_id == system.LOCALE:
        return {**need, "LocaleValues": [_place(code) for code in chosen]}
    return {**need, "IntegerValues": list(chosen)}


def _place(code: str) -> dict[str, str]:
    country, _, subdivision = code.partition("-")
    return {"Country": country} | ({"Subdivision": subdivision} if subdivision else {})
