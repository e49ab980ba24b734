"""An offline simulation of the Amazon Mechanical Turk requester API, for tests and experiments.

A marketplace is made with `simulate`, or for a client that exists already with `Stubber`, and is a `Simulation`.  In
it there are a `Worker` for each that is driven by hand, a `Population` of those who act by themselves, a
`Notification` for each message of the service's, and a `VirtualClock`, or a `SystemClock` that follows another time.
A `Behavior` says what the model does where the record leaves it open.

What can go wrong has a name: `WorkerRefused`, `DestinationRefused`, `ClockMovedBackwards`, `VirtualTimeLimit`,
`CannotSave`, `OperationNotModelled`.  What the service refuses a requester is botocore's ``ClientError``, as ever.

Besides, there are ``mturk_sim.documents``, ``workers``, ``strategies``, ``stateful``, ``explore``, ``scenarios`` and
``report``, and the fixtures ``mturk``, ``mturk_client`` and ``mturk_factory`` of the pytest plugin.  All names are
loaded when first used, so that importing the package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mturk_sim.core.clock import ClockMovedBackwards, VirtualClock
    from mturk_sim.core.saving import CannotSave
    from mturk_sim.core.system_clock import SystemClock
    from mturk_sim.marketplace.behavior import Behavior
    from mturk_sim.marketplace.door import WorkerRefused
    from mturk_sim.marketplace.notifications.records import DestinationRefused
    from mturk_sim.operations import OperationNotModelled
    from mturk_sim.simulation import Simulation, Stubber, simulate
    from mturk_sim.simulation.delivery import Notification
    from mturk_sim.virtual_time import VirtualTimeLimit
    from mturk_sim.workers import Population, Worker

__all__ = [
    "Behavior",
    "CannotSave",
    "ClockMovedBackwards",
    "DestinationRefused",
    "Notification",
    "OperationNotModelled",
    "Population",
    "Simulation",
    "Stubber",
    "SystemClock",
    "VirtualClock",
    "VirtualTimeLimit",
    "Worker",
    "WorkerRefused",
    "simulate",
]

_HOMES = {
    "Behavior": "mturk_sim.marketplace.behavior",
    "CannotSave": "mturk_sim.core.saving",
    "ClockMovedBackwards": "mturk_sim.core.clock",
    "DestinationRefused": "mturk_sim.marketplace.notifications.records",
    "Notification": "mturk_sim.simulation.delivery",
    "OperationNotModelled": "mturk_sim.operations",
    "Population": "mturk_sim.workers",
    "Simulation": "mturk_sim.simulation",
    "Stubber": "mturk_sim.simulation",
    "SystemClock": "mturk_sim.core.system_clock",
    "VirtualClock": "mturk_sim.core.clock",
    "VirtualTimeLimit": "mturk_sim.virtual_time",
    "Worker": "mturk_sim.workers",
    "WorkerRefused": "mturk_sim.marketplace.door",
    "simulate": "mturk_sim.simulation",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mturk_sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
