"""Plans: what a worker is going to do, as plain values.

A plan is a sequence of steps.  Steps print, compare and copy as the values they are, and a simulation that is saved
keeps them as JSON.  Whoever makes plans is a `Policy`; what it sees when it is asked is a `Moment`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeAlias

import attrs

from mturk_sim.core.arguments import expect, expect_id
from mturk_sim.workers.luck import Luck


def _hit_id(_: object, __: object, value: str | None) -> None:
    if value is not None:
        expect_id(value, "HITId")


def _seconds(_: object, __: object, value: int) -> None:
    expect(value, int, "number of seconds", "a whole number such as 60")
    if value < 0:
        raise ValueError(f"{value} seconds are no time to wait: give a number from 0 up")


@attrs.frozen
class Accept:
    """Accept a HIT.

    Attributes:
        hit_id: Which; None for any HIT of the group the worker is looking at that the worker has not worked on.
        title: For a worker who looks at no group: the title of the HITs to take one of; None for any.
    """

    hit_id: str | None = attrs.field(default=None, validator=_hit_id)
    title: str | None = None


@attrs.frozen
class Wait:
    """Let that many seconds pass: work, hold the assignment in a queue, do something else."""

    seconds: int = attrs.field(validator=_seconds)


@attrs.frozen
class Submit:
    """Hand in the work on the assignment accepted last.

    Attributes:
        answers: Question or field name -> text or list of selection ids; None: as the population's answer model says.
    """

    answers: Mapping[str, Any] | None = None


@attrs.frozen
class Return:
    """Give the assignment accepted last back."""


@attrs.frozen
class RequestQualification:
    """Ask for the Qualification of that type; if it has a test, that is for `TakeTest`."""

    type_id: str


@attrs.frozen
class TakeTest:
    """Hand in the test of the Qualification asked for last.

    Attributes:
        answers: Question id -> text or list of selection ids; None: right as often as the worker is.
    """

    answers: Mapping[str, Any] | None = None


@attrs.frozen
class Leave:
    """Go away; an assignment that is still held is abandoned when its time is up."""


Step: TypeAlias = Accept | Wait | Submit | Return | RequestQualification | TakeTest | Leave
Plan: TypeAlias = Sequence[Step]


@attrs.frozen
class Profile:
    """Who a worker is.

    Attributes:
        worker_id: The id.
        country: Two letters.
        ability: The name of the worker's ability type.
        accuracy: How likely an answer of average difficulty is right.
        reservation_wage: The least hourly pay the worker works for, in dollars.
    """

    worker_id: str
    country: str
    ability: str
    accuracy: float
    reservation_wage: float


@attrs.frozen
class Offer:
    """What a group of HITs offers, as the worker sees it in the list.

    Attributes:
        group: The HIT type's id.
        title: Its title.
        reward: For one assignment, in cents.
        assignment_seconds: The time allowed for one assignment.
        questions: How many questions or fields a HIT has.
        closes: When the newest HIT that can be accepted expires (aware, UTC); now if there is none.
        available: About how many HITs of the group can be accepted.
    """

    group: str
    title: str
    reward: int
    assignment_seconds: int
    questions: int
    closes: datetime
    available: int


@attrs.frozen
class Moment:
    """What a policy knows when it is asked for the next plan.

    Attributes:
        now: When that is (aware, UTC).
        worker: Whose plan it is.
        offer: What the worker is looking at.
        luck: The draws of this visit, for whatever the policy leaves to chance.
        done: How many assignments the worker has handed in on this visit.
        plans: How many plans were made on this visit before.
        holding: The id of the assignment that is held, or None.
        refused: Why the last step was refused, as in `WorkerRefused.reason`, or None.
    """

    now: datetime
    worker: Profile
    offer: Offer
    luck: Luck
    done: int
    plans: int
    holding: str | None
    refused: str | None


class Policy(Protocol):
    """Whoever decides what a worker does.

    It is asked when a worker has found a group of HITs, and again whenever the plan is carried out or a step of it was
    refused, until it gives an empty plan: then the worker is gone.
    """

    def plan(self, moment: Moment) -> Plan:
        """The next steps."""
