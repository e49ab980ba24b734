"""A campaign's speed against SimPy: 10,000 HITs of three assignments over thirty virtual days; and a million."""

import gc
import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

import simpy
from benchmarks.measure import Bar, quiet, table
from groups import PAGE

from mturk_sim import Population, Simulation, simulate
from mturk_sim.core.clock import DAY, SECOND
from mturk_sim.core.timers import Timers
from mturk_sim.marketplace.records import HIT, Assignment
from mturk_sim.workers import Accept, DayShape, Submit, Wait

HITS, EACH, WORKERS = 10_000, 3, 1_000
DAYS = 30
WORK = 300
ROUNDS = 5
EVENTS = HITS * (1 + 4 * EACH)
"""What happens at a planned instant: a HIT's expiry; of each assignment arrival, deadline, submission and approval."""


def start(hits: int, each: int) -> tuple[Simulation, list[str]]:
    """A marketplace with HITs of one type; their ids."""
    sim = simulate(seed=1)
    type_id = sim.client.create_hit_type(
        Title="Label",
        Description="Label a photo",
        Reward="0.05",
        AssignmentDurationInSeconds=3600,
        AutoApprovalDelayInSeconds=3 * 86400,
    )["HITTypeId"]
    world = sim.world
    for _ in range(hits):
        hit = HIT(
            number=world.store.next_number,
            id=world.ids.entity("hit"),
            type_id=type_id,
            requester="default",
            question=PAGE,
            created=world.second,
            expiration=world.second + 25 * DAY,
            max_assignments=each,
        )
        world.add_hit(hit)
    return sim, [hit.id for hit in sim.hits()]


def schedule() -> Iterator[tuple[int, int, int]]:
    """Worker, HIT and second of each acceptance: spread evenly over twenty days, each worker one after the other."""
    for n in range(HITS * EACH):
        yield n % WORKERS, n // EACH, n * 20 * 86400 // (HITS * EACH)


# --- the variants ------------------------------------------------------------------------------------------------
def plans() -> Callable[[], object]:
    """Workers who follow plans of their own, through the workers' door."""
    sim, hit_ids = start(HITS, EACH)
    steps: list[list[Any]] = [[] for _ in range(WORKERS)]
    free = [0] * WORKERS
    for worker, hit, second in schedule():
        steps[worker] += [Wait(second - free[worker]), Accept(hit_ids[hit]), Wait(WORK), Submit({"label": "cat"})]
        free[worker] = second + WORK
    for worker in range(WORKERS):
        sim.script(sim.worker(), *steps[worker])

    def campaign() -> None:
        sim.clock.advance(days=DAYS)
        done = sim.world.store.hits.values()
        assert sum(hit.approved for hit in done) == HITS * EACH

    return campaign


