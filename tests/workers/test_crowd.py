"""Populations act by themselves: through the workers' door, in the timers, and the same for the same seed."""

from collections import Counter
from datetime import timedelta
from typing import Any

import attrs
import exact
import pytest
from groups import OnlyLooks, post
from qualifications import AUTOMATIC, BEST, ESSAY, MANUAL, SCORED, make_type, need

from mturk_sim import Simulation, simulate
from mturk_sim.workers import (
    Ability,
    Accept,
    DayShape,
    Leave,
    Moment,
    Plan,
    Population,
    RequestQualification,
    Return,
    Submit,
    TakeTest,
    Wait,
)

FLAT = {"US": DayShape(1.0)}
EAGER = Population(
    day_shapes=FLAT, v_inf=1.0, acceptance=1.0, p_return=0.0, p_abandon=0.0, p_queue=0.0, expected_seconds=60.0
)


@attrs.define
class Script:
    """A policy that carries out one plan, and then another look."""

    steps: Plan
    seen: list[Moment] = attrs.Factory(list)

    def plan(self, moment: Moment) -> Plan:
        self.seen.append(moment)
        return self.steps if moment.plans == 0 else ()


def kinds(sim: Simulation) -> Counter[str]:
    return Counter(fact.kind for fact in sim.journal)


def test_a_population_finishes_what_is_posted_before_and_after_it_comes() -> None:
    with simulate() as sim:
        post(sim, "Before")
        sim.populate(EAGER)
        post(sim, "After", MaxAssignments=3)
        sim.run(for_=timedelta(days=3))

        assert {hit.status for hit in sim.hits()} == {"Reviewable"}
        assert kinds(sim)["AssignmentSubmitted"] == 4
        assert all(assignment.answer for assignment in sim.assignments())


def test_with_nothing_to_do_nothing_is_planned() -> None:
    with simulate() as sim:
        sim.populate(EAGER)
        post(sim)
        sim.run()

        assert kinds(sim)["AssignmentApproved"] == 1
        assert len(sim.world.timers) == 0


def test_arrivals_begin_again_when_a_slot_is_free_again() -> None:
    with simulate() as sim:
        post(sim, LifetimeInSeconds=3 * 86400)
        sim.populate(attrs.evolve(EAGER, p_abandon=1.0))
        sim.run(for_=timedelta(days=4))

        assert kinds(sim)["AssignmentAbandoned"] > 20
        assert kinds(sim)["AssignmentSubmitted"] == 0
        assert sim.hits()[0].available == 1


def test_workers_come_to_a_hit_that_got_another_type() -> None:
    with simulate() as sim:
        sim.populate(EAGER)
        hit_id = post(sim, MaxAssignments=100)
        other = sim.client.create_hit_type(
            Title="Other", Description="Other", Reward="0.10", AssignmentDurationInSeconds=60
        )["HITTypeId"]
        sim.client.update_hit_type_of_hit(HITId=hit_id, HITTypeId=other)
        sim.clock.advance(hours=3)

        assert sum(stream.arrived for stream in sim.crowd.streams.values() if stream.group == other) > 10


def test_one_worker_can_take_a_whole_group_and_never_two_assignments_of_a_hit() -> None:
    with simulate() as sim:
        for _ in range(30):
            post(sim, MaxAssignments=3)
        sim.populate(attrs.evolve(EAGER, size=1, stay=(1.0, 0.0)))
        sim.run(for_=timedelta(days=2))

        work = [(fact.worker_id, fact.hit_id) for fact in sim.journal.of("AssignmentSubmitted")]
        assert len(work) == len(set(work)) == 30
        assert len({worker for worker, _ in work}) == 1


def test_the_same_seed_gives_the_same_journal_and_another_seed_another() -> None:
    def journal(seed: int) -> str:
        with simulate(seed=seed) as sim:
            sim.populate(Population(acceptance=0.5))
            for _ in range(10):
                post(sim, MaxAssignments=3)
            sim.run(for_=timedelta(days=2))
            return sim.journal.dump()

    assert journal(4) == journal(4)
    assert journal(4) != journal(5)


