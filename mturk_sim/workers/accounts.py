"""The records of workers that users make by hand."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, ParamSpec

from mturk_sim.core.arguments import expect
from mturk_sim.marketplace.countries import COUNTRIES, Locale
from mturk_sim.marketplace.records import WorkerAccount
from mturk_sim.marketplace.world import World
from mturk_sim.workers.worker import Worker

P = ParamSpec("P")
_OTHERWISE: Final = {"UK": "GB", "USA": "US", "EN": "GB"}
"""What some countries are called instead."""
_REVIEWED: Final = {"approved": "AssignmentApproved", "rejected": "AssignmentRejected"}
"""What is told of an assignment that counts so; the last that is told of it holds."""


def account_of(
    world: World, worker_id: str | None, place: Locale, *, approved: int, rejected: int, adult: bool, masters: bool
) -> WorkerAccount:
    """The record of the worker of that id, made if there is none, or of a new worker.

    Raises:
        ValueError: The id is no worker id (HIT-06), the place is none of ISO 3166, or a number is negative.
        TypeError: Something is of another type than it is to be.
    """
    accounts = world.store.workers
    _check_place(place)
    _check_history(approved, rejected, adult, masters)
    if worker_id is not None:
        _check_id(worker_id)
        if worker_id in accounts:
            return accounts[worker_id]
    account = WorkerAccount(
        id=worker_id or world.ids.person("worker"),
        country=place.country,
        subdivision=place.subdivision,
        adult=adult,
        masters=masters,
        accepted=approved + rejected,
        submitted=approved + rejected,
        approved=approved,
        rejected=rejected,
    )
    accounts[account.id] = account
    return account


def _check_id(worker_id: str) -> None:
    expect(worker_id, str, "worker id", "a text such as 'A143XRCI1YXAFE', or nothing for a new worker")
    formed = worker_id.isascii() and worker_id.isalnum() and worker_id == worker_id.upper()
    if not (formed and worker_id.startswith("A") and len(worker_id) <= 64):
        raise ValueError(f"{worker_id!r} is no worker id: an A, then capital letters and digits, 64 at most (HIT-06)")


def _check_place(place: Locale) -> None:
    expect(place.country, str, "country", "two letters of ISO 3166 such as 'US'")
    expect(place.subdivision, str | None, "subdivision", "two characters of ISO 3166-2 such as 'CA', or nothing")
    if place.unknown is None:
        return
    if place.country in COUNTRIES:
        form = f"give the two characters after {place.country}- in ISO 3166-2, such as CA for California"
    else:
        meant = place.country.strip().upper()
        meant = _OTHERWISE.get(meant, meant)
        hint = f"; did you mean {meant}?" if meant in COUNTRIES else ""
        form = f"give the two capital letters of a country, such as US or GB{hint}"
    raise ValueError(f"{place.unknown!r} is no code of ISO 3166: {form}")


def _check_history(approved: int, rejected: int, adult: bool, masters: bool) -> None:
    for number in (approved, rejected):
        expect(number, int, "number of assignments", "a whole number for approved and for rejected")
    for flag in (adult, masters):
        expect(flag, bool, "truth value", "True or False for adult and for masters")
    if approved < 0 or rejected < 0:
        raise ValueError("approved and rejected count assignments; they cannot be negative")


def keeping_settings(make: Callable[P, Worker]) -> Callable[P, Worker]:
    """Let the method that gives a simulation's workers refuse settings that a worker who exists does not have.

    Only what is given counts: a default asks for nothing.
    """

    @wraps(make)
    def made(*args: P.args, **given: P.kwargs) -> Worker:
        __tracebackhide__ = True
        sim: Any = args[0]
        world = sim.world
        before = len(world.store.workers)
        worker = make(*args, **given)
        if len(world.store.workers) == before:
            _check_settings(world, worker.account, given)
        return worker

    return made


def _check_settings(world: World, account: WorkerAccount, given: Mapping[str, object]) -> None:
    __tracebackhide__ = True
    for name in given.keys() - {"worker_id"}:
        has = _before(world, account, name) if name in _REVIEWED else getattr(account, name)
        if has != given[name]:
            raise ValueError(
                f"worker {account.id} exists with {name}={has!r}, and not {given[name]!r}: leave {name} out, or take "
                "another id"
            )


def _before(world: World, account: WorkerAccount, name: str) -> int:
    """How many assignments of a worker were approved, or rejected, before the simulation began."""
    reviews = [fact for fact in world.journal.of(*_REVIEWED.values()) if fact.worker_id == account.id]
    last = Counter({fact.assignment_id: fact.kind for fact in reviews}.values())
    now: int = getattr(account, name)
    return now - last[_REVIEWED[name]]
