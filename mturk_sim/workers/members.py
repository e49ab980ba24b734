"""A population as it is in one marketplace: its people, what decides and answers for them, and how they arrive."""

from mturk_sim.marketplace.records import WorkerAccount
from mturk_sim.marketplace.world import World
from mturk_sim.workers.answering import Answerer, AnswerModel
from mturk_sim.workers.arrivals import Arrivals
from mturk_sim.workers.habits import Habits
from mturk_sim.workers.plans import Policy, Profile
from mturk_sim.workers.pool import Pool
from mturk_sim.workers.population import Population


class Members:
    """What a population's numbers come to.

    Attributes:
        population: The numbers.
        pool: The people.
        kinds: Their ability types, by name.
        policy: Decides for them.
        answers: Answers for them.
        arrivals: When they come.
    """

    def __init__(self, population: Population, world: World) -> None:
        self.population = population
        self.pool = Pool(population, world.draws, world.clock.micros)
        self.kinds = {ability.name: ability for ability in population.abilities}
        self.policy: Policy = population.policy or Habits(population)
        self.answers: AnswerModel = population.answers or Answerer(
            difficulty_sd=population.difficulty_sd, gold=population.gold, fields=population.fields
        )
        self.arrivals = Arrivals(population, world.draws)

    def account(self, accounts: dict[str, WorkerAccount], worker: Profile) -> WorkerAccount:
        """The worker's record among `accounts`, made when the worker first does something."""
        known = accounts.get(worker.worker_id)
        if known is None:
            known = accounts[worker.worker_id] = self.pool.account(worker)
        return known
