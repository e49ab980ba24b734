"""The lifecycles, row by row: what each allows, in states reached by real acts; and that nothing else is allowed."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from helpers import api, digest, expire, hand_in, post, shown

from mturk_sim import Simulation
from mturk_sim.core.tables import Arrow, Settling, Table
from mturk_sim.marketplace.lifecycles import ASSIGNMENT_LIFE, HIT_LIFE
from mturk_sim.marketplace.records import HIT, Assignment
from mturk_sim.marketplace.rules import rules

AnyArrow = Arrow[Any, Any]
AnySettling = Settling[Any, Any]
DAYS_120 = timedelta(days=120)


def name_of(row: AnyArrow | AnySettling) -> str:
    if isinstance(row, Settling):
        return f"{row.source}-{row.when.__name__}-{row.target}"
    guard = f"-{row.guard.__name__}" if row.guard else ""
    return f"{row.source}-{row.event}-{row.target}{guard}"


def absent(table: Table[Any, Any]) -> list[tuple[str, str]]:
    """The pairs of a state and an event for which there is no arrow."""
    return [pair for pair in product(table.states, table.events) if pair[0] not in table.sources(pair[1])]


# --- HITs in each state ------------------------------------------------------------------------------------------
def assignable(sim: Simulation) -> str:
    return post(sim, LifetimeInSeconds=3600, AssignmentDurationInSeconds=7200, MaxAssignments=2)


def unassignable(sim: Simulation) -> str:
    hit_id = assignable(sim)
    for _ in range(2):
        sim.worker().accept(hit_id)
    return hit_id


def reviewable(sim: Simulation) -> str:
    hit_id = assignable(sim)
    for assignment_id in hand_in(sim, hit_id, 2):
        api(sim).reject_assignment(AssignmentId=assignment_id, RequesterFeedback="no")
    return hit_id


def reviewing(sim: Simulation) -> str:
    hit_id = reviewable(sim)
    api(sim).update_hit_review_status(HITId=hit_id)
    return hit_id


def disposed(sim: Simulation) -> str:
    hit_id = reviewable(sim)
    api(sim).delete_hit(HITId=hit_id)
    return hit_id


IN_STATE: dict[str, Callable[[Simulation], str]] = {
    "Assignable": assignable,
    "Unassignable": unassignable,
    "Reviewable": reviewable,
    "Reviewing": reviewing,
    "Disposed": disposed,
}


def in_state(sim: Simulation, state: str) -> HIT:
    """A HIT's record, the HIT in that state."""
    if state == "Gone":
        hit = sim.world.store.hits[disposed(sim)]
        sim.clock.advance(days=1)
    else:
        hit = sim.world.store.hits[IN_STATE[state](sim)]
    assert hit.status == state
    return hit


def when_its_expiration_comes(sim: Simulation, hit: HIT) -> None:
    sim.clock.advance_to(sim.clock.now.replace(microsecond=0) + timedelta(seconds=3599))
    sim.world.clock.set(hit.expiration)


