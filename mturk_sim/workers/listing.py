"""The HITs that workers can accept, group by group, found without looking at those that they cannot."""

from mturk_sim.marketplace.records import ASSIGNABLE, HIT, WorkerAccount
from mturk_sim.marketplace.store import Store
from mturk_sim.workers.luck import Luck


class Listing:
    """HITs on the market by group; one that has left the market is struck out when somebody comes across it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._groups: dict[str, list[str]] = {}
        self._listed: dict[str, str] = {}

    def add(self, hit: HIT) -> None:
        """List a HIT that has come on the market, or back, or into another group."""
        if self._listed.get(hit.id) != hit.type_id:
            self._listed[hit.id] = hit.type_id
            self._groups.setdefault(hit.type_id, []).append(hit.id)

    def _at(self, group: str, place: int) -> HIT | None:
        """The HIT at a place of a group's list; None if it cannot be accepted, and then it is struck out."""
        hit_ids = self._groups[group]
        hit = self._store.hits.get(hit_ids[place])
        if hit is not None and hit.status == ASSIGNABLE and hit.type_id == group:
            return hit
        if self._listed.get(hit_ids[place]) == group:
            del self._listed[hit_ids[place]]
        hit_ids[place] = hit_ids[-1]
        hit_ids.pop()
        return None

    def newest(self, group: str) -> HIT | None:
        """One HIT of the group that is on the market, or None."""
        while size := self.size(group):
            if (hit := self._at(group, size - 1)) is not None:
                return hit
        return None

    def size(self, group: str) -> int:
        """How many HITs of the group are listed; some of them may have left the market."""
        return len(self._groups.get(group, ()))

    def pick(self, group: str, worker: WorkerAccount, luck: Luck, n: int) -> HIT | None:
        """A HIT of the group that is on the market and that the worker has not worked on, or None."""
        size = self.size(group)
        start = luck.integer(size, "pick", n) if size else 0
        passed = 0
        while passed < (size := self.size(group)):
            hit = self._at(group, (start + passed) % size)
            if hit is not None and hit.id not in worker.worked:
                return hit
            passed += hit is not None
        return None

    @property
    def groups(self) -> list[str]:
        """The groups that have been listed, in order."""
        return list(self._groups)
