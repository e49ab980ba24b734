"""Where the records are kept, and the orders in which lists show them."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from mturk_sim.core.index import KeysetIndex
from mturk_sim.core.sharing import Records
from mturk_sim.marketplace.blocks import Blocks
from mturk_sim.marketplace.notifications.records import Message, Setting
from mturk_sim.marketplace.qualifications.records import QualificationType
from mturk_sim.marketplace.qualifications.store import QualificationStore
from mturk_sim.marketplace.records import (
    ASSIGNABLE,
    HIT,
    REVIEWABLE,
    REVIEWING,
    Assignment,
    Bonus,
    HITType,
    RequesterAccount,
    WorkerAccount,
)
from mturk_sim.marketplace.review.records import Reviews

Place = tuple[int, int]
"""A HIT's place among reviewable ones: latest expiration first, then newest (LST-09)."""


class Store:
    """All records by id, and the indexes over them."""

    def __init__(self, system_types: Iterable[QualificationType] = ()) -> None:
        self.requesters: dict[str, RequesterAccount] = {}
        self.workers: dict[str, WorkerAccount] = {}
        self.hit_types: dict[str, HITType] = {}
        self.hit_type_by_identity: dict[object, str] = {}
        self.hits: Records[str, HIT] = Records()
        self._numbered: list[str] = []
        self.assignments: Records[str, Assignment] = Records()
        self.bonuses: defaultdict[str, list[Bonus]] = defaultdict(list)
        self.layouts: dict[str, str] = {}
        self.qualifications = QualificationStore(system_types)
        self.blocks = Blocks()
        self.reviews: dict[str, Reviews] = {}
        self.notification_settings: dict[str, list[Setting]] = {}
        self.outbox: dict[str, Message] = {}
        self.listed: defaultdict[str, KeysetIndex[int]] = defaultdict(KeysetIndex)
        self.market: KeysetIndex[int] = KeysetIndex()
        self._reviewable: defaultdict[tuple[str, ...], KeysetIndex[Place]] = defaultdict(KeysetIndex)
        self.on_market: list[Callable[[HIT], None]] = []
        """Who is told of HITs that `announce` tells of."""
        self.on_rejection: list[Callable[[Assignment], None]] = []
        """Who is told when work is rejected."""

    def add_hit(self, hit: HIT) -> None:
        """Keep a new, assignable HIT, whose number is `next_number`."""
        self.hits[hit.id] = hit
        self._numbered.append(hit.id)
        self.listed[hit.requester].add(hit.number)
        self.market.add(hit.number)
        self.announce(hit)

    def announce(self, hit: HIT) -> None:
        """Tell of a HIT that has come on the market, or back, or has got another type there."""
        for tell in self.on_market:
            tell(hit)

    @property
    def next_number(self) -> int:
        """The number of the next HIT."""
        return len(self._numbered)

    def numbered(self, number: int) -> HIT:
        """The HIT of that number, which must not be forgotten."""
        return self.hits[self._numbered[number]]

    def all_numbered(self, keys: Iterable[tuple[int, ...]]) -> list[HIT]:
        """The HITs whose numbers begin these keys."""
        hits, ids = self.hits, self._numbered
        return [hits[ids[key[0]]] for key in keys]

    def reviewable(self, requester: str, status: str, hit_type_id: str | None) -> KeysetIndex[Place]:
        """The requester's HITs of that status in the order of ListReviewableHITs."""
        return self._reviewable[(requester, status) if hit_type_id is None else (requester, status, hit_type_id)]

    def move_hit(self, hit: HIT, status: str) -> None:
        """Change a HIT's status together with the lists it stands in."""
        self.unlist(hit)
        if hit.status == ASSIGNABLE:
            self.market.remove(hit.number)
        hit.status = status
        self.relist(hit)
        if status == ASSIGNABLE:
            self.market.add(hit.number)
            self.announce(hit)

    def unlist(self, hit: HIT) -> None:
        """Take a HIT out of the lists of reviewable ones, where its place depends on its expiration and its type."""
        if hit.status in (REVIEWABLE, REVIEWING):
            for index in self._places(hit):
                index.remove((-hit.expiration, -hit.number))

    def relist(self, hit: HIT) -> None:
        """Put a HIT into the lists of reviewable ones, if it is one."""
        if hit.status in (REVIEWABLE, REVIEWING):
            place = (-hit.expiration, -hit.number)
            for index in self._places(hit):
                index.add(place)

    def _places(self, hit: HIT) -> tuple[KeysetIndex[Place], KeysetIndex[Place]]:
        return (
            self._reviewable[hit.requester, hit.status],
            self._reviewable[hit.requester, hit.status, hit.type_id],
        )

    def drop_assignments(self, hit: HIT) -> None:
        """Forget the work on a HIT (HIT-55)."""
        for assignment_id in hit.submissions or ():
            assignment = self.assignments.pop(assignment_id)
            self.workers[assignment.worker_id].worked.pop(hit.id, None)
        for assignment_id in hit.free_ids or ():
            self.assignments.pop(assignment_id, None)
        hit.submissions = hit.free_ids = None
        self.reviews.pop(hit.id, None)
        self.bonuses.pop(hit.id, None)

    def forget_hit(self, hit: HIT) -> None:
        """Forget a HIT altogether (HIT-36)."""
        del self.hits[hit.id]
