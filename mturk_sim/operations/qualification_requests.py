"""Requests for Qualifications that wait for the owner of the type (QRQ-01 to QRQ-16)."""

from mturk_sim.marketplace import errors
from mturk_sim.marketplace.qualifications import acts
from mturk_sim.marketplace.qualifications.lifecycles import QUALIFICATION_REQUEST_LIFE
from mturk_sim.operations import checks
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.pages import Key, page
from mturk_sim.operations.qualification_views import request_view
from mturk_sim.operations.registry import operation


def wrong_state(event: str) -> errors.ServiceError:
    """The refusal of an event that the request's state does not allow (QRQ-10)."""
    return errors.QUALIFICATION_REQUEST_STATE(allowed=",".join(QUALIFICATION_REQUEST_LIFE.sources(event)))


@operation("ListQualificationRequests")
def list_qualification_requests(
    call: Call,
    *,
    qualification_type_id: str | None = None,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Answer:
    """The requests that wait for the requester, for one type or all, the oldest first (QRQ-02, QRQ-03, QRQ-04)."""
    store, name = call.world.store.qualifications, call.requester.name
    if qualification_type_id is None:
        waiting = store.waiting[name,]
    else:
        waiting = store.waiting[name, call.qualification_type(qualification_type_id).id]

    def found(start: Key | None, count: int) -> list[Key]:
        return [*waiting.after((start[0], start[1]) if start else None, count)]

    scope = ("ListQualificationRequests", qualification_type_id)
    requests = store.numbered_requests
    return page(
        call,
        scope,
        "QualificationRequests",
        found,
        lambda key: request_view(call, requests[key[1]]),
        next_token,
        max_results,
    )


@operation("AcceptQualificationRequest")
def accept_qualification_request(call: Call, *, qualification_request_id: str, integer_value: int = 1) -> Answer:
    """Grant what a worker asked for, with a value (QRQ-08, QRQ-11, QRQ-13)."""
    request = call.qualification_request(qualification_request_id)
    checks.in_range("IntegerValue", integer_value)
    if not acts.accept_request(call.world, request, integer_value):
        raise wrong_state("grant")
    return {}


@operation("RejectQualificationRequest")
def reject_qualification_request(call: Call, *, qualification_request_id: str, reason: str | None = None) -> Answer:
    """Turn a request down; the worker holds afterwards what it held before (QRQ-09, QRQ-11, QRQ-16)."""
    request = call.qualification_request(qualification_request_id)
    if not acts.reject_request(call.world, request, reason):
        raise wrong_state("reject")
    return {}
