"""What a few runs say about many: means, with the intervals in which 95 of 100 such intervals hold the true mean."""

import math
from collections.abc import Sequence

import attrs


@attrs.frozen
class Estimate:
    """A mean and its 95 % interval by Student's t.

    Attributes:
        values: The numbers it was made from.
        mean: Their mean; not a number if there are none.
        half_width: How far the interval goes to either side; not a number for fewer than two values.
    """

    values: tuple[float, ...]
    mean: float
    half_width: float

    @property
    def low(self) -> float:
        """Where the interval begins."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """Where the interval ends."""
        return self.mean + self.half_width

    def __str__(self) -> str:
        if math.isnan(self.mean):
            return "–"
        return f"{self.mean:.4g}" if math.isnan(self.half_width) else f"{self.mean:.4g} ± {self.half_width:.2g}"


def estimate(values: Sequence[float]) -> Estimate:
    """The estimate from some numbers; those that are not a number do not count."""
    known = tuple(value for value in values if not math.isnan(value))
    n = len(known)
    if not n:
        return Estimate(known, math.nan, math.nan)
    mean = math.fsum(known) / n
    if n < 2:
        return Estimate(known, mean, math.nan)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in known) / (n - 1))
    return Estimate(known, mean, student(n - 1) * deviation / math.sqrt(n))


def student(freedom: int, share: float = 0.95) -> float:
    """The number that bounds this share of Student's t distribution, in size, at some degrees of freedom."""
    low, high = 0.0, 1e4
    while high - low > 1e-9 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < share else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """How much of Student's t distribution lies between -t and t, by the finite sum there is for whole degrees."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    odd = freedom % 2
    term, total = (cosine if odd else 1.0), 0.0
    for k in range(1 + odd, freedom + odd, 2):
        total += term
        term *= cosine**2 * k / (k + 1)
    total *= math.sin(angle)
    return 2 / math.pi * (angle + total) if odd else total
