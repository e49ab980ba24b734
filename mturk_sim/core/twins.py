"""Copies of a whole state: every object once, however many hold it, and what never changes shared.

What an object holds that is no state, such as a lock or what was plugged in from outside, its class lists in
``_TRANSIENT``: the name of the attribute, and what makes the value that a copy begins with.
"""

import copy
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from functools import cache, partial
from itertools import islice, starmap
from operator import attrgetter
from types import BuiltinFunctionType, FunctionType, MappingProxyType, MethodType, UnionType
from typing import Any, Final, get_args

import attrs

from mturk_sim.core.sharing import Records

PACKAGE: Final = __name__.partition(".")[0]
UNCHANGING: Final = frozenset(
    {
        *(type(None), bool, int, float, str, bytes, Decimal, timedelta),
        *(type, FunctionType, BuiltinFunctionType, MappingProxyType, tuple, frozenset),
    }
)
"""Types whose values are shared: what a tuple or a mapping that is only shown holds does not change either."""


def is_ours(kind: type) -> bool:
    """Whether a class is one of this package."""
    return kind.__module__.partition(".")[0] == PACKAGE


def transient(kind: type) -> dict[str, Callable[[], Any]]:
    """The attributes of objects of this class that are no state, and what makes their values in a copy."""
    names: dict[str, Callable[[], Any]] = getattr(kind, "_TRANSIENT", {})
    return names


def attributes(value: Any) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """The attributes of an object that are its state: their names, in order, and their values."""
    kind: Any = type(value)
    if (shape := _shape(kind)) is not None:
        return shape.names, shape.read(value)
    slots = (name for name in _slots(kind.__mro__) if hasattr(value, name))
    names = [name for name in (*slots, *getattr(value, "__dict__", ())) if name not in transient(kind)]
    return tuple(names), tuple(getattr(value, name) for name in names)


@cache
def _slots(bases: tuple[type, ...]) -> tuple[str, ...]:
    names = (name for base in reversed(bases) for name in base.__dict__.get("__slots__", ()))
    return tuple(name for name in names if name not in ("__weakref__", "__dict__"))


def renewed(kind: type) -> Any:
    """An object of a class of ours with nothing but its transient attributes."""
    new: Any = object.__new__(kind)
    for name, fresh in transient(kind).items():
        object.__setattr__(new, name, fresh())
    return new


@attrs.frozen
class _Shape:
    """A class of records that can be made of its fields in order; `changing` are those whose values may change."""

    names: tuple[str, ...]
    read: Callable[[Any], tuple[Any, ...]]
    changing: tuple[str, ...]


@cache
def _shape(kind: Any) -> _Shape | None:
    """The shape of a class of records, or None if there is more to making one."""
    if not attrs.has(kind) or transient(kind) or hasattr(kind, "__attrs_post_init__"):
        return None
    fields = attrs.fields(kind)
    if len(fields) < 2 or any(not field.init or field.kw_only or field.converter for field in fields):
        return None
    names = tuple(field.name for field in fields)
    changing = tuple(field.name for field in fields if not _alternatives(field.type) <= UNCHANGING)
    return _Shape(names, attrgetter(*names), changing)


def _alternatives(annotation: Any) -> set[Any]:
    """The types that an annotation allows."""
    return set(get_args(annotation)) if isinstance(annotation, UnionType) else {annotation}


def twin_of_record(record: Any) -> Any:
    """A copy of one record, which refers to others by id."""
    kind: Any = type(record)
    shape = _shape(kind)
    if shape is None:
        return Twins().of(record)
    twin = kind(*shape.read(record))
    for name in shape.changing:
        if type(held := getattr(twin, name)) not in UNCHANGING:
            object.__setattr__(twin, name, Twins().of(held))
    return twin


