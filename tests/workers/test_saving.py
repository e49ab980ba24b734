"""Populations go on in a copy or a restored simulation as they would have in the first."""

import json
from collections.abc import Callable
from datetime import timedelta

import attrs
import pytest
from groups import OnlyLooks, post

from mturk_sim import Simulation, simulate
from mturk_sim.workers import Accept, Population, Submit, Wait

BUSY = Population(acceptance=0.5, arrivals_per_hour=30.0, p_abandon=0.2, p_return=0.2)


def restored(sim: Simulation) -> Simulation:
    return Simulation.restore(json.loads(json.dumps(sim.snapshot(), sort_keys=True)))


def begun() -> Simulation:
    sim = simulate(seed=6).__enter__()
    sim.populate(BUSY)
    for number in range(4):
        post(sim, f"Group {number}", MaxAssignments=9, AssignmentDurationInSeconds=900)
    sim.script(sim.worker("ASCRIPTED"), Wait(3600), Accept(title="Group 2"), Wait(60), Submit())
    sim.clock.advance(minutes=50)
    return sim


@pytest.mark.parametrize("copy", [restored, Simulation.fork])
def test_workers_on_the_way_go_on_in_the_copy(copy: Callable[[Simulation], Simulation]) -> None:
    first = begun()
    assert first.crowd.visits

    with first, copy(first) as second:
        for sim in (first, second):
            sim.run(for_=timedelta(days=2))
            post(sim, "Later")
            sim.run(for_=timedelta(days=1))

        assert "ASCRIPTED" in {fact.worker_id for fact in second.journal.of("AssignmentSubmitted")}
        assert first.journal.dump() == second.journal.dump()


@pytest.mark.parametrize("copy", [restored, Simulation.fork])
def test_what_happens_in_a_copy_does_not_happen_in_the_first(copy: Callable[[Simulation], Simulation]) -> None:
    with begun() as first, copy(first) as second:
        before = first.journal.dump(), len(first.crowd.visits), len(first.workers)
        second.run(for_=timedelta(days=2))

        assert (first.journal.dump(), len(first.crowd.visits), len(first.workers)) == before


def test_a_policy_of_ones_own_goes_into_a_fork() -> None:
    with simulate() as sim:
        sim.populate(attrs.evolve(BUSY, policy=OnlyLooks()))
        post(sim)
        with sim.fork() as fork:
            fork.clock.advance(hours=1)
            assert sum(stream.arrived for stream in fork.crowd.streams.values()) > 0
