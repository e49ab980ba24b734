"""Clients that marketplaces use one after the other.

A fresh client is slow at first: botocore works out what it knows of an operation when that is first called.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from mturk_sim.strategies import Marketplace, Trouble
from mturk_sim.transport import new_client

_spare: defaultdict[bool, list[Any]] = defaultdict(list)
"""Clients that are not in use, for the sandbox and for production."""


def lent(make: Callable[..., Marketplace], **settings: Any) -> Marketplace:
    """A new marketplace with a client that was used before, if there is one."""
    sandbox = settings.get("sandbox", True)
    spare = _spare[sandbox]
    return make(**settings, client=spare.pop() if spare else new_client(sandbox=sandbox))


def give_back(sim: Marketplace) -> None:
    """Close a marketplace and keep its client, unless that met trouble: it would remember, and retry less next time."""
    client = sim.client
    sim.close()
    if not any(isinstance(act, Trouble) for act in sim.history):
        _spare[sim.world.sandbox].append(client)
