"""Qualification types, requests and Qualifications as the wire shows them: what is unset is left out (HIT-09)."""

from mturk_sim.core.clock import SECOND
from mturk_sim.marketplace.qualifications.records import (
    ACTIVE,
    INACTIVE,
    Qualification,
    QualificationRequest,
    QualificationType,
)
from mturk_sim.operations.call import Answer, Call


def type_view(call: Call, qualification_type: QualificationType) -> Answer:
    """A Qualification type; one that is being deleted looks inactive (QTY-17, QTY-18, QTY-25)."""
    view: Answer = {
        "QualificationTypeId": qualification_type.id,
        "CreationTime": call.stamp(qualification_type.created),
        "Name": qualification_type.name,
        "Description": qualification_type.description,
    }
    if qualification_type.keywords is not None:
        view["Keywords"] = qualification_type.keywords
    view["QualificationTypeStatus"] = ACTIVE if qualification_type.status == ACTIVE else INACTIVE
    if qualification_type.test is not None:
        view["Test"] = qualification_type.test
    if qualification_type.test_duration is not None:
        view["TestDurationInSeconds"] = qualification_type.test_duration // SECOND
    if qualification_type.key is not None:
        view["AnswerKey"] = qualification_type.key
    if qualification_type.retry_delay is not None:
        view["RetryDelayInSeconds"] = qualification_type.retry_delay // SECOND
    view["IsRequestable"] = qualification_type.requestable
    view["AutoGranted"] = qualification_type.auto_granted
    if qualification_type.auto_granted:
        view["AutoGrantedValue"] = qualification_type.value_granted_at_once
    return view


def request_view(call: Call, request: QualificationRequest) -> Answer:
    """A request that waits for the owner, with the test the worker took, if any (QRQ-05, QRQ-06)."""
    view: Answer = {
        "QualificationRequestId": request.id,
        "QualificationTypeId": request.type_id,
        "WorkerId": request.worker_id,
    }
    if request.test is not None:
        view["Test"], view["Answer"] = request.test, request.answer
    assert request.submitted is not None
    view["SubmitTime"] = call.stamp(request.submitted)
    return view


def qualification_view(call: Call, held: Qualification) -> Answer:
    """What a worker holds, or held until it was revoked (QUA-11)."""
    return {
        "QualificationTypeId": held.type_id,
        "WorkerId": held.worker_id,
        "GrantTime": call.stamp(held.granted),
        "IntegerValue": held.value,
        "Status": held.status,
    }
