"""The stage of a scenario holds what the scenario says, when it says."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import exact
import pytest
from botocore.exceptions import ClientError

from mturk_sim.documents import HTMLQuestion, parse_question
from mturk_sim.scenarios import Fault, HITs, Qualification, Scenario, ScenarioError, Script
from mturk_sim.scenarios.staging import staged
from mturk_sim.workers import Accept, Population, Submit, Wait

LABEL = HITs(title="Label", reward=Decimal("0.05"))


def scenario(**parts: Any) -> Scenario:
    return Scenario(name="s", horizon=timedelta(days=1), **parts)


def test_hits_are_posted_as_they_are_described() -> None:
    hits = attrs.evolve(
        LABEL,
        count=3,
        keywords="cat, dog",
        max_assignments=2,
        lifetime=timedelta(hours=5),
        assignment_duration=timedelta(minutes=7),
        auto_approval_delay=timedelta(days=2),
        annotation="photo {number}",
        choices=("cat", "dog & co"),
    )
    with staged(scenario(hits=(hits,)), seed=1) as sim:
        shown = sim.client.list_hits()["HITs"]
        question = parse_question(shown[0]["Question"])

    assert sorted(hit["RequesterAnnotation"] for hit in shown) == ["photo 1", "photo 2", "photo 3"]
    assert {(hit["Title"], hit["Description"], hit["Keywords"]) for hit in shown} == {("Label", "Label", "cat, dog")}
    assert {(hit["Reward"], hit["MaxAssignments"]) for hit in shown} == {("0.05", 2)}
    assert {(hit["AssignmentDurationInSeconds"], hit["AutoApprovalDelayInSeconds"]) for hit in shown} == {(420, 172800)}
    assert {hit["Expiration"] - hit["CreationTime"] for hit in shown} == {timedelta(hours=5)}
    assert isinstance(question, HTMLQuestion)
    assert question.fields[0].options == ("cat", "dog & co")


def test_hits_can_be_posted_later_and_ask_a_question_of_a_file(tmp_path: Path) -> None:
    with staged(scenario(hits=(LABEL,)), seed=1) as sim:
        text = sim.client.list_hits()["HITs"][0]["Question"]
    (tmp_path / "q.xml").write_text(text.replace("yes", "perhaps"))
    later = attrs.evolve(LABEL, after=timedelta(hours=2), question=tmp_path / "q.xml")
    with staged(scenario(hits=(later,)), seed=1) as sim:
        assert sim.hits() == []
        sim.clock.advance(hours=2)
        assert "perhaps" in sim.hits()[0].question


def test_requirements_can_name_the_scenarios_own_qualifications_which_some_workers_hold() -> None:
    need = {"QualificationTypeId": "expert", "Comparator": "GreaterThan", "IntegerValues": [50]}
    hits = attrs.evolve(LABEL, max_assignments=2000, requirements=(need,))
    people = Population(
        arrivals_per_hour=1000, acceptance=1.0, activity_sigma=0, size=20_000, stay=(0.0, 1.0), p_return=0, p_abandon=0
    )
    expert = Qualification(name="expert", holders=0.25, value=60)
    with staged(scenario(hits=(hits,), qualifications=(expert,), workers=people), seed=1) as sim:
        sim.clock.advance(hours=2)
        holders = [worker for worker in sim.workers if 60 in worker.qualifications.values()]

        assert len(holders) in exact.binomial(len(sim.workers), 0.25)
        assert {fact.worker_id for fact in sim.journal.of("AssignmentAccepted")} == {each.id for each in holders}


def test_qualification_types_have_tests_keys_or_grants(tmp_path: Path) -> None:
    from qualifications import KEY, TEST

    (tmp_path / "test.xml").write_text(TEST)
    (tmp_path / "key.xml").write_text(KEY)
    tested = Qualification(name="tested", test=tmp_path / "test.xml", answer_key=tmp_path / "key.xml")
    granted = Qualification(name="granted", description="At once", auto_granted_value=5)
    with staged(scenario(qualifications=(tested, granted)), seed=1) as sim:
        pages = sim.client.list_qualification_types(MustBeRequestable=True, MustBeOwnedByCaller=True)
        types = {each["Name"]: each for each in pages["QualificationTypes"]}

    assert types["tested"]["TestDurationInSeconds"] == 3600
    assert types["tested"]["AnswerKey"]
    assert types["granted"]["AutoGrantedValue"] == 5
    assert types["granted"]["Description"] == "At once"


def test_scripted_workers_come_and_do_their_steps_over_and_over() -> None:
    steps = (Accept(), Wait(60), Submit({"label": "no"}))
    script = Script(title="Label", steps=steps, after=timedelta(hours=1), repeat=2, worker_id="A1SCRIPTED", approved=7)
    with staged(
        scenario(hits=(attrs.evolve(LABEL, title="Other"), attrs.evolve(LABEL, count=3)), scripts=(script,)), seed=1
    ) as sim:
        sim.clock.advance(hours=3)
        submitted = sim.journal.of("AssignmentSubmitted")

    assert [fact.worker_id for fact in submitted] == ["A1SCRIPTED"] * 2
    assert [(fact.at - scenario().start).seconds for fact in submitted] == [3660, 3720]
    assert sim.worker("A1SCRIPTED").account.approved == 7
    assert all("no" in str(each.answer) for each in sim.assignments())
    assert sim.hits()[0].submitted == 0


def test_a_worker_with_two_scripts_has_one_history() -> None:
    first = Script(steps=(Accept(), Submit()), worker_id="A1SCRIPTED", country="GB", approved=7)
    sim = staged(scenario(scripts=(first, Script(steps=(Wait(60),), worker_id="A1SCRIPTED"))), seed=1)
    assert [(worker.id, worker.account.approved) for worker in sim.workers] == [("A1SCRIPTED", 7)]

    other = attrs.evolve(first, approved=8)
    with pytest.raises(ScenarioError) as caught:
        staged(scenario(scripts=(first, other)), seed=1)
    assert str(caught.value) == (
        "s: scripts[1].worker_id = 'A1SCRIPTED': worker A1SCRIPTED exists with approved=7, and not 8: leave approved "
        "out, or take another id"
    )


def test_faults_strike_as_often_and_as_long_as_planned() -> None:
    fault = Fault(
        kind="throttle", operations=("GetAccountBalance",), after=timedelta(hours=1), lasts=timedelta(hours=1)
    )
    with staged(scenario(faults=(fault,)), seed=1) as sim:
        sim.client.get_account_balance()
        sim.clock.advance(hours=1)
        with sim.virtual_time(), pytest.raises(ClientError, match="ThrottlingException"):
            sim.client.get_account_balance()
        sim.clock.advance(hours=1)
        sim.client.get_account_balance()


def test_faults_can_strike_by_lot() -> None:
    fault = Fault(kind="service_fault", rate=0.2)
    with staged(scenario(faults=(fault,)), seed=1) as sim, sim.virtual_time():
        for _ in range(300):
            with suppress(ClientError):
                sim.client.get_account_balance()
        struck = sum(call.error is not None for call in sim.calls)

    assert struck in exact.binomial(len(sim.calls), 0.2)