def after_120_days(sim: Simulation, hit: HIT) -> None:
    sim.world.clock.set(max(hit.expiration, hit.last_activity) + DAYS_120 // timedelta(microseconds=1))


def at_once(sim: Simulation, hit: HIT) -> None:
    pass


LET: dict[str, Callable[[Simulation, HIT], None]] = {
    "its_expiration_has_come": when_its_expiration_comes,
    "unused_for_120_days": after_120_days,
    "all_work_is_reviewed": at_once,
    "a_slot_is_free_before_expiry": at_once,
}
"""What makes a guard hold, by its name."""
HINDERED: dict[str, Callable[[Simulation, HIT], None]] = {
    "its_expiration_has_come": at_once,
    "unused_for_120_days": at_once,
    "all_work_is_reviewed": lambda sim, hit: setattr(hit, "submitted", 1),
    "a_slot_is_free_before_expiry": lambda sim, hit: sim.world.clock.set(hit.expiration),
}
"""What makes it fail."""


# --- HIT: arrows -------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-24", "HIT-28", "HIT-30", "HIT-35", "HIT-36", "HIT-38", "HIT-46", "HIT-50", "HIT-51")
@pytest.mark.parametrize("arrow", HIT_LIFE.arrows, ids=name_of)
def test_each_arrow_of_a_hit(mturk: Simulation, arrow: AnyArrow) -> None:
    world = mturk.world
    hit = in_state(mturk, arrow.source)
    if arrow.guard is not None:
        LET[arrow.guard.__name__](mturk, hit)
    assert HIT_LIFE.arrow(world, hit, arrow.event) is arrow
    told = len(world.journal)
    assert world.fire_hit(hit, arrow.event)
    if arrow.fact is not None:
        assert (world.journal[told].kind, world.journal[told].hit_id) == (arrow.fact, hit.id)
    if arrow.event == "expire" and arrow.source == "Assignable":
        assert hit.status == "Reviewable"  # the last a settling
    else:
        assert hit.status == arrow.target


@pytest.mark.parametrize(
    "arrow", [arrow for arrow in HIT_LIFE.arrows if arrow.guard is not None], ids=lambda arrow: name_of(arrow)
)
def test_each_guard_of_a_hit_keeps_its_arrow_shut(mturk: Simulation, arrow: AnyArrow) -> None:
    hit = in_state(mturk, arrow.source)
    assert arrow.guard is not None
    HINDERED[arrow.guard.__name__](mturk, hit)
    taken = HIT_LIFE.arrow(mturk.world, hit, arrow.event)
    assert taken is not arrow
    if taken is None:
        before = _records(mturk)
        assert not mturk.world.fire_hit(hit, arrow.event)
        assert _records(mturk) == before


def _records(sim: Simulation) -> Any:
    """A digest for a clock that was put somewhere by hand: no timer rings first."""
    rung, sim.world._ringing = sim.world._ringing, True
    try:
        return {name: part for name, part in digest(sim).items() if name != "_ringing"}
    finally:
        sim.world._ringing = rung


@pytest.mark.rule("HIT-16", "HIT-30")
def test_from_its_expiration_on_a_hit_is_not_accepted(mturk: Simulation) -> None:
    hit = in_state(mturk, "Assignable")
    mturk.world.clock.set(hit.expiration)
    assert not mturk.world.fire_hit(hit, "accept")


@pytest.mark.rule("HIT-38", "HIT-51", "HIT-53")
@pytest.mark.parametrize(("state", "event"), absent(HIT_LIFE))
def test_nothing_else_happens_to_a_hit(mturk: Simulation, state: str, event: str) -> None:
    hit = in_state(mturk, state)
    before = digest(mturk)
    assert not mturk.world.fire_hit(hit, event)
    assert (digest(mturk), hit.status) == (before, state)


# --- HIT: settlings ----------------------------------------------------------------------------------------------
def take_the_last_slot(sim: Simulation) -> None:
    unassignable(sim)


def expire_with_nothing_pending(sim: Simulation) -> None:
    expire(sim, assignable(sim))


def return_before_expiry(sim: Simulation) -> None:
    hit_id = post(sim)
    sim.worker().accept(hit_id).return_()


def hand_in_the_last(sim: Simulation) -> None:
    hand_in(sim, post(sim))


def more_slots_when_reviewable(sim: Simulation) -> None:
    api(sim).create_additional_assignments_for_hit(HITId=reviewable(sim), NumberOfAdditionalAssignments=1)


def more_slots_when_reviewing(sim: Simulation) -> None:
    api(sim).create_additional_assignments_for_hit(HITId=reviewing(sim), NumberOfAdditionalAssignments=1)


BY_ACTS: dict[tuple[str, str], Callable[[Simulation], None]] = {
    ("Assignable", "Unassignable"): take_the_last_slot,
    ("Assignable", "Reviewable"): expire_with_nothing_pending,
    ("Unassignable", "Assignable"): return_before_expiry,
    ("Unassignable", "Reviewable"): hand_in_the_last,
    ("Reviewable", "Assignable"): more_slots_when_reviewable,
    ("Reviewing", "Assignable"): more_slots_when_reviewing,
}


@pytest.mark.rule("HIT-24", "HIT-26", "HIT-28", "HIT-29")
@pytest.mark.parametrize("row", HIT_LIFE.settlings, ids=name_of)
def test_each_settling_of_a_hit(mturk: Simulation, monkeypatch: pytest.MonkeyPatch, row: AnySettling) -> None:
    taken: list[AnySettling] = []
    find = HIT_LIFE.settling

    def noted(context: Any, record: Any) -> AnySettling | None:
        found = find(context, record)
        if found is not None:
            taken.append(found)
        return found

    monkeypatch.setattr(HIT_LIFE, "settling", noted)
    BY_ACTS[row.source, row.target](mturk)
    assert taken[-1] is row
    (hit,) = mturk.hits()
    assert shown(mturk, hit.id)["HITStatus"] == row.target
    assert mturk.journal.of(str(row.fact))[-1].hit_id == hit.id


# --- assignments in each state -----------------------------------------------------------------------------------
def assignment_in(sim: Simulation, state: str) -> Assignment:
    """An assignment's record, the assignment in that state."""
    hit_id = post(sim, LifetimeInSeconds=31536000, AssignmentDurationInSeconds=600, AutoApprovalDelayInSeconds=1200)
    handle = sim.worker().accept(hit_id)
    if state in ("Submitted", "Approved", "Rejected"):
        handle.submit({"label": "cat"})
    if state == "Approved":
        api(sim).approve_assignment(AssignmentId=handle.id)
    if state == "Rejected":
        api(sim).reject_assignment(AssignmentId=handle.id, RequesterFeedback="no")
    if state == "Returned":
        handle.return_()
    if state == "Abandoned":
        sim.clock.advance(seconds=600)
    record = sim.world.store.assignments[handle.id]
    assert record.status == state
    return record


def put_at(ahead: float) -> Callable[[Simulation], None]:
    return lambda sim: sim.world.clock.set(sim.world.second + int(ahead * 1_000_000))


def when_money_is_short(sim: Simulation) -> None:
    sim.ledger.set_balance(0)
    put_at(1200)(sim)


LET_WORK: dict[str, Callable[[Simulation], None]] = {
    "before_the_deadline": put_at(599.999999),
    "the_deadline_has_passed": put_at(600),
    "the_approval_delay_runs": put_at(1199.999999),
    "there_is_money_for_it": put_at(1200),
    "within_30_days_of_submission": put_at(30 * 86400),
}
OTHERWISE: dict[tuple[str, str], Callable[[Simulation], None]] = {("Submitted", "fall_due"): when_money_is_short}
"""What keeps the guards of all other arrows shut, by source and event."""
HINDERED_WORK: dict[str, Callable[[Simulation], None]] = {
    "before_the_deadline": put_at(600),
    "the_deadline_has_passed": put_at(599.999999),
    "the_approval_delay_runs": put_at(1200),
    "there_is_money_for_it": when_money_is_short,
    "within_30_days_of_submission": put_at(30 * 86400 + 0.000001),
}


@pytest.mark.mturk(sandbox=False)
@pytest.mark.rule("ASN-03", "ASN-06", "ASN-13", "ASN-17", "ASN-24", "HIT-29", "C46")
@pytest.mark.parametrize("arrow", ASSIGNMENT_LIFE.arrows, ids=name_of)
def test_each_arrow_of_an_assignment(mturk: Simulation, arrow: AnyArrow) -> None:
    world = mturk.world
    record = assignment_in(mturk, arrow.source)
    if arrow.guard is not None:
        LET_WORK[arrow.guard.__name__](mturk)
    elif (arrow.source, arrow.event) in OTHERWISE:
        OTHERWISE[arrow.source, arrow.event](mturk)
    assert ASSIGNMENT_LIFE.arrow(world, record, arrow.event) is arrow
    told = len(world.journal)
    assert world.fire_assignment(record, arrow.event)
    assert record.status == arrow.target
    if arrow.fact is not None:
        fact = world.journal[told]
        assert (fact.kind, fact.assignment_id, fact.worker_id) == (arrow.fact, record.id, record.worker_id)


@pytest.mark.mturk(sandbox=False)
@pytest.mark.parametrize(
    "arrow", [arrow for arrow in ASSIGNMENT_LIFE.arrows if arrow.guard is not None], ids=lambda arrow: name_of(arrow)
)
def test_each_guard_of_an_assignment_keeps_its_arrow_shut(mturk: Simulation, arrow: AnyArrow) -> None:
    record = assignment_in(mturk, arrow.source)
    assert arrow.guard is not None
    HINDERED_WORK[arrow.guard.__name__](mturk)
    taken = ASSIGNMENT_LIFE.arrow(mturk.world, record, arrow.event)
    assert taken is not arrow
    if taken is None:
        before = _records(mturk)
        assert not mturk.world.fire_assignment(record, arrow.event)
        assert _records(mturk) == before


@pytest.mark.rule("ASN-03", "ASN-06", "HIT-29")
@pytest.mark.parametrize("event", ["submit", "return"])
def test_from_the_deadline_on_work_is_neither_handed_in_nor_given_back(mturk: Simulation, event: str) -> None:
    record = assignment_in(mturk, "Accepted")
    put_at(600)(mturk)
    assert not mturk.world.fire_assignment(record, event)
    assert record.status == "Accepted"


@pytest.mark.rule("HIT-29")
def test_work_that_is_given_back_is_told(mturk: Simulation) -> None:
    record = assignment_in(mturk, "Returned")
    assert [fact.assignment_id for fact in mturk.journal.of("AssignmentReturned")] == [record.id]


@pytest.mark.rule("ASN-07", "ASN-12", "ASN-14", "ASN-20")
@pytest.mark.parametrize(("state", "event"), absent(ASSIGNMENT_LIFE))
def test_nothing_else_happens_to_an_assignment(mturk: Simulation, state: str, event: str) -> None:
    record = assignment_in(mturk, state)
    before = digest(mturk)
    assert not mturk.world.fire_assignment(record, event)
    assert (digest(mturk), record.status) == (before, state)


# --- the tables themselves ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", [HIT_LIFE, ASSIGNMENT_LIFE], ids=lambda table: table.name)
def test_every_row_names_a_rule_and_every_state_can_be_reached(table: Table[Any, Any]) -> None:
    assert {row.rule for row in table.rows()} <= set(rules())
    reached = {table.initial} | {row.target for row in table.rows()}
    assert reached == set(table.states)


@pytest.mark.parametrize("table", [HIT_LIFE, ASSIGNMENT_LIFE], ids=lambda table: table.name)
def test_conditions_and_consequences_say_what_they_are(table: Table[Any, Any]) -> None:
    functions: list[Any] = [function for row in table.rows() for function in row.then]
    functions += [arrow.guard for arrow in table.arrows if arrow.guard] + [row.when for row in table.settlings]
    assert [function.__name__ for function in functions if not function.__doc__] == []
