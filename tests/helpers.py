"""What tests of the marketplace share: short ways to a state, a digest of everything, and refusals looked at whole."""

import array
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set, Sized
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest
from botocore.exceptions import ClientError
from questions import HIT

from mturk_sim import Simulation
from mturk_sim.core.timers import Timers

_APART = {"clock", "draws", "lock", "latency", "behavior", "ringers", "shown", "needs", "_second", "_ready"}
"""Attributes that are no state: time itself, what never changes, and what is only remembered to save work."""
_PLAIN = (str, bytes, int, float, bool, type(None), Decimal, date, timedelta)


# --- everything a marketplace knows ------------------------------------------------------------------------------
def digest(sim: Simulation) -> dict[str, Any]:
    """All that the marketplace knows but the time: records, indexes, money, journal, timers and numbers of ids.

    Empty entries of dictionaries do not count, since asking for one may make it. Two digests are compared with `==`;
    pytest then shows where they differ.
    """
    sim.world.settle()
    world = sim.world
    return {name: _plain(value, (id(world),)) for name, value in vars(world).items() if name not in _APART}


def _plain(value: Any, path: tuple[int, ...]) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if id(value) in path:
        return "..."
    path += (id(value),)
    if isinstance(value, Mapping):
        return {_plain(key, path): _plain(member, path) for key, member in value.items() if not _nothing(member)}
    if isinstance(value, Set):
        return sorted((_plain(item, path) for item in value), key=repr)
    if isinstance(value, Timers):
        return list(value)
    if isinstance(value, tuple):
        return tuple(_plain(item, path) for item in value)
    if isinstance(value, list | deque | array.array):
        return [_plain(item, path) for item in value]
    if type(value).__module__.startswith("mturk_sim") and not callable(value):
        return {name: _plain(getattr(value, name), path) for name in _names(value) if name not in _APART}
    return type(value).__name__


def _nothing(member: Any) -> bool:
    return member is None or member == 0 or (isinstance(member, Sized) and len(member) == 0)


def _names(value: Any) -> Iterator[str]:
    slots = (name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ()))
    yield from (name for name in slots if hasattr(value, name))
    yield from getattr(value, "__dict__", ())


# --- refusals ----------------------------------------------------------------------------------------------------
@attrs.frozen
class Refused:
    """What the caller of a refused request is shown.

    Attributes:
        type: The error's ``Code``, which is the wire's ``__type``.
        text: Its message without the suffix.
        suffix: What stands behind the text, such as `` (1767603600000 s)``.
        code: The ``TurkErrorCode``, if botocore passes it on.
        typed: The name of the exception's class.
        response: The whole response.
    """

    type: str
    text: str
    suffix: str
    code: str | None
    typed: str
    response: dict[str, Any]


def refused(sim: Simulation, call: Callable[..., Any], **params: Any) -> Refused:
    """Make a request that must be refused, and see to it that nothing changed by it."""
    before = digest(sim)
    with pytest.raises(ClientError) as caught:
        call(**params)
    assert digest(sim) == before, "a refused request changed something"
    return _refused(sim, caught.value)


def _refused(sim: Simulation, error: ClientError) -> Refused:
    response: Any = error.response
    message = response["Error"]["Message"]
    milliseconds = sim.clock.micros // 1000
    suffixes = (f" ({milliseconds} s)", f" ({milliseconds})", "")
    suffix = next(suffix for suffix in suffixes if message.endswith(suffix))
    return Refused(
        type=response["Error"]["Code"],
        text=message.removesuffix(suffix),
        suffix=suffix,
        code=response.get("TurkErrorCode"),
        typed=type(error).__name__,
        response=response,
    )


# --- ways to a state ---------------------------------------------------------------------------------------------
def api(sim: Simulation) -> Any:
    """The client of the default requester, for requests that its types would not let through."""
    return sim.client


def post(sim: Simulation, client: Any = None, **members: Any) -> str:
    """Create a HIT, with the shared request's members where none are given; its id."""
    created: str = (client or api(sim)).create_hit(**HIT | members)["HIT"]["HITId"]
    return created


def hand_in(sim: Simulation, hit_id: str, count: int = 1, answers: Any = None) -> list[str]:
    """Let that many new workers hand in work on a HIT; the ids of the assignments."""
    return [sim.worker().accept(hit_id).submit(answers or {"label": "cat"}).id for _ in range(count)]


def expire(sim: Simulation, hit_id: str) -> None:
    """Expire a HIT now."""
    api(sim).update_expiration_for_hit(HITId=hit_id, ExpireAt=0)


def shown(sim: Simulation, hit_id: str) -> dict[str, Any]:
    """A HIT as GetHIT shows it."""
    hit: dict[str, Any] = api(sim).get_hit(HITId=hit_id)["HIT"]
    return hit


def counters(sim: Simulation, hit_id: str) -> tuple[str, int, int, int]:
    """A HIT's status, and its assignments available, pending and completed."""
    hit = shown(sim, hit_id)
    numbers = (hit[f"NumberOfAssignments{name}"] for name in ("Available", "Pending", "Completed"))
    return (hit["HITStatus"], *numbers)


def pages(call: Callable[..., Any], member: str, **params: Any) -> list[list[Any]]:
    """Every page of a list, the empty last one included."""
    found: list[list[Any]] = []
    token: dict[str, str] = {}
    while True:
        page = call(**params, **token)
        assert page["NumResults"] == len(page[member])
        found.append(page[member])
        if "NextToken" not in page:
            return found
        token = {"NextToken": page["NextToken"]}


def ids(items: Sequence[Mapping[str, Any]], name: str = "HITId") -> list[str]:
    """The ids of listed items."""
    return [item[name] for item in items]
