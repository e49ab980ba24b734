"""Snapshots and forks: a copy goes on as the original would have, and neither notices the other."""

import gc
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from helpers import digest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from questions import HIT

from mturk_sim import Behavior, Simulation, VirtualClock, simulate
from mturk_sim.core.journal import Journal
from mturk_sim.core.saving import CannotSave, is_value
from mturk_sim.core.twins import attributes, is_ours
from mturk_sim.workers.population import Population

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
TOPIC: Any = {
    "Destination": "arn:aws:sns:us-east-1:123456789012:work",
    "Transport": "SNS",
    "Version": "2014-08-15",
    "EventTypes": ["AssignmentSubmitted"],
}


def busy(**settings: Any) -> Simulation:
    """A marketplace with something of everything in it."""
    sim = simulate(seed=5, **settings)
    client = sim.client
    type_id = client.create_qualification_type(Name="Cats", Description="d", QualificationTypeStatus="Active")[
        "QualificationType"
    ]["QualificationTypeId"]
    ann, bob = sim.worker("A1ANN"), sim.worker("A1BOB", country="DE", approved=10)
    client.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=ann.id, IntegerValue=3)
    client.create_worker_block(WorkerId=sim.worker("A1CY").id, Reason="r")
    hit_id = client.create_hit(**HIT, MaxAssignments=3, UniqueRequestToken="once")["HIT"]["HITId"]
    hit_type_id = client.get_hit(HITId=hit_id)["HIT"]["HITTypeId"]
    client.update_notification_settings(HITTypeId=hit_type_id, Notification=TOPIC, Active=True)
    done = ann.accept(hit_id).submit({"label": "cat"})
    bob.accept(hit_id)
    client.approve_assignment(AssignmentId=done.id)
    client.send_bonus(WorkerId=ann.id, AssignmentId=done.id, BonusAmount="0.05", Reason="r", UniqueRequestToken="b")
    sim.faults.throttle("SendBonus", times=2, start=START + timedelta(days=2))
    sim.requester("other", **({} if settings.get("sandbox", True) else {"balance": 50})).client.create_hit(**HIT)
    sim.clock.advance(minutes=7)
    return sim


def crowded() -> Simulation:
    sim = busy()
    sim.populate(Population(arrivals_per_hour=30))
    for _ in range(5):
        sim.client.create_hit(**HIT, MaxAssignments=2)
    sim.clock.advance(hours=2)
    return sim


MAKERS = pytest.mark.parametrize(
    "make",
    [busy, lambda: busy(sandbox=False, balance=100), lambda: busy(behavior=Behavior(lean_pages=True)), crowded],
    ids=["sandbox", "production", "behavior", "crowd"],
)


def as_text(sim: Simulation) -> str:
    return json.dumps(sim.snapshot(), sort_keys=True)


def restored(sim: Simulation) -> Simulation:
    return Simulation.restore(json.loads(as_text(sim)))


def go_on(sim: Simulation) -> tuple[Any, ...]:
    """What a marketplace comes to in some days more."""
    client = sim.client
    hit_id = client.create_hit(**HIT)["HIT"]["HITId"]
    sim.worker("A1BOB").accept(hit_id).submit({"label": "dog"})
    with pytest.raises(client.exceptions.RequestError, match="already exists"):
        client.create_hit(**HIT, UniqueRequestToken="once")
    sim.clock.advance(days=3)
    new = sim.worker()
    client.notify_workers(Subject="s", MessageText="m", WorkerIds=[new.id])
    sim.clock.advance(days=40)
    answer = client.list_hits()
    return (
        sim.journal.dump(),
        digest(sim),
        answer,
        new.id,
        [str(each) for each in sim.notifications],
        sim.ledger.balance,
    )


# --- snapshots ---------------------------------------------------------------------------------------------------
@MAKERS
def test_a_restored_simulation_goes_on_as_the_original(make: Callable[[], Simulation]) -> None:
    sim = make()
    twin = restored(sim)

    assert digest(twin) == digest(sim)
    assert as_text(twin) == as_text(sim)
    assert go_on(twin) == go_on(sim)
    assert as_text(twin) == as_text(sim)


@MAKERS
def test_equal_states_have_equal_snapshots(make: Callable[[], Simulation]) -> None:
    assert as_text(make()) == as_text(make())


def test_any_change_shows_in_the_snapshot(mturk: Simulation) -> None:
    seen = {as_text(mturk)}
    acts: list[Callable[[], object]] = [
        lambda: mturk.clock.advance(microseconds=1),
        lambda: mturk.client.list_hits(),
        lambda: mturk.worker("A1"),
        lambda: mturk.client.create_hit(**HIT),
        lambda: mturk.worker("A1").accept(mturk.hits()[0].id),
        lambda: mturk.faults.throttle(),
        lambda: mturk.requester("other"),
    ]
    for act in acts:
        act()
        seen.add(as_text(mturk))

    assert len(seen) == 1 + len(acts)


