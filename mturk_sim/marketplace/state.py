"""Everything a marketplace is made of, in one place: the conditions and consequences of the lifecycles see this."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from mturk_sim.core.clock import DAY, SECOND, VirtualClock
from mturk_sim.core.draws import Draws
from mturk_sim.core.ids import Ids
from mturk_sim.core.journal import Journal
from mturk_sim.core.timers import Timers
from mturk_sim.marketplace.behavior import Behavior
from mturk_sim.marketplace.facts import Fact
from mturk_sim.marketplace.ledger import Books
from mturk_sim.marketplace.qualifications import system
from mturk_sim.marketplace.records import HIT, Assignment
from mturk_sim.marketplace.store import Store

DISPOSAL_AFTER: Final = 120 * DAY
"""When a HIT or a type that is not used disposes of itself (HIT-35, C8)."""


class ReviewsWork(Protocol):
    """Whoever runs the review policies of HITs that have some."""

    def review_work(self, assignment: Assignment) -> None:
        """Score work that was just submitted."""

    def review_hit(self, hit: HIT) -> None:
        """Compare the work on a HIT that just became reviewable."""


class HearsFacts(Protocol):
    """Whoever sends word of facts to those who asked for it."""

    def hear(self, kind: str, hit_id: str | None, assignment_id: str | None) -> None:
        """A fact was told."""


class State:
    """Clock, timers, records, money and journal of one marketplace.

    Attributes:
        reviewer: Runs the review policies of HITs; the world, whose events they ask for, brings it along.
        notifier: Sends word of what happens; the world brings it along too.
    """

    reviewer: ReviewsWork
    notifier: HearsFacts

    def __init__(
        self, *, seed: int, start: datetime, sandbox: bool, behavior: Behavior, clock: VirtualClock | None = None
    ) -> None:
        self.sandbox = sandbox
        self.behavior = behavior
        self.clock = clock or VirtualClock(start)
        self._second = 0
        self.timers = Timers()
        self.draws = Draws(seed)
        self.ids = Ids(self.draws)
        self.store = Store(system.records(sandbox, self.second))
        self.books = Books(sandbox)
        self.journal: Journal[Fact] = Journal(Fact)

    def settle_hit(self, hit: HIT) -> None:
        """Let happen to a HIT what nobody has to ask for; the world does it, which brings the lifecycle along."""
        raise NotImplementedError

    @property
    def second(self) -> int:
        """The present, cut to the whole second that records and the wire show (HIT-07); one object all second long."""
        if not 0 <= self.clock.micros - self._second < SECOND:
            self._second = self.clock.micros // SECOND * SECOND
        return self._second

    def tell(
        self,
        kind: str,
        hit_id: str | None,
        assignment_id: str | None,
        worker_id: str | None,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        """Write a fact of this instant into the journal, and send word of it to whoever asked for that."""
        self.journal.write(self.clock.micros, (kind, hit_id, assignment_id, worker_id, detail or None))
        if self.store.notification_settings:
            self.notifier.hear(kind, hit_id, assignment_id)


def in_micros(duration: timedelta) -> int:
    """A duration in whole microseconds."""
    return duration // timedelta(microseconds=1)
