"""Workers: those a test drives by hand, and populations that act by themselves."""

from mturk_sim.marketplace.door import WorkerRefused
from mturk_sim.workers.abilities import Ability
from mturk_sim.workers.answering import Answerer, AnswerModel, Field, Task
from mturk_sim.workers.dayshape import DayShape
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.plans import (
    Accept,
    Leave,
    Moment,
    Offer,
    Plan,
    Policy,
    Profile,
    RequestQualification,
    Return,
    Step,
    Submit,
    TakeTest,
    Wait,
)
from mturk_sim.workers.population import Population
from mturk_sim.workers.qualification_request import QualificationRequestHandle
from mturk_sim.workers.worker import AssignmentHandle, Worker

__all__ = [
    "Ability",
    "Accept",
    "AnswerModel",
    "Answerer",
    "AssignmentHandle",
    "DayShape",
    "Field",
    "Leave",
    "Luck",
    "Moment",
    "Offer",
    "Plan",
    "Policy",
    "Population",
    "Profile",
    "QualificationRequestHandle",
    "RequestQualification",
    "Return",
    "Step",
    "Submit",
    "TakeTest",
    "Task",
    "Wait",
    "Worker",
    "WorkerRefused",
]