def test_a_snapshot_is_a_picture_and_does_not_move(mturk: Simulation) -> None:
    mturk.client.create_hit(**HIT)
    saved = mturk.snapshot()
    before = json.dumps(saved, sort_keys=True)
    go_on_a_little(mturk)
    one, other = Simulation.restore(saved), Simulation.restore(saved)
    go_on_a_little(one)

    assert json.dumps(saved, sort_keys=True) == before == as_text(other)


def go_on_a_little(sim: Simulation) -> None:
    sim.worker("A1X").accept(sim.hits()[0].id).submit({"label": "cat"})
    sim.clock.advance(hours=3)


def test_the_log_of_calls_begins_anew_and_its_numbers_go_on() -> None:
    sim = busy()
    for twin in (restored(sim), sim.fork()):
        assert len(twin.calls) == 0
        assert twin.calls.made == sim.calls.made > 0


def test_a_snapshot_made_in_frozen_time_can_be_used_outside() -> None:
    with freeze_time("2026-03-01") as frozen, simulate(clock=frozen) as sim:
        sim.client.create_hit(**HIT)
        sim.client.update_expiration_for_hit(HITId=sim.hits()[0].id, ExpireAt=datetime.now(UTC) + timedelta(days=9))
        text, forked = as_text(sim), sim.fork()
    twin = Simulation.restore(json.loads(text))

    assert "Fake" not in text
    for copy in (twin, forked):
        assert type(copy.clock) is VirtualClock
        assert copy.clock.now == datetime(2026, 3, 1, tzinfo=UTC)
        copy.clock.advance(days=9)
        assert copy.client.get_hit(HITId=copy.hits()[0].id)["HIT"]["HITStatus"] == "Reviewable"


def test_a_snapshot_may_be_made_in_a_block_of_virtual_time(mturk: Simulation) -> None:
    with mturk.virtual_time():
        twin, forked = restored(mturk), mturk.fork()

    assert twin.clock.watchers == forked.clock.watchers == []


@pytest.mark.parametrize("saved", [{}, {"format": "mturk_sim state 0"}, {"format": "mturk_sim state 2"}])
def test_what_is_no_snapshot_is_refused(saved: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"no snapshot|no state"):
        Simulation.restore(saved)


# --- forks -------------------------------------------------------------------------------------------------------
@MAKERS
def test_a_fork_goes_on_as_the_original(make: Callable[[], Simulation]) -> None:
    sim = make()
    fork, control = sim.fork(), restored(sim)
    fork_of_fork = fork.fork()

    assert go_on(fork) == go_on(fork_of_fork) == go_on(control) == go_on(sim)


@MAKERS
def test_a_fork_does_not_touch_the_original_nor_the_other_way(make: Callable[[], Simulation]) -> None:
    sim = make()
    before = as_text(sim)
    fork = sim.fork()
    go_on(fork)
    after = as_text(fork)

    assert as_text(sim) == before
    go_on(sim)
    sim.clock.advance(days=200)
    assert as_text(fork) == after


def test_handles_kept_from_before_stay_with_the_original() -> None:
    sim = busy()
    hit_id = sim.client.create_hit(**HIT, MaxAssignments=2)["HIT"]["HITId"]
    held = sim.worker("A1DI").accept(hit_id)
    fork = sim.fork()
    held.submit({"label": "cat"})

    assert held.status == "Submitted"
    assert fork.world.store.assignments[held.id].status == "Accepted"
    assert sim.world.store.assignments[held.id].status == "Submitted"


@pytest.mark.parametrize("copy", [lambda sim: sim.fork(), lambda sim: sim.restore(sim.snapshot())])
@pytest.mark.parametrize("collecting", [True, False])
def test_a_copy_leaves_the_garbage_collector_as_it_was(collecting: bool, copy: Callable[[Simulation], object]) -> None:
    sim = busy()
    (gc.enable if collecting else gc.disable)()
    try:
        copy(sim)
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


@pytest.fixture
def _collected() -> Iterator[None]:
    yield
    assert gc.isenabled()


