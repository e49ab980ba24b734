"""The programs beside every fault there is: each survives any single one, or the README says what it would take."""

import io
from pathlib import Path

import attrs
import pytest

from mturk_sim.scenarios import Fault, Outcome, read_scenario, run
from mturk_sim.simulation.faults import KINDS

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide.md").read_text()
SCENARIO = read_scenario(ROOT / "fixtures" / "scenarios" / "photo_labels.toml")
OPERATIONS = (
    "CreateHITType",
    "CreateHITWithHITType",
    "ListReviewableHITs",
    "ListAssignmentsForHIT",
    "GetHIT",
    "ApproveAssignment",
    "RejectAssignment",
    "UpdateExpirationForHIT",
    "UpdateHITReviewStatus",
    "SendBonus",
    "DeleteHIT",
)
"""What the program calls that a fault could harm."""


def run_with(kind: str, operations: tuple[str, ...]) -> Outcome:
    faults = tuple(Fault(kind=kind, operations=(operation,), times=1) for operation in operations)
    return run(attrs.evolve(SCENARIO, faults=faults), output=io.StringIO())


def check_that_all_went_well(outcome: Outcome) -> None:
    """The program ended, every HIT is deleted, and nobody was paid twice for the same."""
    sim = outcome.simulation

    assert outcome.ok, outcome.failure
    assert len(sim.journal.of("HITDisposed")) == len(sim.journal.of("HITCreated")) == 50
    rewards = [entry.assignment_id for entry in sim.ledger.entries if entry.kind == "reward"]
    assert len(rewards) == len(set(rewards)) == len(sim.journal.of("AssignmentApproved"))
    bonuses = [(entry.worker_id, entry.assignment_id) for entry in sim.ledger.entries if entry.kind == "bonus"]
    assert len(bonuses) == len(set(bonuses))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "lose_response"])
def test_photo_labels_survives_a_fault_of_each_kind_on_each_operation(kind: str) -> None:
    outcome = run_with(kind, OPERATIONS)

    check_that_all_went_well(outcome)
    assert len(outcome.simulation.journal.of("FaultInjected")) == len(OPERATIONS)


LOST_ANSWERS = {
    "CreateHITWithHITType": "already exists.",
    "CreateAdditionalAssignmentsForHIT": "has already been processed.",
    "UpdateExpirationForHIT": "has already been processed.",
    "SendBonus": "has already been processed.",
    "ApproveAssignment": "can be called with a status of: Submitted",
    "RejectAssignment": "can be called with a status of: Submitted",
    "UpdateHITReviewStatus": "currently in the state 'Reviewing'",
    "DeleteHIT": "currently in the state 'Disposed'",
}
"""What the retry of an operation is told whose first answer was lost; the guide says what to do about each."""


@pytest.mark.parametrize("operation", sorted(LOST_ANSWERS))
def test_a_lost_answer_shows_as_the_refusal_of_the_retry(operation: str) -> None:
    outcome = run_with("lose_response", (operation,))

    assert outcome.failure is not None
    assert LOST_ANSWERS[operation] in outcome.failure
    assert LOST_ANSWERS[operation] in GUIDE
    assert f"`{operation}`" in GUIDE


@pytest.mark.parametrize("operation", sorted({*OPERATIONS, "ListHITs", "GetAccountBalance"} - set(LOST_ANSWERS)))
def test_a_lost_answer_to_a_question_is_asked_for_again(operation: str) -> None:
    check_that_all_went_well(run_with("lose_response", (operation,)))
