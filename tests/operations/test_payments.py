"""Bonuses, the balance, and the money that requests need."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from helpers import api, digest, expire, hand_in, ids, pages, post, refused, shown
from questions import HIT

from mturk_sim import Behavior, Simulation, simulate

FUNDS = (
    "This Requester has insufficient funds in their account to complete this transaction. Please visit "
    "https://requester.mturk.com/prepayments/new to purchase Prepaid HITs."
)


@pytest.fixture
def live() -> Iterator[Simulation]:
    """Production, with ten dollars."""
    with simulate(sandbox=False, balance="10.00") as sim:
        yield sim


def balance(sim: Simulation) -> str:
    available: str = api(sim).get_account_balance()["AvailableBalance"]
    return available


def bonus(sim: Simulation, assignment_id: str, amount: str = "1.00", **more: Any) -> dict[str, Any]:
    """A SendBonus request for whoever did the work."""
    worker_id = api(sim).get_assignment(AssignmentId=assignment_id)["Assignment"]["WorkerId"]
    request = {"WorkerId": worker_id, "AssignmentId": assignment_id, "BonusAmount": amount, "Reason": "well done"}
    return request | more


def short(sim: Simulation, call: Any, **params: Any) -> None:
    refusal = refused(sim, call, **params)
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.InsufficientFunds")
    assert refusal.text == FUNDS


# --- the balance -------------------------------------------------------------------------------------------------
@pytest.mark.rule("PAY-14", "PAY-16", "C22")
def test_the_sandbox_always_has_10000_dollars(mturk: Simulation) -> None:
    answer = api(mturk).get_account_balance()
    assert set(answer) == {"AvailableBalance", "ResponseMetadata"}
    hit_id = post(mturk, Reward="9999.00", MaxAssignments=1000)
    (assignment_id,) = hand_in(mturk, hit_id)
    api(mturk).approve_assignment(AssignmentId=assignment_id)
    api(mturk).send_bonus(**bonus(mturk, assignment_id, "50000.00"))
    assert balance(mturk) == "10000.00"
    assert mturk.ledger.balance == Decimal("10000.00")
    assert mturk.ledger.held == 0
    assert mturk.workers[0].earned == mturk.ledger.paid_to(mturk.workers[0]) == Decimal("59999.00")


@pytest.mark.rule("PAY-08", "PAY-10", "PAY-11", "PAY-12", "C22", "C23")
def test_money_is_held_paid_and_released(live: Simulation) -> None:
    """Three slots of $0.10 and 20 %: held on creation, paid on approval, released on rejection and expiry."""
    hit_id = post(live, MaxAssignments=3)
    assert (balance(live), live.ledger.held) == ("9.64", Decimal("0.36"))
    approved, rejected = hand_in(live, hit_id, 2)
    assert (balance(live), live.ledger.held) == ("9.64", Decimal("0.36"))
    api(live).approve_assignment(AssignmentId=approved)
    assert (balance(live), live.ledger.held, live.ledger.fees) == ("9.64", Decimal("0.24"), Decimal("0.02"))
    api(live).reject_assignment(AssignmentId=rejected, RequesterFeedback="no")
    assert (balance(live), live.ledger.held) == ("9.76", Decimal("0.12"))
    expire(live, hit_id)
    assert (balance(live), live.ledger.held, live.ledger.fees) == ("9.88", Decimal(0), Decimal("0.02"))


@pytest.mark.rule("C23", "PAY-10")
def test_free_slots_stay_held_until_the_work_under_way_ends(live: Simulation) -> None:
    hit_id = post(live, MaxAssignments=3)
    handle = live.worker().accept(hit_id)
    expire(live, hit_id)
    assert live.ledger.held == Decimal("0.36")
    handle.submit({"label": "cat"})
    assert live.ledger.held == Decimal("0.12")


@pytest.mark.rule("C23", "PAY-08")
def test_an_extension_holds_again(live: Simulation) -> None:
    hit_id = post(live, MaxAssignments=3)
    expire(live, hit_id)
    api(live).create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=2)
    assert live.ledger.held == 0
    api(live).update_expiration_for_hit(HITId=hit_id, ExpireAt=live.clock.now + timedelta(hours=1))
    assert live.ledger.held == Decimal("0.60")
    api(live).create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    assert live.ledger.held == Decimal("0.72")


@pytest.mark.rule("C23", "PAY-09", "HIT-46")
def test_slots_of_an_expired_hit_cost_nothing_at_the_very_instant_of_its_expiry_and_later() -> None:
    with simulate(sandbox=False, balance="0.12", behavior=Behavior(latency=timedelta(0))) as sim:
        hit_id = post(sim)
        sim.clock.advance_to(shown(sim, hit_id)["Expiration"])
        sim.ledger.set_balance(0)
        for _ in range(2):
            api(sim).create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
            sim.clock.advance(hours=1)
        assert (shown(sim, hit_id)["MaxAssignments"], sim.ledger.held) == (3, Decimal(0))


@pytest.mark.rule("PAY-08", "PAY-10")
def test_a_deleted_hit_holds_nothing(live: Simulation) -> None:
    hit_id = post(live)
    expire(live, hit_id)
    api(live).delete_hit(HITId=hit_id)
    assert (balance(live), live.ledger.held, len(live.world.books.liabilities)) == ("10.00", Decimal(0), 0)


@pytest.mark.rule("PAY-08", "HIT-50")
def test_a_dearer_type_holds_more(live: Simulation) -> None:
    hit_id = post(live, MaxAssignments=2)
    members = {"Title": "New", "Description": "Other.", "Reward": "1.00", "AssignmentDurationInSeconds": 60}
    api(live).update_hit_type_of_hit(HITId=hit_id, HITTypeId=api(live).create_hit_type(**members)["HITTypeId"])
    assert live.ledger.held == Decimal("2.40")
    dear = api(live).create_hit_type(**members | {"Reward": "5.00"})["HITTypeId"]
    short(live, api(live).update_hit_type_of_hit, HITId=hit_id, HITTypeId=dear)
    cheap = api(live).create_hit_type(**members | {"Reward": "0.01"})["HITTypeId"]
    api(live).update_hit_type_of_hit(HITId=hit_id, HITTypeId=cheap)
    assert live.ledger.held == Decimal("0.04")


# --- too little money --------------------------------------------------------------------------------------------
@pytest.mark.rule("PAY-09", "C22")
def test_a_hit_beyond_the_balance_is_refused(live: Simulation) -> None:
    short(live, api(live).create_hit, **HIT | {"Reward": "8.34"})
    post(live, Reward="8.33")
    assert balance(live) == "0.00"
    short(live, api(live).create_hit, **HIT | {"Reward": "0.01"})


@pytest.mark.rule("PAY-09")
def test_an_extension_beyond_the_balance_is_refused(live: Simulation) -> None:
    hit_id = post(live, MaxAssignments=5, Reward="1.00")
    more = {"HITId": hit_id, "NumberOfAdditionalAssignments": 4}
    short(live, api(live).create_additional_assignments_for_hit, **more)
    expire(live, hit_id)
    api(live).create_additional_assignments_for_hit(**more)
    later = {"HITId": hit_id, "ExpireAt": live.clock.now + timedelta(hours=1)}
    short(live, api(live).update_expiration_for_hit, **later)
    live.ledger.set_balance("10.80")
    api(live).update_expiration_for_hit(**later)
    assert (balance(live), live.ledger.held) == ("0.00", Decimal("10.80"))


@pytest.mark.rule("PAY-09", "HIT-46")
def test_slots_that_bring_a_hit_back_to_the_market_are_paid_for(live: Simulation) -> None:
    hit_id = post(live, Reward="1.00")
    hand_in(live, hit_id)
    live.ledger.set_balance("2.39")
    more = {"HITId": hit_id, "NumberOfAdditionalAssignments": 2}
    short(live, api(live).create_additional_assignments_for_hit, **more)
    live.ledger.set_balance("2.40")
    api(live).create_additional_assignments_for_hit(**more)
    assert (balance(live), live.ledger.held) == ("0.00", Decimal("2.40"))


@pytest.mark.rule("PAY-11")
def test_an_approval_without_money_leaves_the_work_submitted(live: Simulation) -> None:
    hit_id = post(live)
    (assignment_id,) = hand_in(live, hit_id)
    live.ledger.set_balance("0.11")
    short(live, api(live).approve_assignment, AssignmentId=assignment_id)
    live.clock.advance(days=40)
    assert api(live).get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"] == "Submitted"
    live.ledger.set_balance("0.12")
    api(live).approve_assignment(AssignmentId=assignment_id)
    assert (balance(live), live.ledger.held, live.ledger.fees) == ("0.00", Decimal(0), Decimal("0.02"))


@pytest.mark.rule("PAY-01", "PAY-11", "ASN-06")
@pytest.mark.parametrize(("slots", "held", "fee"), [(9, "1.08", "0.02"), (10, "1.40", "0.04")])
def test_an_automatic_approval_is_paid_out_of_the_hold(slots: int, held: str, fee: str) -> None:
    with simulate(sandbox=False, balance=held) as sim:
        hand_in(sim, post(sim, MaxAssignments=slots, AutoApprovalDelayInSeconds=600))
        sim.clock.advance(seconds=600)
        assert sim.ledger.paid_to(sim.workers[0]) == Decimal("0.10")
        assert (balance(sim), sim.ledger.fees) == ("0.00", Decimal(fee))
        assert sim.ledger.held == Decimal(held) - Decimal("0.10") - Decimal(fee)


@pytest.mark.rule("C46", "PAY-11")
def test_an_automatic_approval_without_money_is_tried_again_each_day(live: Simulation) -> None:
    hit_id = post(live, AutoApprovalDelayInSeconds=600, AssignmentDurationInSeconds=3000)
    (assignment_id,) = hand_in(live, hit_id)
    record = live.world.store.assignments[assignment_id]
    live.ledger.set_balance("0.11")
    live.clock.advance(days=40, seconds=600)
    assert (record.status, live.ledger.balance) == ("Submitted", Decimal("0.11"))
    live.ledger.set_balance("0.12")
    live.clock.advance(hours=23, minutes=59)
    assert record.status == "Submitted"
    live.clock.advance(minutes=1)
    assert (record.status, live.ledger.paid_to(live.workers[0])) == ("Approved", Decimal("0.10"))
    assert record.approved is not None
    assert record.auto_approval is not None
    assert record.approved - record.auto_approval == timedelta(days=41) // timedelta(microseconds=1)
    (approval,) = live.journal.of("AssignmentApproved")
    assert approval.detail == {"automatic": True}


@pytest.mark.rule("C46", "HIT-35")
def test_work_that_is_never_paid_for_goes_with_its_hit(live: Simulation) -> None:
    hit_id = post(live)
    hand_in(live, hit_id)
    live.ledger.set_balance(0)
    live.run()
    assert live.journal.of("AssignmentApproved") == []
    assert [fact.hit_id for fact in live.journal.of("HITDisposed")] == [hit_id]
    assert live.world.books.liabilities == {}


@pytest.mark.rule("ASN-17", "PAY-11")
def test_an_override_of_work_that_was_not_rejected_pays_out_of_the_hold(live: Simulation) -> None:
    (assignment_id,) = hand_in(live, post(live))
    api(live).approve_assignment(AssignmentId=assignment_id, OverrideRejection=True)
    assert (balance(live), live.ledger.held, live.ledger.paid_to(live.workers[0])) == (
        "9.88",
        Decimal(0),
        Decimal("0.10"),
    )
    assert [fact.assignment_id for fact in live.journal.of("AssignmentApproved")] == [assignment_id]


@pytest.mark.rule("PAY-13", "PAY-12")
def test_overriding_a_rejection_charges_again(live: Simulation) -> None:
    hit_id = post(live)
    (assignment_id,) = hand_in(live, hit_id)
    api(live).reject_assignment(AssignmentId=assignment_id, RequesterFeedback="no")
    assert (balance(live), live.ledger.fees) == ("10.00", Decimal(0))
    live.ledger.set_balance("0.11")
    short(live, api(live).approve_assignment, AssignmentId=assignment_id, OverrideRejection=True)
    live.ledger.set_balance("0.12")
    api(live).approve_assignment(AssignmentId=assignment_id, OverrideRejection=True)
    assert (balance(live), live.ledger.paid_to(live.workers[0])) == ("0.00", Decimal("0.10"))
    assert [fact.assignment_id for fact in live.journal.of("AssignmentApproved")] == [assignment_id]


@pytest.mark.rule("PAY-13", "PAY-08")
def test_an_override_is_not_paid_from_what_is_held_for_other_slots() -> None:
    with simulate(sandbox=False, balance="0.24") as sim:
        hit_id = post(sim, MaxAssignments=2)
        (assignment_id,) = hand_in(sim, hit_id)
        api(sim).reject_assignment(AssignmentId=assignment_id, RequesterFeedback="no")
        post(sim)
        assert (balance(sim), sim.ledger.held) == ("0.00", Decimal("0.24"))
        short(sim, api(sim).approve_assignment, AssignmentId=assignment_id, OverrideRejection=True)


# --- fees --------------------------------------------------------------------------------------------------------
@pytest.mark.rule("PAY-01", "PAY-03", "PAY-04")
@pytest.mark.parametrize(
    ("reward", "slots", "held"),
    [
        ("1.00", 1, "1.20"),
        ("1.00", 9, "10.80"),
        ("1.00", 10, "14.00"),
        ("0.01", 1, "0.02"),
        ("0.01", 9, "0.18"),
        ("0.01", 10, "0.20"),
        ("0.02", 1, "0.03"),
        ("0.12", 1, "0.14"),
        ("0.13", 1, "0.16"),
        ("0.26", 10, "3.60"),
        ("0.62", 10, "8.70"),
    ],
)
def test_the_fee_on_a_reward(reward: str, slots: int, held: str) -> None:
    with simulate(sandbox=False, balance=1000) as sim:
        post(sim, Reward=reward, MaxAssignments=slots)
        assert sim.ledger.held == Decimal(held)


@pytest.mark.rule("PAY-05")
@pytest.mark.parametrize(("slots", "held"), [(1, "1.25"), (10, "14.50")])
def test_masters_cost_more(slots: int, held: str) -> None:
    masters = "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH"
    with simulate(sandbox=False, balance=1000) as sim:
        post(
            sim,
            Reward="1.00",
            MaxAssignments=slots,
            QualificationRequirements=[{"QualificationTypeId": masters, "Comparator": "Exists"}],
        )
        assert sim.ledger.held == Decimal(held)


# --- bonuses -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("PAY-20", "PAY-02", "PAY-03", "PAY-04", "HIT-09")
@pytest.mark.parametrize(
    ("slots", "amount", "fee"), [(1, "1.00", "0.20"), (10, "1.00", "0.20"), (1, "0.01", "0.01"), (1, "0.13", "0.03")]
)
def test_a_bonus_is_paid_at_once_with_20_percent(slots: int, amount: str, fee: str) -> None:
    with simulate(sandbox=False, balance=1000) as sim:
        (assignment_id,) = hand_in(sim, post(sim, MaxAssignments=slots))
        before = sim.ledger.balance
        answer = api(sim).send_bonus(**bonus(sim, assignment_id, amount))
        assert set(answer) == {"ResponseMetadata"}
        assert sim.workers[0].earned == Decimal(amount)
        assert sim.ledger.fees == Decimal(fee)
        assert before - sim.ledger.balance == Decimal(amount) + Decimal(fee)


@pytest.mark.rule("PAY-20")
def test_a_bonus_beyond_the_balance_is_refused(live: Simulation) -> None:
    (assignment_id,) = hand_in(live, post(live))
    live.ledger.set_balance("1.19")
    short(live, api(live).send_bonus, **bonus(live, assignment_id))
    live.ledger.set_balance("1.20")
    api(live).send_bonus(**bonus(live, assignment_id))
    assert balance(live) == "0.00"


@pytest.mark.rule("PAY-21", "C21")
@pytest.mark.parametrize("review", ["none", "approve", "reject"])
def test_any_work_handed_in_earns_a_bonus_for_six_months(mturk: Simulation, review: str) -> None:
    hit_id = post(mturk, LifetimeInSeconds=31536000, MaxAssignments=2, AutoApprovalDelayInSeconds=2592000)
    (assignment_id,) = hand_in(mturk, hit_id)
    if review == "approve":
        api(mturk).approve_assignment(AssignmentId=assignment_id)
    if review == "reject":
        api(mturk).reject_assignment(AssignmentId=assignment_id, RequesterFeedback="no")
    request = bonus(mturk, assignment_id)
    api(mturk).send_bonus(**request)
    mturk.clock.advance(days=182, hours=23)
    api(mturk).send_bonus(**request)
    mturk.clock.advance(hours=2)
    refusal = refused(mturk, api(mturk).send_bonus, **request)
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.InvalidAssignmentState")
    assert refusal.text == (
        f"A bonus can be paid within six months of the submission of the assignment {assignment_id}."
    )


@pytest.mark.rule("PAY-22")
@pytest.mark.parametrize("what", ["in progress", "returned", "unknown"])
def test_work_not_handed_in_earns_no_bonus(mturk: Simulation, what: str) -> None:
    handle = mturk.worker().accept(post(mturk))
    if what == "returned":
        handle.return_()
    assignment_id = "3NOSUCH" if what == "unknown" else handle.id
    refusal = refused(
        mturk,
        api(mturk).send_bonus,
        WorkerId=handle.worker.id,
        AssignmentId=assignment_id,
        BonusAmount="1.00",
        Reason="x",
    )
    assert (refusal.type, refusal.code) == ("RequestError", "AWS.MechanicalTurk.AssignmentDoesNotExist")
    assert refusal.text == f"Assignment {assignment_id} does not exist."


@pytest.mark.rule("PAY-23", "C24", "ENV-07", "ERR-06")
def test_a_worker_nobody_knows_is_not_valid(mturk: Simulation) -> None:
    (assignment_id,) = hand_in(mturk, post(mturk))
    refusal = refused(mturk, api(mturk).send_bonus, **bonus(mturk, assignment_id, WorkerId="A143XRCI1YXAFE"))
    assert (refusal.type, refusal.typed, refusal.code) == ("ParameterValidationError", "ClientError", None)
    assert refusal.text == 'The value "A143XRCI1YXAFE" is not valid for the parameter WorkerId.'


@pytest.mark.rule("PAY-24", "C20")
@pytest.mark.parametrize("any_worker", [False, True])
def test_a_worker_not_on_the_assignment_is_not_valid(any_worker: bool) -> None:
    with simulate(behavior=Behavior(any_worker_exists=any_worker)) as sim:
        (assignment_id,) = hand_in(sim, post(sim))
        for worker_id in (sim.worker().id, "A143XRCI1YXAFE"):
            refusal = refused(sim, api(sim).send_bonus, **bonus(sim, assignment_id, WorkerId=worker_id))
            assert refusal.type == "ParameterValidationError"
            assert refusal.text == f'The value "{worker_id}" is not valid for the parameter WorkerId.'


@pytest.mark.rule("C13", "PAY-27")
@pytest.mark.parametrize("amount", ["0", "0.00"])
def test_a_bonus_of_nothing_is_refused(mturk: Simulation, amount: str) -> None:
    (assignment_id,) = hand_in(mturk, post(mturk))
    refusal = refused(mturk, api(mturk).send_bonus, **bonus(mturk, assignment_id, amount))
    assert refusal.text == f'The value "{amount}" is not valid for the parameter BonusAmount.'


@pytest.mark.rule("PAY-25", "HIT-23b")
def test_a_token_pays_once_in_24_hours_and_without_one_every_call_pays(mturk: Simulation) -> None:
    (assignment_id,) = hand_in(mturk, post(mturk, LifetimeInSeconds=604800))
    for _ in range(2):
        api(mturk).send_bonus(**bonus(mturk, assignment_id))
    once = bonus(mturk, assignment_id, UniqueRequestToken="pay-1")
    api(mturk).send_bonus(**once)
    refusal = refused(mturk, api(mturk).send_bonus, **once)
    assert (refusal.type, refusal.typed) == ("RequestError", "RequestError")
    assert refusal.text == 'The idempotency token "pay-1" has already been processed.'
    assert mturk.workers[0].earned == Decimal("3.00")
    mturk.clock.advance(days=1)
    api(mturk).send_bonus(**once)
    assert mturk.workers[0].earned == Decimal("4.00")


@pytest.mark.rule("C42", "HIT-56")
def test_anothers_work_earns_no_bonus(mturk: Simulation) -> None:
    (assignment_id,) = hand_in(mturk, post(mturk))
    other: Any = mturk.requester("other").client
    refusal = refused(mturk, other.send_bonus, **bonus(mturk, assignment_id))
    assert refusal.code == "AWS.MechanicalTurk.PermissionDenied"


# --- listing bonuses ---------------------------------------------------------------------------------------------
@pytest.mark.rule("PAY-26", "PAY-20")
def test_bonuses_are_listed_for_a_hit_or_an_assignment(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=2)
    first, second = hand_in(mturk, hit_id, 2)
    reason = "for the\ttidy\nwork"
    request = bonus(mturk, first, "0.04", Reason=reason)
    api(mturk).send_bonus(**request)
    mturk.clock.advance(minutes=1)
    api(mturk).send_bonus(**bonus(mturk, second, "2"))
    api(mturk).send_bonus(**bonus(mturk, first, "0.5"))

    listed = [item for page in pages(api(mturk).list_bonus_payments, "BonusPayments", HITId=hit_id) for item in page]
    assert ids(listed, "AssignmentId") == [first, second, first]
    assert ids(listed, "BonusAmount") == ["0.04", "2.00", "0.50"]
    assert listed[0] == {
        "WorkerId": request["WorkerId"],
        "BonusAmount": "0.04",
        "AssignmentId": first,
        "Reason": reason,
        "GrantTime": shown(mturk, hit_id)["CreationTime"],
    }
    assert listed[1]["GrantTime"] == listed[0]["GrantTime"] + timedelta(minutes=1)
    one = api(mturk).list_bonus_payments(AssignmentId=first)
    assert (one["NumResults"], one["BonusPayments"]) == (2, [listed[0], listed[2]])


@pytest.mark.rule("PAY-26", "C16", "ERR-07")
def test_bonuses_are_listed_by_exactly_one_scope(mturk: Simulation) -> None:
    hit_id = post(mturk)
    (assignment_id,) = hand_in(mturk, hit_id)
    neither = refused(mturk, api(mturk).list_bonus_payments)
    assert neither.type == "ParameterValidationError"
    assert neither.text == (
        "Your request is missing required parameters. Required parameters include HITId or AssignmentId."
    )
    both = refused(mturk, api(mturk).list_bonus_payments, HITId=hit_id, AssignmentId=assignment_id)
    assert (both.type, both.code) == ("InvalidParameterCombinationError", None)
    assert both.text == "The combination of parameters supplied to the request is invalid: HITId, AssignmentId."


# --- several accounts --------------------------------------------------------------------------------------------
@pytest.mark.rule("C42", "C22")
def test_each_account_has_its_own_money(live: Simulation) -> None:
    other = live.requester("other", balance="1.00")
    client: Any = other.client
    before = digest(live)["books"]["accounts"]["available:default"]
    post(live, client, Reward="0.50")
    assert (other.ledger.balance, other.ledger.held) == (Decimal("0.40"), Decimal("0.60"))
    assert digest(live)["books"]["accounts"]["available:default"] == before
    short(live, client.create_hit, **HIT | {"Reward": "0.50"})
    assert live.ledger.held == 0
