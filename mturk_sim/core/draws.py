"""Seeded draws that do not depend on their order.

Each draw is a keyed hash of what it is for, so adding a worker or a question does not shift anybody else's luck,
and neither the Python version nor the hash seed matters.
"""

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b, shake_128
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

    def names(self, count: int, length: int, *key: str | int) -> list[str]:
        """That many names of `length` characters of 0-9 and A-Z, together a fraction of what each alone would take."""
        text = key_text((self.seed, *key)).encode("utf-8", "surrogatepass")
        symbols = shake_128(text).digest(count * length).translate(_AS_SYMBOL).decode()
        return [symbols[at : at + length] for at in range(0, count * length, length)]


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
