"""A population as it is in one marketplace: its people, what decides and answers for them, and how they arrive."""

from typing import Final

from mturk_sim.core.clock import DAY, HOUR
from mturk_sim.marketplace.door import WorkerRefused
from mturk_sim.marketplace.qualifications.acts import associate
from mturk_sim.marketplace.records import WorkerAccount
from mturk_sim.marketplace.world import World
from mturk_sim.workers.answering import Answerer, AnswerModel
from mturk_sim.workers.arrivals import Arrivals
from mturk_sim.workers.habits import Habits
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.plans import Policy, Profile
from mturk_sim.workers.pool import Pool
from mturk_sim.workers.population import Population

_MIDNIGHT: Final = 8 * HOUR
"""When the workers' day begins, after midnight UTC: midnight in Pacific Standard Time, all year (ASN-25)."""


def _day(at: int) -> int:
    return (at - _MIDNIGHT) // DAY


class Members:
    """What a population's numbers come to.

    Attributes:
        population: The numbers.
        pool: The people.
        kinds: Their ability types, by name.
        policy: Decides for them.
        answers: Answers for them.
        arrivals: When they come.
        met: The ids of those who have done something.
        accepts: Worker -> the day of the last acceptance, and how many there were on it.
        grants: Qualification type -> the share of them who hold it when they first do something, and its value.
    """

    def __init__(self, population: Population, world: World) -> None:
        self._world = world
        self.population = population
        self.pool = Pool(population, world.draws, world.clock.micros)
        self.kinds = {ability.name: ability for ability in population.abilities}
        self.policy: Policy = population.policy or Habits(population)
        self.answers: AnswerModel = population.answers or Answerer(
            difficulty_sd=population.difficulty_sd, gold=population.gold, fields=population.fields
        )
        self.met: set[str] = set()
        self.accepts: dict[str, tuple[int, int]] = {}
        self.grants: dict[str, tuple[float, int]] = {}
        self.arrivals = Arrivals(population, world.draws)

    def account(self, worker: Profile) -> WorkerAccount:
        """The worker's record, made when the worker first does something."""
        accounts = self._world.store.workers
        known = accounts.get(worker.worker_id)
        if known is None:
            self.met.add(worker.worker_id)
            known = accounts[worker.worker_id] = self.pool.account(worker)
            self._grant(known)
        return known

    def see_to_cap(self, worker_id: str, at: int) -> None:
        """See to it that a worker may accept one more today (ASN-25).

        Raises:
            WorkerRefused: The worker has accepted as much as one may on a day (C43).
        """
        most = self.population.accepts_a_day
        if most is not None and self._accepted_today(worker_id, at) >= most:
            raise WorkerRefused("daily_limit", f"worker {worker_id} has accepted {most} assignments today (ASN-25)")

    def note_accept(self, worker_id: str, at: int) -> None:
        """Count what a worker accepts, returned or abandoned later or not, where that matters."""
        if self.population.accepts_a_day is not None:
            self.accepts[worker_id] = _day(at), self._accepted_today(worker_id, at) + 1

    def _accepted_today(self, worker_id: str, at: int) -> int:
        day, count = self.accepts.get(worker_id, (0, 0))
        return count if day == _day(at) else 0

    def _grant(self, account: WorkerAccount) -> None:
        luck = Luck(self._world.draws, ("grant", account.id))
        for type_id, (share, value) in self.grants.items():
            if luck.uniform(type_id) < share:
                held = self._world.store.qualifications.types[type_id]
                associate(self._world, held, account.id, value, send_notification=False)
