"""The simulation: one marketplace, its clock, its requesters and its workers, and how it is made."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from mturk_sim.core.arguments import expect
from mturk_sim.core.clock import VirtualClock, expect_duration, instant, micros
from mturk_sim.core.journal import Journal
from mturk_sim.core.keywords import telling_keywords
from mturk_sim.core.system_clock import clock_from
from mturk_sim.documents import UploadedFile
from mturk_sim.marketplace.behavior import Behavior
from mturk_sim.marketplace.countries import Locale
from mturk_sim.marketplace.facts import Fact
from mturk_sim.marketplace.ledger import SANDBOX_BALANCE, Ledger, whole_cents
from mturk_sim.marketplace.records import HIT, Assignment, WorkerAccount
from mturk_sim.marketplace.uploads import fetch
from mturk_sim.marketplace.world import DEFAULT_REQUESTER, World
from mturk_sim.simulation.calls import Calls
from mturk_sim.simulation.faults import Faults
from mturk_sim.simulation.notifications import Notifications
from mturk_sim.simulation.requester import Requester
from mturk_sim.simulation.snapshots import Copyable
from mturk_sim.workers.accounts import account_of, keeping_settings
from mturk_sim.workers.worker import Worker

if TYPE_CHECKING:
    from types_boto3_mturk import MTurkClient

    from mturk_sim.workers.crowd import Crowd
    from mturk_sim.workers.plans import Step
    from mturk_sim.workers.population import Population

C = TypeVar("C")

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When a simulation begins unless it is told otherwise: a Monday morning."""


