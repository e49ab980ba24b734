"""The example programs are ordinary users' programs, and their campaigns come to the end they should."""

import ast
import io
from collections import Counter
from pathlib import Path

import pytest

from mturk_sim.scenarios import Outcome, read_scenario, run

ROOT = Path(__file__).parents[2]
PROGRAMS = [*sorted(ROOT.glob("fixtures/requesters/*.py")), *sorted(ROOT.glob("mturk_sim/scenarios/presets/[!_]*.py"))]


@pytest.fixture(scope="module")
def photos() -> Outcome:
    return run(read_scenario(ROOT / "fixtures/scenarios/photo_labels.toml"), output=io.StringIO())


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_programs_know_nothing_of_the_simulation(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).partition(".")[0])

    assert "boto3" in imported
    assert "mturk_sim" not in imported


def test_the_photo_campaign_ends_well_over_several_days(photos: Outcome) -> None:
    sim = photos.simulation
    last = max(fact.at for fact in sim.journal.of("HITDisposed"))

    assert photos.ok
    assert 1 <= (last - photos.scenario.start).days <= 4
    assert len(sim.journal.of("HITDisposed")) == 50


def test_the_photo_campaign_does_what_such_campaigns_do(photos: Outcome) -> None:
    calls = Counter(call.operation for call in photos.simulation.calls)
    wanted = {
        "CreateHITType": 1,
        "CreateHITWithHITType": 50,
        "ListReviewableHITs": 200,
        "ListAssignmentsForHIT": 100,
        "ApproveAssignment": 100,
        "RejectAssignment": 10,
        "SendBonus": 1,
        "UpdateExpirationForHIT": 60,
        "CreateAdditionalAssignmentsForHIT": 5,
        "UpdateHITReviewStatus": 50,
        "DeleteHIT": 50,
        "GetAccountBalance": 1,
    }

    assert {name for name, least in wanted.items() if calls[name] < least} == set()
    assert all(call.error is None for call in photos.simulation.calls)


def test_the_photo_campaign_pays_whoever_went_with_the_majority_and_tells_the_others(photos: Outcome) -> None:
    sim = photos.simulation
    kinds = Counter(fact.kind for fact in sim.journal)
    told = [message for worker in sim.workers for message in worker.inbox if message.kind == "rejection"]

    assert kinds["AssignmentApproved"] + kinds["AssignmentRejected"] == kinds["AssignmentSubmitted"]
    assert len(told) == kinds["AssignmentRejected"] > 0
    assert all("The other workers saw" in str(message.text) for message in told)
    assert sim.ledger.held == 0
