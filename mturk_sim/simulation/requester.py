"""A requester account with its own client, in a marketplace it may share with others (C42)."""

from typing import TYPE_CHECKING, Any

from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.marketplace.ledger import Ledger
from mturk_sim.marketplace.records import RequesterAccount
from mturk_sim.marketplace.world import World
from mturk_sim.operations import answer
from mturk_sim.operations.call import Answer, Call, Stamp
from mturk_sim.simulation.calls import Calls

if TYPE_CHECKING:
    from types_boto3_mturk import MTurkClient

    from mturk_sim.transport import Plug


class Requester:
    """A requester account. This is also what a plug asks: see `mturk_sim.transport.Service`.

    Attributes:
        account: The account's record.
        sandbox: Which environment its marketplace is.
    """

    def __init__(self, world: World, account: RequesterAccount, calls: Calls, *, wire: bool) -> None:
        self._world = world
        self._calls = calls
        self._wire = wire
        self._asking: dict[Stamp, Call] = {}
        self._plug: Plug | None = None
        self._client: MTurkClient | None = None
        self.account = account
        self.sandbox = world.sandbox
        self._ledger = Ledger(world.books, account.name, self.now)

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
        """A boto3 client of this account; it needs no credentials and opens no connection."""
        if self._client is None:
            from mturk_sim.transport import new_client

            self._client = self.plug.attach(new_client(sandbox=self.sandbox))
        return self._client

    def adopt(self, client: "MTurkClient") -> None:
        """Answer this client, and make it the account's own."""
        self._client = self.plug.attach(client)

    def answer(self, operation: str, params: dict[str, Any], stamp: Stamp) -> Answer:
        """Answer one attempt of a call, and note it."""
        call = self._asking.get(stamp) or self._asking.setdefault(stamp, Call(self._world, self.account, stamp))
        clock, name = self._world.clock, self.account.name
        try:
            result = answer(call, operation, params)
        except ServiceError as error:
            self._calls.note((clock.micros, name, operation, params, error), None)
            raise
        self._calls.note((clock.micros, name, operation, params), result)
        return result

    def receipt(self) -> tuple[str, int]:
        """The id of the attempt just made (HIT-10), and the virtual present in microseconds since the epoch."""
        return self._world.ids.call(self._calls.made), self._world.clock.micros

    def now(self) -> int:
        """The virtual present, in microseconds since the epoch."""
        return self._world.clock.micros

    def close(self) -> None:
        """Let go of every client."""
        if self._plug is not None:
            self._plug.detach_all()

    def __repr__(self) -> str:
        return f"Requester({self.name!r})"
