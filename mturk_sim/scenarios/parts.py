"""What a scenario may hold besides workers: a requester's program, HITs, Qualification types, faults, scripts."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

from mturk_sim.marketplace.countries import COUNTRIES
from mturk_sim.operations.checks import LENGTHS
from mturk_sim.operations.model import operation_named
from mturk_sim.scenarios import checks
from mturk_sim.simulation.faults import KINDS
from mturk_sim.workers import checking
from mturk_sim.workers.plans import Step


@attrs.frozen(kw_only=True)
class Program:
    """The requester's program, which is run as it is: in the working directory, wherever it lies itself.

    Attributes:
        path: The Python file; in a scenario file, relative to that file.
        arguments: What stands after the file on its command line; paths there, like those that the program opens, are
            relative to the working directory.
        queues: Whether moto answers its SQS and SNS clients, and notifications go there. moto waits for messages in
            real time, so the program should pause instead of polling long.
    """

    path: Path
    arguments: tuple[str, ...] = ()
    queues: bool = attrs.field(default=False)

    @queues.validator
    def _moto_is_there(self, _: "attrs.Attribute[bool]", queues: bool) -> None:
        if queues and find_spec("moto") is None:
            needed = "moto is not installed, which the extra 'queues' brings (pip install 'moto[sqs,sns]')"
            raise checks.wrong("queues", f"false where {needed}", queues)


def _fills(annotation: str) -> bool:
    """Whether an annotation takes a HIT's number, and nothing else."""
    try:
        return len(annotation.format(number=1)) <= LENGTHS["RequesterAnnotation"]
    except (LookupError, ValueError, AttributeError):
        return False


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

    title: str = attrs.field(validator=checks.text("Title", 1))
    reward: Decimal = attrs.field(validator=checks.cents(1))
    count: int = attrs.field(default=1, validator=checking.number(1, "a number of HITs"))
    description: str | None = attrs.field(default=None, validator=checks.text("Description", 1))
    keywords: str | None = attrs.field(default=None, validator=checks.text("Keywords"))
    max_assignments: int = attrs.field(default=1, validator=checks.in_range("MaxAssignments"))
    after: timedelta = attrs.field(default=timedelta(), validator=checks.NOT_NEGATIVE)
    lifetime: timedelta = attrs.field(default=timedelta(days=7), validator=checks.seconds_in_range("LifetimeInSeconds"))
    assignment_duration: timedelta = attrs.field(
        default=timedelta(hours=1), validator=checks.seconds_in_range("AssignmentDurationInSeconds")
    )
    auto_approval_delay: timedelta = attrs.field(
        default=timedelta(days=3), validator=checks.seconds_in_range("AutoApprovalDelayInSeconds")
    )
    question: Path | None = None
    choices: tuple[str, ...] = attrs.field(default=("yes", "no"), validator=checks.some("choice"))
    annotation: str | None = attrs.field(
        default=None, validator=checks.check(_fills, "a text of up to 255 characters, with {number} or without")
    )
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
    auto_granted_value: int | None = attrs.field(default=None, validator=checks.in_range("AutoGrantedValue"))
    test: Path | None = None
    answer_key: Path | None = None
    test_duration: timedelta = attrs.field(
        default=timedelta(hours=1), validator=checks.seconds_in_range("TestDurationInSeconds")
    )
    holders: float = attrs.field(default=0.0, validator=checking.share())
    value: int = attrs.field(default=1, validator=checks.in_range("IntegerValue"))


def _are_operations(_: Any, attribute: "attrs.Attribute[Any]", names: tuple[str, ...]) -> None:
    for number, name in enumerate(names):
        try:
            operation_named(name)
        except ValueError as error:
            meant = str(error).partition("; ")[2] or "such as CreateHIT"
            raise checks.wrong(f"{attribute.name}[{number}]", f"an operation of the service ({meant})", name) from None


@attrs.frozen(kw_only=True)
class Fault:
    """Trouble on purpose.

    Attributes:
        kind: ``throttle``, ``service_fault``, ``internal_failure``, ``timeout``, ``lose_response``,
            ``connect_timeout`` or ``connection_error``.
        operations: The operations it strikes, such as ``CreateHIT``; none: all.
        times: How many calls it strikes at most; None: all.
        rate: The share of calls it strikes, by lot; None: all.
        after: How long after the beginning it begins.
        lasts: For how long; None: to the end.
    """

    kind: str = attrs.field(validator=checks.check(lambda kind: kind in KINDS, f"one of {', '.join(KINDS)}"))
    operations: tuple[str, ...] = attrs.field(default=(), validator=_are_operations)
    times: int | None = attrs.field(default=None, validator=checking.number(1, "a number of calls"))
    rate: float | None = attrs.field(default=None, validator=checking.share())
    after: timedelta = attrs.field(default=timedelta(), validator=checks.NOT_NEGATIVE)
    lasts: timedelta | None = attrs.field(default=None, validator=checks.LASTING)


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

    steps: tuple[Step, ...] = attrs.field(validator=checks.some("step"))
    title: str | None = None
    worker_id: str | None = attrs.field(default=None, validator=checks.WORKER_ID)
    country: str = attrs.field(
        default="US", validator=checks.check(COUNTRIES.__contains__, "two letters of ISO 3166 such as 'US'")
    )
    approved: int = attrs.field(default=0, validator=checking.number(what="a number of assignments"))
    rejected: int = attrs.field(default=0, validator=checking.number(what="a number of assignments"))
    after: timedelta = attrs.field(default=timedelta(), validator=checks.NOT_NEGATIVE)
    repeat: int = attrs.field(default=1, validator=checking.number(1, "a number of times"))
