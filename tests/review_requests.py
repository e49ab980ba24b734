"""Review policies that tests share, in the form in which a requester sends them."""

from typing import Any

import questions

KNOWN = "ScoreMyKnownAnswers/2011-09-01"
PLURALITY = "SimplePlurality/2011-09-01"


def policy(name: str, **parameters: Any) -> dict[str, Any]:
    """A policy: each parameter is a value, a list of values, or a mapping for map entries."""
    return {"PolicyName": name, "Parameters": [_parameter(key, value) for key, value in parameters.items()]}


def _parameter(key: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        entries = [{"Key": question, "Values": _values(values)} for question, values in value.items()]
        return {"Key": key, "MapEntries": entries}
    return {"Key": key, "Values": _values(value)}


def _values(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def known(key: dict[str, Any], **parameters: Any) -> dict[str, Any]:
    return policy(KNOWN, AnswerKey=key, **parameters)


def plurality(ids: Any, threshold: Any, **parameters: Any) -> dict[str, Any]:
    return policy(PLURALITY, QuestionIds=ids, QuestionAgreementThreshold=threshold, **parameters)


def post(sim: Any, **members: Any) -> str:
    """Post a HIT of the default requester; gives its id."""
    hit_id: str = sim.client.create_hit(**questions.HIT | members)["HIT"]["HITId"]
    return hit_id


def work(sim: Any, hit_id: str, answers: Any) -> Any:
    """Let a new worker hand in these answers; gives the assignment's handle."""
    return sim.worker().accept(hit_id).submit(answers)


def report(sim: Any, hit_id: str, level: str, **members: Any) -> dict[str, Any]:
    """The report of one level, all of it."""
    answer = sim.client.list_review_policy_results_for_hit(HITId=hit_id, MaxResults=100, **members)
    found: dict[str, Any] = answer[f"{level}ReviewReport"]
    return found


def actions(sim: Any, hit_id: str, level: str, *names: str) -> list[tuple[str, str]]:
    """What was done and how it ended: (name, status), the reviews left out unless they are named."""
    wanted = names or ("approve", "reject", "extend")
    done = report(sim, hit_id, level)["ReviewActions"]
    return [(action["ActionName"], action["Status"]) for action in done if action["ActionName"] in wanted]


def results(sim: Any, hit_id: str, level: str, key: str) -> list[tuple[str | None, str]]:
    """The results of one key: (question id or None, value)."""
    found = report(sim, hit_id, level)["ReviewResults"]
    return [(result.get("QuestionId"), result["Value"]) for result in found if result["Key"] == key]
