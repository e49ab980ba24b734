"""Ordered keys, read in pages.

A page starts behind a key, not at a position, so inserting and deleting elsewhere neither skips nor repeats
anything, and its cost does not depend on how many keys there are: keys lie in sorted blocks of bounded size.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar


class Comparable(Protocol):
    """Anything that can be ordered."""

    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Comparable)

_BLOCK = 512


class KeysetIndex(Generic[K]):
    """A set of comparable keys in order."""

    def __init__(self) -> None:
        self._blocks: list[list[K]] = []
        self._lasts: list[K] = []
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[K]:
        for block in self._blocks:
            yield from block

    def __reversed__(self) -> Iterator[K]:
        for block in reversed(self._blocks):
            yield from reversed(block)

    def falling(self, key: K | None) -> Iterator[K]:
        """The keys in front of `key` in falling order, or all, found a block at a time."""
        while batch := self.before(key, _BLOCK):
            yield from batch
            key = batch[-1]

    def add(self, key: K) -> None:
        """Put a new key in; it must not be there yet."""
        self._size += 1
        if not self._blocks:
            self._blocks.append([key])
            self._lasts.append(key)
            return
        if self._lasts[-1] < key:  # most are in order already
            at = len(self._blocks) - 1
            block = self._blocks[at]
            block.append(key)
            self._lasts[at] = key
        else:
            at = bisect_left(self._lasts, key)
            block = self._blocks[at]
            insort(block, key)
        if len(block) > 2 * _BLOCK:
            self._blocks[at : at + 1] = [block[:_BLOCK], block[_BLOCK:]]
            self._lasts[at : at + 1] = [block[_BLOCK - 1], block[-1]]

    def remove(self, key: K) -> None:
        """Take a key out.

        Raises:
            KeyError: It is not there.
        """
        at = bisect_left(self._lasts, key)
        block = self._blocks[at] if at < len(self._blocks) else []
        place = bisect_left(block, key)
        if place == len(block) or block[place] != key:
            raise KeyError(key)
        del block[place]
        self._size -= 1
        if block:
            self._lasts[at] = block[-1]
        else:
            del self._blocks[at], self._lasts[at]

    def after(self, key: K | None, count: int) -> list[K]:
        """Up to `count` keys behind `key` in rising order, or the first ones."""
        if key is None:
            at, place = 0, 0
        else:
            at = bisect_right(self._lasts, key)
            place = bisect_right(self._blocks[at], key) if at < len(self._blocks) else 0
        found: list[K] = []
        while at < len(self._blocks) and len(found) < count:
            found += self._blocks[at][place : place + count - len(found)]
            at, place = at + 1, 0
        return found

    def before(self, key: K | None, count: int) -> list[K]:
        """Up to `count` keys in front of `key` in falling order, or the last ones."""
        at = len(self._blocks) - 1 if key is None else min(bisect_left(self._lasts, key), len(self._blocks) - 1)
        found: list[K] = []
        while at >= 0 and len(found) < count:
            block = self._blocks[at]
            end = len(block) if key is None else bisect_left(block, key)
            found += block[max(0, end - count + len(found)) : end][::-1]
            at -= 1
        return found
