"""The workers' door to Qualifications: asking for one, and taking its test."""

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.door import WorkerRefused, unknown
from mturk_sim.marketplace.qualifications import acts
from mturk_sim.marketplace.qualifications.lifecycles import QUALIFICATION_TYPE_LIFE
from mturk_sim.marketplace.qualifications.records import (
    GONE,
    LAPSED,
    REQUESTED,
    SUBMITTED,
    QualificationRequest,
    QualificationType,
)
from mturk_sim.marketplace.records import WorkerAccount
from mturk_sim.marketplace.world import World


def request(world: World, worker: WorkerAccount, type_id: str) -> QualificationRequest:
    """Ask for a Qualification; where there is a test, its time begins to run (QTY-07).

    Raises:
        WorkerRefused: There is no such type, it takes no requests, or not again, or not yet.
    """
    with world.lock:
        world.settle()
        wanted = requestable(world, worker, type_id)
        return acts.add_request(world, wanted, worker.id)


def requestable(world: World, worker: WorkerAccount, type_id: str) -> QualificationType:
    """The type, if the worker may ask for it now (QTY-16, QTY-18, QRQ-12, QRQ-14).

    Raises:
        WorkerRefused: The worker may not.
    """
    wanted = world.store.qualifications.types.get(type_id)
    if wanted is None or wanted.status == GONE:
        raise WorkerRefused("unknown_qualification_type", unknown(world, "Qualification type", type_id))
    if not wanted.requestable:
        raise WorkerRefused("not_requestable", f"{wanted.name} is assigned by the system, not asked for (QTY-18)")
    if QUALIFICATION_TYPE_LIFE.arrow(world, wanted, "request") is None:
        raise WorkerRefused(
            "not_requestable", f"{wanted.name} ({type_id}) is {wanted.status} and takes no requests (QTY-16)"
        )
    latest = world.store.qualifications.latest.get((type_id, worker.id))
    if latest is not None:
        _see_to_retake(world, wanted, latest)
    return wanted


def _see_to_retake(world: World, wanted: QualificationType, latest: QualificationRequest) -> None:
    """See to it that who has asked before may ask again (QTY-13, QRQ-12, QRQ-13); delays run from the request (C26)."""
    who = f"worker {latest.worker_id} has asked for {wanted.name} ({wanted.id})"
    if wanted.retry_delay is None:
        raise WorkerRefused("no_retake", f"{who}, which allows no second request (QTY-13)")
    again = latest.requested + wanted.retry_delay
    if world.clock.micros < again:
        raise WorkerRefused("retry_delay", f"{who} and may ask again at {instant(again).isoformat()} (QRQ-12)")
    if latest.status in (REQUESTED, SUBMITTED):
        raise WorkerRefused("request_open", f"{who}, and that request is not decided")


def submit_test(world: World, worker: WorkerAccount, request_id: str, answer: str) -> QualificationRequest:
    """Hand in the answers to the test of a request, in its time (QRQ-06, QRQ-15).

    Raises:
        WorkerRefused: The test is not the worker's, is over or was handed in, or there is none.
    """
    with world.lock:
        world.settle()
        taken = world.store.qualifications.requests.get(request_id)
        if taken is None or taken.worker_id != worker.id:
            raise WorkerRefused("not_held", f"worker {worker.id} has made no request {request_id}")
        if taken.test is None:
            raise WorkerRefused("no_test", f"the Qualification type {taken.type_id} had no test to be taken")
        if not acts.submit_test(world, taken, answer):
            reason = "too_late" if taken.status == LAPSED else "not_held"
            raise WorkerRefused(reason, f"the test of request {request_id} is {taken.status}, not under way (QRQ-15)")
        return taken
