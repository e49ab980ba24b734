"""Rules for all operations: ids come from the bundles, everything else is drawn."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from botocore import xform_name
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, multiple, precondition, rule

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.records import ACCEPTED, ASSIGNABLE, REVIEWABLE, REVIEWING, SUBMITTED
from mturk_sim.operations.model import input_shape, operation_names
from mturk_sim.strategies import Marketplace, Refused
from mturk_sim.strategies.lively import lively_requests
from mturk_sim.strategies.standing import BY_MEMBER

ANYTIME: Final = (
    "GetAccountBalance",
    "ListHITs",
    "ListReviewableHITs",
    "ListQualificationTypes",
    "ListQualificationRequests",
    "ListWorkerBlocks",
    "SendTestEventNotification",
)
"""Operations that can be called at any time and of which nothing comes: one rule for all, lest little else be done."""
LIFE: Final[Mapping[str, Callable[["OperationRules"], bool]]] = {
    "CreateHIT": lambda machine: True,
    "CreateAdditionalAssignmentsForHIT": lambda machine: True,
    "UpdateHITReviewStatus": lambda machine: machine.has_hit(REVIEWABLE, REVIEWING),
    "DeleteHIT": lambda machine: machine.has_hit(REVIEWABLE, REVIEWING),
    "ApproveAssignment": lambda machine: machine.has_work(SUBMITTED),
    "RejectAssignment": lambda machine: machine.has_work(SUBMITTED),
}
"""What the life of a HIT is made of, and whether there is anything that it could be done to."""
_FROM_NOW: Final = (3600, -3600, 0, 59, 60, 86400, 31 * 86400)


def everything_is_tried(machine: "OperationRules") -> bool:
    """Whether everything is done that can be: Hypothesis picks each rule as often as any, and most are asides."""
    return machine.at_large


def _or_at_large(possible: Callable[["OperationRules"], bool]) -> Callable[["OperationRules"], bool]:
    """Whether something is possible, or everything is tried."""

    def may_be(machine: "OperationRules") -> bool:
        return machine.at_large or possible(machine)

    return may_be


some_hit_is_on_the_market: Final = _or_at_large(lambda machine: machine.has_hit(ASSIGNABLE))
some_work_is_in_hand: Final = _or_at_large(lambda machine: machine.has_work(ACCEPTED))


def made(outcome: Any, *path: str) -> Any:
    """What goes into a bundle: the id that stands in the answer, or nothing if there is none because of a refusal."""
    if isinstance(outcome, Refused):
        return multiple()
    for member in path:
        outcome = outcome[member]
    return outcome


class OperationRules(RuleBasedStateMachine):
    """What a requester can call; each rule has the name of the client's method.

    Attributes:
        sim: The marketplace.
        at_large: Whether everything is done that can be, or only what the life of a HIT is made of.
    """

    hits = Bundle("hits")
    assignments = Bundle("assignments")
    hit_types = Bundle("hit_types")
    qualification_types = Bundle("qualification_types")
    qualification_requests = Bundle("qualification_requests")
    workers = Bundle("workers")

    sim: Marketplace
    at_large: bool

    def call(self, operation: str, **request: Any) -> Any:
        """Call the service as the requester; gives the answer without its metadata, or a `Refused`."""
        raise NotImplementedError

    def has_hit(self, *statuses: str) -> bool:
        """Whether there is a HIT of one of these statuses."""
        return any(hit.status in statuses for hit in self.sim.hits())

    def has_work(self, *statuses: str) -> bool:
        """Whether there is an assignment of one of these statuses."""
        return any(work.status in statuses for work in self.sim.assignments())

    def worker_of(self, assignment_id: str) -> str:
        """The worker who has the assignment now, or had it last."""
        work = self.sim.world.store.assignments.get(assignment_id)
        return work.worker_id if work else "ANOBODY"

    @rule(operation=st.sampled_from(ANYTIME), data=st.data())
    def call_anytime(self, operation: str, data: st.DataObject) -> None:
        """Call an operation that needs no id."""
        self.call(operation, **data.draw(lively_requests(operation, without=_naming(operation))))

    @rule(assignment_id=assignments, request=lively_requests("SendBonus", without=("AssignmentId", "WorkerId")))
    def send_bonus(self, assignment_id: str, request: dict[str, Any]) -> None:
        """Send a bonus to the worker whose work it is."""
        worker_id = self.worker_of(assignment_id)
        self.call("SendBonus", AssignmentId=assignment_id, WorkerId=worker_id, **request)

    @rule(hit_id=hits, seconds=st.sampled_from(_FROM_NOW))
    def update_expiration_for_hit(self, hit_id: str, seconds: int) -> None:
        """Move the expiration of a HIT, counted from the present one or, if that is over, from now."""
        now, hit = self.sim.world.second, self.sim.world.store.hits.get(hit_id)
        base = max(hit.expiration, now) if hit is not None and seconds > 0 else now
        self.call("UpdateExpirationForHIT", HITId=hit_id, ExpireAt=instant(base) + timedelta(seconds=seconds))

    @precondition(everything_is_tried)
    @rule(worker_id=workers, request=lively_requests("NotifyWorkers", without=("WorkerIds",)))
    def notify_workers(self, worker_id: str, request: dict[str, Any]) -> None:
        """Write to a worker."""
        self.call("NotifyWorkers", WorkerIds=[worker_id], **request)


# --- a rule for each of the others -------------------------------------------------------------------------------
_BUNDLES: Final = {
    "HITId": OperationRules.hits,
    "AssignmentId": OperationRules.assignments,
    "HITTypeId": OperationRules.hit_types,
    "QualificationTypeId": OperationRules.qualification_types,
    "QualificationRequestId": OperationRules.qualification_requests,
    "WorkerId": OperationRules.workers,
}
"""Where the members come from that name something."""
MADE: Final[dict[str, tuple[str, ...]]] = {
    "CreateHIT": ("HIT", "HITId"),
    "CreateHITWithHITType": ("HIT", "HITId"),
    "CreateHITType": ("HITTypeId",),
    "CreateQualificationType": ("QualificationType", "QualificationTypeId"),
}
"""Operations that make something, and where its id stands in the answer."""
_ONE_SCOPE: Final = {"ListBonusPayments": ("HITId",)}
"""Operations that must name something, though no member is required (C16)."""
_rule: Final[Any] = rule
"""Hypothesis's `rule`, of which the type checker knows no keywords that are made up at run time."""