class Simulation(Copyable, AbstractContextManager["Simulation"]):
    """A marketplace, its clock, its requesters' clients and its workers, as `simulate` makes them.

    Attributes:
        world: The marketplace itself, for those who extend this library.
        calls: Every requester call in order, as `RequesterCall`; the newest 10,000.
        notifications: What the service has sent: an inbox; ``deliver_to(sqs=client)`` sends it on.
        faults: Trouble to inject: ``throttle(times=2)``, ``lose_response("CreateHIT")``, ``random(rate=0.1)``.
        wire: Whether every call goes all the way through botocore's HTTP layer.
    """

    _TRANSIENT: ClassVar = {"_requesters": dict, "_workers": dict}

    def __init__(self, world: World, *, balance: Decimal | int | str | None, wire: bool, client: Any | None) -> None:
        self.world = world
        self.wire = wire
        self.calls = Calls()
        self.faults = Faults(world)
        self.notifications = Notifications(world)
        self._requesters: dict[str, Requester] = {}
        self._workers: dict[str, Worker] = {}
        self._crowd: Crowd | None = None
        self.requester(DEFAULT_REQUESTER, balance=balance)
        if client is not None:
            self._default.adopt(client)

    # --- requesters ----------------------------------------------------------------------------------------------
    @property
    def _default(self) -> Requester:
        return self.requester(DEFAULT_REQUESTER)

    @property
    def client(self) -> "MTurkClient":
        """The boto3 client of the default requester; it needs no credentials and never opens a connection.

        One that the simulation made is answered for as long as it lives, also after the block.
        """
        return self._default.client

    @property
    def ledger(self) -> Ledger:
        """Money: ``balance``, ``held``, ``fees``, ``paid_to(worker)``, ``entries``, ``set_balance(amount)``."""
        return self._default.ledger

    def requester(self, name: str, balance: Decimal | int | str | None = None) -> Requester:
        """The requester account of that name, made on first use, with its own client (C42).

        Raises:
            ValueError: A balance is given on the sandbox, or for an account that exists already.
        """
        expect(name, str, "name of a requester", "a text such as 'acme'")
        if name not in self.world.store.requesters:
            if balance is not None and self.world.sandbox:
                raise ValueError(
                    "a sandbox balance is always 10000.00 (PAY-14); use simulate(sandbox=False, balance=...)"
                )
            cents = SANDBOX_BALANCE if balance is None else whole_cents(balance)
            self.world.requester(name)
            self.world.books.set_available(self.world.clock.micros, name, cents)
        elif balance is not None:
            raise ValueError(f"requester {name!r} exists already; use its ledger.set_balance(...)")
        known = self._requesters.get(name)
        if known is None:
            account = self.world.requester(name)
            known = self._requesters[name] = Requester(self.world, account, self.calls, self.faults, wire=self.wire)
        return known

    def attach(self, client: C) -> C:
        """Answer this client's calls too, as the default requester; gives the same client.

        Raises:
            TypeError: It is no boto3 client of the service ``mturk``.
        """
        return self._default.plug.attach(client)

    def detach(self, client: Any) -> None:
        """Let go of an attached client, whose next call goes where it went before; the simulation's own one stays."""
        self._default.plug.detach(client)

    def everywhere(self) -> AbstractContextManager[None]:
        """Answer every mturk client of this process, made before or after, until the block ends."""
        from mturk_sim.transport import everywhere

        return everywhere(self._default.plug)

    # --- workers -------------------------------------------------------------------------------------------------
    @telling_keywords
    @keeping_settings
    def worker(
        self,
        worker_id: str | None = None,
        *,
        country: str = "US",
        subdivision: str | None = None,
        approved: int = 0,
        rejected: int = 0,
        adult: bool = False,
        masters: bool = False,
    ) -> Worker:
        """A worker you drive by hand; the same id gives the same worker.

        Args:
            worker_id: An id such as ``A143XRCI1YXAFE``; made up when left out.
            country: Two letters, of ISO 3166.
            subdivision: The two characters after the country in ISO 3166-2, such as a US state's.
            approved: How many assignments were approved before the simulation began.
            rejected: How many were rejected before.
            adult: Whether the worker agreed to see adult content.
            masters: Whether the worker is a Master.

        Raises:
            ValueError: The id is no worker id (HIT-06), the place is none of ISO 3166, a number is negative, or the
                worker exists with other settings than are given.
            TypeError: Something is not of its type.
        """
        place = Locale(country, subdivision)
        return self._handle(
            account_of(self.world, worker_id, place, approved=approved, rejected=rejected, adult=adult, masters=masters)
        )

    def _handle(self, account: WorkerAccount) -> Worker:
        """The one handle of a worker, made on first use."""
        return self._workers.setdefault(account.id, Worker(self.world, account))

    @property
    def workers(self) -> list[Worker]:
        """All workers, in the order they came."""
        return [self._handle(account) for account in self.world.store.workers.values()]

    def populate(self, population: "Population") -> "Population":
        """Let workers who act by themselves come, to the HITs that are out and to those to come; gives the population.

        Raises:
            ValueError: There is a population of that name already.
        """
        self.crowd.add(population)
        return population

    def script(self, worker: Worker, *steps: "Step") -> None:
        """Let a worker take some steps by themselves, such as ``Accept(), Wait(60), Submit()``, the first at once.

        A step that is refused ends the plan. Answers left out are the right ones of the HIT's item.
        """
        from mturk_sim.workers.plans import Step

        expect(worker, Worker, "worker", "what sim.worker() gave")
        for step in steps:
            expect(step, Step, "step", "each by itself, such as Accept(), Wait(60), Submit()")
        self.crowd.follow(worker.account, steps)

    @property
    def crowd(self) -> "Crowd":
        """Everybody who acts by themselves: the populations, and who is at work."""
        if self._crowd is None:
            from mturk_sim.workers.crowd import Crowd

            self._crowd = Crowd(self.world)
        return self._crowd

    # --- time ----------------------------------------------------------------------------------------------------
    @property
    def clock(self) -> VirtualClock:
        """Virtual time: ``now``, ``advance(hours=2)``, ``advance_to(when)``."""
        return self.world.clock

    def at(self, when: datetime | int, action: Callable[[], object]) -> None:
        """Run `action` at that virtual instant (aware datetime or microseconds), in order with all that is planned.

        Raises:
            ClockMovedBackwards: `when` has passed.
        """
        expect(action, Callable, "action", "a function without arguments")
        self.world.call_at(when if isinstance(when, int) else micros(when), action)

    def run(self, until: datetime | None = None, *, for_: timedelta | None = None) -> None:
        """Let workers and timers act, jumping from event to event: up to `until`, for `for_`, or until nothing is left.

        Without an end that takes months: work is approved by itself, and after 120 days without use the HITs dispose of
        themselves (HIT-35), so that no call finds them any more. Give an end to look at HITs afterwards.

        Args:
            until: The end, an aware datetime.
            for_: How long, instead.

        Raises:
            ClockMovedBackwards: `until` has passed.
            TypeError: Both are given, or one is of the wrong type.
        """
        if until is not None and for_ is not None:
            raise TypeError("run() takes until=... or for_=..., not both")
        expect(until, datetime | None, "instant", "an aware datetime, or for_=timedelta(hours=2) for a length of time")
        if for_ is not None:
            expect_duration(for_)
            self.clock.advance(for_)
        elif until is not None:
            self.clock.advance_to(until)
        else:
            while (due := self.world.timers.due) is not None:
                self.clock.reach(due)

    def virtual_time(self, limit: timedelta = timedelta(days=365)) -> AbstractContextManager[None]:
        """Let ``time.sleep``, asyncio and ``datetime.now`` of your code follow the simulation: polling takes no time.

        In the block a sleep moves the clock, with all that happens on the way, and so does an event loop that has
        nothing to do (``asyncio.run`` in the block, or the loop the block is entered in).  Sleeps in other threads,
        waits for locks, queues and sockets, and functions that took ``time.sleep`` as a default take real time.

        Args:
            limit: How far the block's sleeping may take the clock.

        Raises:
            VirtualTimeLimit: In the block, from the sleep that would pass the limit; it names its file and line.
            RuntimeError: The clock follows the time of day, and nothing has frozen that.
        """
        from mturk_sim.virtual_time import virtual_time

        expect_duration(limit)
        return virtual_time(self.clock, limit=limit)

    # --- what the requester's website made ----------------------------------------------------------------------
    def layout(self, question: str) -> str:
        """A HITLayout, as made on the website: a question with placeholders ``${name}``; gives its id (ASN-39)."""
        expect(question, str, "layout", "the text of a question document, with placeholders ${name}")
        layout_id = self.world.ids.entity("layout")
        self.world.store.layouts[layout_id] = question
        return layout_id

    def uploaded(self, url: str) -> UploadedFile:
        """What an address that GetFileUploadURL answered gives now (ASN-27); the contents of files are not kept.

        Raises:
            LookupError: Its 60 seconds are over, the HIT is disposed of, or it never was such an address.
        """
        expect(url, str, "address", "the FileUploadURL that was answered")
        return fetch(self.world, url)

    # --- what happened -------------------------------------------------------------------------------------------
    @property
    def journal(self) -> Journal[Fact]:
        """What happened, in order; ``journal.of(kind)``; ``str(journal)`` is a timeline to read."""
        self.world.settle()
        return self.world.journal

    def hits(self) -> list[HIT]:
        """The HITs the service still knows, in the order of their making."""
        with self.world.lock:
            self.world.settle()
            return list(self.world.store.hits.values())

    def assignments(self) -> list[Assignment]:
        """The assignments of those HITs, in whatever state, in the order of their first acceptance."""
        with self.world.lock:
            self.world.settle()
            return list(self.world.store.assignments.values())

    # --- end -----------------------------------------------------------------------------------------------------
    def close(self) -> None:
        """Undo everything that was plugged in; what happened can be read on, also by the simulation's own clients."""
        for requester in self._requesters.values():
            requester.close()

    def __enter__(self) -> "Simulation":
        self._default.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Simulation at {instant(self.clock.micros).isoformat()}, {len(self.world.store.hits)} HITs>"


