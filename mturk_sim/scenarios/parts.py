"""What a scenario may hold besides workers: a requester's program, HITs, Qualification types, faults, scripts."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

from mturk_sim.workers.plans import Step


@attrs.frozen(kw_only=True)
class Program:
    """The requester's program, which is run as it is.

    Attributes:
        path: The Python file; in a scenario file, relative to that file.
        arguments: What stands after the file on its command line.
        queues: Whether moto answers its SQS and SNS clients, and notifications go there. moto waits for messages in
            real time, so the program should pause instead of polling long.
    """

    path: Path
    arguments: tuple[str, ...] = ()
    queues: bool = attrs.field(default=False)

    @queues.validator
    def _moto_is_there(self, _: "attrs.Attribute[bool]", queues: bool) -> None:
        if queues and find_spec("moto") is None:
            raise ValueError("queues are answered by moto, which is not installed: pip install 'moto[sqs,sns]'")


@attrs.frozen(kw_only=True)
class HITs:
    """HITs of one type that the scenario posts itself.

    Attributes:
        title: The title; also the description, unless there is another.
        reward: Dollars for one assignment.
        count: How many HITs.
        description: The description.
        keywords: Words, separated by commas.
        max_assignments: Assignments of each HIT.
        after: How long after the beginning they are posted.
        lifetime: How long they are on the market.
        assignment_duration: How long a worker has for one assignment.
        auto_approval_delay: After how long work approves itself.
        question: The file with the question; in a scenario file, relative to that file. None: a page with the choices.
        choices: What that page offers to choose from, under the name ``label``.
        annotation: The RequesterAnnotation, with ``{number}`` for the HIT's number, from 1; the item for the workers'
            gold.
        requirements: QualificationRequirements as the API has them; in place of a QualificationTypeId also the name
            of one of the scenario's Qualification types.
    """

    title: str
    reward: Decimal
    count: int = 1
    description: str | None = None
    keywords: str | None = None
    max_assignments: int = 1
    after: timedelta = timedelta()
    lifetime: timedelta = timedelta(days=7)
    assignment_duration: timedelta = timedelta(hours=1)
    auto_approval_delay: timedelta = timedelta(days=3)
    question: Path | None = None
    choices: tuple[str, ...] = ("yes", "no")
    annotation: str | None = None
    requirements: tuple[Mapping[str, Any], ...] = ()


@attrs.frozen(kw_only=True)
class Qualification:
    """A Qualification type of the requester's, and who holds it.

    Attributes:
        name: Its name.
        description: Its description; its name if left out.
        auto_granted_value: What whoever asks is granted at once; None: the requester decides.
        test: The file with its test, if it has one; in a scenario file, relative to that file.
        answer_key: The file with the key to the test, if there is one.
        test_duration: How long a worker has for the test.
        holders: The share of the workers who hold it from the beginning.
        value: What those hold.
    """

    name: str
    description: str | None = None
    auto_granted_value: int | None = None
    test: Path | None = None
    answer_key: Path | None = None
    test_duration: timedelta = timedelta(hours=1)
    holders: float = 0.0
    value: int = 1


@attrs.frozen(kw_only=True)
class Fault:
    """Trouble on purpose.

    Attributes:
        kind: ``throttle``, ``service_fault``, ``internal_failure``, ``timeout``, ``lose_response``,
            ``connect_timeout`` or ``connection_error``.
        operations: The operations it strikes, such as ``CreateHIT``; none: all.
        times: How many calls it strikes; None: all.
        rate: The share of calls it strikes, by lot; only without `times`.
        after: How long after the beginning it begins.
        lasts: For how long; None: to the end.
    """

    kind: str
    operations: tuple[str, ...] = ()
    times: int | None = None
    rate: float | None = None
    after: timedelta = timedelta()
    lasts: timedelta | None = None


@attrs.frozen(kw_only=True)
class Script:
    """One worker with a plan of their own.

    Attributes:
        steps: What the worker does, such as ``{step = "Accept"}``, ``{step = "Wait", seconds = 60}``,
            ``{step = "Submit", answers = {label = "yes"}}``.
        title: The title of the HITs that an Accept without another takes; None: any.
        worker_id: The worker's id; made up when left out.
        country: Two letters.
        approved: Assignments approved before the beginning; `rejected` likewise.
        after: How long after the beginning the worker comes.
        repeat: How often the steps are taken one after the other.
    """

    steps: tuple[Step, ...]
    title: str | None = None
    worker_id: str | None = None
    country: str = "US"
    approved: int = 0
    rejected: int = 0
    after: timedelta = timedelta()
    repeat: int = 1
