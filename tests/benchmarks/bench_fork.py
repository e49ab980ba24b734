"""What a fork costs, against ``copy.deepcopy``: ten thousand HITs with three pieces of work each."""

import copy
import time
from collections.abc import Callable, Iterable

from benchmarks.measure import Bar, quiet, table
from questions import HIT

from mturk_sim import Simulation, simulate

HITS = 10_000


def campaign() -> Simulation:
    """A marketplace in the middle of a campaign."""
    sim = simulate(sandbox=False, balance=100_000)
    workers = [sim.worker() for _ in range(100)]
    for number in range(HITS):
        hit_id = sim.client.create_hit(**HIT, MaxAssignments=3)["HIT"]["HITId"]
        for place in range(3):
            workers[(number + place) % 100].accept(hit_id).submit({"label": "cat"})
    return sim


def fastest(act: Callable[[], object], times: int) -> float:
    """Seconds of processor time, of the fastest of several."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        made = act()
        taken.append(time.process_time() - began)
        del made
    return min(taken)


def bars() -> Iterable[Bar]:
    """The bar on forks."""
    sim = campaign()
    with quiet():
        fork = fastest(sim.fork, 10)
        locks = {id(sim.world.lock): None}  # a lock cannot be copied
        deep = fastest(lambda: copy.deepcopy(sim.world, dict(locks)), 3)
    note = f"fork {fork * 1e3:.1f} ms, deepcopy {deep * 1e3:.0f} ms"
    yield Bar(f"fork of {HITS} HITs and {3 * HITS} assignments / deepcopy", fork / deep, 1 / 40, note=note)


if __name__ == "__main__":
    print(table(bars()))
