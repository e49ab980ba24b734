"""Qualification types: making, changing, finding and deleting them (QTY-01 to QTY-31)."""

import heapq
from itertools import islice

from mturk_sim.core.clock import SECOND
from mturk_sim.documents import DocumentError, parse_answer_key, parse_test
from mturk_sim.marketplace import errors
from mturk_sim.marketplace.qualifications import acts
from mturk_sim.marketplace.qualifications.lifecycles import QUALIFICATION_TYPE_LIFE, fire
from mturk_sim.marketplace.qualifications.records import ACTIVE, INACTIVE, QualificationType
from mturk_sim.marketplace.records import kept_once
from mturk_sim.marketplace.state import in_micros
from mturk_sim.operations import checks
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.pages import Key, page, page_at_once
from mturk_sim.operations.qualification_views import type_view
from mturk_sim.operations.registry import operation
from mturk_sim.operations.views import hit_views

DOCUMENT_BYTES = 65535
"""The most bytes a Test or an AnswerKey may have (QTY-06)."""
_BECOME = {ACTIVE: "activate", INACTIVE: "deactivate", None: "update"}
"""What is asked of a type's lifecycle by each status that an update may bring."""


def wrong_state(event: str) -> errors.ServiceError:
    """The refusal of an event that the type's state does not allow (QTY-25, ENV-06)."""
    return errors.QUALIFICATION_TYPE_STATE(allowed=",".join(QUALIFICATION_TYPE_LIFE.sources(event)))


@operation("CreateQualificationType")
def create_qualification_type(
    call: Call,
    *,
    name: str,
    description: str,
    qualification_type_status: str,
    keywords: str | None = None,
    retry_delay_in_seconds: int | None = None,
    test: str | None = None,
    answer_key: str | None = None,
    test_duration_in_seconds: int | None = None,
    auto_granted: bool = False,
    auto_granted_value: int | None = None,
) -> Answer:
    """Make a type with a name the requester has not used (QTY-01, QTY-02, QTY-05); answers the whole type (QTY-17)."""
    store = call.world.store.qualifications
    if not name:
        raise errors.TOO_SHORT(name="Name", limit=1)
    checks.fits("Description", description)
    checks.fits("Keywords", keywords)
    _check_numbers(retry_delay_in_seconds, auto_granted_value)
    _check_test(test, answer_key, test_duration_in_seconds, auto_granted)
    if (call.requester.name, name) in store.names:
        raise errors.QUALIFICATION_TYPE_ALREADY_EXISTS()
    qualification_type = QualificationType(
        number=len(store.numbered_types),
        id=call.world.ids.entity("qualification_type"),
        requester=call.requester.name,
        name=name,
        description=description,
        created=call.world.second,
        keywords=keywords,
        status=qualification_type_status,
        retry_delay=_duration(retry_delay_in_seconds),
        auto_granted=auto_granted,
        auto_granted_value=auto_granted_value,
    )
    _set_test(qualification_type, test, answer_key, test_duration_in_seconds)
    acts.add_type(call.world, qualification_type)
    return {"QualificationType": type_view(call, qualification_type)}


@operation("UpdateQualificationType")
def update_qualification_type(
    call: Call,
    *,
    qualification_type_id: str,
    description: str | None = None,
    qualification_type_status: str | None = None,
    test: str | None = None,
    answer_key: str | None = None,
    test_duration_in_seconds: int | None = None,
    retry_delay_in_seconds: int | None = None,
    auto_granted: bool | None = None,
    auto_granted_value: int | None = None,
) -> Answer:
    """Change what is given and leave the rest; but a test brings its duration, and without a key has none (QTY-12).

    Name, keywords and CreationTime cannot change, and nothing can be taken away (QTY-04, QTY-11, QTY-13, QTY-19).
    """
    changed = call.qualification_type(qualification_type_id)
    checks.fits("Description", description)
    _check_numbers(retry_delay_in_seconds, auto_granted_value)
    granted_at_once = changed.auto_granted if auto_granted is None else auto_granted
    _check_test(test, answer_key, test_duration_in_seconds, granted_at_once)
    if granted_at_once and changed.test is not None:
        raise errors.BAD_VALUE(value="true", name="AutoGranted")
    event = _BECOME[qualification_type_status]
    if not fire(call.world, QUALIFICATION_TYPE_LIFE, changed, event):
        raise wrong_state(event)
    if description is not None:
        changed.description = description
    if retry_delay_in_seconds is not None:
        changed.retry_delay = _duration(retry_delay_in_seconds)
    if auto_granted_value is not None:
        changed.auto_granted_value = auto_granted_value
    changed.auto_granted = granted_at_once
    if test is not None:
        _set_test(changed, test, answer_key, test_duration_in_seconds)
    acts.touch(call.world, changed)
    return {"QualificationType": type_view(call, changed)}


def _check_numbers(retry_delay: int | None, auto_granted_value: int | None) -> None:
    if retry_delay is not None:
        checks.in_range("RetryDelayInSeconds", retry_delay)
    if auto_granted_value is not None:
        checks.in_range("AutoGrantedValue", auto_granted_value)


