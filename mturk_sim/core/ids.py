"""Ids: numbered in the order of their making, and drawn from the seed so that they look like the service's."""

from typing import Any, ClassVar, Final

from mturk_sim.core.draws import Draws

_BATCH: Final = 64
_LAST = (1 << 48) - 1
_STEP = 0x9E3779B97F4B
"""An odd number near the golden ratio of 2**48: its multiples are all different and look nothing alike."""


class Ids:
    """Makes ids; the n-th of a kind is the same for the same seed, whatever else was made."""

    _TRANSIENT: ClassVar[dict[str, Any]] = {"_ready": dict}

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self.made: dict[str, int] = {}
        self._ready: dict[str, list[str]] = {}
        lead = draws.digest(10, "calls").hex()
        self._calls = f"{lead[:8]}-{lead[8:12]}-{lead[12:16]}-{lead[16:20]}-"

    def number(self, kind: str) -> int:
        """The next number of this kind, from 1; no kind has both numbers and ids."""
        made = self.made[kind] = self.made.get(kind, 0) + 1
        return made

    def entity(self, kind: str) -> str:
        """The next id of this kind: 30 characters of 0-9 and A-Z, the first a 3 (HIT-02, HIT-03, ASN-05)."""
        return self._next(kind, "3", 29)

    def person(self, kind: str) -> str:
        """The next id of a person: an A and 13 characters more (HIT-06)."""
        return self._next(kind, "A", 13)

    def _next(self, kind: str, first: str, length: int) -> str:
        ready = self._ready.get(kind) or self._make_ready(kind, first, length)
        self.made[kind] += 1
        return ready.pop()

    def _make_ready(self, kind: str, first: str, length: int) -> list[str]:
        """The ids of this kind that come next, the last one first, since there are millions of them."""
        batch, gone = divmod(self.made.setdefault(kind, 0), _BATCH)
        names = self._draws.names(_BATCH, length, "id", kind, batch)[gone:]
        self._ready[kind] = ready = [first + name for name in reversed(names)]
        return ready

    def call(self, number: int) -> str:
        """The id of the `number`-th call, in the form of a UUID (HIT-10)."""
        return f"{self._calls}{number * _STEP & _LAST:012x}"
