"""Messages to workers (NWK-01 to NWK-09)."""

from typing import Any, Final

from mturk_sim.marketplace import errors, inbox
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.registry import operation

SUBJECT_LENGTH: Final = 200
TEXT_LENGTH: Final = 4096
MOST_WORKERS: Final = 100
HARD_FAILURE: Final = "HardFailure"
"""Trying again will not help (NWK-06); of SoftFailure neither a cause nor a text is on record."""
NO_WORK: Final = "Cannot send a notification to a worker who has not done any work for you"
"""What is said of each worker who cannot be written to (NWK-03, NWK-04)."""


@operation("NotifyWorkers")
def notify_workers(call: Call, *, subject: str, message_text: str, worker_ids: list[str]) -> Answer:
    """Write to workers whose work the requester has reviewed; the others are listed in the answer (NWK-02 to NWK-05).

    The list is empty when all went well (NWK-07). The same call again writes again (NWK-09).
    """
    _check_length("subject", subject, SUBJECT_LENGTH)
    _check_length("messageText", message_text, TEXT_LENGTH)
    _check_length("workerIds", worker_ids, MOST_WORKERS, at_least=1)
    failures = []
    for worker_id in dict.fromkeys(worker_ids):
        if not _write(call, worker_id, subject, message_text):
            failures.append(_failure(worker_id))
    return {"NotifyWorkersFailureStatuses": failures}


def _check_length(path: str, value: str | list[str], at_most: int, at_least: int = 0) -> None:
    """See to it that a text or a list has a length that the service took, though the interface is silent (NWK-01).

    Raises:
        ServiceError: It has not, in AWS's standard words (NWK-08, C14).
    """
    if at_least <= len(value) <= at_most:
        return
    shown = value if isinstance(value, str) else f"[{', '.join(value)}]"
    bound = f"less than or equal to {at_most}" if value else f"greater than or equal to {at_least}"
    problem = f"Value '{shown}' at '{path}' failed to satisfy constraint: Member must have length {bound}"
    raise errors.BAD_SHAPE(count=1, plural="", problems=problem)


def _write(call: Call, worker_id: str, subject: str, text: str) -> bool:
    """Write to a worker; False if the requester never reviewed anything the worker did."""
    world, name = call.world, call.requester.name
    worker = world.store.workers.get(worker_id)
    if worker is None or name not in worker.reviewed_by:
        return False
    inbox.write(world, worker_id, inbox.NOTIFICATION, name, text, subject=subject)
    world.tell("WorkerNotified", None, None, worker_id, {"subject": subject})
    return True


def _failure(worker_id: str) -> dict[str, Any]:
    return {
        "NotifyWorkersFailureCode": HARD_FAILURE,
        "NotifyWorkersFailureMessage": NO_WORK,
        "WorkerId": worker_id,
    }
