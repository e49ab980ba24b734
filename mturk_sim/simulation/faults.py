"""Trouble on purpose: throttling, failures of the service, and requests or answers that get lost.

A fault strikes one attempt.  What botocore then does, retry, wait, give up, is botocore's own doing, in whatever retry
mode the client has; its waiting moves the virtual clock.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, TypedDict, Unpack

import attrs

from mturk_sim.core.arguments import expect, expect_one_of
from mturk_sim.core.clock import micros
from mturk_sim.core.draws import Draws
from mturk_sim.core.keywords import expect_keywords
from mturk_sim.marketplace import errors
from mturk_sim.marketplace.world import World
from mturk_sim.operations.model import operation_named
from mturk_sim.operations.trouble import CONNECT_TIMEOUT, READ_TIMEOUT, UNREACHABLE, Lost

LOST_RESPONSE: Final = "lose_response"
_REFUSED: Final = {
    "throttle": errors.THROTTLED,
    "service_fault": errors.SERVICE_FAULT,
    "internal_failure": errors.INTERNAL_FAILURE,
}
_LOST: Final = {
    "timeout": READ_TIMEOUT,
    "connect_timeout": CONNECT_TIMEOUT,
    "connection_error": UNREACHABLE,
    LOST_RESPONSE: READ_TIMEOUT,
}
KINDS: Final = (*_REFUSED, *_LOST)
"""The kinds of fault, by the names of the methods that plan them."""

Operations = str | Iterable[str] | None
"""Which operations are struck, as ``"CreateHIT"`` or ``"create_hit"``, one or several; None for all."""


class Window(TypedDict, total=False):
    """From when on a fault strikes, and from when on no more: aware datetimes."""

    start: datetime
    end: datetime


_TAKEN: Final = ("operation", "times", "start", "end")
"""What every method takes that plans a fault."""


def trouble(kind: str) -> errors.ServiceError | Lost:
    """What an attempt meets that is struck by a fault of this kind."""
    return _REFUSED[kind]() if kind in _REFUSED else Lost(_LOST[kind])


@attrs.define(eq=False)
class Fault:
    """A fault that is planned.

    Attributes:
        kinds: What strikes; one of them by lot if there are several.
        operations: The wire names of the operations it strikes; None for all.
        left: How many times it will still strike; None for no end.
        start: From when on it strikes, in microseconds; `end` from when on no more.
        rate: The share of attempts it strikes.
        lots: The seed of its lots, and its number among the faults.
        met: How many attempts it might have struck.
        struck: How many it struck.
    """

    kinds: tuple[str, ...]
    operations: frozenset[str] | None
    left: int | None
    start: int | None
    end: int | None
    rate: float
    lots: tuple[int, int]
    met: int = 0
    struck: int = 0

    def __str__(self) -> str:
        struck = ", ".join(sorted(self.operations)) if self.operations is not None else "every operation"
        times = "always" if self.left is None else f"{self.left} times"
        rate = f", rate {self.rate:g}" if self.rate < 1 else ""
        return f"{' or '.join(self.kinds)} of {struck}, {times}{rate}"

    def strikes(self, operation: str, now: int) -> str | None:
        """The kind of fault that this attempt meets, if any."""
        if self.left == 0 or (self.operations is not None and operation not in self.operations):
            return None
        if (self.start is not None and now < self.start) or (self.end is not None and now >= self.end):
            return None
        self.met += 1
        seed, number = self.lots
        draws = Draws(seed)
        if draws.uniform("fault", number, self.met) >= self.rate:
            return None
        self.struck += 1
        if self.left is not None:
            self.left -= 1
        return draws.choice(self.kinds, "kind of fault", number, self.met)


class Faults:
    """Plans faults; those planned first strike first, and an attempt meets one at most.

    Every method takes the operations that are struck, how many attempts (`times`, None for all) and, if it is not to
    begin at once, the instants ``start`` and ``end`` between which it strikes; it gives the `Fault` it plans.  What has
    struck is in the journal (``FaultInjected``) and in `Simulation.calls`.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._number = 0
        self.planned: list[Fault] = []

    def throttle(self, operation: Operations = None, times: int | None = 1, **window: Unpack[Window]) -> Fault:
        """Answer ``ThrottlingException``, HTTP 400 (C40, ERR-05)."""
        return self._plan(("throttle",), operation, times, **window)

    def service_fault(self, operation: Operations = None, times: int | None = 1, **window: Unpack[Window]) -> Fault:
        """Answer ``ServiceFault``, HTTP 500 (C41, ERR-04)."""
        return self._plan(("service_fault",), operation, times, **window)

    def internal_failure(self, operation: Operations = None, times: int | None = 1, **window: Unpack[Window]) -> Fault:
        """Answer ``InternalFailure``, HTTP 500 (C41)."""
        return self._plan(("internal_failure",), operation, times, **window)

    def timeout(self, operation: Operations = None, times: int | None = 1, **window: Unpack[Window]) -> Fault:
        """Lose the request: nothing is done, and the client waits in vain, as long as its ``read_timeout``."""
        return self._plan(("timeout",), operation, times, **window)

    def lose_response(self, operation: Operations = None, times: int | None = 1, **window: Unpack[Window]) -> Fault:
        """Lose the answer: what was asked is done, the client waits in vain, and a retry asks for it again."""
        return self._plan((LOST_RESPONSE,), operation, times, **window)

    def connect_timeout(self, operation: Operations = None, times: int | None = 1, **window: Unpack[Window]) -> Fault:
        """Let no connection come about, as long as the client's ``connect_timeout``."""
        return self._plan(("connect_timeout",), operation, times, **window)

    def connection_error(self, operation: Operations = None, times: int | None = 1, **window: Unpack[Window]) -> Fault:
        """Let the endpoint be unreachable."""
        return self._plan(("connection_error",), operation, times, **window)

    def random(
        self,
        rate: float,
        seed: int | None = None,
        *,
        kinds: Iterable[str] = KINDS,
        operation: Operations = None,
        times: int | None = None,
        **window: Unpack[Window],
    ) -> Fault:
        """Let a share of the attempts meet some fault.

        Args:
            rate: The share, 0 to 1.
            seed: Decides which and what; the simulation's own if left out.
            kinds: The names of the methods above whose faults may strike, one or several; all by default.
            operation: The operations that are struck, as for the methods above.
            times: How many attempts it strikes at most; None for no end.
            **window: The instants ``start`` and ``end`` between which it strikes.

        Raises:
            ValueError: The rate is no share, or a kind is none.
        """
        expect_keywords(window, ("rate", "seed", "kinds", *_TAKEN), "random()")
        expect(rate, int | float, "rate", "the share of attempts that are struck, a number from 0 to 1")
        expect(seed, int | None, "seed", "a whole number, or nothing for the simulation's own")
        expect(kinds, Iterable, "list of kinds", "their names, such as ['throttle', 'timeout']")
        if not 0 <= rate <= 1:
            raise ValueError(f"rate is the share of attempts that are struck, from 0 to 1, and not {rate}")
        chosen = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        for kind in chosen:
            expect_one_of(kind, KINDS, "kind of fault")
        if not chosen:
            raise ValueError(f"kinds are some of {', '.join(KINDS)}, and not none")
        return self._plan(chosen, operation, times, rate=rate, seed=seed, **window)

    def __repr__(self) -> str:
        return f"<Faults: {'; '.join(map(str, self.planned)) or 'none planned'}>"

    def clear(self) -> None:
        """Let no more faults strike that were planned so far."""
        self.planned.clear()

    def _plan(
        self,
        kinds: tuple[str, ...],
        operation: Operations,
        times: int | None,
        *,
        rate: float = 1.0,
        seed: int | None = None,
        **window: Unpack[Window],
    ) -> Fault:
        expect_keywords(window, _TAKEN, "a fault")
        expect(times, int | None, "number of times", "a whole number, or None for all attempts")
        if times is not None and times < 1:
            raise ValueError(f"times is a number from 1 up, or None for all attempts, and not {times}")
        start, end = (None if at is None else micros(at) for at in (window.get("start"), window.get("end")))
        if start is not None and end is not None and end <= start:
            raise ValueError(f"a fault ends after it begins, and not at {window['end']}")
        struck = _wire_names(operation)
        self._number += 1
        lots = (self._world.draws.seed if seed is None else seed, self._number)
        fault = Fault(kinds=kinds, operations=struck, left=times, start=start, end=end, rate=rate, lots=lots)
        self.planned.append(fault)
        return fault

    def strike(self, requester: str, operation: str) -> str | None:
        """The kind of fault that an attempt made now meets, told in the journal; None if it meets none."""
        now = self._world.clock.micros
        for fault in self.planned:
            if (kind := fault.strikes(operation, now)) is not None:
                detail = {"fault": kind, "operation": operation, "requester": requester}
                self._world.tell("FaultInjected", None, None, None, detail)
                if fault.left == 0:
                    self.planned.remove(fault)
                return kind
        return None


def _wire_names(operation: Operations) -> frozenset[str] | None:
    """The wire names of operations that are named as on the wire or as in boto3."""
    one = "a name such as 'CreateHIT'"
    expect(operation, str | Iterable | None, "operation", f"{one}, several in a list, or None for all")
    if operation is None:
        return None
    given = [operation] if isinstance(operation, str) else list(operation)
    for each in given:
        expect(each, str, "operation", one)
    return frozenset(map(operation_named, given))
