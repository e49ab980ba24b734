"""The two ways of an answer agree: early, before anything is signed, and through botocore's whole HTTP layer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from helpers import digest, hand_in, post
from hypothesis import given, settings
from hypothesis import strategies as st
from questions import QUESTION

from mturk_sim import Behavior, Simulation, WorkerRefused, simulate
from mturk_sim.operations import OPERATIONS
from mturk_sim.strategies import requests
from mturk_sim.strategies.standing import standing

WORKERS = [f"AWORKER{number}" for number in range(4)]


@contextmanager
def both(**settings: Any) -> Iterator[tuple[Simulation, Simulation]]:
    """Two marketplaces alike, one answering early and one through the wire."""
    with simulate(**settings) as fast, simulate(wire=True, **settings) as wire:
        for sim in (fast, wire):
            for worker_id in WORKERS:
                sim.worker(worker_id)
        yield fast, wire


def exact(value: Any) -> Any:
    """A value in a form that shows everything about it that a caller can see, the order of members too."""
    if isinstance(value, dict):
        return [(name, exact(member)) for name, member in value.items()]
    if isinstance(value, list):
        return [exact(item) for item in value]
    if isinstance(value, datetime):
        return (value.isoformat(), repr(value.tzinfo), type(value))
    return (value, type(value))


def outcome(sim: Simulation, operation: str, params: dict[str, Any]) -> Any:
    """What comes of a call, in full."""
    names = {wire: python for python, wire in sim.client.meta.method_to_api_mapping.items()}
    try:
        return exact(getattr(sim.client, names[operation])(**params))
    except ClientError as error:
        return (type(error).__name__, type(error).__mro__[1].__name__, str(error), exact(error.response))
    except BotoCoreError as error:
        return (type(error).__name__, str(error))


def tried(act: Callable[[], Any]) -> Any:
    """What comes of a worker's act."""
    try:
        return act() and "done"
    except WorkerRefused as refusal:
        return (refusal.reason, str(refusal))


def same(fast: Simulation, wire: Simulation, look: Callable[[Simulation], Any]) -> None:
    assert look(fast) == look(wire)


# --- each operation by itself ------------------------------------------------------------------------------------
def populate(sim: Simulation) -> None:
    """Something for every operation to find."""
    client: Any = sim.client
    first, second = post(sim, MaxAssignments=3, Keywords="a, é", RequesterAnnotation="n"), post(sim)
    submitted, approved, _ = hand_in(sim, first, 3)
    client.approve_assignment(AssignmentId=approved, RequesterFeedback="good")
    worker_id = client.get_assignment(AssignmentId=submitted)["Assignment"]["WorkerId"]
    client.send_bonus(WorkerId=worker_id, AssignmentId=submitted, BonusAmount="0.5", Reason="x")
    sim.worker(WORKERS[0]).accept(second)
    client.create_hit_type(
        Title="T",
        Description="D",
        Reward="1",
        AssignmentDurationInSeconds=60,
        QualificationRequirements=[
            {"QualificationTypeId": "00000000000000000071", "Comparator": "In", "LocaleValues": [{"Country": "US"}]}
        ],
    )
    asked = client.create_qualification_type(Name="Asked", Description="D", QualificationTypeStatus="Active")
    type_id = asked["QualificationType"]["QualificationTypeId"]
    client.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=WORKERS[1], IntegerValue=7)
    sim.worker(WORKERS[2]).request_qualification(type_id)
    client.create_worker_block(WorkerId=WORKERS[3], Reason="x")
    sim.clock.advance(hours=2, seconds=0.7)


@pytest.mark.rule("HIT-07", "HIT-09", "HIT-10", "ERR-02", "ENV-03")
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
@settings(max_examples=5)
@given(data=st.data())
def test_an_operation_answers_alike(operation: str, data: st.DataObject) -> None:
    """Whether it goes well or not; every operation that is registered is tried."""
    with both() as (fast, wire):
        for sim in (fast, wire):
            populate(sim)
        for kind in ("fitting", "any"):
            params = data.draw(requests(operation, fast if kind == "fitting" else None), label=kind)
            same(fast, wire, partial(outcome, operation=operation, params=params))
        same(fast, wire, digest)


# --- whole campaigns ---------------------------------------------------------------------------------------------
def call(data: st.DataObject, fast: Simulation, wire: Simulation) -> None:
    operation = data.draw(st.sampled_from(sorted(OPERATIONS)))
    params = data.draw(requests(operation, fast if standing(operation, fast) else None))
    same(fast, wire, lambda sim: outcome(sim, operation, params))


def create(data: st.DataObject, fast: Simulation, wire: Simulation) -> None:
    params = data.draw(requests("CreateHIT", Question=QUESTION, LifetimeInSeconds=st.integers(30, 3600)))
    same(fast, wire, lambda sim: outcome(sim, "CreateHIT", params))


def work(data: st.DataObject, fast: Simulation, wire: Simulation) -> None:
    hits = [hit.id for hit in fast.worker(WORKERS[0]).search()]
    if not hits:
        return
    hit_id, worker_id = data.draw(st.sampled_from(hits)), data.draw(st.sampled_from(WORKERS))
    end = data.draw(st.sampled_from(["hold", "submit", "return"]))

    def act(sim: Simulation) -> Any:
        handle = sim.worker(worker_id).accept(hit_id)
        if end == "submit":
            handle.submit({"label": "cat"})
        if end == "return":
            handle.return_()
        return handle.id

    same(fast, wire, lambda sim: tried(lambda: act(sim)))


def wait(data: st.DataObject, fast: Simulation, wire: Simulation) -> None:
    seconds = data.draw(st.sampled_from([0.3, 1, 59.5, 600, 86400, 31 * 86400, 125 * 86400]))
    same(fast, wire, lambda sim: sim.clock.advance(seconds=seconds))


STEPS = [create, work, work, call, call, call, wait]


@settings(max_examples=30)
@given(data=st.data(), sandbox=st.booleans(), lean=st.booleans())
def test_a_campaign_goes_alike(data: st.DataObject, sandbox: bool, lean: bool) -> None:
    """Answers, refusals, what workers meet, the journal and everything else, whatever is done in whatever order."""
    with both(sandbox=sandbox, behavior=Behavior(lean_pages=lean)) as (fast, wire):
        for sim in (fast, wire):
            populate(sim)
        for step in data.draw(st.lists(st.sampled_from(STEPS), max_size=12)):
            step(data, fast, wire)
        same(fast, wire, digest)
        same(fast, wire, lambda sim: sim.journal.dump())
        same(fast, wire, lambda sim: [(row.operation, row.parameters, str(row.error)) for row in sim.calls])