ACTS: dict[str, Callable[[Simulation], object]] = {
    "post": lambda sim: sim.client.create_hit(**HIT, MaxAssignments=2),
    "work": lambda sim: sim.worker().accept(sim.hits()[-1].id).submit({"label": "cat"}),
    "hold": lambda sim: sim.worker().accept(sim.hits()[0].id),
    "approve": lambda sim: sim.client.approve_assignment(AssignmentId=sim.assignments()[-1].id),
    "reject": lambda sim: sim.client.reject_assignment(AssignmentId=sim.assignments()[0].id, RequesterFeedback="r"),
    "extend": lambda sim: sim.client.create_additional_assignments_for_hit(
        HITId=sim.hits()[0].id, NumberOfAdditionalAssignments=1
    ),
    "delete": lambda sim: sim.client.delete_hit(HITId=sim.hits()[0].id),
    "hour": lambda sim: sim.clock.advance(hours=1),
    "month": lambda sim: sim.clock.advance(days=31),
}


def act(sim: Simulation, names: list[str]) -> None:
    for name in names:
        try:
            ACTS[name](sim)
        except Exception:  # a refusal; forks and controls are refused alike
            continue


SCRIPT = st.lists(st.sampled_from(list(ACTS)), max_size=8)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(before=SCRIPT, ours=SCRIPT, theirs=SCRIPT, last=SCRIPT)
def test_whatever_happens_forks_are_as_if_they_had_been_alone(
    before: list[str], ours: list[str], theirs: list[str], last: list[str]
) -> None:
    def alone(*scripts: list[str]) -> tuple[str, Any]:
        with simulate(sandbox=False, balance=5) as sim:
            for script in scripts:
                act(sim, script)
            return sim.journal.dump(), digest(sim)

    with simulate(sandbox=False, balance=5) as sim:
        act(sim, before)
        fork = sim.fork()
        act(sim, ours)
        second = fork.fork()
        act(fork, theirs)
        act(second, last)
        act(sim, last)
        found = [(each.journal.dump(), digest(each)) for each in (sim, fork, second)]

    assert found == [alone(before, ours, last), alone(before, theirs), alone(before, last)]


# --- what cannot be copied ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("copy", [Simulation.snapshot, Simulation.fork])
def test_planned_functions_cannot_be_copied(mturk: Simulation, copy: Callable[[Simulation], object]) -> None:
    mturk.at(START + timedelta(hours=1), lambda: None)
    with pytest.raises(CannotSave, match="1 functions are planned with at"):
        copy(mturk)
    mturk.clock.advance(hours=1)

    copy(mturk)


@pytest.mark.parametrize("copy", [Simulation.snapshot, Simulation.fork])
def test_an_instant_that_is_not_over_cannot_be_copied(mturk: Simulation, copy: Callable[[Simulation], object]) -> None:
    mturk.at(START + timedelta(hours=1), lambda: copy(mturk))
    with pytest.raises(CannotSave, match="not over"):
        mturk.clock.advance(days=1)


def test_what_json_cannot_hold_is_named(mturk: Simulation) -> None:
    mturk.notifications.lose(times=None)

    with pytest.raises(CannotSave, match="befall holds a function"):
        mturk.snapshot()


# --- nothing is forgotten ----------------------------------------------------------------------------------------
LEFT_OUT = {
    "Simulation": {"_requesters", "_workers"},
    "World": {"lock", "clock"},
    "Calls": {"_rows", "_pages", "_items"},
    "Notifications": {"_deliveries"},
}
"""All that a snapshot leaves out. Whoever adds to it says in `Simulation.snapshot` what is not in there."""


@pytest.mark.parametrize("name", ["Simulation", "World", "Store", "Books", "Calls", "Notifications", "Faults"])
def test_every_attribute_is_saved_or_known_to_be_left_out(name: str) -> None:
    sim = crowded()
    holders = (sim, sim.world, sim.world.store, sim.world.books, sim.calls, sim.notifications, sim.faults)
    holder = next(each for each in holders if type(each).__name__ == name)
    saved, _ = attributes(holder)

    assert set(vars(holder)) - set(saved) == LEFT_OUT.get(name, set())


def test_no_list_or_dictionary_is_held_twice() -> None:
    """A snapshot keeps the identity of objects, not of lists and dictionaries: two holders would drift apart."""
    sim = crowded()
    holders: dict[int, str] = {}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, (list, dict, set)):
            assert id(value) not in holders, f"{path} is also {holders[id(value)]}"
            holders[id(value)] = path
            each = value.values() if isinstance(value, dict) else value
            for item in list(each):
                walk(item, path + "[]")
        elif is_ours(type(value)) and not is_value(type(value)) and not isinstance(value, Journal | type):
            if id(value) in met:
                return
            met[id(value)] = value  # neither values nor the rows of a journal change
            for name, held in zip(*attributes(value), strict=True):
                walk(held, f"{type(value).__name__}.{name}")

    met: dict[int, Any] = {}
    walk(sim, "")
    assert len(holders) > 50
