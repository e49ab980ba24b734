"""Draws on behalf of one entity, in the shapes that behaviour needs.

Everything is made from `core.draws`, whose draws depend on their key alone: what a worker does is not shifted by
another worker, another HIT or another call.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

import attrs

from mturk_sim.core.draws import Draws, key_text, unit

T = TypeVar("T")
_NORMAL = NormalDist()
_TOP = 1 << 53


@attrs.frozen
class Luck:
    """The draws of one entity.

    Attributes:
        draws: Where they come from.
        entity: The key of the entity: a worker, a visit, an item.
    """

    draws: Draws
    entity: tuple[str | int, ...]
    _lead: str = attrs.field(init=False, eq=False, repr=False)
    """The beginning of the text of every key."""

    @_lead.default
    def _key_text(self) -> str:
        return key_text(self.entity)

    def of(self, *entity: str | int) -> "Luck":
        """The draws of something that belongs to this entity."""
        return Luck(self.draws, (*self.entity, *entity))

    def _digest(self, size: int, purpose: str, n: int) -> bytes:
        """What ``draws.digest(size, *entity, purpose, n)`` gives."""
        return self.draws.hashed(size, f"{self._lead}s{len(purpose)}:{purpose}i{n};")

    def uniform(self, purpose: str, n: int = 0) -> float:
        """A number in [0, 1)."""
        return unit(self._digest(7, purpose, n))

    def uniforms(self, count: int, purpose: str, n: int = 0) -> list[float]:
        """Up to nine numbers in [0, 1) for what is decided together."""
        digest = self._digest(7 * count, purpose, n)
        return [unit(digest[at : at + 7]) for at in range(0, 7 * count, 7)]

    def integer(self, bound: int, purpose: str, n: int = 0) -> int:
        """A whole number from 0 up to but not including `bound`."""
        return int.from_bytes(self._digest(16, purpose, n)) % bound

    def choice(self, options: Sequence[T], purpose: str, n: int = 0) -> T:
        """One of `options`, all alike."""
        return options[self.integer(len(options), purpose, n)]

    def exponential(self, mean: float, purpose: str, n: int = 0) -> float:
        """An exponential number."""
        return -mean * math.log1p(-self.uniform(purpose, n))

    def normal(self, purpose: str, n: int = 0) -> float:
        """A standard normal number."""
        return normal_at(self.uniform(purpose, n))

    def lognormal(self, median: float, sigma: float, purpose: str, n: int = 0) -> float:
        """A log-normal number; `sigma` is the standard deviation of its logarithm."""
        return lognormal_at(self.uniform(purpose, n), median, sigma) if sigma else median

    def gamma(self, shape: float, purpose: str, n: int = 0) -> float:
        """A gamma number of scale 1, by the method of Marsaglia and Tsang (2000)."""
        if shape < 1:
            return self.gamma(shape + 1, purpose, n) * math.pow(1 - self.uniform(purpose + " power", n), 1 / shape)
        trials = self.of(purpose, n)
        d = shape - 1 / 3
        c = 1 / math.sqrt(9 * d)
        trial = 0
        while True:
            x = trials.normal("normal", trial)
            v = (1 + c * x) ** 3
            if v > 0 and math.log1p(-trials.uniform("keep", trial)) < x * x / 2 + d * (1 - v + math.log(v)):
                return d * v
            trial += 1

    def beta(self, a: float, b: float, purpose: str, n: int = 0) -> float:
        """A beta number."""
        x = self.gamma(a, purpose + " a", n)
        y = self.gamma(b, purpose + " b", n)
        return x / (x + y) if x + y else a / (a + b)


def normal_at(u: float) -> float:
    """The standard normal number below which the part `u` of them lies."""
    return _NORMAL.inv_cdf((u * _TOP + 0.5) / (_TOP + 1))


def lognormal_at(u: float, median: float, sigma: float) -> float:
    """The log-normal number below which the part `u` of them lies; `sigma` is the deviation of the logarithm."""
    return median * math.exp(sigma * normal_at(u))