def _naming(operation: str) -> list[str]:
    """The members of a request that name something."""
    return [name for name in input_shape(operation)["members"] if name in BY_MEMBER]


def _rule_for(operation: str) -> Callable[..., Any]:
    """A rule that calls an operation."""
    naming, path = _naming(operation), MADE.get(operation, ())
    needed = {*input_shape(operation).get("required", ()), *_ONE_SCOPE.get(operation, ())}
    members = {xform_name(name): name for name in naming if name in needed}

    def step(self: OperationRules, request: dict[str, Any], **ids: str) -> Any:
        named = {members[argument]: value for argument, value in ids.items()}
        outcome = self.call(operation, **named, **request)
        return made(outcome, *path) if path else None

    step.__name__ = xform_name(operation)
    step.__doc__ = f"The requester calls {operation}."
    drawn: dict[str, Any] = {argument: _BUNDLES[name] for argument, name in members.items()}
    drawn["request"] = lively_requests(operation, without=naming)
    if path:
        drawn["target"] = _BUNDLES[path[-1]]
    annotated: Callable[..., Any] = _rule(**drawn)(step)
    return precondition(_or_at_large(LIFE[operation]) if operation in LIFE else everything_is_tried)(annotated)


for _operation in operation_names():
    if _operation not in ANYTIME and xform_name(_operation) not in vars(OperationRules):
        setattr(OperationRules, xform_name(_operation), _rule_for(_operation))
