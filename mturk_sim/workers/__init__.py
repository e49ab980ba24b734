"""Workers: those a test drives by hand."""

from mturk_sim.marketplace.door import WorkerRefused
from mturk_sim.workers.worker import AssignmentHandle, Worker

__all__ = ["AssignmentHandle", "Worker", "WorkerRefused"]
