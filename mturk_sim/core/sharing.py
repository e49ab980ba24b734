"""Records that a fork shares with its origin until one of the two looks at them.

Copying a hundred thousand records takes a tenth of a second; copying the dictionary that holds them takes a hundredth
of that.  So a fork begins with the same records, and whoever asks for one, on either side, first sees to it that it is
not shared any more: the origin keeps the record itself, since others may hold it, and the fork takes a copy.
"""

from collections.abc import Callable
from threading import RLock
from typing import Any, TypeVar
from weakref import ref

K = TypeVar("K")
R = TypeVar("R")

_lock = RLock()
"""Held while records are parted, since two simulations that share some may run in two threads."""


class Records(dict[K, R]):
    """Records by key; a plain dictionary as long as nothing is shared.

    Whoever changes a record has got it from here in the same act: a reference kept from before a fork is for reading.
    """

    __slots__ = ("__weakref__", "_copy", "_forks", "_origin")

    _copy: Callable[[R], R]
    _forks: "list[ref[Shared[K, R]]]"
    _origin: "Records[K, R] | None"

    def fork(self, copy: Callable[[R], R]) -> "Shared[K, R]":
        """The same records for somebody else, who may change them; `copy` makes a copy of one."""
        with _lock:
            if not isinstance(self, Shared):
                self._begin(copy, None)
            twin: Shared[K, R] = Shared()
            dict.update(twin, self)
            twin._begin(copy, self)
            self._forks.append(ref(twin))
            return twin

    def _begin(self, copy: Callable[[R], R], origin: "Records[K, R] | None") -> None:
        self.__class__ = Shared
        self._copy, self._forks, self._origin = copy, [], origin

    def _part(self, key: K) -> None:
        """See to it that the record of this key, if there is one, is nobody else's."""
        with _lock:
            record = dict.get(self, key)
            for fork in self._living():
                if dict.get(fork, key) is record is not None:
                    fork._part(key)
            if self._origin is None:
                if not self._forks:
                    self.__class__ = Records
            elif dict.get(self._origin, key) is record is not None:
                dict.__setitem__(self, key, self._copy(record))

    def _living(self) -> "list[Shared[K, R]]":
        """The forks that are still held by somebody."""
        living = [fork for reference in self._forks if (fork := reference()) is not None]
        if len(living) < len(self._forks):
            self._forks = [ref(fork) for fork in living]
        return living

    def _part_all(self) -> None:
        with _lock:
            for key in self:
                self._part(key)
            for fork in self._living():
                fork._origin = None
            self._forks, self._origin = [], None


class Shared(Records[K, R]):
    """Records of which some may be shared: each is parted from the others' when it is asked for."""

    __slots__ = ()

    def __getitem__(self, key: K) -> R:
        self._part(key)
        return dict.__getitem__(self, key)

    def get(self, key: K, default: Any = None, /) -> Any:
        """As in any dictionary."""
        self._part(key)
        return dict.get(self, key, default)

    def __setitem__(self, key: K, record: R) -> None:
        self._part(key)
        dict.__setitem__(self, key, record)

    def __delitem__(self, key: K) -> None:
        self._part(key)
        dict.__delitem__(self, key)

    def pop(self, key: K, *default: Any) -> Any:
        """As in any dictionary."""
        self._part(key)
        return dict.pop(self, key, *default)

    def values(self) -> Any:
        """As in any dictionary; all records are parted for it."""
        self._part_all()
        return dict.values(self)

    def items(self) -> Any:
        """As in any dictionary; all records are parted for it."""
        self._part_all()
        return dict.items(self)
