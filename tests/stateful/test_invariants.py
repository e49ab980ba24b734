"""What always holds: each check notices when it does not."""

from collections.abc import Callable
from typing import Any

import pytest
from helpers import hand_in, post
from questions import HIT

from mturk_sim import Simulation
from mturk_sim.core.draws import Draws
from mturk_sim.core.ids import Ids
from mturk_sim.stateful import invariants
from mturk_sim.strategies import Accept, Call, Join, Marketplace, Refused, Submit, Wait


@pytest.fixture
def sim() -> Marketplace:
    """A marketplace with a HIT of three assignments, of which one is handed in."""
    sim = Marketplace(sandbox=False)
    hand_in(sim, post(sim, MaxAssignments=3))
    post(sim)
    return sim


def _hit(sim: Simulation) -> Any:
    return sim.hits()[0]


def _miscount(sim: Simulation) -> None:
    _hit(sim).submitted += 1


def _overbook(sim: Simulation) -> None:
    _hit(sim).max_assignments = 0


def _lose_a_slot(sim: Simulation) -> None:
    _hit(sim).taken += 1


def _print_money(sim: Simulation) -> None:
    sim.world.books.accounts["worker:A"] += 5


def _lose_a_hold(sim: Simulation) -> None:
    sim.world.books.holds["default"].clear()


def _overdraw(sim: Simulation) -> None:
    sim.world.books.accounts["worker:A"] -= 5
    sim.world.books.accounts["fees"] += 5


def _hide_a_hit(sim: Simulation) -> None:
    sim.world.store.listed["default"].remove(_hit(sim).number)


BROKEN: list[tuple[Callable[[Any], None], Callable[[Any], None], str]] = [
    (invariants.counters_add_up, _miscount, "counts 2 submitted; 1 assignments are Submitted"),
    (invariants.counters_add_up, _lose_a_slot, "has 2 slots taken, and counts 1"),
    (invariants.counters_add_up, _overbook, "has -1 slots available"),
    (invariants.money_balances, _print_money, "5 cents come from nowhere"),
    (invariants.money_balances, _lose_a_hold, "0 cents are held for HITs"),
    (invariants.money_balances, _overdraw, "worker:A is 5 cents in debt"),
    (invariants.pages_are_complete, _hide_a_hit, "ListHITs gives"),
]


@pytest.mark.parametrize(("check", "break_it", "said"), BROKEN, ids=[broken.__name__ for _, broken, _ in BROKEN])
def test_what_does_not_hold_is_noticed(
    sim: Marketplace, check: Callable[[Any], None], break_it: Callable[[Any], None], said: str
) -> None:
    check(sim)
    break_it(sim)

    with pytest.raises(AssertionError, match=said):
        check(sim)


def test_pages_that_differ_by_their_size_are_noticed(sim: Marketplace, monkeypatch: pytest.MonkeyPatch) -> None:
    items = invariants._items

    def some(sim: Simulation, operation: str, member: str, parameters: dict[str, Any], size: int) -> list[Any]:
        return items(sim, operation, member, parameters, size)[: 1 if size == 1 else None]

    monkeypatch.setattr(invariants, "_items", some)

    with pytest.raises(AssertionError, match=r"ListHITs\(\{\}\) gives 1 items one by one, 2 at once"):
        invariants.pages_are_complete(sim)


# --- states ------------------------------------------------------------------------------------------------------
def test_a_state_that_no_rows_lead_to_is_noticed(sim: Marketplace) -> None:
    states = invariants.States()
    (work,) = sim.assignments()
    sim.client.approve_assignment(AssignmentId=work.id)
    states.are_legal(sim)
    sim.assignments()[0].status = "Submitted"

    with pytest.raises(AssertionError, match=r"assignment \w+ was Approved and is Submitted; no rows lead there"):
        states.are_legal(sim)


def test_a_record_that_is_not_at_rest_is_noticed(sim: Marketplace) -> None:
    hit = _hit(sim)
    hit.taken = hit.submitted = hit.max_assignments
    hit.pending = 0

    with pytest.raises(AssertionError, match=r"hit \w+ is Assignable and should be Reviewable \(HIT-26\)"):
        invariants.States().are_legal(sim)


@pytest.mark.rule("ASN-05")
def test_an_id_may_begin_anew_after_its_work_was_given_back(sim: Marketplace) -> None:
    states, hit_id = invariants.States(), post(sim)
    held = sim.worker().accept(hit_id)
    held.return_()
    states.are_legal(sim)

    again = sim.worker().accept(hit_id)

    assert again.id == held.id
    states.are_legal(sim)


# --- replaying ---------------------------------------------------------------------------------------------------
HISTORY = [
    Join("AONE"),
    Call("CreateHIT", HIT),
    Wait(60),
    Accept("AONE", Ids(Draws(0)).entity("hit")),
    Call("GetHIT", {"HITId": "3NONE"}),
]


def _lived() -> tuple[Marketplace, list[Any]]:
    sim = Marketplace()
    return sim, [sim.do(act) for act in HISTORY]


def test_a_history_comes_to_the_same_when_it_is_replayed_over_the_wire() -> None:
    sim, outcomes = _lived()

    invariants.history_replays(sim, outcomes)

    assert isinstance(outcomes[-1], Refused)


def test_another_outcome_is_noticed() -> None:
    sim, outcomes = _lived()
    outcomes[0] = "ATWO"

    with pytest.raises(AssertionError, match="came to 'ATWO', and through the HTTP layer to 'AONE'"):
        invariants.history_replays(sim, outcomes)


def test_something_that_is_not_in_the_history_is_noticed() -> None:
    sim, outcomes = _lived()
    sim.worker("AONE").submit(sim.assignments()[0].id, {"label": "cat"})

    with pytest.raises(AssertionError, match="made another journal"):
        invariants.history_replays(sim, outcomes)


def test_money_that_is_not_in_the_history_is_noticed() -> None:
    sim, outcomes = _lived()
    sim.world.books.pay(0, ("default", "3H", "3A", "AONE"), "bonus", 5, 1)

    with pytest.raises(AssertionError, match="made another books"):
        invariants.history_replays(sim, outcomes)


def test_submitting_replays_too() -> None:
    sim, outcomes = _lived()
    outcomes.append(sim.do(Submit("AONE", outcomes[3], {"label": "cat"})))

    invariants.history_replays(sim, outcomes)
