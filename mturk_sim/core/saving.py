"""State as JSON: every object of ours once, its references kept, and nothing that JSON cannot hold.

The saved form is a list of objects, each with the number of its class and its attributes in order; numbers, texts and
lists stand for themselves, and whatever else there is stands in a structure with one member that says what it is.
Objects that are equal when their attributes are stand where they are held, as they may be keys.
Whoever loads it gets objects of this package's classes only.
"""

import json
from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from importlib import import_module
from types import FunctionType, MappingProxyType, MethodType
from typing import Any, Final

import attrs

from mturk_sim.core.clock import instant, micros
from mturk_sim.core.sharing import Records
from mturk_sim.core.twins import PACKAGE, attributes, is_ours, renewed

_PLAIN: Final = frozenset({type(None), bool, int, float, str})
_FACTORIES: Final = {"list": list, "dict": dict, "set": set, "int": int}
_MICROSECOND: Final = timedelta(microseconds=1)

Saved = dict[str, Any]


class CannotSave(TypeError):
    """Something in the state is nothing that JSON can hold; the text says what and where."""


def save(root: Any) -> Saved:
    """An object of ours, and everything it holds, as JSON-safe data; equal states give equal data.

    Raises:
        CannotSave: There is something that JSON cannot hold.
    """
    return _Saver(root).saved


def load(saved: Saved) -> Any:
    """The object that was saved, and everything it held.

    Raises:
        ValueError: This is not what `save` makes.
    """
    try:
        return _Loader(saved).root
    except (LookupError, ValueError, AttributeError, TypeError, ImportError) as error:
        raise ValueError(f"this is no state that this version saved: {error!r}") from error


def is_value(kind: type) -> bool:
    """Whether objects of a class are the same when their attributes are: frozen attrs classes of ours."""
    return is_ours(kind) and attrs.has(kind) and kind.__hash__ not in (None, object.__hash__)


def _name(thing: Any) -> str:
    return f"{thing.__module__}:{thing.__qualname__}"


