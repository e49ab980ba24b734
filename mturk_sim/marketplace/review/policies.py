"""The two review policies as values: what is computed, and what follows from it."""

from collections.abc import Mapping
from typing import Final

import attrs

KNOWN_ANSWERS: Final = "ScoreMyKnownAnswers/2011-09-01"
"""The policy for assignments (RVP-02)."""
PLURALITY: Final = "SimplePlurality/2011-09-01"
"""The policy for the HIT (RVP-02)."""
MAXIMUM: Final = 5
"""Up to how many assignments a policy extends a HIT unless it says so (RVP-15)."""


@attrs.frozen(kw_only=True)
class Verdict:
    """From which score an assignment is approved or rejected, and the words that go with it.

    Attributes:
        approve_from: Approve at this score or above; None never does (RVP-12, RVP-32).
        reject_below: Reject strictly below this score; None never does (RVP-13, C30).
        approve_reason: What the worker is told; `reject_reason` likewise.
    """

    approve_from: int | None = None
    approve_reason: str | None = None
    reject_below: int | None = None
    reject_reason: str | None = None


@attrs.frozen(kw_only=True)
class Extension:
    """When a HIT gets one more assignment, up to how many, and how much more time.

    Attributes:
        below: Extend strictly below this score; None never does (RVP-14, RVP-30).
        maximum: The most assignments the HIT gets in all (RVP-15).
        seconds: The time added to its expiration (RVP-16).
    """

    below: int | None = None
    maximum: int = MAXIMUM
    seconds: int = 0


@attrs.frozen(kw_only=True)
class KnownAnswers:
    """ScoreMyKnownAnswers: question -> the set of values that is correct, and what follows from the score (RVP-10)."""

    key: Mapping[str, frozenset[str]]
    verdict: Verdict = Verdict()
    extension: Extension = Extension()


@attrs.frozen(kw_only=True)
class Plurality:
    """SimplePlurality: which questions workers should agree on, how far, and what follows (RVP-20 to RVP-32).

    Attributes:
        questions: The ids of the questions that are looked at.
        threshold: A question is agreed when its score is strictly above this (RVP-21).
        without_rejected: Whether rejected work is left out (RVP-28).
        known_from: Work with a known-answer score below this is left out (RVP-29).
    """

    questions: tuple[str, ...]
    threshold: int
    without_rejected: bool = False
    known_from: int | None = None
    verdict: Verdict = Verdict()
    extension: Extension = Extension()
