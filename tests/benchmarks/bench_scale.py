"""How cost and memory grow: a marketplace of a million HITs against one of a hundred, and bytes for each record."""

import gc
import json
import os
from collections.abc import Iterable
from typing import Any

from benchmarks.measure import Bar, medians, table
from questions import HIT

from mturk_sim import Simulation, simulate
from mturk_sim.transport.stamps import local_stamps

MANY, FEW = 1_000_000, 100
WORKED_ON = 100_000
"""HITs of the many that get three assignments each, handed in and approved."""
WORKERS = 1000
PAGE = 100
BODY = json.dumps(HIT | {"MaxAssignments": 3})


def resident() -> int:
    """Bytes of memory in use, garbage left out."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def grow(sim: Simulation, count: int) -> list[str]:
    """Create that many HITs, each request decoded anew as from the wire; their ids."""
    answer = sim.requester("default").answer
    return [answer("CreateHIT", json.loads(BODY), local_stamps())[0]["HIT"]["HITId"] for _ in range(count)]


def work(sim: Simulation, hits: list[str]) -> None:
    """Let workers hand in three assignments of each HIT, with fifty different answers, and approve them."""
    answer = sim.requester("default").answer
    workers = [sim.worker(f"A{number}") for number in range(WORKERS)]
    for number, hit_id in enumerate(hits):
        for place in range(3):
            handle = workers[(3 * number + place) % WORKERS].accept(hit_id)
            handle.submit({"label": f"cat {number % 50}"})
            answer("ApproveAssignment", {"AssignmentId": handle.id}, local_stamps())


def pages_of(client: Any, count: int) -> str:
    """A token that leads to the middle of the list."""
    token: dict[str, str] = {}
    for _ in range(count // 2 // PAGE):
        token = {"NextToken": client.list_hits(MaxResults=PAGE, **token)["NextToken"]}
    return token.get("NextToken", "")


def memory() -> Iterable[Bar]:
    """Bytes for each HIT and each assignment, with indexes, journal, timers, money and the log of calls."""
    with simulate() as sim:
        grow(sim, FEW)
        start = resident()
        hits = grow(sim, MANY)
        grown = resident()
        work(sim, hits[:WORKED_ON])
        worked = resident()
        yield Bar("bytes a HIT", (grown - start) / MANY, 1200, note=f"{MANY:,} HITs")
        number = 3 * WORKED_ON
        yield Bar("bytes an assignment", (worked - grown) / number, 800, note=f"{number:,} approved")
        yield from times(sim)


def times(large: Simulation) -> Iterable[Bar]:
    """Calls in the large marketplace against the same in a small one."""
    with simulate() as small:
        grow(small, 2 * FEW)
        ours: dict[str, dict[str, Any]] = {}
        for name, sim, count in (("small", small, 2 * FEW), ("large", large, MANY)):
            client: Any = sim.client
            hit_id = client.list_hits(MaxResults=1)["HITs"][0]["HITId"]
            token = pages_of(client, count)
            ours[name] = {
                "GetHIT": lambda client=client, hit_id=hit_id: client.get_hit(HITId=hit_id),
                "ListHITs, first page": lambda client=client: client.list_hits(MaxResults=PAGE),
                "ListHITs, deep page": lambda client=client, token=token: client.list_hits(
                    MaxResults=PAGE, NextToken=token
                ),
            }
        for call in ours["large"]:
            took = medians({name: ours[name][call] for name in ours}, calls=100, rounds=21)
            note = ", ".join(f"{name} {micros:.0f} µs" for name, micros in took.items())
            yield Bar(f"{call}, {MANY:,} HITs / {FEW}", took["large"] / took["small"], 1.1, note=note)


def bars() -> Iterable[Bar]:
    """The bars on scale."""
    yield from memory()


def main() -> None:
    """Measure, and print the table."""
    print(table(bars()))


if __name__ == "__main__":
    main()
