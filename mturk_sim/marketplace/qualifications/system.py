"""The types that the service itself assigns: every worker has a value, which follows what the worker does (REQ-16).

Shares are whole percents, cut off, so that 100 means all.  They count what the worker did for everybody, before the
simulation began too.
"""

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from mturk_sim.marketplace.countries import Locale
from mturk_sim.marketplace.qualifications.records import SYSTEM, QualificationType
from mturk_sim.marketplace.records import WorkerAccount
from mturk_sim.marketplace.requirement import Value

MASTERS: Final = {True: "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", False: "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH"}
"""The Masters Qualification on the sandbox and in production (REQ-20, REQ-21)."""
NUMBER_APPROVED: Final = "00000000000000000040"  # REQ-22
LOCALE: Final = "00000000000000000071"  # REQ-23
ADULT: Final = "00000000000000000060"  # REQ-24
PERCENT_APPROVED: Final = "000000000000000000L0"  # REQ-25
PERCENT_SUBMITTED: Final = "00000000000000000000"  # REQ-26
PERCENT_ABANDONED: Final = "00000000000000000070"  # REQ-27
PERCENT_RETURNED: Final = "000000000000000000E0"  # REQ-28
PERCENT_REJECTED: Final = "000000000000000000S0"  # REQ-29

FEW_SUBMISSIONS: Final = 100
"""With fewer, a worker's approval rate is 100 (REQ-25)."""


@attrs.frozen
class SystemType:
    """A type of the service's own; `value` gives a worker's value, None for one who does not hold it."""

    id: str
    name: str
    description: str
    value: Callable[[WorkerAccount], Value | None]


def _percent(part: int, whole: int, otherwise: int) -> int:
    return part * 100 // whole if whole else otherwise


def _masters(worker: WorkerAccount) -> int | None:
    return 1 if worker.masters else None


def _number_approved(worker: WorkerAccount) -> int:
    return worker.approved


def _locale(worker: WorkerAccount) -> Locale:
    return Locale(worker.country, worker.subdivision)


def _adult(worker: WorkerAccount) -> int:
    return int(worker.adult)


def _percent_approved(worker: WorkerAccount) -> int:
    return 100 if worker.submitted < FEW_SUBMISSIONS else _percent(worker.approved, worker.submitted, 100)


def _percent_submitted(worker: WorkerAccount) -> int:
    return _percent(worker.submitted, worker.accepted, 100)


def _percent_abandoned(worker: WorkerAccount) -> int:
    return _percent(worker.abandoned, worker.accepted, 0)


def _percent_returned(worker: WorkerAccount) -> int:
    return _percent(worker.returned, worker.accepted, 0)


def _percent_rejected(worker: WorkerAccount) -> int:
    return _percent(worker.rejected, worker.submitted, 0)


_BOTH: Final = (
    SystemType(NUMBER_APPROVED, "Worker_NumberHITsApproved", "How many assignments were approved.", _number_approved),
    SystemType(LOCALE, "Worker_Locale", "Where the Worker lives.", _locale),
    SystemType(ADULT, "Worker_Adult", "1 for Workers who agreed to see adult content.", _adult),
    SystemType(
        PERCENT_APPROVED, "Worker_PercentAssignmentsApproved", "Approved work per submitted.", _percent_approved
    ),
    SystemType(
        PERCENT_SUBMITTED, "Worker_PercentAssignmentsSubmitted", "Submitted work per accepted.", _percent_submitted
    ),
    SystemType(
        PERCENT_ABANDONED, "Worker_PercentAssignmentsAbandoned", "Abandoned work per accepted.", _percent_abandoned
    ),
    SystemType(PERCENT_RETURNED, "Worker_PercentAssignmentsReturned", "Returned work per accepted.", _percent_returned),
    SystemType(
        PERCENT_REJECTED, "Worker_PercentAssignmentsRejected", "Rejected work per submitted.", _percent_rejected
    ),
)
"""The same in both environments (REQ-31)."""


def _of(sandbox: bool) -> Mapping[str, SystemType]:
    masters = SystemType(MASTERS[sandbox], "Masters", "Workers whose work has been good for long.", _masters)
    return {each.id: each for each in (masters, *_BOTH)}


SYSTEM_TYPES: Final = {True: _of(True), False: _of(False)}
"""The types on the sandbox and in production, by id."""


def records(sandbox: bool, created: int) -> list[QualificationType]:
    """The types of one environment as records."""
    return [
        QualificationType(number, each.id, SYSTEM, each.name, each.description, created)
        for number, each in enumerate(SYSTEM_TYPES[sandbox].values())
    ]
