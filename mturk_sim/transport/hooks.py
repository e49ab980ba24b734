"""The handlers on one client's events, by which the simulation answers it.

A call that goes well is answered at botocore's ``before-call``: no signing, no HTTP, no parser.  A refusal falls
through to ``before-send``, so that botocore's own parser, exceptions and retries make of it what the caller sees.  The
marketplace is asked exactly once an attempt: a refusal known at ``before-call`` travels in the request's context to the
attempt it belongs to.
"""

import json
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Final

from botocore import UNSIGNED
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.operations.call import Answer
from mturk_sim.operations.trouble import CONNECT_TIMEOUT, READ_TIMEOUT, UNREACHABLE, Lost
from mturk_sim.transport.clients import is_sandbox
from mturk_sim.transport.headers import UNREAD, AnswerHeaders
from mturk_sim.transport.retries import Retries
from mturk_sim.transport.service import Service
from mturk_sim.transport.stamps import local_stamps, wire_stamps
from mturk_sim.transport.wire import dump, http_response, refusal_body

Outcome = tuple[int, bytes, str, int] | Lost
"""What an attempt came to: HTTP status, body, request id, and when (microseconds); or that nothing came back."""

_scan: Final = json.JSONDecoder().raw_decode
"""botocore writes requests without white space around them, so half of ``json.loads`` will do."""
_KEY: Final = "mturk_sim_outcome"
_attempt: ContextVar[Outcome | None] = ContextVar("mturk_sim_attempt", default=None)
"""The outcome that the attempt under way brought along; botocore hands no context to ``before-send``."""

_NOTICED: Final[dict[str, tuple[Callable[..., Exception], str | None]]] = {
    READ_TIMEOUT: (ReadTimeoutError, "read_timeout"),
    CONNECT_TIMEOUT: (ConnectTimeoutError, "connect_timeout"),
    UNREACHABLE: (EndpointConnectionError, None),
}
"""How botocore tells of a loss, and the client's setting that says after how many seconds."""


class Hooks:
    """What answers one client."""

    def __init__(self, service: Service, client: Any, *, wire: bool) -> None:
        self._service = service
        self._events = client.meta.events
        self._config = client.meta.config
        self._url: str = client.meta.endpoint_url
        self._sandbox = is_sandbox(self._url, service.sandbox)
        self._wire = wire
        self._done = AWSResponse(self._url, 200, {}, None)  # type: ignore[arg-type]  # nobody reads it
        self._retries = Retries(service, client)

    def _each(self) -> tuple[tuple[str, Any], ...]:
        return (
            ("before-call.mturk", self.before_call),
            ("choose-signer.mturk", self.choose_signer),
            ("request-created.mturk", self.request_created),
            ("before-send.mturk", self.before_send),
        )

    def register(self) -> None:
        """Answer the client from now on."""
        for event, handler in self._each():
            self._events.register(event, handler, unique_id=f"mturk_sim-{event}")

    def unregister(self) -> None:
        """Let go of the client."""
        for event, handler in self._each():
            self._events.unregister(event, handler, unique_id=f"mturk_sim-{event}")
        self._retries.give_back()

    def before_call(
        self, model: Any, params: dict[str, Any], context: dict[str, Any], **_: Any
    ) -> tuple[AWSResponse, Answer] | None:
        """Answer a call that goes well at once; keep anything else for the wire."""
        if self._wire:
            return None
        try:
            came, request_id, now = self._service.answer(
                model.name, _scan(params["body"].decode(), 0)[0], local_stamps(), self._url
            )
        except Lost as lost:
            context[_KEY] = lost
            return None
        if isinstance(came, ServiceError):
            context[_KEY] = self._refusal(came, request_id, now)
            return None
        headers = AnswerHeaders(UNREAD)
        headers.source = came, request_id, now
        answer = came.copy()  # the log of calls has the other
        answer["ResponseMetadata"] = {
            "RequestId": request_id,
            "HTTPStatusCode": 200,
            "HTTPHeaders": headers,
            "RetryAttempts": 0,
        }
        return self._done, answer

    def choose_signer(self, **_: Any) -> Any:
        """Nothing is sent, so nothing is signed and no credentials are needed."""
        return UNSIGNED

    def request_created(self, request: AWSRequest, **_: Any) -> None:
        """Hand what the attempt brought along to `before_send`; a retry brings nothing and asks anew."""
        context: dict[str, Any] = getattr(request, "context", {})
        _attempt.set(context.pop(_KEY, None))

    def before_send(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        """Answer an attempt in place of the network.

        Raises:
            HTTPClientError: The request or its answer is lost.
        """
        if not self._retries.taken:
            self._retries.take_over(self._retries.ask())
        return http_response(self._url, *self._outcome(request))

    def _outcome(self, request: AWSPreparedRequest) -> tuple[int, bytes, str, int]:
        outcome = _attempt.get() or self._ask(request)
        _attempt.set(None)
        if isinstance(outcome, Lost):
            error, timeout = _NOTICED[outcome.how]
            if timeout is not None:
                self._service.wait(getattr(self._config, timeout) or 0)
            raise error(endpoint_url=request.url)
        return outcome

    def _ask(self, request: AWSPreparedRequest) -> Outcome:
        operation = _text(request.headers["X-Amz-Target"]).rpartition(".")[2]
        try:
            came, request_id, now = self._service.answer(
                operation, _scan(_text(request.body), 0)[0], wire_stamps(), self._url
            )
        except Lost as lost:
            return lost
        if isinstance(came, ServiceError):
            return self._refusal(came, request_id, now)
        return 200, dump(came).encode(), request_id, now

    def _refusal(self, error: ServiceError, request_id: str, now: int) -> Outcome:
        return error.status, refusal_body(error, now, self._sandbox), request_id, now


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
