"""Each preset shows what it is there for."""

import io
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
import exact
import pytest

from mturk_sim.documents import question_answers
from mturk_sim.report import campaign_of
from mturk_sim.scenarios import Outcome, Scenario, preset, preset_names, run
from mturk_sim.workers import Answerer, Field, Luck

NAMES = {
    "slow_trickle",
    "nobody_takes_it",
    "spam_farm",
    "all_abandon",
    "one_worker_takes_all",
    "mass_return",
    "contested_rejections",
    "weekend_quiet",
}


@cache
def outcome(name: str) -> Outcome:
    return run(preset(name), output=io.StringIO())


def facts(name: str) -> Counter[str]:
    return Counter(fact.kind for fact in outcome(name).simulation.journal)


def workers(scenario: Scenario, **changes: Any) -> Scenario:
    assert scenario.workers is not None
    return attrs.evolve(scenario, workers=attrs.evolve(scenario.workers, **changes))


def test_there_are_the_eight_presets() -> None:
    assert set(preset_names()) == NAMES


def test_an_unknown_preset_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(LookupError, match="no preset 'chaos': there are all_abandon"):
        preset("chaos")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_preset_runs_to_its_end_and_says_what_it_is(name: str) -> None:
    assert outcome(name).ok
    assert outcome(name).simulation.clock.now == preset(name).end
    assert preset(name).description


def test_slow_trickle_has_6_6_arrivals_a_day_and_stays_assignable() -> None:
    arrived = 0
    for seed in range(20):
        sim = run(preset("slow_trickle"), seed=seed).simulation
        arrived += sum(stream.arrived for stream in sim.crowd.streams.values())
        assert [hit.status for hit in sim.hits()] == ["Assignable"]

    assert arrived in exact.poisson(20 * 6.6)


def test_nobody_takes_it_expires_with_every_assignment_available() -> None:
    hits = outcome("nobody_takes_it").simulation.hits()

    assert facts("nobody_takes_it")["AssignmentAccepted"] == 0
    assert {(hit.status, hit.available) for hit in hits} == {("Reviewable", 3)}


def test_at_six_cents_an_hour_one_in_22_would_take_it() -> None:
    """A reservation wage below 0.06 dollars has probability .0455."""
    scenario = workers(preset("nobody_takes_it"), acceptance=None, stay=(0.0, 1.0), size=20_000, activity_sigma=0.0)
    scenario = attrs.evolve(scenario, hits=(attrs.evolve(scenario.hits[0], max_assignments=99),))
    arrived = accepted = 0
    for seed in range(6):
        sim = run(scenario, seed=seed).simulation
        arrived += sum(stream.arrived for stream in sim.crowd.streams.values())
        accepted += len(sim.journal.of("AssignmentAccepted"))

    assert arrived in exact.poisson(6 * 198)
    assert accepted in exact.binomial(arrived, 0.0455)


def test_spam_farm_majorities_are_right_as_often_as_the_votes_allow() -> None:
    """Each vote is right with .85 or .5, by the worker's kind; so the number of right majorities has known bounds."""
    sim = outcome("spam_farm").simulation
    people = sim.crowd.members["crowd"]
    kinds = {worker.worker_id: worker.ability for worker in people.pool.seated()}
    votes: dict[str, list[tuple[str, str]]] = {hit.id: [] for hit in sim.hits()}
    for each in sim.assignments():
        if each.answer:
            votes[each.hit_id].append((kinds[each.worker_id], str(question_answers(each.answer)["label"])))

    right, chances = 0, []
    for hit in sim.hits():
        luck = Luck(sim.world.draws, ("item", str(hit.annotation)))
        truth = Answerer().truth(str(hit.annotation), Field("label", ("yes", "no")), luck)
        right += sum(label == truth for _, label in votes[hit.id]) >= 3
        chances.append(sum(exact.successes([0.85 if kind == "good" else 0.5 for kind, _ in votes[hit.id]])[3:]))

    assert {len(cast) for cast in votes.values()} == {5}
    assert right in exact.within(exact.successes(chances))
    assert sum(chances) / 200 == pytest.approx(0.9103, abs=0.05)


def test_all_abandon_costs_nothing_and_gives_every_slot_back_when_its_time_is_up() -> None:
    sim = outcome("all_abandon").simulation
    stories = campaign_of(sim).takings

    assert facts("all_abandon")["AssignmentSubmitted"] == 0
    assert all(taking.outcome == "Abandoned" for taking in stories)
    assert all(taking.ended == taking.accepted - taking.accepted % 10**6 + 1800 * 10**6 for taking in stories)
    assert facts("all_abandon")["HITAssignable"] > 0
    assert {hit.available for hit in sim.hits()} == {3}
    assert (sim.ledger.balance, sim.ledger.held) == (Decimal("100.00"), Decimal("0.00"))


def test_one_worker_takes_all_hits_and_no_hit_twice() -> None:
    submitted = outcome("one_worker_takes_all").simulation.journal.of("AssignmentSubmitted")

    assert len({fact.worker_id for fact in submitted}) == 1
    assert len({fact.hit_id for fact in submitted}) == len(submitted) == 30


def test_mass_return_makes_fifty_assignments_available_that_nobody_can_take() -> None:
    sim = outcome("mass_return").simulation
    (hit,) = sim.hits()
    returned = sim.journal.of("AssignmentReturned")

    assert len(returned) == 50
    assert all(hit.expiration - 2 * 10**6 < fact.micros < hit.expiration for fact in returned)
    assert (hit.status, hit.available, hit.approved + hit.submitted) == ("Reviewable", 50, 0)
    assert max(fact.micros for fact in sim.journal.of("AssignmentAccepted")) < min(fact.micros for fact in returned)


def test_contested_rejections_leave_statuses_and_money_in_order() -> None:
    run_ = outcome("contested_rejections")
    sim, kinds = run_.simulation, facts("contested_rejections")
    statuses = Counter(assignment.status for assignment in sim.assignments())
    refused = [call for call in sim.calls if call.error is not None]

    assert kinds["AssignmentRejected"] > statuses["Rejected"] > 0
    assert kinds["RejectionDisputed"] > 0
    assert statuses["Approved"] + statuses["Rejected"] == kinds["AssignmentSubmitted"] == 180
    assert {call.operation for call in refused} == {"RejectAssignment", "ApproveAssignment"}
    assert sim.ledger.balance == Decimal("200.00") - statuses["Approved"] * Decimal("0.12")
    assert sim.ledger.held == 0


def test_contested_rejections_prints_what_became_of_them_in_one_line() -> None:
    printed = io.StringIO()
    run(preset("contested_rejections"), output=printed)
    (line,) = printed.getvalue().splitlines()

    assert line.startswith("{'override': ")


def test_no_rejection_is_taken_back_after_thirty_days() -> None:
    for taking in campaign_of(outcome("contested_rejections").simulation).takings:
        if taking.outcome == "Approved" and taking.ended is not None and taking.submitted is not None:
            assert taking.ended - taking.submitted <= timedelta(days=30) / timedelta(microseconds=1)


def test_weekend_quiet_lets_few_workers_through_the_gate_and_fewer_at_the_weekend() -> None:
    sim = outcome("weekend_quiet").simulation
    weekend = [fact.at.weekday() >= 5 for fact in sim.journal.of("AssignmentAccepted")]
    gate = sim.world.store.workers.values()

    assert 0.1 < sum(weekend) / len(weekend) < 0.6
    assert all(worker.approved > 500 for worker in gate if worker.worked)
    assert sum(worker.approved > 500 for worker in gate) / len(gate) == pytest.approx(0.383, abs=0.1)
