"""The books: fees to the cent, entries that replay to the balances, holds, and amounts that are amounts."""

from decimal import Decimal
from typing import Any

import pytest
from helpers import api, hand_in, post
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim import Simulation, simulate
from mturk_sim.marketplace.ledger import Books, fee, whole_cents
from mturk_sim.marketplace.money import fee_percent, slot_cost
from mturk_sim.marketplace.records import dollars, on_the_wire


# --- fees --------------------------------------------------------------------------------------------------------
@pytest.mark.rule("PAY-03", "PAY-04")
@pytest.mark.parametrize(
    ("cents", "percent", "charge"),
    [
        (1, 20, 1),
        (2, 20, 1),
        (5, 20, 1),
        (52, 20, 10),
        (53, 20, 11),
        (12, 20, 2),
        (13, 20, 3),
        (1, 40, 1),
        (26, 40, 10),
    ],
)
def test_a_fee_is_rounded_half_up_and_at_least_a_cent(cents: int, percent: int, charge: int) -> None:
    """The published examples among them: 20 % of 0.52 is 0.104, so 0.10; of 0.525 it would be 0.105, so 0.11."""
    assert fee(cents, percent) == charge


@pytest.mark.rule("PAY-04")
@given(st.integers(1, 10**12), st.sampled_from([20, 25, 40, 45]))
def test_a_fee_is_what_decimal_arithmetic_says(cents: int, percent: int) -> None:
    exact = Decimal(cents) * percent / 100
    assert fee(cents, percent) == max(1, int(exact + Decimal("0.5")))


# --- amounts -----------------------------------------------------------------------------------------------------
@given(st.integers(0, 10**17))
def test_cents_and_dollars_are_the_same_money(cents: int) -> None:
    assert whole_cents(dollars(cents)) == cents
    assert whole_cents(on_the_wire(cents)) == cents
    assert on_the_wire(cents) == f"{dollars(cents):f}"


@pytest.mark.parametrize("amount", ["-1", "0.005", "NaN", "Infinity", "ten", "", Decimal("-0.01")])
def test_what_is_no_amount_is_refused(amount: Any) -> None:
    with pytest.raises(ValueError, match="is no amount of money"):
        whole_cents(amount)


def test_a_float_is_no_amount() -> None:
    with pytest.raises(TypeError, match="not float"):
        whole_cents(0.1)  # type: ignore[arg-type]  # on purpose


# --- the books by themselves -------------------------------------------------------------------------------------
def kinds(books: Books) -> list[tuple[str, int]]:
    return [(entry.kind, entry.cents) for entries in books.journal for entry in entries]


@pytest.mark.rule("PAY-08", "C23")
def test_liability_is_held_and_released() -> None:
    books = Books(sandbox=False)
    books.set_available(0, "me", 1000)
    books.owe(1, "me", "3HIT", 360)
    books.owe(2, "me", "3HIT", 360)
    books.owe(3, "me", "3HIT", 120)
    books.owe(4, "me", "3HIT", 0)
    assert kinds(books) == [("deposit", 1000), ("hold", 360), ("release", 240), ("release", 120)]
    assert books.available("me") == 1000
    assert (dict(books.holds["me"]), books.liabilities) == ({}, {})


@pytest.mark.rule("PAY-08", "C23")
def test_a_single_cent_is_held_too() -> None:
    books = Books(sandbox=False)
    books.set_available(0, "me", 1000)
    for at, liability in enumerate((2, 3, 2), start=1):
        books.owe(at, "me", "3HIT", liability)
    assert kinds(books)[1:] == [("hold", 2), ("hold", 1), ("release", 1)]
    assert (books.available("me"), books.holds["me"]) == (998, {"3HIT": 2})


@pytest.mark.rule("PAY-11", "PAY-13")
def test_a_reward_is_paid_from_the_hold_and_an_override_from_the_balance() -> None:
    books = Books(sandbox=False)
    books.set_available(0, "me", 1000)
    books.owe(1, "me", "3HIT", 120)
    books.pay(2, ("me", "3HIT", "3A", "AW"), "reward", 100, 20, from_hold=True)
    books.owe(2, "me", "3HIT", 0)
    assert (books.available("me"), books.accounts["held:me"], books.paid_to("AW")) == (880, 0, 100)
    books.pay(3, ("me", "3HIT", "3B", "AW"), "reward", 100, 20)
    assert (books.available("me"), books.paid_to("AW"), books.accounts["fees"]) == (760, 200, 40)


@pytest.mark.rule("C22")
def test_after_the_balance_was_set_nothing_is_held() -> None:
    books = Books(sandbox=False)
    books.set_available(0, "me", 1000)
    books.owe(1, "me", "3HIT", 360)
    books.set_available(2, "me", 50)
    assert (books.available("me"), books.accounts["held:me"]) == (50, 0)
    assert not books.covers("me", 120, "3HIT")
    books.set_available(3, "me", 500)
    assert books.covers("me", 120, "3HIT")
    books.pay(4, ("me", "3HIT", "3A", "AW"), "reward", 100, 20, from_hold=True)
    assert (books.available("me"), books.liabilities) == (380, {"3HIT": 240})


