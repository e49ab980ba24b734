"""What a call costs, against F, botocore's Stubber and a signing ``before-send`` hook."""

from collections.abc import Callable, Iterable
from typing import Any

from benchmarks import floors
from benchmarks.measure import Bar, medians, table
from questions import HIT as ONE_HIT

from mturk_sim import Simulation, simulate

HIT = ONE_HIT | {"MaxAssignments": 9}


def bare(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as the peers are given it."""
    return {name: member for name, member in answer.items() if name != "ResponseMetadata"}


class Calls:
    """A marketplace with something in it, and the five calls that the bars name."""

    def __init__(self, *, wire: bool) -> None:
        self.sim: Simulation = simulate(wire=wire)
        self.client = self.sim.client
        hits = [self.client.create_hit(**HIT, RequesterAnnotation=str(n))["HIT"]["HITId"] for n in range(100)]
        self.hit_id = hits[0]
        for number in range(9):
            self.sim.worker(f"A{number}").accept(self.hit_id).submit({"label": "cat"})

    def params(self) -> dict[str, dict[str, Any]]:
        """Each operation's parameters."""
        return {
            "GetHIT": {"HITId": self.hit_id},
            "CreateHIT": HIT,
            "ListHITs": {"MaxResults": 100},
            "ListAssignmentsForHIT": {"HITId": self.hit_id, "MaxResults": 10},
        }

    def approvals(self, number: int) -> Callable[[], Any]:
        """An ApproveAssignment that finds new submitted work at each of `number` calls."""
        waiting = []
        for n in range(-(-number // 9)):
            hit_id = self.client.create_hit(**HIT)["HIT"]["HITId"]
            for worker in range(9):
                handle = self.sim.worker(f"AB{n % 7}{worker}").accept(hit_id)
                waiting.append(handle.submit({"label": "cat"}).id)
        ids = iter(waiting)
        return lambda: self.client.approve_assignment(AssignmentId=next(ids))


def bars() -> Iterable[Bar]:
    """The bars on single calls."""
    limits = {"GetHIT": 0.75, "CreateHIT": 1.2, "ListHITs": 2.5, "ListAssignmentsForHIT": 2.5, "ApproveAssignment": 0.9}
    fast, wire = Calls(wire=False), Calls(wire=True)
    for operation, limit in limits.items():
        rounds, calls = 15, 100 if operation in ("ListHITs", "ListAssignmentsForHIT") else 300
        if operation == "ApproveAssignment":
            params: dict[str, Any] = {"AssignmentId": "3" + "A" * 29}
            answer: dict[str, Any] = {}
            ours, through = fast.approvals(calls * (rounds + 4)), wire.approvals(calls * (rounds + 4))
        else:
            params = fast.params()[operation]
            answer = bare(floors.method(fast.client, operation)(**params))
            ours = _repeat(floors.method(fast.client, operation), params)
            through = _repeat(floors.method(wire.client, operation), wire.params()[operation])
        peers = {
            "F": floors.floor(operation, params, answer),
            "Stubber": floors.stubbed(operation, params, answer),
            "before-send": floors.before_send(operation, params, answer),
        }
        took = medians({"ours": ours, "wire": through, **peers}, calls=calls, rounds=rounds)
        note = ", ".join(f"{name} {micros:.0f} µs" for name, micros in took.items())
        yield Bar(f"{operation} / F", took["ours"] / took["F"], limit, note=note)
        yield Bar(f"{operation} / Stubber", took["ours"] / took["Stubber"], 0.1 if operation == "ListHITs" else 1.0)
        if operation in ("GetHIT", "ListHITs"):
            most = 0.6 if operation == "GetHIT" else 0.65
            yield Bar(f"{operation} by wire / before-send", took["wire"] / took["before-send"], most)


def _repeat(call: Callable[..., Any], params: dict[str, Any]) -> Callable[[], Any]:
    return lambda: call(**params)


if __name__ == "__main__":
    print(table(bars()))
