"""Retries in virtual time: botocore decides whether and how long to wait, and the simulation's clock moves instead.

botocore waits in two places.  Between two attempts it sleeps as long as its handler of ``needs-retry`` says; that is
wrapped, so that the simulation waits and botocore is told nought.  In adaptive mode it also waits before an attempt,
for a rate limiter on the wall's clock; that is replaced by one on the simulation's.  Both are put back at the end.
"""

from collections.abc import Callable, Iterable
from inspect import isawaitable
from threading import Lock
from typing import Any, Final

from botocore.awsrequest import AWSResponse
from botocore.exceptions import CapacityNotAvailableError
from botocore.retries import adaptive, bucket, standard, throttling

from mturk_sim.transport.service import Service

_RETRY: Final = ("needs-retry.mturk", "retry-config-mturk")
"""The event and the id under which botocore registers whatever decides on retries, in every mode."""
_ATTEMPTS: Final = ("botocore.retryhandler", "botocore.retries.standard")
_LIMITER: Final = "botocore.retries.adaptive"
"""The modules that the two are of; aiobotocore's have the same names."""
_HARDLY: Final = 1e-9
"""A wait, in seconds, that moves no virtual time; where it is left to be waited for real, the wall's clock rules."""


class Retries:
    """How one client waits for its retries."""

    def __init__(self, service: Service, client: Any) -> None:
        self._service = service
        self._client = client
        self._events = client.meta.events
        self._undo: list[Callable[[], None]] = []
        self._lock = Lock()
        self.taken = False

    def take_over(self, asked: Iterable[tuple[Any, Any]]) -> None:
        """Let the client wait in virtual time from now on; `asked` is what `ask` gave.

        Whoever comes meanwhile waits until it is done: for a moment nobody decides on retries.
        """
        with self._lock:
            for handler, _ in () if self.taken else asked:
                owner = getattr(handler, "__self__", handler)
                home = type(owner).__module__.removeprefix("aio")
                if home in _ATTEMPTS:
                    self._wrap(handler)
                elif home == _LIMITER and not self._service.wait(_HARDLY):
                    self._replace(owner)
            self.taken = True

    def give_back(self) -> None:
        """Let the client wait as before."""
        while self._undo:
            self._undo.pop()()
        self.taken = False

    def ask(self) -> Any:
        """Whoever has a say on retries, with what they say to an attempt that went well; aiobotocore's is awaited."""
        operation = self._client.meta.service_model.operation_model("GetAccountBalance")
        return self._events.emit(
            f"needs-retry.mturk.{operation.name}",
            response=(AWSResponse("", 200, {}, None), {}),  # type: ignore[arg-type]  # nobody reads it
            endpoint=None,
            operation=operation,
            attempts=1,
            caught_exception=None,
            request_dict={"context": {}},
        )

    # --- between two attempts ------------------------------------------------------------------------------------
    def _wrap(self, decide: Callable[..., Any]) -> None:
        def needs_retry(**kwargs: Any) -> Any:
            response = kwargs["response"]
            if response is not None and response[0].status_code < 300:
                return decide(**kwargs)
            with self._service.steadied():  # the delay is drawn from Python's global random numbers
                delay = decide(**kwargs)
            return self._later(delay) if isawaitable(delay) else self._wait(delay)

        event, name = _RETRY
        self._exchange(event, name, decide, needs_retry)

    def _exchange(self, event: str, name: str, old: Any, new: Any) -> None:
        def put(handler: Any) -> None:
            self._events.unregister(event, unique_id=name)
            self._events.register(event, handler, unique_id=name)

        put(new)
        self._undo.append(lambda: put(old))

    async def _later(self, delay: Any) -> Any:
        with self._service.steadied():
            seconds = await delay
        return self._wait(seconds)

    def _wait(self, delay: Any) -> Any:
        """Wait as long as botocore wants to; a delay of None means that there is no retry."""
        return self._service.wait(delay) if delay else delay

    # --- before an attempt ---------------------------------------------------------------------------------------
    def _replace(self, limiter: Any) -> None:
        clock = _Clock(self._service)
        ours = adaptive.ClientRateLimiter(
            rate_adjustor=throttling.CubicCalculator(starting_max_rate=0, start_time=clock.current_time()),
            rate_clocker=adaptive.RateClocker(clock),
            token_bucket=_Bucket(self._service, clock),
            throttling_detector=standard.ThrottlingErrorDetector(standard.RetryEventAdapter()),
            clock=clock,
        )
        events = self._events
        events.unregister("before-send", limiter.on_sending_request)
        events.unregister("needs-retry", limiter.on_receiving_response)
        events.register_first("before-send.mturk", ours.on_sending_request)  # that is: before the attempt is answered
        events.register("needs-retry", ours.on_receiving_response)
        self._undo += (
            lambda: events.register("before-send", limiter.on_sending_request),
            lambda: events.register("needs-retry", limiter.on_receiving_response),
            lambda: events.unregister("before-send.mturk", ours.on_sending_request),
            lambda: events.unregister("needs-retry", ours.on_receiving_response),
        )


class _Clock(bucket.Clock):
    """The simulation's time, as botocore's rate limiter reads it."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def current_time(self) -> float:
        return self._service.now()


class _Bucket(bucket.TokenBucket):
    """A bucket of tokens whose filling is waited for in virtual time."""

    def __init__(self, service: Service, clock: _Clock) -> None:
        super().__init__(max_rate=1, clock=clock)
        self._service = service

    def acquire(self, amount: int = 1, block: bool = True) -> bool:
        """Take tokens, waiting for them if there are too few."""
        try:
            return bool(super().acquire(amount, block=False))
        except CapacityNotAvailableError:
            self._service.wait((amount - self.available_capacity) / self.max_rate)
        try:
            return bool(super().acquire(amount, block=False))
        except CapacityNotAvailableError:
            return True  # a rounding short, or time cannot pass now
