"""The requesters' door: the operations of the service, one function each, and the way in.

`answer` is the way of a call once its time has come: the request's shape is looked at, the operation runs.  It either
changes the marketplace and gives the answer's members, or raises `ServiceError` and has changed nothing.
"""

from typing import Any

from mturk_sim.marketplace import errors
from mturk_sim.operations import (
    assignments,
    creation,
    hit_types,
    hits,
    notifications,
    notify_workers,
    payments,
    qualification_requests,
    qualification_types,
    qualifications,
    review_policies,
    worker_blocks,
)
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.model import operation_names
from mturk_sim.operations.registry import OPERATIONS
from mturk_sim.operations.shapes import check_request

__all__ = ["OPERATIONS", "OperationNotModelled", "answer"]

_FAMILIES = (
    assignments,
    creation,
    hit_types,
    hits,
    notifications,
    notify_workers,
    payments,
    qualification_requests,
    qualification_types,
    qualifications,
    review_policies,
    worker_blocks,
)


class OperationNotModelled(NotImplementedError):
    """The service had this operation, and this version of the library does not answer it yet."""


def answer(call: Call, operation: str, params: dict[str, Any]) -> Answer:
    """Answer one attempt of a requester's call; `params` are the members as they come over the wire.

    Whoever asks holds the world's lock, and has let the time pass that the call takes.

    Raises:
        ServiceError: The service refuses; nothing has changed.
        OperationNotModelled: The operation is one of the 39, and not modelled here.
    """
    world = call.world
    entry = OPERATIONS.get(operation)
    if entry is None:
        raise _not_modelled(operation)
    if world.behavior.reject_credentials is not None:  # C45, ERR-10
        raise errors.CREDENTIALS[world.behavior.reject_credentials]()
    if entry.good is None or not entry.good(params):
        params = check_request(entry, params)
    names, given = entry.parameters, {}
    for name in params:
        if name in names:
            given[names[name]] = params[name]
    result = entry.function(call, **given)
    if not entry.reads:
        world.follow_up()
    return result


def _not_modelled(operation: str) -> OperationNotModelled:
    known = operation in operation_names()
    what = "is not modelled yet" if known else "is no operation of the service"
    modelled = ", ".join(sorted(OPERATIONS))
    return OperationNotModelled(f"{operation} {what}; mturk_sim answers: {modelled}")
