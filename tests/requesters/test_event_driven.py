"""The event-driven program, unmodified, beside moto's SQS: it pays for all work once, however its messages come."""

import io
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from mturk_sim import Behavior, simulate
from mturk_sim.report.campaign import campaign_of
from mturk_sim.report.tables import timeline
from mturk_sim.scenarios.reading import ScenarioError, read_scenario
from mturk_sim.scenarios.running import Ending, run_program
from mturk_sim.scenarios.running import run as run_scenario
from mturk_sim.scenarios.scenario import Program
from mturk_sim.simulation.faults import KINDS
from mturk_sim.simulation.simulation import START

PROGRAM = Path(__file__).parents[2] / "fixtures" / "requesters" / "event_driven.py"
SHORT_POLLING = ("--wait", "0", "--pause", "15")
"""moto waits for messages in real time; the pauses of the program take none."""

CALLED = ("CreateHITWithHITType", "UpdateNotificationSettings", "ApproveAssignment", "GetHIT", "DeleteHIT")
"""Operations of the program that a fault could harm."""

CAREFUL = {
    "as it should be": lambda inbox: None,
    "twice": lambda inbox: inbox.duplicate(times=None, after=timedelta(seconds=20)),
    "out of order": lambda inbox: inbox.shuffle(timedelta(minutes=5)),
    "late": lambda inbox: inbox.delay(timedelta(minutes=10), times=30),
    "lost": lambda inbox: inbox.lose(times=25),
    "together": lambda inbox: inbox.bundle(),
}


def come_to_work(sim):
    """Every minute a new worker takes the newest HIT there is, for half a minute."""
    worker = sim.worker()
    if found := worker.search():
        handle = worker.accept(found[0].id)
        sim.at(sim.clock.now + timedelta(seconds=30), lambda: handle.submit({"label": "cat"}))
    if sim.clock.now < START + timedelta(hours=5):
        sim.at(sim.clock.now + timedelta(minutes=1), lambda: come_to_work(sim))


def run(behavior=None, trouble=lambda inbox: None, fault=None):
    """Run the program to its end; gives the simulation and what the program printed."""
    output = io.StringIO()
    with mock_aws(), simulate(sandbox=False, balance=10, behavior=behavior or Behavior()) as sim:
        sim.notifications.deliver_to(sqs=boto3.client("sqs", region_name="us-east-1"))
        trouble(sim.notifications)
        for operation in CALLED if fault else ():
            getattr(sim.faults, fault)(operation)
        sim.at(sim.clock.now + timedelta(minutes=1), lambda: come_to_work(sim))
        ending = run_program(sim, Program(path=PROGRAM, arguments=SHORT_POLLING), timedelta(days=2), output)
        assert ending == Ending()
    return sim, output.getvalue()


def check(sim, printed):
    assert printed.endswith("paid for 40 labels; 0 HITs are not done\n")
    assert len(sim.journal.of("AssignmentApproved")) == len(sim.journal.of("AssignmentSubmitted")) == 40
    assert len(sim.journal.of("HITDisposed")) == 20
    assert sum(1 for entry in sim.ledger.entries if entry.kind == "reward") == 40
    assert sim.ledger.held == 0


@pytest.mark.rule("NTF-13", "NTF-18")
@pytest.mark.parametrize("trouble", CAREFUL)
def test_every_label_is_paid_once_however_its_messages_come(trouble):
    sim, printed = run(trouble=CAREFUL[trouble])
    check(sim, printed)
    approvals = sim.calls.of("ApproveAssignment")
    assert len(approvals) == 40
    assert not [call for call in approvals if call.error]


@pytest.mark.rule("NTF-20", "ASN-20", "ASN-21")
def test_work_that_the_api_does_not_show_yet_is_paid_a_little_later():
    sim, printed = run(
        behavior=Behavior(submission_lag=timedelta(seconds=40)),
        trouble=lambda inbox: inbox.duplicate(times=None),
    )
    check(sim, printed)
    refusals = {call.error.text for call in sim.calls.of("ApproveAssignment") if call.error}
    assert refusals == {"This operation can be called with a status of: null"}


def test_the_scenario_runs_with_its_queue_and_its_report_counts_the_notifications():
    scenario = read_scenario(PROGRAM.parents[1] / "scenarios" / "event_driven.toml")
    output = io.StringIO()
    outcome = run_scenario(scenario, output=output)
    assert outcome.failure is None
    check(outcome.simulation, output.getvalue())
    report = timeline(campaign_of(outcome.simulation))
    (column,) = [place for place, name in enumerate(report.columns) if name == "notified"]
    sent = len(outcome.simulation.journal.of("NotificationSent"))
    assert report.total[column] == str(sent) == str(len(outcome.simulation.notifications))
    assert sent >= 60


def test_a_scenario_with_queues_says_what_is_missing_without_moto(monkeypatch):
    monkeypatch.setattr("mturk_sim.scenarios.parts.find_spec", lambda name: None)
    with pytest.raises(ScenarioError, match=r"pip install 'moto\[sqs,sns\]'"):
        read_scenario(PROGRAM.parents[1] / "scenarios" / "event_driven.toml")


@pytest.mark.parametrize("fault", [kind for kind in KINDS if kind != "lose_response"])
def test_it_survives_a_fault_of_each_kind_on_each_operation(fault):
    """A lost answer is another matter: see `test_under_faults`."""
    sim, printed = run(fault=fault)

    check(sim, printed)
    assert len(sim.journal.of("FaultInjected")) == len(CALLED)