class _Saver:
    """Saves objects in the order in which they are met."""

    def __init__(self, root: Any) -> None:
        self._classes: dict[tuple[type, tuple[str, ...]], int] = {}
        self._numbers: dict[int, int] = {}
        self._met: list[Any] = []
        self._number(root)
        objects = [self.object(value) for value in self._met]  # the list grows on the way
        classes = [[_name(kind), *names] for kind, names in self._classes]
        self.saved: Saved = {"classes": classes, "objects": objects}

    def _number(self, value: Any) -> int:
        number = self._numbers.setdefault(id(value), len(self._met))
        if number == len(self._met):
            self._met.append(value)
        return number

    def object(self, value: Any) -> list[Any]:
        """The number of an object's class, and its attributes."""
        kind = type(value)
        names, held = attributes(value)
        saved: list[Any] = [self._classes.setdefault((kind, names), len(self._classes))]
        for name, each in zip(names, held, strict=True):
            try:
                saved.append(self.value(each))
            except _NotJSON as problem:
                raise CannotSave(f"{kind.__name__}.{name} holds {problem}") from None
        return saved

    def value(self, value: Any) -> Any:
        """Anything, as JSON."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        if (write := _WRITERS.get(kind)) is not None:
            return write(self, value)
        if isinstance(value, Records):
            return {"records": self.pairs(value)}
        if is_value(kind):
            return {"value": self.object(value)}
        if is_ours(kind):
            return {"object": self._number(value)}
        if isinstance(value, type) and is_ours(value):
            return {"name": _name(value)}
        raise _NotJSON(f"{value!r}, which JSON cannot hold")

    def each(self, values: Iterable[Any]) -> list[Any]:
        """Several values."""
        return list(values) if set(map(type, values)) <= _PLAIN else list(map(self.value, values))

    def pairs(self, value: dict[Any, Any]) -> list[list[Any]]:
        """The keys and values of a dictionary, in order."""
        return [[key, held] for key, held in zip(self.each(value), self.each(value.values()), strict=True)]


class _NotJSON(Exception):
    """A value that JSON cannot hold."""


def _sorted(saved: list[Any]) -> list[Any]:
    """What a set holds, in an order that does not depend on hashes."""
    return sorted(saved, key=lambda each: json.dumps(each, sort_keys=True))


def _defaults(saver: _Saver, value: defaultdict[Any, Any]) -> Saved:
    factory = value.default_factory
    name = next((name for name, known in _FACTORIES.items() if known is factory), None)
    return {"defaults": [name or _name(factory), saver.pairs(value)]}


def _function(_: _Saver, value: FunctionType) -> Saved:
    if value.__module__.partition(".")[0] != PACKAGE or "<" in value.__qualname__:
        code = value.__code__
        raise _NotJSON(
            f"a function, {value.__qualname__} at {code.co_filename}:{code.co_firstlineno}, which JSON cannot hold; "
            "let it happen or take it away first, and plan it again in what was restored"
        )
    return {"name": _name(value)}


_WRITERS: Final[dict[type, Callable[[_Saver, Any], Any]]] = {
    list: _Saver.each,
    dict: lambda saver, value: {"dict": saver.pairs(value)},
    MappingProxyType: lambda saver, value: {"shown": saver.pairs(value)},
    defaultdict: _defaults,
    tuple: lambda saver, value: {"tuple": saver.each(value)},
    set: lambda saver, value: {"set": _sorted(saver.each(value))},
    frozenset: lambda saver, value: {"frozenset": _sorted(saver.each(value))},
    deque: lambda saver, value: {"deque": [value.maxlen, saver.each(value)]},
    array: lambda saver, value: {"array": [value.typecode, value.tolist()]},
    bytes: lambda saver, value: {"bytes": value.hex()},
    Decimal: lambda saver, value: {"decimal": str(value)},
    datetime: lambda saver, value: {"instant": micros(value)},
    timedelta: lambda saver, value: {"duration": value // _MICROSECOND},
    MethodType: lambda saver, value: {"method": [saver.value(value.__self__), value.__name__]},
    FunctionType: _function,
    partial: lambda saver, value: {"partial": [saver.value(value.func), saver.each(value.args)]},
}


class _Loader:
    """Makes the objects first, empty, and then fills them, since they refer to each other."""

    def __init__(self, saved: Saved) -> None:
        self._classes = [(_named(name), names) for name, *names in saved["classes"]]
        self._objects = [self._new(each) for each in saved["objects"]]
        for made, each in zip(self._objects, saved["objects"], strict=True):
            self._fill(made, each)
        self.root = self._objects[0]

    def _new(self, saved: list[Any]) -> Any:
        return renewed(self._classes[saved[0]][0])

    def _fill(self, made: Any, saved: list[Any]) -> Any:
        number, *held = saved
        for name, value in zip(self._classes[number][1], held, strict=True):
            object.__setattr__(made, name, self._value(value))
        return made

    def _value(self, saved: Any) -> Any:
        if isinstance(saved, list):
            return list(map(self._value, saved))
        if not isinstance(saved, dict):
            return saved
        ((kind, held),) = saved.items()
        return _READERS[kind](self, held)

    def _pairs(self, held: list[list[Any]]) -> Iterable[tuple[Any, Any]]:
        return ((self._value(key), self._value(value)) for key, value in held)


def _named(name: str) -> Any:
    """The class or function of ours of that name."""
    module, _, path = name.partition(":")
    if module.partition(".")[0] != PACKAGE:
        raise ValueError(f"{name} is nothing of {PACKAGE}")
    found: Any = import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


_READERS: Final[dict[str, Callable[[_Loader, Any], Any]]] = {
    "object": lambda loader, held: loader._objects[held],
    "value": lambda loader, held: loader._fill(loader._new(held), held),
    "name": lambda loader, held: _named(held),
    "records": lambda loader, held: Records(loader._pairs(held)),
    "dict": lambda loader, held: dict(loader._pairs(held)),
    "shown": lambda loader, held: MappingProxyType(dict(loader._pairs(held))),
    "defaults": lambda loader, held: defaultdict(_FACTORIES.get(held[0]) or _named(held[0]), loader._pairs(held[1])),
    "tuple": lambda loader, held: tuple(map(loader._value, held)),
    "set": lambda loader, held: set(map(loader._value, held)),
    "frozenset": lambda loader, held: frozenset(map(loader._value, held)),
    "deque": lambda loader, held: deque(map(loader._value, held[1]), maxlen=held[0]),
    "array": lambda loader, held: array(held[0], held[1]),
    "bytes": lambda loader, held: bytes.fromhex(held),
    "decimal": lambda loader, held: Decimal(held),
    "instant": lambda loader, held: instant(held),
    "duration": lambda loader, held: timedelta(microseconds=held),
    "method": lambda loader, held: getattr(loader._value(held[0]), held[1]),
    "partial": lambda loader, held: partial(loader._value(held[0]), *map(loader._value, held[1])),
}
