"""Blocks: whom a requester does not let work on its HITs (BLK-01 to BLK-07)."""

from collections import defaultdict
from typing import Final

import attrs

from mturk_sim.core.index import KeysetIndex

MOST_BLOCKS: Final = 100_000
"""How many workers a requester can block (BLK-02)."""


@attrs.define(eq=False, weakref_slot=False)
class Block:
    """One blocked worker.

    Attributes:
        number: Its place among all blocks, in the order of their making.
        reason: Why; for the requester alone (BLK-01).
    """

    number: int
    worker_id: str
    reason: str


class Blocks:
    """The blocks of all requesters."""

    def __init__(self) -> None:
        self.made = 0
        self._of: dict[str, dict[str, Block]] = {}
        self._numbered: dict[int, Block] = {}
        self.listed: defaultdict[str, KeysetIndex[int]] = defaultdict(KeysetIndex)

    def __bool__(self) -> bool:
        return bool(self._numbered)

    def of(self, requester: str, worker_id: str) -> Block | None:
        """The requester's block of that worker."""
        return self._of.get(requester, {}).get(worker_id)

    def count(self, requester: str) -> int:
        """How many workers the requester blocks."""
        return len(self._of.get(requester, ()))

    def numbered(self, number: int) -> Block:
        """The block of that number, which must not be lifted."""
        return self._numbered[number]

    def add(self, requester: str, worker_id: str, reason: str) -> None:
        """Block a worker, or give another reason for the block there is (BLK-03)."""
        block = self.of(requester, worker_id)
        if block is not None:
            block.reason = reason
            return
        self.made += 1
        block = Block(self.made, worker_id, reason)
        self._of.setdefault(requester, {})[worker_id] = self._numbered[block.number] = block
        self.listed[requester].add(block.number)

    def lift(self, requester: str, worker_id: str) -> bool:
        """Let a worker work again; False if the requester did not block it (BLK-05)."""
        block = self._of.get(requester, {}).pop(worker_id, None)
        if block is None:
            return False
        del self._numbered[block.number]
        self.listed[requester].remove(block.number)
        return True
