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
    except (KeyError, IndexError, AttributeError, TypeError, ImportError) as error:
        raise ValueError(f"this is no state that this version saved: {error!r}") from error


def is_value(kind: type) -> bool:
    """Whether objects of a class are the same when their attributes are: frozen attrs classes of ours."""
    return is_ours(kind) and attrs.has(kind) and kind.__hash__ not in (None, object.__hash__)


def _name(thing: Any) -> str:
    return f"{thing.__module__}:{thing.__qualname__}"


class _Saver:
    """Saves objects in the order in which they are met."""

    def __init__(self, root: Any) -> None:
        self._classes: dict[tuple[str, ...], int] = {}
        self._numbers: dict[int, int] = {}
        self._met: list[tuple[Any, str]] = []
        self._number(root, type(root).__name__.lower())
        objects = [self._object(value, path) for value, path in self._met]  # the list grows on the way
        self.saved: Saved = {"classes": [list(key) for key in self._classes], "objects": objects}

    def _number(self, value: Any, path: str) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._met)
            self._met.append((value, path))
        return number

    def _object(self, value: Any, path: str) -> list[Any]:
        held = attributes(value)
        key = (_name(type(value)), *held)
        number = self._classes.setdefault(key, len(self._classes))
        return [number, *(self._value(each, f"{path}.{name}") for name, each in held.items())]

    def _each(self, values: Iterable[Any], path: str) -> list[Any]:
        return [self._value(value, f"{path}[{place}]") for place, value in enumerate(values)]

    def _pairs(self, value: dict[Any, Any], path: str) -> list[list[Any]]:
        return [[self._value(key, path), self._value(held, f"{path}[{key!r}]")] for key, held in value.items()]

    def _value(self, value: Any, path: str) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is list:
            return list(value) if set(map(type, value)) <= _PLAIN else self._each(value, path)
        if (write := _WRITERS.get(kind)) is not None:
            return write(self, value, path)
        if isinstance(value, Records):
            return {"records": self._pairs(value, path)}
        if isinstance(value, type) and is_ours(value):
            return {"name": _name(value)}
        if is_value(kind):
            return {"value": self._object(value, path)}
        if is_ours(kind):
            return {"object": self._number(value, path)}
        raise CannotSave(f"{path} is {value!r}, which JSON cannot hold")

    # --- kinds of values -----------------------------------------------------------------------------------------
    def _set(self, value: Iterable[Any], path: str) -> list[Any]:
        return sorted(self._each(value, path), key=lambda saved: json.dumps(saved, sort_keys=True))

    def _defaults(self, value: defaultdict[Any, Any], path: str) -> Any:
        factory = value.default_factory
        name = next((name for name, known in _FACTORIES.items() if known is factory), None)
        return {"defaults": [name or _name(factory), self._pairs(value, path)]}

    def _method(self, value: MethodType, path: str) -> Any:
        return {"method": [self._value(value.__self__, path), value.__name__]}

    def _function(self, value: FunctionType, path: str) -> Any:
        if value.__module__.partition(".")[0] != PACKAGE or "<" in value.__qualname__:
            code = value.__code__
            raise CannotSave(
                f"{path} is a function of a program, {value.__qualname__} at {code.co_filename}:{code.co_firstlineno}, "
                "which JSON cannot hold; let it happen or take it away first, and plan it again in what was restored"
            )
        return {"name": _name(value)}


_WRITERS: Final[dict[type, Callable[[_Saver, Any, str], Any]]] = {
    dict: lambda saver, value, path: {"dict": saver._pairs(value, path)},
    MappingProxyType: lambda saver, value, path: {"shown": saver._pairs(value, path)},
    defaultdict: _Saver._defaults,
    tuple: lambda saver, value, path: {"tuple": saver._each(value, path)},
    set: lambda saver, value, path: {"set": saver._set(value, path)},
    frozenset: lambda saver, value, path: {"frozenset": saver._set(value, path)},
    deque: lambda saver, value, path: {"deque": [value.maxlen, saver._each(value, path)]},
    array: lambda saver, value, path: {"array": [value.typecode, value.tolist()]},
    bytes: lambda saver, value, path: {"bytes": value.hex()},
    Decimal: lambda saver, value, path: {"decimal": str(value)},
    datetime: lambda saver, value, path: {"instant": micros(value)},
    timedelta: lambda saver, value, path: {"duration": value // _MICROSECOND},
    MethodType: _Saver._method,
    FunctionType: _Saver._function,
    partial: lambda saver, value, path: {"partial": [saver._value(value.func, path), saver._each(value.args, path)]},
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