def engine() -> Callable[[], object]:
    """The marketplace alone: what the doors ask of the world, at the same instants."""
    sim, hit_ids = start(HITS, EACH)
    world = sim.world
    accounts = [sim.worker().account for _ in range(WORKERS)]
    held: list[Any] = [None] * (HITS * EACH)

    def accept(subject: str) -> None:
        n = int(subject)
        held[n] = world.add_assignment(world.store.hits[hit_ids[n // EACH]], accounts[n % WORKERS])
        world.timers.set(world.clock.micros + WORK * SECOND, "job:submit", subject)

    def submit(subject: str) -> None:
        work = held[int(subject)]
        work.answer = "cat"
        world.fire_assignment(work, "submit")

    world.ringers |= {"job:accept": accept, "job:submit": submit}

    def campaign() -> None:
        begin = world.clock.micros
        for n, (_, _, second) in enumerate(schedule()):
            world.timers.set(begin + second * SECOND, "job:accept", str(n))
        sim.clock.advance(days=DAYS)
        assert sum(hit.approved for hit in world.store.hits.values()) == HITS * EACH

    return campaign


def bare() -> Callable[[], object]:
    """SimPy's timeouts alone, as many as there are events."""
    env = simpy.Environment()

    def campaign() -> None:
        for n in range(EVENTS):
            env.timeout(n * 7919 % (DAYS * 86400))
        env.run()

    return campaign


class Deaf(Timers):
    """Timers of a world that SimPy drives: what would ring is SimPy's business."""

    def set(self, due: int, ring: str, subject: str) -> None:
        """Nothing is planned."""


def processes() -> Callable[[], object]:
    """SimPy processes doing the same work on the same records: each HIT, assignment and deadline is one."""
    sim, hit_ids = start(HITS, EACH)
    world, env, begin = sim.world, simpy.Environment(), sim.world.clock.micros
    world.timers = Deaf()
    accounts = [sim.worker().account for _ in range(WORKERS)]

    def now() -> None:
        world.clock.set(begin + env.now * SECOND)

    def expiry(hit_id: str) -> Iterator[Any]:
        yield env.timeout(25 * 86400)
        now()
        world.fire_hit(world.store.hits[hit_id], "expire")

    def deadline(record: Assignment) -> Iterator[Any]:
        yield env.timeout(3600)
        now()
        world.fire_assignment(record, "fall_due")

    def assignment(worker: int, hit: int, second: int) -> Iterator[Any]:
        yield env.timeout(second)
        now()
        record = world.add_assignment(world.store.hits[hit_ids[hit]], accounts[worker])
        env.process(deadline(record))
        yield env.timeout(WORK)
        now()
        record.answer = "cat"
        world.fire_assignment(record, "submit")
        yield env.timeout(3 * 86400)
        now()
        world.fire_assignment(record, "fall_due")

    def campaign() -> None:
        for hit_id in hit_ids:
            env.process(expiry(hit_id))
        for planned in schedule():
            env.process(assignment(*planned))
        env.run()
        assert sum(hit.approved for hit in world.store.hits.values()) == HITS * EACH

    return campaign


def campaigns() -> Iterator[Bar]:
    """Events a second of each variant, the fastest of some rounds that take turns."""
    variants = {"bare": bare, "processes": processes, "engine": engine, "plans": plans}
    best = dict.fromkeys(variants, float("inf"))
    for _ in range(ROUNDS):
        for name, prepare in variants.items():
            campaign = prepare()
            with quiet():
                begin = time.process_time()
                campaign()
                best[name] = min(best[name], time.process_time() - begin)
    rates = {name: EVENTS / seconds for name, seconds in best.items()}
    note = ", ".join(f"{name} {rate / 1000:.0f}" for name, rate in rates.items()) + " thousand events/s"
    yield Bar("campaign against SimPy's bare timeouts", rates["engine"] / rates["bare"], 0.8, False, note)
    yield Bar("campaign against SimPy processes", rates["engine"] / rates["processes"], 1.5, False, note)


def million() -> Iterator[Bar]:
    """A million assignments by a population, drawn answers and all: seconds and bytes."""
    people = Population(
        arrivals_per_hour=4000, day_shapes={"US": DayShape(1.0)}, v_inf=1.0, acceptance=1.0, expected_seconds=60
    )
    gc.disable()
    begin = time.process_time()
    sim, _ = start(100_000, 10)
    sim.populate(people)
    began = sim.clock.now
    while sim.world.store.market:
        sim.clock.advance(hours=6)
    seconds = time.process_time() - begin
    gc.enable()
    done = sum(fact.kind == "AssignmentSubmitted" for fact in sim.journal)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    note = f"{done:,} submitted within {(sim.clock.now - began).days} days"
    yield Bar("a million assignments: seconds", seconds * 1e6 / done, 180, note=note)
    yield Bar("a million assignments: gigabytes", peak, 2.0, note="peak of the whole process")


def bars() -> Iterator[Bar]:
    """The bars on campaigns; the million takes a minute or two."""
    yield from campaigns()
    yield from million()


if __name__ == "__main__":
    print(table(bars()))
