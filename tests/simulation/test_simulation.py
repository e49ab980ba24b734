"""What a simulation is given is looked at at once: what is of the wrong type is told so, and changes nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from helpers import counters, digest, hand_in, post

from mturk_sim import Population, Simulation, simulate
from mturk_sim.workers.plans import Accept, Wait

HOUR = timedelta(hours=1)
NAIVE = datetime(2026, 2, 1)  # noqa: DTZ001 (on purpose)

WRONG: dict[str, tuple[Callable[[Any], object], str]] = {
    "requester": (lambda sim: sim.requester(5), "5 is no name of a requester"),
    "start": (lambda _: simulate(start="2026-01-01"), "'2026-01-01' is no instant"),
    "behavior": (lambda _: simulate(behavior={"lean_pages": True}), r"give Behavior\(\.\.\.\)"),
    "seed: text": (lambda _: simulate(seed="x"), "'x' is no seed: give a whole number"),
    "seed: float": (lambda _: simulate(seed=1.5), "1.5 is no seed"),
    "populate: class": (lambda sim: sim.populate(Population), r"give Population\(\.\.\.\)"),
    "populate": (lambda sim: sim.populate("master"), "'master' is no population"),
    "script: worker": (lambda sim: sim.script("A1", Accept()), "'A1' is no worker"),
    "script: a text": (lambda sim: sim.script(sim.worker("A1"), "Accept"), r"'Accept' is no step: .*Accept\(\)"),
    "script: a class": (lambda sim: sim.script(sim.worker("A1"), Accept), r"is no step: .*Accept\(\)"),
    "wait: a text": (lambda _: Wait("60"), "'60' is no number of seconds"),
    "accept: an answer": (lambda _: Accept({"HITId": "3X"}), r"give its \['HITId'\]"),
    "script: a list": (lambda sim: sim.script(sim.worker("A1"), [Accept()]), r"\[Accept.* is no step"),
    "at: length": (lambda sim: sim.at(HOUR, print), "is no instant"),
    "at: action": (lambda sim: sim.at(sim.clock.now, sim.run()), "None is no action"),
    "at: text": (lambda sim: sim.at("2026-02-01", print), "'2026-02-01' is no instant"),
    "run: length": (lambda sim: sim.run(HOUR), r"is no instant: .* for_=timedelta\(hours=2\)"),
    "run: a number": (lambda sim: sim.run(60), "60 is no instant"),
    "run: for a number": (lambda sim: sim.run(for_=5), "5 is no length of time"),
    "virtual_time": (lambda sim: sim.virtual_time(5), "5 is no length of time"),
    "advance": (lambda sim: sim.clock.advance(5), "5 is no length of time: .* hours=2"),
    "advance: unit": (lambda sim: sim.clock.advance(hour=1), "hour=1 is no length of time: .* days, hours,"),
    "advance: unit of text": (lambda sim: sim.clock.advance(hours="1"), "hours='1' is no length of time"),
    "accept": (lambda sim: sim.worker("A1").accept({"HIT": {"HITId": "3X"}}), r"give its \['HIT'\]\['HITId'\]"),
    "preview": (lambda sim: sim.worker("A1").preview(5), "5 is no HITId"),
    "submit": (lambda sim: sim.worker("A1").submit({"AssignmentId": "3X"}, {}), r"give its \['AssignmentId'\]"),
    "search": (lambda sim: sim.worker("A1").search(5), "5 is no search"),
    "request": (lambda sim: sim.worker("A1").request_qualification(5), "5 is no QualificationTypeId"),
    "throttle": (lambda sim: sim.faults.throttle(times="2"), "'2' is no number of times"),
    "advance_to: text": (lambda sim: sim.clock.advance_to("2026-02-01"), "'2026-02-01' is no instant"),
    "advance_to: day": (lambda sim: sim.clock.advance_to(date(2026, 2, 1)), "is no instant"),
    "layout": (lambda sim: sim.layout(b"<p></p>"), "is no layout"),
    "uploaded": (lambda sim: sim.uploaded(None), "None is no address"),
    "paid_to": (lambda sim: sim.ledger.paid_to(5), "5 is no worker"),
    "attach": (lambda sim: sim.attach("mturk"), "'mturk' is no boto3 client"),
    "restore": (lambda sim: sim.restore("{}"), "'{}' is no snapshot"),
}


@pytest.mark.parametrize(("call", "text"), WRONG.values(), ids=WRONG)
def test_what_is_of_the_wrong_type_is_told_so_and_changes_nothing(
    mturk: Simulation, call: Callable[[Any], object], text: str
) -> None:
    mturk.worker("A1")
    assert mturk.crowd
    before, now = digest(mturk), mturk.clock.now
    with pytest.raises(TypeError, match=text):
        call(mturk)
    assert (digest(mturk), mturk.clock.now) == (before, now)


@pytest.mark.rule("HIT-35")
def test_a_run_without_an_end_goes_on_until_the_hits_are_disposed_of(mturk: Simulation) -> None:
    hit_id = post(mturk, LifetimeInSeconds=3600)
    hand_in(mturk, hit_id)
    mturk.run(for_=timedelta(days=100))
    assert counters(mturk, hit_id) == ("Reviewable", 0, 0, 1)
    mturk.run()
    assert mturk.hits() == []
    assert mturk.world.timers.due is None
    assert mturk.clock.now - mturk.journal.of("HITDisposed")[0].at >= timedelta(days=1)


def test_a_run_has_one_end(mturk: Simulation) -> None:
    with pytest.raises(TypeError, match=r"until=\.\.\. or for_=\.\.\., not both"):
        mturk.run(mturk.clock.now + HOUR, for_=HOUR)
    assert mturk.clock.now == mturk.clock.now.replace(hour=9, minute=0)


@pytest.mark.parametrize(
    "call",
    [
        lambda sim: sim.clock.advance_to(NAIVE),
        lambda sim: sim.run(NAIVE),
        lambda sim: sim.at(NAIVE, print),
    ],
)
def test_an_instant_without_a_time_zone_is_none(mturk: Simulation, call: Callable[[Any], object]) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        call(mturk)


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ({"seed": None}, "None is no seed"),
        ({"start": "2026-01-05"}, "'2026-01-05' is no instant"),
        ({"sandbox": "no"}, "'no' is no truth value"),
        ({"wire": 1}, "1 is no truth value"),
        ({"behavior": {}}, "{} is no behavior"),
        ({"clock": 5}, "5 is no clock"),
        ({"client": "mturk"}, "'mturk' is no boto3 client"),
        ({"sandbox": False, "balance": 1.5}, "1.5 is no amount of money"),
        ({"sandbox": False, "balance": [5]}, r"\[5\] is no amount of money"),
    ],
    ids=str,
)
def test_a_setting_of_the_wrong_type_is_told_so(setting: dict[str, Any], text: str) -> None:
    with pytest.raises(TypeError, match=text):
        simulate(**setting)


def test_a_balance_is_for_a_new_account() -> None:
    with simulate(sandbox=False) as sim:
        account = sim.requester("acme", balance=5)
        with pytest.raises(ValueError, match=r"'acme' exists already; use its ledger\.set_balance"):
            sim.requester("acme", balance=7)
        assert account.ledger.balance == 5


def test_the_reprs_say_whose_and_how_much(mturk: Simulation) -> None:
    account = mturk.requester("acme")
    assert (account.name, repr(account)) == ("acme", "Requester('acme')")
    hit_id, worker = post(mturk), mturk.worker("A1")
    work = worker.accept(hit_id)
    assert repr(worker) == "Worker('A1')"
    assert repr(work) == f"<assignment {work.id} of HIT {hit_id}, Accepted, worker A1>"
    assert repr(mturk.calls) == "<1 calls>"


def test_the_repr_of_faults_says_what_is_planned(mturk: Simulation) -> None:
    assert repr(mturk.faults) == "<Faults: none planned>"
    mturk.faults.throttle(["GetHIT", "create_hit"], times=2)
    mturk.faults.random(0.5, kinds=("timeout", "throttle"))
    assert repr(mturk.faults) == (
        "<Faults: throttle of CreateHIT, GetHIT, 2 times; timeout or throttle of every operation, always, rate 0.5>"
    )


def test_a_simulation_shows_no_names_that_are_not_for_its_users(mturk: Simulation) -> None:
    assert [name for name in dir(mturk) if name != name.lower() and not name.startswith("_")] == []
