"""Money: double entries in whole cents, from which every balance is derived.

Each entry moves an amount from one account to another, so the books always balance.  A requester has two: what is
available, and what is held for the liability of its HITs (PAY-08).  On the sandbox play money pays (PAY-14, C22).
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from itertools import chain
from sys import intern
from typing import Any, Final

import attrs

from mturk_sim.core.arguments import expect
from mturk_sim.core.clock import instant
from mturk_sim.core.journal import Journal
from mturk_sim.marketplace.records import dollars

OUTSIDE: Final = "outside"
FEES: Final = "fees"
_WORKER: Final = "worker:"
SANDBOX_BALANCE: Final = 1_000_000
"""What a sandbox account holds at all times, in cents (PAY-14)."""


def fee(cents: int, percent: int) -> int:
    """The fee on an amount: half up to the cent, and at least one cent (PAY-03, PAY-04)."""
    return max(1, (cents * percent + 50) // 100)


@attrs.frozen
class Entry:
    """One movement of money.

    Attributes:
        micros: When, in microseconds since the epoch.
        kind: ``deposit``, ``withdrawal``, ``hold``, ``release``, ``reward``, ``reward_fee``, ``bonus`` or
            ``bonus_fee``.
        cents: How much, in whole cents.
        source: The account it left; `target` the one it reached.
        hit_id: The HIT it was for, if any; `assignment_id` and `worker_id` likewise.
    """

    micros: int
    kind: str
    cents: int
    source: str
    target: str
    hit_id: str | None = None
    assignment_id: str | None = None
    worker_id: str | None = None

    @property
    def at(self) -> datetime:
        """When, as an aware UTC datetime."""
        return instant(self.micros)

    @property
    def amount(self) -> Decimal:
        """How much, in dollars."""
        return dollars(self.cents)


def _entries(
    micros: int,
    kind: str,
    cents: int,
    charge: int,
    source: str,
    target: str,
    hit_id: str | None,
    assignment_id: str | None,
) -> list[Entry]:
    """The entries of one row of the books: a payment and the fee on it stand in one, since there are so many."""
    worker_id = target.removeprefix(_WORKER) if target.startswith(_WORKER) else None
    entries = [Entry(micros, kind, cents, source, target, hit_id, assignment_id, worker_id)]
    if charge:
        entries.append(Entry(micros, f"{kind}_fee", charge, source, FEES, hit_id, assignment_id, worker_id))
    return entries


Payer = tuple[str, str, str, str]
"""Who pays whom for what: requester, HIT id, assignment id, worker id."""


class Books:
    """All the money of a marketplace, in whole cents.

    Attributes:
        accounts: The balance of each account; together they are always nothing.
        holds: For each requester, what is held for each of its HITs; nothing on the sandbox.
        liabilities: What each HIT may still cost; not kept on the sandbox.
        journal: The movements, each with the fee on it.
    """

    def __init__(self, sandbox: bool) -> None:
        self.sandbox = sandbox
        self.journal: Journal[list[Entry]] = Journal(_entries, width=7)
        self.accounts: defaultdict[str, int] = defaultdict(int)
        self.holds: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.liabilities: dict[str, int] = {}

    def available(self, requester: str) -> int:
        """What GetAccountBalance answers: what can be spent; on the sandbox always the same (PAY-14)."""
        return SANDBOX_BALANCE if self.sandbox else self.accounts[_available(requester)]

    def paid_to(self, worker_id: str) -> int:
        """All rewards and bonuses a worker got."""
        return self.accounts.get(_WORKER + worker_id, 0)

    def covers(self, requester: str, cents: int, held_for: str | None = None) -> bool:
        """Whether the requester can pay `cents` now, counting what is held for that HIT (PAY-09, PAY-11)."""
        if self.sandbox:
            return True
        held = self.holds[requester].get(held_for, 0) if held_for else 0
        return cents <= self.accounts[_available(requester)] + held

    def owe(self, at: int, requester: str, hit_id: str, liability: int) -> None:
        """Hold what a HIT may still cost, or release what it no longer may (PAY-08, C23)."""
        if self.sandbox:
            return
        change = liability - self.liabilities.get(hit_id, 0)
        if liability:
            self.liabilities[hit_id] = liability
        else:
            self.liabilities.pop(hit_id, None)
        if change > 0:
            self._hold(requester, hit_id, change)
            self._move(at, "hold", change, _available(requester), _held(requester), hit_id)
        elif change < 0:
            self._release(at, requester, hit_id, -change)

    def pay(self, at: int, payer: Payer, kind: str, cents: int, charge: int, from_hold: bool = False) -> None:
        """Pay a worker, and the fee on it; with `from_hold`, out of what is held for the HIT (PAY-01, PAY-11)."""
        requester, hit_id, assignment_id, worker_id = payer
        if self.sandbox:
            source = OUTSIDE
        elif from_hold:
            source = self._take_hold(at, requester, hit_id, cents + charge)
        else:
            source = _available(requester)
        self._move(at, kind, cents, source, intern(_WORKER + worker_id), hit_id, assignment_id, charge)

    def _take_hold(self, at: int, requester: str, hit_id: str, cents: int) -> str:
        """The account to pay a part of a HIT's liability from: what is held for it, unless that is too little now."""
        self.liabilities[hit_id] -= cents
        held = self.holds[requester].get(hit_id, 0)
        if held < cents:
            self._release(at, requester, hit_id, held)
            return _available(requester)
        self._hold(requester, hit_id, -cents)
        return _held(requester)

    def set_available(self, at: int, requester: str, cents: int) -> None:
        """Let the account hold just `cents`, none of it held: HITs that are out are then paid from the balance."""
        for hit_id, held in list(self.holds[requester].items()):
            self._release(at, requester, hit_id, held)
        own = _available(requester)
        change = cents - self.accounts[own]
        if change >= 0:
            self._move(at, "deposit", change, OUTSIDE, own)
        else:
            self._move(at, "withdrawal", -change, own, OUTSIDE)

    def _release(self, at: int, requester: str, hit_id: str, most: int) -> None:
        released = min(most, self.holds[requester].get(hit_id, 0))
        if released:
            self._hold(requester, hit_id, -released)
            self._move(at, "release", released, _held(requester), _available(requester), hit_id)

    def _hold(self, requester: str, hit_id: str, change: int) -> None:
        holds = self.holds[requester]
        holds[hit_id] = holds.get(hit_id, 0) + change
        if not holds[hit_id]:
            del holds[hit_id]

    def _move(
        self,
        at: int,
        kind: str,
        cents: int,
        source: str,
        target: str,
        hit_id: str | None = None,
        assignment_id: str | None = None,
        charge: int = 0,
    ) -> None:
        if cents:
            self.accounts[source] -= cents + charge
            self.accounts[target] += cents
            if charge:
                self.accounts[FEES] += charge
            self.journal.write(at, (kind, cents, charge, source, target, hit_id, assignment_id))


