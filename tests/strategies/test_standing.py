"""What a request can name as a marketplace stands: only what is there, and what is the caller's own."""

import pytest
from qualifications import make_type

from mturk_sim import Simulation
from mturk_sim.strategies.standing import standing


def test_without_workers_there_is_nobody_to_notify(mturk: Simulation) -> None:
    assert standing("NotifyWorkers", mturk) == []
    mturk.worker()
    assert len(standing("NotifyWorkers", mturk)) == 1


@pytest.mark.parametrize("operation", ["GetQualificationScore", "DisassociateQualificationFromWorker"])
def test_of_what_workers_hold_only_the_callers_types_are_named(mturk: Simulation, operation: str) -> None:
    worker, other = mturk.worker(), mturk.requester("another").client
    foreign, mine = make_type(mturk, client=other), make_type(mturk)
    for client, type_id in ((other, foreign), (mturk.client, mine)):
        client.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=worker.id)

    assert standing(operation, mturk) == [{"QualificationTypeId": mine, "WorkerId": worker.id}]
