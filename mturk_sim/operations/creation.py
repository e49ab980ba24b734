"""Creating HITs (HIT-16 to HIT-23)."""

from typing import Any

from mturk_sim.core.clock import SECOND
from mturk_sim.documents import DocumentError, ExternalQuestion, LayoutError, merge_layout, parse_question
from mturk_sim.documents.namespaces import MAX_BYTES
from mturk_sim.marketplace import errors
from mturk_sim.marketplace.money import slot_cost
from mturk_sim.marketplace.records import HIT, HITType, kept_once
from mturk_sim.operations import checks, requirements
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.hit_types import DEFAULT_AUTO_APPROVAL, find_or_make, keep
from mturk_sim.operations.policies import read_policies
from mturk_sim.operations.registry import operation
from mturk_sim.operations.views import hit_views


@operation("CreateHIT")
def create_hit(
    call: Call,
    *,
    lifetime_in_seconds: int,
    assignment_duration_in_seconds: int,
    reward: str,
    title: str,
    description: str,
    max_assignments: int = 1,
    auto_approval_delay_in_seconds: int = DEFAULT_AUTO_APPROVAL,
    keywords: str | None = None,
    question: str | None = None,
    requester_annotation: str | None = None,
    qualification_requirements: list[dict[str, Any]] | None = None,
    unique_request_token: str | None = None,
    assignment_review_policy: dict[str, Any] | None = None,
    hit_review_policy: dict[str, Any] | None = None,
    hit_layout_id: str | None = None,
    hit_layout_parameters: list[dict[str, Any]] | None = None,
) -> Answer:
    """Create a HIT and, unless there is one with the same values, its type; answers the whole HIT (HIT-11, HIT-17)."""
    hit_type = find_or_make(
        call,
        assignment_duration_in_seconds=assignment_duration_in_seconds,
        reward=reward,
        title=title,
        description=description,
        auto_approval_delay_in_seconds=auto_approval_delay_in_seconds,
        keywords=keywords,
        qualification_requirements=qualification_requirements,
    )
    return _create(
        call,
        "CreateHIT",
        hit_type,
        lifetime_in_seconds=lifetime_in_seconds,
        max_assignments=max_assignments,
        question=question,
        requester_annotation=requester_annotation,
        unique_request_token=unique_request_token,
        assignment_review_policy=assignment_review_policy,
        hit_review_policy=hit_review_policy,
        hit_layout_id=hit_layout_id,
        hit_layout_parameters=hit_layout_parameters,
    )


@operation("CreateHITWithHITType")
def create_hit_with_hit_type(
    call: Call,
    *,
    hit_type_id: str,
    lifetime_in_seconds: int,
    max_assignments: int = 1,
    question: str | None = None,
    requester_annotation: str | None = None,
    unique_request_token: str | None = None,
    assignment_review_policy: dict[str, Any] | None = None,
    hit_review_policy: dict[str, Any] | None = None,
    hit_layout_id: str | None = None,
    hit_layout_parameters: list[dict[str, Any]] | None = None,
) -> Answer:
    """Create a HIT of a known HIT type; answers the whole HIT (HIT-11, HIT-23d)."""
    hit_type = call.usable_hit_type(hit_type_id)
    requirements.usable(call, hit_type.requirements)
    return _create(
        call,
        "CreateHITWithHITType",
        hit_type,
        lifetime_in_seconds=lifetime_in_seconds,
        max_assignments=max_assignments,
        question=question,
        requester_annotation=requester_annotation,
        unique_request_token=unique_request_token,
        assignment_review_policy=assignment_review_policy,
        hit_review_policy=hit_review_policy,
        hit_layout_id=hit_layout_id,
        hit_layout_parameters=hit_layout_parameters,
    )


def _create(
    call: Call,
    operation_name: str,
    hit_type: HITType,
    *,
    lifetime_in_seconds: int,
    max_assignments: int,
    question: str | None,
    requester_annotation: str | None,
    unique_request_token: str | None,
    assignment_review_policy: dict[str, Any] | None,
    hit_review_policy: dict[str, Any] | None,
    hit_layout_id: str | None,
    hit_layout_parameters: list[dict[str, Any]] | None,
) -> Answer:
    world, now = call.world, call.world.second
    checks.in_range("LifetimeInSeconds", lifetime_in_seconds)
    checks.in_range("MaxAssignments", max_assignments)
    checks.fits("RequesterAnnotation", requester_annotation)
    text = _question(call, question, hit_layout_id, hit_layout_parameters)
    reviews = read_policies(assignment_review_policy, hit_review_policy)
    if earlier := call.used_token(operation_name, unique_request_token):
        raise errors.HIT_ALREADY_EXISTS(hit_id=earlier)
    call.afford(max_assignments * slot_cost(world, hit_type, max_assignments))
    hit = HIT(
        number=world.store.next_number,
        id=world.ids.entity("hit"),
        type_id=keep(call, hit_type).id,
        requester=call.requester.name,
        question=kept_once(text),
        created=now,
        expiration=now + lifetime_in_seconds * SECOND,  # HIT-08
        max_assignments=max_assignments,
        annotation=requester_annotation,
        layout_id=hit_layout_id,
        assignment_policy=assignment_review_policy,
        hit_policy=hit_review_policy,
    )
    if reviews is not None:
        world.store.reviews[hit.id] = reviews
    world.add_hit(hit)
    call.keep_token(operation_name, unique_request_token, hit.id)
    [view] = hit_views(call, hit)
    return {"HIT": view}


def _question(call: Call, question: str | None, layout_id: str | None, parameters: list[dict[str, Any]] | None) -> str:
    """The question of a new HIT: as sent, or its layout filled in (HIT-15, HIT-21, ASN-39, XML-06).

    Raises:
        ServiceError: There is none, there are two ways to one, or it is no valid document.
    """
    if question is not None and layout_id is not None:
        raise errors.BAD_COMBINATION(names="Question, HITLayoutId")
    if layout_id is not None:
        question = _merged(call, layout_id, parameters or [])
    if question is None:
        raise errors.MISSING(name="Question")
    if not question:
        raise errors.TOO_SHORT(name="Question", limit=1)
    _check_document(call, question)
    return question


def _check_document(call: Call, question: str) -> None:
    """See to it that the service would take the document (HIT-20, HIT-21, C38, C39, XML-01, XML-03)."""
    behavior = call.world.behavior
    try:
        document = parse_question(question, legacy_file_upload=behavior.legacy_file_upload)
    except DocumentError as error:
        if error.kind == "size":
            raise errors.TOO_LONG(name="Question", limit=MAX_BYTES) from None
        raise (errors.BAD_XHTML if error.kind == "xhtml" else errors.BAD_XML)(details=error.details) from None
    if isinstance(document, ExternalQuestion) and not (document.is_secure or behavior.http_questions):
        raise errors.BAD_VALUE(value=document.url, name="ExternalURL")


def _merged(call: Call, layout_id: str, parameters: list[dict[str, Any]]) -> str:
    template = call.world.store.layouts.get(layout_id)
    if template is None:
        raise errors.BAD_VALUE(value=layout_id, name="HITLayoutId")
    values = {parameter["Name"]: parameter["Value"] for parameter in parameters}
    try:
        return merge_layout(template, values)
    except LayoutError as error:
        if error.missing:
            raise errors.MISSING_LAYOUT_PARAMETERS(names=", ".join(error.missing)) from None
        raise errors.BAD_VALUE(value=error.unknown[0], name="HITLayoutParameter") from None