def test_a_worker_that_a_test_drives_does_not_shift_what_the_others_do() -> None:
    """Workers who come draw the same luck; only the slot that is taken is missing."""

    def first_work(driven: bool) -> list[tuple[str | None, int]]:
        with simulate(seed=9) as sim:
            sim.populate(EAGER)
            ids = [post(sim, MaxAssignments=90) for _ in range(5)]
            if driven:
                sim.worker().accept(ids[0])
            sim.run(for_=timedelta(hours=1))
            return [(fact.worker_id, fact.micros // 10**6) for fact in sim.journal.of("AssignmentSubmitted")]

    assert len(first_work(driven=False)) >= 20
    assert first_work(driven=False) == first_work(driven=True)


def test_workers_of_a_population_are_workers_of_the_simulation() -> None:
    with simulate() as sim:
        post(sim)
        sim.populate(EAGER)
        sim.run()
        (worker,) = sim.workers

        assert sim.worker(worker.id) is worker
        assert str(worker.earned) == "0.05"


@pytest.mark.rule("ASN-25", "C43")
def test_a_daily_cap_ends_a_workers_day_and_counts_what_is_returned() -> None:
    """The day ends at midnight in Pacific Standard Time: at 8 UTC."""
    with simulate() as sim:
        for _ in range(30):
            post(sim)
        sim.populate(attrs.evolve(EAGER, size=1, stay=(1.0, 0.0), accepts_a_day=4, p_return=0.5))
        sim.run(for_=timedelta(days=3))
        accepted = [fact.at - timedelta(hours=8) for fact in sim.journal.of("AssignmentAccepted")]

    assert kinds(sim)["AssignmentReturned"] > 0
    assert set(Counter(at.date() for at in accepted).values()) == {4}


# --- plans -------------------------------------------------------------------------------------------------------
def test_a_policy_of_ones_own_decides_every_step() -> None:
    policy = Script((Accept(), Wait(90), Submit({"label": "no"})))
    with simulate() as sim:
        post(sim)
        sim.populate(attrs.evolve(EAGER, policy=policy))
        sim.run(for_=timedelta(days=1))

        (assignment,) = sim.assignments()
        assert assignment.submitted == assignment.accepted + 90 * 10**6
        assert "no" in str(assignment.answer)
        assert [moment.done for moment in policy.seen[:2]] == [0, 1]


def test_an_assignment_can_be_returned_by_plan() -> None:
    with simulate() as sim:
        post(sim, LifetimeInSeconds=3600)
        sim.populate(attrs.evolve(EAGER, policy=Script((Accept(), Wait(30), Return(), Leave()))))
        sim.run()

        assert kinds(sim)["AssignmentReturned"] > 5
        assert kinds(sim)["AssignmentReturned"] == kinds(sim)["AssignmentAccepted"]


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ((Accept("3NOSUCHHIT"),), "unknown_hit"),
        ((Submit({"label": "yes"}),), "not_held"),
        ((Return(),), "not_held"),
        ((Accept(), Wait(3600), Submit({"label": "yes"})), "too_late"),
    ],
)
def test_a_step_that_is_refused_ends_the_plan_and_the_policy_is_told(steps: Plan, reason: str) -> None:
    policy = Script(steps)
    with simulate() as sim:
        post(sim)
        sim.populate(attrs.evolve(EAGER, policy=policy))
        sim.clock.advance(hours=2)

        assert reason in {moment.refused for moment in policy.seen}
        assert kinds(sim)["AssignmentSubmitted"] == 0


def test_a_plan_without_end_is_found_out() -> None:
    class Restless:
        def plan(self, moment: Moment) -> Plan:
            return (Return(),)

    with simulate() as sim:
        post(sim)
        sim.populate(attrs.evolve(EAGER, policy=Restless()))
        with pytest.raises(RuntimeError, match="without a Wait or an end"):
            sim.clock.advance(hours=1)


def test_a_policy_sees_what_is_offered() -> None:
    policy = OnlyLooks()
    with simulate() as sim:
        start = sim.clock.now
        post(sim, "Look at me", Reward="0.25")
        sim.populate(attrs.evolve(EAGER, policy=policy))
        sim.clock.advance(hours=1)
        offer = policy.seen[0].offer

    assert (offer.title, offer.reward, offer.assignment_seconds, offer.questions) == ("Look at me", 25, 3600, 1)
    assert offer.closes == start + timedelta(days=30)
    assert offer.available == 1


@pytest.mark.parametrize(("members", "status"), [(AUTOMATIC, "Granted"), (MANUAL, "Submitted")])
def test_a_plan_can_ask_for_the_qualification_that_a_hit_requires(members: dict[str, Any], status: str) -> None:
    with simulate() as sim:
        type_id = make_type(sim, **members)
        post(sim, QualificationRequirements=[need(type_id)])
        steps = (RequestQualification(type_id), Accept(), Wait(60), Submit())
        sim.populate(attrs.evolve(EAGER, policy=Script(steps)))
        sim.clock.advance(hours=2)

        requests = list(sim.world.store.qualifications.requests.values())
        assert {request.status for request in requests} == {status}
        assert kinds(sim)["AssignmentSubmitted"] == (status == "Granted")


