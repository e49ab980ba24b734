"""A requester account with its own client, in a marketplace it may share with others (C42)."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from mturk_sim.core.clock import SECOND
from mturk_sim.core.draws import steadied
from mturk_sim.core.system_clock import SystemClock
from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.marketplace.ledger import Ledger
from mturk_sim.marketplace.records import RequesterAccount
from mturk_sim.marketplace.world import World
from mturk_sim.operations import answer
from mturk_sim.operations.call import Answer, Call, Stamp
from mturk_sim.operations.trouble import Lost
from mturk_sim.simulation.calls import Calls
from mturk_sim.simulation.faults import LOST_RESPONSE, Faults, trouble

if TYPE_CHECKING:
    from types_boto3_mturk import MTurkClient

    from mturk_sim.transport import Plug
    from mturk_sim.transport.service import Attempt


class Requester:
    """A requester account, which is also what a plug asks: see `mturk_sim.transport.Service`.

    Attributes:
        account: The account's record.
        sandbox: Which environment its marketplace is.
    """

    def __init__(self, world: World, account: RequesterAccount, calls: Calls, faults: Faults, *, wire: bool) -> None:
        self._world = world
        self._calls = calls
        self._faults = faults
        self._wire = wire
        self._asking: dict[Stamp, Call] = {}
        self._plug: Plug | None = None
        self._client: MTurkClient | None = None
        self._adopted: MTurkClient | None = None
        self.account = account
        self.sandbox = world.sandbox
        self._ledger = Ledger(world.books, account.name, lambda: world.clock.micros)

    @property
    def name(self) -> str:
        """The name the account was asked for by."""
        return self.account.name

    @property
    def ledger(self) -> Ledger:
        """The account's view of the money."""
        self._world.settle()
        return self._ledger

    @property
    def plug(self) -> "Plug":
        """What answers this account's clients."""
        if self._plug is None:
            from mturk_sim.transport import Plug

            self._plug = Plug(self, wire=self._wire)
        return self._plug

    @property
    def client(self) -> "MTurkClient":
        """A boto3 client of this account; it needs no credentials and never opens a connection."""
        if self._client is None:
            from mturk_sim.transport import new_client

            self._client = self.plug.keep(new_client(sandbox=self.sandbox))
        return self._client

    def adopt(self, client: "MTurkClient") -> None:
        """Answer this client, and make it the account's own."""
        self._client = self._adopted = self.plug.attach(client)

    def open(self) -> None:
        """Answer the client that the account has made its own, also after `close`."""
        if self._adopted is not None:
            self.plug.attach(self._adopted)

    def answer(self, operation: str, params: dict[str, Any], stamp: Stamp, endpoint: str | None = None) -> "Attempt":
        """Answer one attempt of a call, and note it.

        Raises:
            Lost: A fault keeps the request or the answer from arriving.
        """
        world, calls, name = self._world, self._calls, self.account.name
        with world.lock:
            call = self._asking.get(stamp) or self._asking.setdefault(stamp, Call(world, self.account, stamp))
            world.tick()
            now = world.clock.micros
            came: Answer | ServiceError
            if self._faults.planned and (fault := self._faults.strike(name, operation)) is not None:
                came = self._struck(fault, call, operation, params, endpoint)
            else:
                try:
                    came = answer(call, operation, params)
                    calls.note((now, name, operation, params, came, None, None, endpoint))
                except ServiceError as error:
                    came = error
                    calls.note((now, name, operation, params, None, error, None, endpoint))
            return came, world.ids.call(calls.made), world.clock.micros

    def _struck(
        self, fault: str, call: Call, operation: str, params: dict[str, Any], endpoint: str | None
    ) -> ServiceError:
        """What comes of an attempt that meets a fault; if only the answer is lost, the work is done.

        Raises:
            Lost: Nothing comes back.
        """
        result, met = None, trouble(fault)
        error = met if isinstance(met, ServiceError) else None
        if fault == LOST_RESPONSE:
            try:
                result = answer(call, operation, params)
            except ServiceError as refusal:
                error = refusal
        now = self._world.clock.micros
        self._calls.note((now, self.account.name, operation, params, result, error, fault, endpoint))
        if isinstance(met, Lost):
            raise met
        return met

    def now(self) -> float:
        """The present, in seconds since the epoch."""
        return self._world.clock.micros / SECOND

    def wait(self, seconds: float) -> float:
        """Let virtual time pass while a client waits; gives what is left to be waited for real."""
        clock = self._world.clock
        if isinstance(clock, SystemClock) and clock.mover is None:
            return seconds
        self._world.rest(round(seconds * SECOND))
        return 0.0

    def steadied(self) -> AbstractContextManager[None]:
        """Let Python's global random numbers come from the simulation's seed, in the block."""
        return steadied(self._world.draws, "attempt", self._calls.made)

    def close(self) -> None:
        """Let go of every client but the account's own."""
        if self._plug is not None:
            self._plug.detach_all()

    def __repr__(self) -> str:
        return f"Requester({self.name!r})"