class Twins:
    """One copying: what is asked for twice is copied once."""

    def __init__(self) -> None:
        self._made: dict[int, Any] = {}
        self._forks: dict[type, _Fork] = {}

    def of(self, value: Any) -> Any:
        """The copy of a value.

        Raises:
            TypeError: It cannot be copied.
        """
        kind = type(value)
        if kind in UNCHANGING:
            return value
        made = self._made.get(id(value))
        return self._make(kind, value) if made is None else made

    def _make(self, kind: type, value: Any) -> Any:
        if kind is MethodType:
            return MethodType(value.__func__, self.of(value.__self__))
        if kind is partial:
            return partial(self.of(value.func), *map(self.of, value.args))
        if isinstance(value, Records):
            return self._fork(value)
        if kind is dict:
            return self._fill({}, value)
        if kind is defaultdict:
            return self._fill(defaultdict(value.default_factory), value)
        if kind in (list, set, deque):
            return self._gather(kind, value)
        if isinstance(value, type):
            return value
        return self._object(kind, value) if is_ours(kind) else copy.deepcopy(value)

    def _keep(self, value: Any, twin: Any) -> Any:
        self._made[id(value)] = twin
        return twin

    # --- containers ----------------------------------------------------------------------------------------------
    def _fill(self, twin: dict[Any, Any], value: dict[Any, Any]) -> dict[Any, Any]:
        self._keep(value, twin)
        twin.update(zip(value, self._each(value.values()), strict=True))
        return twin

    def _gather(self, kind: type, value: Any) -> Any:
        twin = self._keep(value, deque(maxlen=value.maxlen) if kind is deque else kind())
        (twin.update if kind is set else twin.extend)(self._each(value))
        return twin

    def _each(self, values: Iterable[Any]) -> Iterable[Any]:
        kinds = set(map(type, values))
        if kinds <= UNCHANGING:
            return values
        kind = kinds.pop()
        if not kinds and kind not in self._forks and (shape := _shape(kind)) is not None:
            return self._records(kind, shape, list(values))
        return map(self.of, list(values))

    def _records(self, kind: type, shape: _Shape, records: list[Any]) -> list[Any]:
        """Copies of many records of one kind."""
        if not self._made.keys().isdisjoint(map(id, records)):
            return list(map(self.of, records))
        twins = list(starmap(kind, map(shape.read, records)))
        self._made.update(zip(map(id, records), twins, strict=True))
        for name in shape.changing:
            for twin in twins:
                if type(held := getattr(twin, name)) not in UNCHANGING:
                    object.__setattr__(twin, name, self.of(held))
        return twins

    # --- objects -------------------------------------------------------------------------------------------------
    def _fork(self, records: Records[Any, Any]) -> Records[Any, Any]:
        fork = _Fork(records, records.fork(twin_of_record))
        self._forks |= {type(record): fork for record in islice(dict.values(records), 1)}  # they are all of one class
        twin: Records[Any, Any] = self._keep(records, fork.twin)
        return twin

    def _object(self, kind: type, value: Any) -> Any:
        if kind in self._forks and (twin := self._forks[kind].twin_of(value)) is not None:
            return self._keep(value, twin)
        if (shape := _shape(kind)) is not None:
            return self._records(kind, shape, [value])[0]
        if callable(getattr(value, "copy", None)):
            return self._keep(value, value.copy())
        twin = self._keep(value, renewed(kind))
        for name, held in zip(*attributes(value), strict=True):
            object.__setattr__(twin, name, self.of(held))
        return twin


class _Fork:
    """Records and their fork, for those who hold one of the records themselves."""

    def __init__(self, records: Records[Any, Any], twin: Records[Any, Any]) -> None:
        self._records = records
        self._keys: dict[int, Any] | None = None
        self.twin = twin

    def twin_of(self, record: Any) -> Any:
        """The fork's copy of a record, or None if it is not one of them (any more)."""
        if self._keys is None:
            self._keys = {id(each): key for key, each in dict.items(self._records)}
        key = self._keys.get(id(record))
        return None if key is None else self.twin[key]
