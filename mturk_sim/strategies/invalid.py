"""Requests with one thing wrong, and what the service is to say."""

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from mturk_sim.strategies.lifting import one_of, takes_strategies
from mturk_sim.strategies.mistake_rows import Mistake
from mturk_sim.strategies.mistakes import mistakes
from mturk_sim.strategies.requests import known_operation, requests

if TYPE_CHECKING:
    from mturk_sim.simulation import Simulation


@attrs.frozen
class InvalidRequest:
    """A request with one thing wrong.

    Attributes:
        operation: The operation's wire name.
        request: The keywords of the client's method; botocore lets them through.
        rule: The rule or the choice that the request breaks.
        error: The wire type of the error that is due, which botocore has as ``Code``.
        text: How the message begins; behind it stand at most details and the suffix (ERR-03).
        code: The ``TurkErrorCode``, if one is sent; botocore passes on those of ``RequestError`` alone.
    """

    operation: str
    request: dict[str, Any]
    rule: str
    error: str
    text: str
    code: str | None


@takes_strategies
def invalid_requests(operation: str, sim: "Simulation | None" = None) -> SearchStrategy[InvalidRequest]:
    """Requests of an operation with one thing wrong, each saying which rule it breaks and which error is due.

    Args:
        operation: Its wire name, such as ``CreateHIT``, or the client's method.
        sim: A marketplace for which the request is right but for the mistake; without one there are only such mistakes
            as are noticed before the service looks for what the request names.

    Raises:
        InvalidArgument: There is no such operation, or nothing can be wrong with a request of it.
    """
    operation = known_operation(operation)
    if not _known(operation, sim):
        raise InvalidArgument(f"nothing can be wrong with a request of {operation} by itself")
    return _invalid_requests(operation, sim)


def _known(operation: str, sim: "Simulation | None") -> list[Mistake]:
    return [mistake for mistake in mistakes(operation) if sim is not None or not mistake.placed]


@st.composite
def _invalid_requests(draw: DrawFn, operation: str, sim: "Simulation | None") -> InvalidRequest:
    mistake = one_of(draw, _known(operation, sim))
    request = deepcopy(draw(requests(operation, sim, without=mistake.without, **mistake.change)))
    error = mistake.error
    return InvalidRequest(operation, request, mistake.rule, error.type, error.text, error.code)
