"""Worker blocks: keeping workers from the requester's HITs (BLK-01 to BLK-08)."""

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.blocks import MOST_BLOCKS
from mturk_sim.operations import checks
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.pages import Key, page
from mturk_sim.operations.registry import operation


@operation("CreateWorkerBlock")
def create_worker_block(call: Call, *, worker_id: str, reason: str) -> Answer:
    """Keep a worker from the requester's HITs; one who is blocked already gets another reason (BLK-01, BLK-03).

    Ids of nobody and malformed ones are refused (BLK-04, BLK-08).
    """
    blocks, name = call.world.store.blocks, call.requester.name
    checks.worker(call, worker_id)
    if blocks.of(name, worker_id) is None and blocks.count(name) >= MOST_BLOCKS:
        raise errors.TOO_MANY_BLOCKS(limit=MOST_BLOCKS)
    blocks.add(name, worker_id, reason)
    call.world.tell("WorkerBlocked", None, None, worker_id, {"reason": reason})
    return {}


@operation("DeleteWorkerBlock")
def delete_worker_block(call: Call, *, worker_id: str, reason: str | None = None) -> Answer:
    """Let a worker come back; one who is not blocked may come anyway (BLK-05)."""
    checks.worker(call, worker_id)
    if call.world.store.blocks.lift(call.requester.name, worker_id):
        call.world.tell("WorkerUnblocked", None, None, worker_id, {"reason": reason})
    return {}


@operation("ListWorkerBlocks")
def list_worker_blocks(call: Call, *, next_token: str | None = None, max_results: int | None = None) -> Answer:
    """The requester's blocks, in the order of their making (BLK-06)."""
    blocks = call.world.store.blocks
    listed = blocks.listed[call.requester.name]

    def found(start: Key | None, count: int) -> list[Key]:
        return [(number,) for number in listed.after(start[0] if start else None, count)]

    def show(key: Key) -> Answer:
        block = blocks.numbered(key[0])
        return {"WorkerId": block.worker_id, "Reason": block.reason}

    return page(call, ("ListWorkerBlocks",), "WorkerBlocks", found, show, next_token, max_results)