@telling_keywords
def simulate(
    *,
    seed: int = 0,
    start: datetime = START,
    sandbox: bool = True,
    balance: Decimal | int | str | None = None,
    clock: Any | None = None,
    wire: bool = False,
    behavior: Behavior | None = None,
    client: Any | None = None,
) -> Simulation:
    """A fresh simulated marketplace; use it with ``with``, so that everything is unplugged at the end.

    Args:
        seed: Decides all ids and draws: the same seed and calls give the same journal, byte for byte.
        start: The instant virtual time begins at (aware).
        sandbox: Whether this is the sandbox, where money is play money, or production, where it is counted.
        balance: The default requester's dollars in production; 10000.00 if left out.
        clock: What time to follow instead: a `SystemClock`, or what freezes the test's time (``freeze_time(...) as
            frozen``, a time-machine traveller, the fixture ``freezer``). The default owns its time.
        wire: Send every call through botocore's whole HTTP layer instead of answering clean calls early.
        behavior: Switches for what the record leaves open.
        client: A boto3 mturk client, which becomes `Simulation.client`; it is answered in every block of it.

    Raises:
        ValueError: `start` has no time zone, or a balance is given on the sandbox.
        TypeError: `clock` is no clock and can move none, or something else is not of its type.
    """
    expect(seed, int, "seed", "a whole number")
    expect(sandbox, bool, "truth value", "sandbox=True for the sandbox, False for production")
    expect(wire, bool, "truth value", "wire=True or False")
    expect(behavior, Behavior | None, "behavior", "Behavior(...), or nothing")
    world = World(seed=seed, start=start, sandbox=sandbox, behavior=behavior or Behavior(), clock=clock_from(clock))
    return Simulation(world, balance=balance, wire=wire, client=client)
