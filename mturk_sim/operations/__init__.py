"""The requesters' door: the operations of the service, one function each, and the way in.

`answer` is the whole way of a call: time is settled, the request's shape is looked at, the operation runs.  It either
changes the marketplace and gives the answer's members, or raises `ServiceError` and has changed nothing.
"""

from typing import Any

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.records import RequesterAccount
from mturk_sim.marketplace.state import in_micros
from mturk_sim.marketplace.world import World
from mturk_sim.operations import assignments, creation, hit_types, hits, payments
from mturk_sim.operations.call import Answer, Call, Stamp
from mturk_sim.operations.model import operation_names
from mturk_sim.operations.registry import OPERATIONS, run
from mturk_sim.operations.shapes import check_request

__all__ = ["OPERATIONS", "OperationNotModelled", "answer"]

_FAMILIES = (assignments, creation, hit_types, hits, payments)


class OperationNotModelled(NotImplementedError):
    """The service had this operation, and this version of the library does not answer it yet."""


def answer(world: World, requester: RequesterAccount, operation: str, params: dict[str, Any], stamp: Stamp) -> Answer:
    """Answer one attempt of a requester's call; `params` are the members as they come over the wire.

    Raises:
        ServiceError: The service refuses; nothing has changed.
        OperationNotModelled: The operation is one of the 39, and not modelled here.
    """
    with world.lock:
        world.run_until(world.clock.micros + in_micros(world.behavior.latency))
        entry = OPERATIONS.get(operation)
        if entry is None:
            raise _not_modelled(operation)
        refuse_credentials(world)
        check_request(operation, params)
        return run(Call(world, requester, stamp), entry, params)


def refuse_credentials(world: World) -> None:
    """Answer as for a bad account, where the user asked for that (C45, ERR-10)."""
    if world.behavior.reject_credentials is not None:
        raise errors.CREDENTIALS[world.behavior.reject_credentials]()


def _not_modelled(operation: str) -> OperationNotModelled:
    known = operation in operation_names()
    what = "is not modelled yet" if known else "is no operation of the service"
    modelled = ", ".join(sorted(OPERATIONS))
    return OperationNotModelled(f"{operation} {what}; mturk_sim answers: {modelled}")
