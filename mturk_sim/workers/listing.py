"""The HITs that workers can accept, group by group, found without looking at those that they cannot."""

from mturk_sim.marketplace.records import ASSIGNABLE, HIT, WorkerAccount
from mturk_sim.workers.luck import Luck


class Listing:
    """HITs on the market by group; one that has left the market is struck out when somebody comes across it."""

    def __init__(self) -> None:
        self._groups: dict[str, list[HIT]] = {}
        self._listed: set[str] = set()

    def add(self, hit: HIT) -> None:
        """List a HIT that has come on the market, or back."""
        if hit.id not in self._listed:
            self._listed.add(hit.id)
            self._groups.setdefault(hit.type_id, []).append(hit)

    def _strike(self, hits: list[HIT], place: int) -> None:
        self._listed.discard(hits[place].id)
        hits[place] = hits[-1]
        hits.pop()

    def newest(self, group: str) -> HIT | None:
        """One HIT of the group that is on the market, or None."""
        hits = self._groups.get(group, [])
        while hits and hits[-1].status != ASSIGNABLE:
            self._strike(hits, len(hits) - 1)
        return hits[-1] if hits else None

    def size(self, group: str) -> int:
        """How many HITs of the group are listed; some of them may have left the market."""
        return len(self._groups.get(group, ()))

    def pick(self, group: str, worker: WorkerAccount, luck: Luck, n: int) -> HIT | None:
        """A HIT of the group that is on the market and that the worker has not worked on, or None."""
        hits = self._groups.get(group, [])
        start = luck.integer(len(hits), "pick", n) if hits else 0
        passed = 0
        while passed < len(hits):
            place = (start + passed) % len(hits)
            hit = hits[place]
            if hit.status != ASSIGNABLE:
                self._strike(hits, place)
            elif hit.id in worker.worked:
                passed += 1
            else:
                return hit
        return None

    @property
    def groups(self) -> list[str]:
        """The groups that have been listed, in order."""
        return list(self._groups)