@pytest.mark.parametrize("answers", [None, BEST])
def test_a_plan_can_take_the_test(answers: dict[str, Any] | None) -> None:
    """The key gives 25 to whoever knows everything, as workers of accuracy 1 do."""
    with simulate() as sim:
        type_id = make_type(sim, **SCORED)
        post(sim, LifetimeInSeconds=3600)
        expert = Ability(name="expert", share=1, accuracy=1.0)
        steps = (RequestQualification(type_id), Wait(300), TakeTest(answers))
        sim.populate(attrs.evolve(EAGER, abilities=(expert,), policy=Script(steps)))
        sim.clock.advance(hours=2)

        values = [request.value for request in sim.world.store.qualifications.requests.values()]
        assert values
        assert set(values) == {25}


def test_a_test_without_a_key_is_answered_like_any_question() -> None:
    with simulate() as sim:
        type_id = make_type(sim, Test=ESSAY, TestDurationInSeconds=600)
        post(sim, LifetimeInSeconds=3600)
        sim.populate(attrs.evolve(EAGER, policy=Script((RequestQualification(type_id), Wait(300), TakeTest()))))
        sim.clock.advance(hours=2)

        requests = list(sim.world.store.qualifications.requests.values())
        assert requests
        assert all(request.status == "Submitted" and request.answer is not None for request in requests)


def test_a_test_that_nobody_asked_for_cannot_be_taken() -> None:
    policy = Script((TakeTest(),))
    with simulate() as sim:
        post(sim)
        sim.populate(attrs.evolve(EAGER, policy=policy))
        sim.clock.advance(hours=1)

    assert "no_test" in {moment.refused for moment in policy.seen}


def test_workers_who_are_not_qualified_go_and_the_others_work() -> None:
    """At least 500 approved assignments: .383 of workers have them."""
    approved = {"QualificationTypeId": "00000000000000000040", "Comparator": "GreaterThan", "IntegerValues": [500]}
    with simulate() as sim:
        post(sim, MaxAssignments=5000, QualificationRequirements=[approved])
        sim.populate(attrs.evolve(EAGER, arrivals_per_hour=1000.0, activity_sigma=0, size=100_000, stay=(0.0, 1.0)))
        sim.clock.advance(hours=2)
        came = sum(stream.arrived for stream in sim.crowd.streams.values())

        assert kinds(sim)["AssignmentAccepted"] in exact.binomial(came, 0.383)


# --- disputes ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_some_rejections_are_disputed_unless_they_are_taken_back_before(share: float) -> None:
    with simulate() as sim:
        post(sim, MaxAssignments=200)
        sim.populate(attrs.evolve(EAGER, arrivals_per_hour=1000.0, p_dispute=share, stay=(0.0, 1.0)))
        sim.clock.advance(hours=8)
        assignments = [each.id for each in sim.assignments()]
        for each in assignments:
            sim.client.reject_assignment(AssignmentId=each, RequesterFeedback="No.")
        for each in assignments[:50]:
            sim.client.approve_assignment(AssignmentId=each, OverrideRejection=True)
        sim.clock.advance(days=20)
        disputed = {fact.assignment_id for fact in sim.journal.of("RejectionDisputed")}

    assert len(disputed) in exact.binomial(150, share)
    assert not disputed & set(assignments[:50])


def test_nobody_disputes_for_a_worker_that_the_test_drives(mturk: Simulation) -> None:
    mturk.populate(attrs.evolve(EAGER, arrivals_per_hour=0.0, p_dispute=1.0))
    work = mturk.worker().accept(post(mturk)).submit({"label": "cat"})
    mturk.client.reject_assignment(AssignmentId=work.id, RequesterFeedback="No.")
    mturk.clock.advance(days=20)

    assert mturk.journal.of("RejectionDisputed") == []


def test_two_populations_have_two_names() -> None:
    with simulate() as sim:
        sim.populate(Population())
        with pytest.raises(ValueError, match="give this one another name"):
            sim.populate(Population())


# --- what is published -------------------------------------------------------------------------------------------
def test_slots_are_finished_in_waves_as_often_as_workers_forget_them() -> None:
    """A slot is finished in wave j with chance (1 - p) p^(j-1)."""
    with simulate(seed=3) as sim:
        people = attrs.evolve(EAGER, arrivals_per_hour=600.0, p_abandon=0.08, stay=(0.0, 1.0))
        sim.populate(people)
        for number in range(8):
            post(sim, f"Group {number}", MaxAssignments=120, AssignmentDurationInSeconds=7200)
        sim.run(for_=timedelta(days=3))
        accepts = Counter(fact.assignment_id for fact in sim.journal.of("AssignmentAccepted"))

    slots = len(accepts)
    assert slots == 8 * 120
    assert sum(count >= 2 for count in accepts.values()) in exact.binomial(slots, 0.08)
    assert sum(count >= 3 for count in accepts.values()) in exact.binomial(slots, 0.0064)