def _check_test(test: str | None, key: str | None, duration: int | None, granted_at_once: bool) -> None:
    """See to it that the test, its key and its duration belong together and are documents of their kind.

    Raises:
        ServiceError: One is missing (QTY-07, QTY-08), a document is too long or not valid (QTY-06, QTY-29, QTY-30), or
            the type grants at once (QTY-09, QTY-10).
    """
    if test is None:
        if key is not None or duration is not None:
            raise errors.MISSING(name="Test")
        return
    if duration is None:
        raise errors.MISSING(name="TestDurationInSeconds")
    checks.in_range("TestDurationInSeconds", duration)
    for name, document in (("Test", test), ("AnswerKey", key)):
        if document is not None and len(document.encode("utf-8", "surrogatepass")) > DOCUMENT_BYTES:
            raise errors.TOO_LONG(name=name, limit=DOCUMENT_BYTES)
    if granted_at_once:
        raise errors.BAD_VALUE(value=test, name="Test")
    try:
        form = parse_test(test)
        if key is not None:
            parse_answer_key(key, form)
    except DocumentError as error:
        raise (errors.BAD_XHTML if error.kind == "xhtml" else errors.BAD_XML)(details=error.details) from None


def _set_test(changed: QualificationType, test: str | None, key: str | None, duration: int | None) -> None:
    changed.test = None if test is None else kept_once(test)
    changed.key = None if key is None else kept_once(key)
    changed.test_duration = _duration(duration)


def _duration(seconds: int | None) -> int | None:
    return None if seconds is None else seconds * SECOND


@operation("GetQualificationType")
def get_qualification_type(call: Call, *, qualification_type_id: str) -> Answer:
    """One type, whoever's it is (QTY-27); by its id it is found at once (QTY-22)."""
    return {"QualificationType": type_view(call, call.known_type(qualification_type_id))}


@operation("ListQualificationTypes")
def list_qualification_types(
    call: Call,
    *,
    must_be_requestable: bool,
    query: str | None = None,
    must_be_owned_by_caller: bool = False,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Answer:
    """Types by name, descending (QTY-23): everybody's, the system's included, unless less is asked (QTY-20)."""
    store = call.world.store.qualifications
    words = (query or "").casefold().split()
    newest = call.world.clock.micros - in_micros(call.world.behavior.search_lag)

    def is_wanted(candidate: QualificationType) -> bool:
        return (
            (candidate.requestable or not must_be_requestable)
            and (candidate.requester == call.requester.name or not must_be_owned_by_caller)
            and (candidate.created <= newest or not candidate.requestable)
            and _holds(candidate, words)
        )

    def found(start: Key | None, count: int) -> list[Key]:
        behind = None if start is None else (store.numbered_types[start[0]].name, start[0])
        candidates = (store.numbered_types[number] for _, number in store.by_name.falling(behind))
        return [(each.number,) for each in islice(filter(is_wanted, candidates), count)]

    scope = ("ListQualificationTypes", query, must_be_requestable, must_be_owned_by_caller)
    types = store.numbered_types
    return page(
        call, scope, "QualificationTypes", found, lambda key: type_view(call, types[key[0]]), next_token, max_results
    )


def _holds(candidate: QualificationType, words: list[str]) -> bool:
    """Whether a type's texts hold all the words, as parts of words and whatever the case (QTY-21)."""
    text = f"{candidate.name}\n{candidate.description}\n{candidate.keywords or ''}".casefold()
    return all(word in text for word in words)


@operation("DeleteQualificationType")
def delete_qualification_type(call: Call, *, qualification_type_id: str) -> Answer:
    """Delete a type; that takes 48 hours, and until no HIT uses it any more (QTY-03, QTY-24, QTY-25)."""
    if not fire(call.world, QUALIFICATION_TYPE_LIFE, call.qualification_type(qualification_type_id), "delete"):
        raise wrong_state("delete")
    return {}


@operation("ListHITsForQualificationType")
def list_hits_for_qualification_type(
    call: Call, *, qualification_type_id: str, next_token: str | None = None, max_results: int | None = None
) -> Answer:
    """The requester's HITs that require a type, of any status but deleted, the newest first (QTY-31)."""
    store, name = call.world.store, call.requester.name
    call.known_type(qualification_type_id)
    hit_types = store.qualifications.hit_types[qualification_type_id]
    lists = [store.qualifications.hits[each] for each in hit_types if store.hit_types[each].requester == name]

    def found(start: Key | None, count: int) -> list[Key]:
        numbers = [each.before(start[0] if start else None, count) for each in lists]
        return [(number,) for number in islice(heapq.merge(*numbers, reverse=True), count)]

    def show(keys: list[Key]) -> list[Answer]:
        return hit_views(call, *store.all_numbered(keys))

    scope = ("ListHITsForQualificationType", qualification_type_id)
    return page_at_once(call, scope, "HITs", found, show, next_token, max_results)