@pytest.mark.rule("PAY-11", "PAY-08")
def test_a_hold_that_is_too_small_goes_back_and_the_balance_pays() -> None:
    books = Books(sandbox=False)
    books.set_available(0, "me", 1000)
    books.owe(1, "me", "3HIT", 100)
    books.set_available(2, "me", 220)
    books.owe(3, "me", "3HIT", 120)
    assert (books.available("me"), books.accounts["held:me"]) == (200, 20)
    books.pay(4, ("me", "3HIT", "3A", "AW"), "reward", 100, 20, from_hold=True)
    books.owe(4, "me", "3HIT", 0)
    assert (books.available("me"), books.accounts["held:me"], dict(books.holds["me"])) == (100, 0, {})


def test_a_balance_is_set_by_what_is_brought_or_taken_away() -> None:
    books = Books(sandbox=False)
    for at, cents in enumerate((1000, 400, 400, 0)):
        books.set_available(at, "me", cents)
        assert (books.available("me"), books.accounts["outside"]) == (cents, -cents)
    assert kinds(books) == [("deposit", 1000), ("withdrawal", 600), ("withdrawal", 400)]


@pytest.mark.rule("PAY-14", "C22")
def test_on_the_sandbox_play_money_pays_and_nothing_is_held() -> None:
    books = Books(sandbox=True)
    books.set_available(0, "me", 1_000_000)
    books.owe(1, "me", "3HIT", 10**9)
    assert books.covers("me", 10**12)
    books.pay(2, ("me", "3HIT", "3A", "AW"), "reward", 10**9, 2 * 10**8, from_hold=True)
    assert (books.available("me"), books.paid_to("AW"), books.liabilities) == (1_000_000, 10**9, {})
    assert sum(books.accounts.values()) == 0


# --- what a user sees --------------------------------------------------------------------------------------------
@pytest.mark.rule("PAY-01", "PAY-11", "PAY-20")
def test_entries_tell_every_movement() -> None:
    with simulate(sandbox=False, balance=10) as sim:
        hit_id = post(sim)
        (assignment_id,) = hand_in(sim, hit_id)
        worker = sim.workers[0]
        api(sim).approve_assignment(AssignmentId=assignment_id)
        api(sim).send_bonus(WorkerId=worker.id, AssignmentId=assignment_id, BonusAmount="1", Reason="x")
        entries = sim.ledger.entries
    shown = [(entry.kind, entry.amount, entry.source, entry.target) for entry in entries]
    assert shown == [
        ("deposit", Decimal("10.00"), "outside", "available:default"),
        ("hold", Decimal("0.12"), "available:default", "held:default"),
        ("reward", Decimal("0.10"), "held:default", f"worker:{worker.id}"),
        ("reward_fee", Decimal("0.02"), "held:default", "fees"),
        ("bonus", Decimal("1.00"), "available:default", f"worker:{worker.id}"),
        ("bonus_fee", Decimal("0.20"), "available:default", "fees"),
    ]
    assert [entry.hit_id for entry in entries] == [None] + [hit_id] * 5
    assert [entry.assignment_id for entry in entries] == [None, None] + [assignment_id] * 4
    assert [entry.worker_id for entry in entries] == [None, None] + [worker.id] * 4
    assert entries[0].at == sim.journal[0].at.replace(microsecond=0)


def test_a_balance_can_be_set_in_production_only(mturk: Simulation) -> None:
    with pytest.raises(ValueError, match=r"sandbox balance is always 10000\.00"):
        mturk.ledger.set_balance(5)
    with simulate(sandbox=False, balance=10) as sim:
        sim.ledger.set_balance("3.50")
        assert sim.ledger.balance == Decimal("3.50")
        for bad in ("-1", "0.001"):
            with pytest.raises(ValueError, match="no amount of money"):
                sim.ledger.set_balance(bad)
        assert repr(sim.ledger) == "Ledger(balance=3.50, held=0.00, fees=0.00)"


def test_a_worker_or_an_id_names_who_was_paid(mturk: Simulation) -> None:
    (assignment_id,) = hand_in(mturk, post(mturk))
    api(mturk).approve_assignment(AssignmentId=assignment_id)
    (worker,) = mturk.workers
    assert mturk.ledger.paid_to(worker) == mturk.ledger.paid_to(worker.id) == Decimal("0.10")
    assert mturk.ledger.paid_to("ANOBODY") == 0


@pytest.mark.rule("PAY-01", "PAY-05")
def test_percentages_go_by_slots_and_masters(mturk: Simulation) -> None:
    world = mturk.world
    plain = world.store.hit_types[world.store.hits[post(mturk)].type_id]
    masters = {"QualificationTypeId": "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", "Comparator": "Exists"}
    asking = world.store.hit_types[world.store.hits[post(mturk, QualificationRequirements=[masters])].type_id]
    rated = {"QualificationTypeId": "000000000000000000L0", "Comparator": "Exists"}
    other = world.store.hit_types[world.store.hits[post(mturk, QualificationRequirements=[rated])].type_id]
    assert [fee_percent(world, plain, slots) for slots in (1, 9, 10, 1000)] == [20, 20, 40, 40]
    assert [fee_percent(world, asking, slots) for slots in (1, 9, 10, 1000)] == [25, 25, 45, 45]
    assert [fee_percent(world, other, slots) for slots in (1, 9, 10, 1000)] == [20, 20, 40, 40]
    assert slot_cost(world, asking, 10) == 10 + 5
