"""What review policies found and did (RVP-40 to RVP-50)."""

from collections.abc import Iterator
from typing import Any

from mturk_sim.marketplace.review.records import ASSIGNMENT_LEVEL, HIT_LEVEL, Action, Result, Run
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.hits import existing
from mturk_sim.operations.model import arranged
from mturk_sim.operations.pages import page, positions
from mturk_sim.operations.registry import operation

_RESULTS = "ReviewResults"
_ACTIONS = "ReviewActions"
_PLACES = {
    ASSIGNMENT_LEVEL: ("AssignmentReviewPolicy", "AssignmentReviewReport"),
    HIT_LEVEL: ("HITReviewPolicy", "HITReviewReport"),
}
"""The members in which a level's policy and report stand."""
_INNER = {"Parameters": "PolicyParameter", "MapEntries": "ParameterMapEntry"}
"""The shapes of what stands in the members of a policy."""


@operation("ListReviewPolicyResultsForHIT")
def list_review_policy_results_for_hit(
    call: Call,
    *,
    hit_id: str,
    policy_levels: list[str] | None = None,
    retrieve_actions: bool = True,
    retrieve_results: bool = True,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Answer:
    """The policies of a HIT and the reports of all their runs, oldest first (RVP-40, RVP-41, RVP-05).

    Results and actions count together for the size of a page; each stands in the report of its level.
    """
    hit = existing(call, hit_id)
    levels = [level for level in _PLACES if level in (policy_levels or _PLACES)]
    parts = [part for part, wanted in ((_RESULTS, retrieve_results), (_ACTIONS, retrieve_actions)) if wanted]
    reviews = call.world.store.reviews.get(hit.id)
    rows = [row for run in reviews.runs for row in _rows(run)] if reviews else []
    found = positions(rows, lambda row: row[0] in levels and row[1] in parts)
    scope = ("ListReviewPolicyResultsForHIT", hit_id, *levels, *parts)
    cut = page(call, scope, "Rows", found, lambda key: rows[key[0]], next_token, max_results)
    answer: Answer = {"HITId": hit.id}
    policies = {ASSIGNMENT_LEVEL: hit.assignment_policy, HIT_LEVEL: hit.hit_policy}
    for level in levels:
        if policies[level] is not None:
            policy, report = _PLACES[level]
            answer[policy] = _copy(policies[level])
            answer[report] = {part: [] for part in parts}
    for level, part, item in cut["Rows"]:
        answer[_PLACES[level][1]][part].append(_result_view(item) if part == _RESULTS else _action_view(call, item))
    if "NextToken" in cut:
        answer["NextToken"] = cut["NextToken"]
    return arranged("ListReviewPolicyResultsForHITResponse", answer)


def _rows(run: Run) -> Iterator[tuple[str, str, Any]]:
    """What one run adds to the lists: its level, where in the report, and the item."""
    for result in run.results:
        yield run.level, _RESULTS, result
    for action in run.actions:
        yield run.level, _ACTIONS, action


def _copy(value: Any, shape: str = "ReviewPolicy") -> Any:
    """A policy as it was sent, for the caller to keep."""
    if isinstance(value, dict):
        return {name: _copy(member, _INNER.get(name, "")) for name, member in arranged(shape, value).items()}
    return [_copy(item, shape) for item in value] if isinstance(value, list) else value


def _result_view(result: Result) -> Answer:
    """A result (RVP-43)."""
    view: Answer = {
        "ActionId": result.action_id,
        "SubjectId": result.subject_id,
        "SubjectType": result.subject_type,
    }
    if result.question_id is not None:
        view["QuestionId"] = result.question_id
    return view | {"Key": result.key, "Value": result.value}


def _action_view(call: Call, action: Action) -> Answer:
    """An action; an error code is there only if it failed (RVP-46)."""
    view: Answer = {
        "ActionId": action.id,
        "ActionName": action.name,
        "TargetId": action.target_id,
        "TargetType": action.target_type,
        "Status": action.status,
        "CompleteTime": call.stamp(action.completed),
        "Result": action.result,
    }
    if action.error_code is not None:
        view["ErrorCode"] = action.error_code
    return view