def _available(requester: str) -> str:
    """The account of what a requester can spend; interned like all names of accounts, since rows hold them."""
    return intern(f"available:{requester}")


def _held(requester: str) -> str:
    """The account of what is held for a requester's HITs."""
    return intern(f"held:{requester}")


class Ledger:
    """One requester's view of the books, in dollars."""

    def __init__(self, books: Books, requester: str, now: Callable[[], int]) -> None:
        self._books = books
        self._requester = requester
        self._now = now

    @property
    def balance(self) -> Decimal:
        """What GetAccountBalance answers: what can be spent; on the sandbox always 10000.00 (PAY-14)."""
        return dollars(self._books.available(self._requester))

    @property
    def held(self) -> Decimal:
        """What is held for the liability of the requester's HITs; nothing on the sandbox (PAY-08)."""
        return dollars(self._books.accounts.get(_held(self._requester), 0))

    @property
    def fees(self) -> Decimal:
        """All fees paid in this marketplace (PAY-01, PAY-02)."""
        return dollars(self._books.accounts.get(FEES, 0))

    def paid_to(self, worker: Any) -> Decimal:
        """All rewards and bonuses a worker got in this marketplace: a `Worker` or a worker id."""
        worker_id = getattr(worker, "id", worker)
        expect(worker_id, str, "worker", "a Worker or a worker id")
        return dollars(self._books.paid_to(worker_id))

    @property
    def entries(self) -> list[Entry]:
        """Every movement of money in this marketplace, in order."""
        return list(chain.from_iterable(self._books.journal))

    def set_balance(self, amount: Decimal | int | str) -> None:
        """Let the account hold just `amount` dollars from now on.

        Nothing stays held for HITs that are out already: approving their work is paid from the balance.

        Raises:
            ValueError: The amount is negative or not in whole cents, or this is the sandbox, whose balance never moves.
        """
        if self._books.sandbox:
            raise ValueError("a sandbox balance is always 10000.00 (PAY-14); use simulate(sandbox=False, balance=...)")
        self._books.set_available(self._now(), self._requester, whole_cents(amount))

    def __repr__(self) -> str:
        return f"Ledger(balance={self.balance}, held={self.held}, fees={self.fees})"


def whole_cents(amount: Decimal | int | str) -> int:
    """An amount in dollars as whole cents.

    Raises:
        ValueError: It is negative, no number, or has parts of a cent.
        TypeError: It is none of these; a float cannot say cents.
    """
    expect(amount, Decimal | int | str, "amount of money", "Decimal, int or str, not float")
    try:
        cents = Decimal(amount).scaleb(2)
    except ArithmeticError:
        raise ValueError(f"{amount!r} is no amount of money") from None
    if not cents.is_finite() or cents < 0 or cents != cents.to_integral_value():
        raise ValueError(f"{amount!r} is no amount of money in whole cents from 0.00 up")
    return int(cents)
