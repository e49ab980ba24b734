"""What holds in every marketplace at every moment: each function raises AssertionError where it does not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from botocore import xform_name

from mturk_sim.core.tables import Table
from mturk_sim.marketplace.diagrams import LIFECYCLES
from mturk_sim.marketplace.records import ABANDONED, ACCEPTED, APPROVED, DISPOSED, REJECTED, RETURNED, SUBMITTED
from mturk_sim.marketplace.world import DEFAULT_REQUESTER
from mturk_sim.simulation import Simulation
from mturk_sim.stateful import clients
from mturk_sim.strategies import Marketplace

_COUNTERS: Final = {"pending": ACCEPTED, "submitted": SUBMITTED, "approved": APPROVED, "rejected": REJECTED}
_LISTS: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "ListHITs": ("HITs", {}),
    "ListReviewableHITs": ("HITs", {"Status": "Reviewable"}),
    "ListQualificationTypes": ("QualificationTypes", {"MustBeRequestable": False}),
    "ListQualificationRequests": ("QualificationRequests", {}),
    "ListWorkerBlocks": ("WorkerBlocks", {}),
}
"""Lists that need no id: the answer's member with the items, and the other parameters."""
_LISTS_OF_A_HIT: Final = {"ListAssignmentsForHIT": "Assignments", "ListBonusPayments": "BonusPayments"}


def counters_add_up(sim: Simulation) -> None:
    """Each HIT's counters are those of its assignments, and no more slots are taken than there are (HIT-31, HIT-32)."""
    found = Counter((work.hit_id, work.status) for work in sim.assignments())
    for hit in sim.hits():
        for name, status in _COUNTERS.items():
            counted = getattr(hit, name)
            if hit.status != DISPOSED and counted != found[hit.id, status]:
                raise AssertionError(
                    f"{hit.id} counts {counted} {name}; {found[hit.id, status]} assignments are {status}"
                )
        if hit.status != DISPOSED and hit.taken != (counted := sum(getattr(hit, name) for name in _COUNTERS)):
            raise AssertionError(f"{hit.id} has {hit.taken} slots taken, and counts {counted}")
        if hit.available < 0:
            raise AssertionError(f"{hit.id} has {hit.available} slots available")


def money_balances(sim: Simulation) -> None:
    """No money comes from nowhere, what is held is held for HITs, and nobody is in debt (PAY-08, PAY-11)."""
    books = sim.world.books
    if total := sum(books.accounts.values()):
        raise AssertionError(f"{total} cents come from nowhere")
    held = sum(books.holds[DEFAULT_REQUESTER].values())
    if held != books.accounts.get(f"held:{DEFAULT_REQUESTER}", 0):
        raise AssertionError(f"{held} cents are held for HITs, not the {sim.ledger.held} dollars of the account")
    for account, cents in books.accounts.items():
        if cents < 0 and account != "outside":
            raise AssertionError(f"{account} is {-cents} cents in debt")


class States:
    """The states of all records, watched from step to step."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], str] = {}

    def are_legal(self, sim: Simulation) -> None:
        """Every record is at rest in a state that its lifecycle's rows lead to from where it was before."""
        for name, key, record in _records(sim):
            table = LIFECYCLES[name]
            last = self._last.get((name, key))
            if last != record.status:
                self._last[name, key] = record.status
                if last is not None and record.status not in _ways(name)[last] | _again(name, last):
                    raise AssertionError(f"{name} {key} was {last} and is {record.status}; no rows lead there")
            if (row := table.settling(sim.world, record)) is not None:
                raise AssertionError(f"{name} {key} is {record.status} and should be {row.target} ({row.rule})")


def _records(sim: Simulation) -> Iterable[tuple[str, str, Any]]:
    """The records that have a lifecycle, each with its table's name and a key."""
    for hit in sim.hits():
        yield "hit", hit.id, hit
    for work in sim.assignments():
        yield "assignment", work.id, work
    store = sim.world.store.qualifications
    for each in store.numbered_types:
        yield "qualification_type", each.id, each
    for request in store.numbered_requests:
        yield "qualification_request", request.id, request
    for held in store.numbered:
        yield "qualification", f"{held.type_id} of {held.worker_id}", held


def _again(name: str, last: str) -> set[str]:
    """Where a record may begin that takes over the id of one whose life is over: the next worker's work (ASN-05)."""
    over = name == "assignment" and last in (RETURNED, ABANDONED)
    return _ways(name)[LIFECYCLES[name].initial] if over else set()


@cache
def _ways(name: str) -> dict[str, set[str]]:
    """For each state of a lifecycle all states that rows lead to, one after the other."""
    table: Table[Any, Any] = LIFECYCLES[name]
    ways = {state: {state} | {row.target for row in table.rows() if row.source == state} for state in table.states}
    for _ in table.states:
        for reached in ways.values():
            reached |= {further for state in reached for further in ways[state]}
    return ways


def pages_are_complete(sim: Simulation) -> None:
    """Every list is the same in small pages as in large ones, and no HIT is missing from its list (LST-05, LST-10)."""
    for operation, (member, parameters) in _LISTS.items():
        _same_in_all_pages(sim, operation, member, parameters)
    listed = _items(sim, "ListHITs", "HITs", {}, 100)
    for hit in listed:
        for operation, member in _LISTS_OF_A_HIT.items():
            _same_in_all_pages(sim, operation, member, {"HITId": hit["HITId"]})
    expected = {hit.id for hit in sim.hits() if hit.status != DISPOSED and hit.requester == DEFAULT_REQUESTER}
    if {hit["HITId"] for hit in listed} != expected:
        raise AssertionError(f"ListHITs gives {[hit['HITId'] for hit in listed]}; there are {sorted(expected)}")


def _same_in_all_pages(sim: Simulation, operation: str, member: str, parameters: dict[str, Any]) -> None:
    small, large = (_items(sim, operation, member, parameters, size) for size in (1, 100))
    if small != large:
        raise AssertionError(f"{operation}({parameters}) gives {len(small)} items one by one, {len(large)} at once")


def _items(sim: Simulation, operation: str, member: str, parameters: dict[str, Any], size: int) -> list[Any]:
    client: Any = sim.client  # whose type knows paginators only by names that are written out
    pages = client.get_paginator(xform_name(operation)).paginate(**parameters, PaginationConfig={"PageSize": size})
    return [item for page in pages for item in page[member]]


def history_replays(sim: Marketplace, outcomes: list[Any]) -> None:
    """Done again, with every call through botocore's whole HTTP layer, all comes out the same, byte for byte."""
    twin = clients.lent(sim.alike, sandbox=sim.world.sandbox, wire=True)
    try:
        for act, outcome in zip(sim.history, outcomes, strict=True):
            again = twin.do(act)
            if repr(again) != repr(outcome):
                raise AssertionError(f"{act!r} came to {outcome!r}, and through the HTTP layer to {again!r}")
        for name in ("journal", "books"):
            ours, theirs = (_dump(each, name) for each in (sim, twin))
            if ours != theirs:
                raise AssertionError(f"the same acts made another {name}:\n{ours}\n{theirs}")
    finally:
        clients.give_back(twin)


def _dump(sim: Simulation, name: str) -> str:
    sim.world.settle()
    return sim.world.journal.dump() if name == "journal" else sim.world.books.journal.dump()
