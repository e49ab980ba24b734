"""What anybody does in a marketplace, as values: their repr evaluates back, and they can be done again elsewhere."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs
from botocore import xform_name
from botocore.exceptions import ClientError, HTTPClientError

from mturk_sim.core.arguments import expect_one_of
from mturk_sim.marketplace.door import WorkerRefused
from mturk_sim.operations.model import operation_named
from mturk_sim.simulation.faults import KINDS

if TYPE_CHECKING:
    from mturk_sim.simulation import Simulation


_SUFFIX: Final = re.compile(r" \(\d+( s)?\)$")
"""What ends most messages: the time of the refusal (ERR-03)."""


@attrs.frozen
class Refused:
    """How an act was refused, the number at the end of a message left away.

    Attributes:
        kind: The error's type, or a `WorkerRefused`'s reason.
        text: Its message.
        code: The ``TurkErrorCode``, if botocore passes it on.
    """

    kind: str
    text: str
    code: str | None = None


@attrs.frozen
class Call:
    """The default requester calls the service.

    Attributes:
        operation: The operation's wire name, or the client's method.
        request: The keywords of the client's method.
    """

    operation: str = attrs.field(converter=operation_named)
    request: dict[str, Any]

    def do(self, sim: "Simulation") -> dict[str, Any] | Refused:
        """Make the call; gives the answer without its metadata, or the refusal."""
        try:
            answer: dict[str, Any] = getattr(sim.client, xform_name(self.operation))(**self.request)
        except ClientError as error:
            response: Any = error.response
            found = response["Error"]
            return Refused(found["Code"], _SUFFIX.sub("", found["Message"]), response.get("TurkErrorCode"))
        except HTTPClientError as error:
            return Refused(type(error).__name__, str(error))
        return {name: member for name, member in answer.items() if name != "ResponseMetadata"}


@attrs.frozen
class _WorkerAct:
    """Something a worker does; gives what came of it, or the refusal."""

    worker_id: str

    def do(self, sim: "Simulation") -> Any:
        """Do it."""
        try:
            return self._done(sim)
        except WorkerRefused as error:
            return Refused(error.reason, str(error))

    def _done(self, sim: "Simulation") -> Any:
        raise NotImplementedError


@attrs.frozen
class Join(_WorkerAct):
    """A worker is there from now on, and stays as it is if it was there before; gives the id."""

    country: str = "US"
    approved: int = 0
    rejected: int = 0
    adult: bool = False
    masters: bool = False

    def _done(self, sim: "Simulation") -> str:
        known = self.worker_id in sim.world.store.workers
        return sim.worker(**{"worker_id": self.worker_id} if known else attrs.asdict(self)).id


@attrs.frozen
class Accept(_WorkerAct):
    """A worker accepts a HIT; gives the assignment's id."""

    hit_id: str

    def _done(self, sim: "Simulation") -> str:
        return sim.worker(self.worker_id).accept(self.hit_id).id


@attrs.frozen
class Submit(_WorkerAct):
    """A worker hands in an assignment; gives its id."""

    assignment_id: str
    answers: dict[str, Any]

    def _done(self, sim: "Simulation") -> str:
        return sim.worker(self.worker_id).submit(self.assignment_id, self.answers).id


@attrs.frozen
class Return(_WorkerAct):
    """A worker gives an assignment back."""

    assignment_id: str

    def _done(self, sim: "Simulation") -> None:
        sim.worker(self.worker_id).return_(self.assignment_id)


@attrs.frozen
class Request(_WorkerAct):
    """A worker asks for a Qualification, and takes its test if there are answers; gives the request's id."""

    type_id: str
    answers: dict[str, Any] | None = None

    def _done(self, sim: "Simulation") -> str:
        return sim.worker(self.worker_id).request_qualification(self.type_id, self.answers).id


@attrs.frozen
class Wait:
    """Time passes."""

    seconds: int

    def do(self, sim: "Simulation") -> None:
        """Let it pass."""
        sim.clock.advance(timedelta(seconds=self.seconds))


def check_kind(act: object, field: "attrs.Attribute[str]", value: str) -> None:
    """See to it that there are faults of a kind.

    Raises:
        ValueError: There are none.
    """
    expect_one_of(value, KINDS, f"value for {field.name} of {type(act).__name__}")


@attrs.frozen
class Trouble:
    """The next attempt of a call meets trouble.

    Attributes:
        kind: Its kind, such as ``lose_response``: the name of a method of ``sim.faults``.
        operation: The operation that is struck, by its wire name or by the client's method; None for the next of any.
    """

    kind: str = attrs.field(validator=check_kind)
    operation: str | None = attrs.field(default=None, converter=attrs.converters.optional(operation_named))

    def do(self, sim: "Simulation") -> None:
        """Plan it."""
        getattr(sim.faults, self.kind)(self.operation)


Act = Call | Join | Accept | Submit | Return | Request | Wait | Trouble
