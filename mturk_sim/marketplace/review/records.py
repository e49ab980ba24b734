"""What a review policy found and did: results and actions, run by run (RVP-40 to RVP-50)."""

from typing import Final

import attrs

from mturk_sim.marketplace.review.policies import KnownAnswers, Plurality

ASSIGNMENT_LEVEL: Final = "Assignment"
HIT_LEVEL: Final = "HIT"
"""The two policy levels; also what a result or an action can be about (RVP-41, RVP-43)."""

SUCCEEDED: Final = "Succeeded"
FAILED: Final = "Failed"
"""How an action ended (RVP-46); here each is complete at once, so none is ever Intended or Cancelled (C35)."""


@attrs.frozen
class Result:
    """One thing that was computed; with no question it is about the whole of its subject (RVP-43)."""

    action_id: str
    subject_id: str
    subject_type: str
    question_id: str | None
    key: str
    value: str


@attrs.frozen
class Action:
    """One thing that was done, or was to be done (RVP-46).

    Attributes:
        name: ``review``, ``approve``, ``reject`` or ``extend`` (C35).
        completed: When, in microseconds since the epoch, in whole seconds.
        result: A description of the outcome (RVP-48).
        error_code: The code of what went wrong, only where `status` is Failed.
    """

    id: str
    name: str
    target_id: str
    target_type: str
    status: str
    completed: int
    result: str
    error_code: str | None = None


@attrs.frozen
class Run:
    """One run of a policy: of the assignment's policy on one assignment, or of the HIT's policy on the HIT."""

    level: str
    results: tuple[Result, ...]
    actions: tuple[Action, ...]


@attrs.define(eq=False)
class Reviews:
    """The policies of a HIT and all they did, oldest first (RVP-05); no view of the HIT shows them (RVP-07).

    Attributes:
        known_answers: The policy for its assignments, if it has one.
        plurality: The policy for the HIT, if it has one.
        scores: Assignment id -> known-answer score, of every assignment that was scored.
        runs: Every run of either policy.
    """

    known_answers: KnownAnswers | None
    plurality: Plurality | None
    scores: dict[str, int] = attrs.Factory(dict)
    runs: list[Run] = attrs.Factory(list)
