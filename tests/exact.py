"""Exact bounds for counts: how far a count may be from its mean before something is wrong, and not just bad luck."""

import math
from collections.abc import Callable, Sequence

TAIL = 5e-7
"""The chance that is left out on each side: one in a million in all."""


def binomial(n: int, p: float, tail: float = TAIL) -> range:
    """The counts, out of `n` with chance `p` each, below and above which less than `tail` lies."""
    if p in (0, 1):
        return range(round(n * p), round(n * p) + 1)
    step = [math.log(p), math.log1p(-p)]

    def mass(k: int) -> float:
        choose = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        return math.exp(choose + k * step[0] + (n - k) * step[1])

    return _bounds(mass, int(n * p), n, tail)


def poisson(mean: float, tail: float = TAIL) -> range:
    """The counts below and above which less than `tail` of a Poisson distribution lies."""
    top = int(mean + 40 * math.sqrt(mean) + 100)
    return _bounds(lambda k: math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)), int(mean), top, tail)


def successes(chances: Sequence[float]) -> list[float]:
    """How likely each number of successes is, of trials with these chances."""
    found = [1.0]
    for chance in chances:
        fewer = [0.0, *found]
        found = [many * (1 - chance) + less * chance for many, less in zip([*found, 0.0], fewer, strict=True)]
    return found


def within(masses: Sequence[float], tail: float = TAIL) -> range:
    """The numbers below and above which less than `tail` of some probability masses lies."""
    low = high = 0
    for low in range(len(masses)):
        if sum(masses[: low + 1]) >= tail:
            break
    for high in reversed(range(len(masses))):
        if sum(masses[high:]) >= tail:
            break
    return range(low, high + 1)


def _bounds(mass: Callable[[int], float], middle: int, top: int, tail: float) -> range:
    """Sum the masses from both ends until `tail` is reached; far out they are too small to matter."""
    width = int(12 * math.sqrt(middle + 1) + 60)
    first, last = max(0, middle - width), min(top, middle + width)
    low, total = first, 0.0
    while total + mass(low) < tail:
        total += mass(low)
        low += 1
    high, total = last, 0.0
    while total + mass(high) < tail:
        total += mass(high)
        high -= 1
    return range(low, high + 1)
