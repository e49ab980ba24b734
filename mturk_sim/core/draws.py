"""Seeded draws that do not depend on their order.

Each draw is a keyed hash of what it is for, so adding a worker or a question does not shift anybody else's luck,
and neither the Python version nor the hash seed matters.
"""

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
_NORMAL = NormalDist()
_TOP = 1 << 53
_SYMBOLS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AS_SYMBOL = bytes(_SYMBOLS[i % 36] for i in range(256))


def key_text(key: Iterable[str | int]) -> str:
    """A key as a text; the text of a longer key begins with that of its beginning."""
    return "".join([f"i{part};" if isinstance(part, int) else f"s{len(part)}:{part}" for part in key])


def unit(digest: bytes) -> float:
    """Seven bytes as a number in [0, 1)."""
    return (int.from_bytes(digest) >> 3) / _TOP


class Draws:
    """Draws of one seed. Every method takes the key of the draw: any strings and integers that name it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._key = str(seed).encode()[:64]

    def digest(self, size: int, *key: str | int) -> bytes:
        """`size` (up to 64) bytes for this key; different keys never run together (each part is length-prefixed)."""
        return self.hashed(size, key_text(key))

    def hashed(self, size: int, text: str) -> bytes:
        """`size` bytes for the key with this `key_text`."""
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size, key=self._key).digest()

    def uniform(self, *key: str | int) -> float:
        """A number in [0, 1)."""
        return unit(self.digest(7, *key))

    def integer(self, bound: int, *key: str | int) -> int:
        """A whole number from 0 up to but not including `bound`."""
        return int.from_bytes(self.digest(16, *key)) % bound

    def choice(self, options: Sequence[T], *key: str | int) -> T:
        """One of `options`, all alike."""
        return options[self.integer(len(options), *key)]

    def normal(self, *key: str | int) -> float:
        """A standard normal number."""
        return _NORMAL.inv_cdf((self.uniform(*key) * _TOP + 0.5) / (_TOP + 1))

    def exponential(self, *key: str | int) -> float:
        """An exponential number with mean 1."""
        return -math.log1p(-self.uniform(*key))

    def name(self, length: int, *key: str | int) -> str:
        """`length` (up to 64) characters of 0-9 and A-Z."""
        return self.digest(length, *key).translate(_AS_SYMBOL).decode()

    def id(self, length: int, kind: str, number: int) -> str:
        """What ``name(length, "id", kind, number)`` gives, in half the time, since there are millions of these."""
        made = _id_hash(self._key, length, kind).copy()
        made.update(b"i%d;" % number)
        return made.digest().translate(_AS_SYMBOL).decode()


@lru_cache(maxsize=256)
def _id_hash(key: bytes, length: int, kind: str) -> blake2b:
    """The hash of an id of that kind before its number is added."""
    return blake2b(f"s2:ids{len(kind)}:{kind}".encode(), digest_size=length, key=key)


@contextmanager
def steadied(draws: Draws, *key: str | int) -> Iterator[None]:
    """Let Python's global random numbers come from these draws in the block; afterwards they go on as before.

    For libraries that draw from them: what they do is then decided by the seed, and the program's own numbers are not
    shifted.
    """
    before = random.getstate()
    random.seed(draws.digest(16, *key))
    try:
        yield
    finally:
        random.setstate(before)
