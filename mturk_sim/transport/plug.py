"""The plug: what answers a boto3 client's calls in place of the network.

A call that goes well is answered at botocore's ``before-call``: no signing, no HTTP, no parser.  A refusal falls
through to ``before-send``, so that botocore's own parser, exceptions and retries make of it what the caller sees.  The
marketplace is asked exactly once an attempt: a refusal known at ``before-call`` travels in the request's context to the
attempt it belongs to.
"""

import json
from contextvars import ContextVar
from typing import Any, Final, Protocol, TypeVar
from weakref import WeakKeyDictionary

from botocore import UNSIGNED
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse

from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.operations.call import Answer, Stamp
from mturk_sim.transport.clients import is_sandbox
from mturk_sim.transport.headers import AnswerHeaders
from mturk_sim.transport.stamps import local_stamp, wire_stamp
from mturk_sim.transport.wire import dump, http_response, refusal_body

C = TypeVar("C")

Outcome = tuple[int, bytes, str, int]
"""What an attempt came to: HTTP status, body, request id, and when (microseconds)."""

_scan: Final = json.JSONDecoder().raw_decode
"""botocore writes requests without white space around them, so half of ``json.loads`` will do."""
_KEY: Final = "mturk_sim_outcome"
_attempt: ContextVar[Outcome | None] = ContextVar("mturk_sim_attempt", default=None)
"""The outcome that the attempt under way brought along; botocore hands no context to ``before-send``."""
_attached: "WeakKeyDictionary[Any, Plug]" = WeakKeyDictionary()


class Service(Protocol):
    """Whoever answers: a requester account of a simulation."""

    @property
    def sandbox(self) -> bool:
        """Which environment this is, for endpoints that do not tell."""

    def answer(self, operation: str, params: dict[str, Any], stamp: Stamp) -> Answer:
        """Answer one attempt of a call, or raise `ServiceError`."""

    def receipt(self) -> tuple[str, int]:
        """The id of the attempt just made, and the present in microseconds since the epoch."""


def is_mturk(client: Any) -> bool:
    """Whether this is a boto3 client of the service."""
    meta = getattr(client, "meta", None)
    return getattr(getattr(meta, "service_model", None), "service_name", None) == "mturk"


def is_attached(client: Any) -> bool:
    """Whether some simulation answers this client."""
    return client in _attached


class Plug:
    """Answers clients as one requester account.

    Args:
        service: Whoever answers.
        wire: Send every call through botocore's whole HTTP layer, also those that go well.
    """

    def __init__(self, service: Service, *, wire: bool) -> None:
        self._service = service
        self._wire = wire
        self._hooks: dict[int, tuple[Any, _Hooks]] = {}

    def attach(self, client: C) -> C:
        """Answer this client from now on; gives the same client. Doing it again changes nothing.

        Raises:
            TypeError: It is no boto3 client of the service ``mturk``.
            ValueError: Another account or simulation answers it.
        """
        if not is_mturk(client):
            raise TypeError(f"{client!r} is no boto3 client of the service 'mturk'")
        if _attached.get(client, self) is not self:
            raise ValueError("this client is answered by another simulation or account; detach it there first")
        if id(client) not in self._hooks:
            hooks = _Hooks(self._service, client, wire=self._wire)
            hooks.register()
            self._hooks[id(client)] = (client, hooks)
            _attached[client] = self
        return client

    def detach(self, client: Any) -> None:
        """Let go of a client; one that is not attached is left alone."""
        if (kept := self._hooks.pop(id(client), None)) is not None:
            kept[1].unregister()
            del _attached[client]

    def detach_all(self) -> None:
        """Let go of every client."""
        for client, _ in list(self._hooks.values()):
            self.detach(client)


class _Hooks:
    """The four handlers on one client's events."""

    def __init__(self, service: Service, client: Any, *, wire: bool) -> None:
        self._service = service
        self._events = client.meta.events
        self._url: str = client.meta.endpoint_url
        self._sandbox = is_sandbox(self._url, service.sandbox)
        self._wire = wire
        self._done = AWSResponse(self._url, 200, {}, None)  # type: ignore[arg-type]

    def _each(self) -> tuple[tuple[str, Any], ...]:
        return (
            ("before-call.mturk", self.before_call),
            ("choose-signer.mturk", self.choose_signer),
            ("request-created.mturk", self.request_created),
            ("before-send.mturk", self.before_send),
        )

    def register(self) -> None:
        for event, handler in self._each():
            self._events.register(event, handler, unique_id=f"mturk_sim-{event}")

    def unregister(self) -> None:
        for event, handler in self._each():
            self._events.unregister(event, handler, unique_id=f"mturk_sim-{event}")

    def before_call(
        self, model: Any, params: dict[str, Any], context: dict[str, Any], **_: Any
    ) -> tuple[AWSResponse, Answer] | None:
        """Answer a call that goes well at once; keep a refusal for the wire."""
        if self._wire:
            return None
        service = self._service
        try:
            answer = service.answer(model.name, _scan(params["body"].decode())[0], local_stamp)
        except ServiceError as error:
            context[_KEY] = self._refusal(error)
            return None
        request_id, now = service.receipt()
        answer["ResponseMetadata"] = {
            "RequestId": request_id,
            "HTTPStatusCode": 200,
            "HTTPHeaders": AnswerHeaders(answer, request_id, now),
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
        """Answer an attempt in place of the network."""
        outcome = _attempt.get()
        _attempt.set(None)
        status, body, request_id, now = outcome or self._ask(request)
        return http_response(self._url, status, body, request_id, now)

    def _ask(self, request: AWSPreparedRequest) -> Outcome:
        operation = _text(request.headers["X-Amz-Target"]).rpartition(".")[2]
        try:
            answer = self._service.answer(operation, _scan(_text(request.body))[0], wire_stamp)
        except ServiceError as error:
            return self._refusal(error)
        return 200, dump(answer).encode(), *self._service.receipt()

    def _refusal(self, error: ServiceError) -> Outcome:
        request_id, now = self._service.receipt()
        return error.status, refusal_body(error, now, self._sandbox), request_id, now


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
