"""Qualification types that tests share: a test, its key, and short ways to types, requests and requirements."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from helpers import api, digest, post

from mturk_sim import Simulation, WorkerRefused
from mturk_sim.documents import (
    AnswerKey,
    AnswerOption,
    FreeTextAnswer,
    KeyQuestion,
    Question,
    QuestionForm,
    Selection,
    SelectionAnswer,
    Text,
    answer_key_document,
    question_form_document,
)

CHECKBOXES = SelectionAnswer(tuple(Selection(each, Text(each)) for each in "abc"), max_count=3)
RADIO = SelectionAnswer((Selection("d", Text("d")), Selection("x", Text("x"))))
FORM = QuestionForm((Question("q1", (Text("Which?"),), CHECKBOXES), Question("q2", (Text("And?"),), RADIO)))
TEST: Final = question_form_document(FORM)
KEY: Final = answer_key_document(
    AnswerKey(
        (
            KeyQuestion("q1", (AnswerOption(("a", "b"), 15), AnswerOption(("a",), 10), AnswerOption(("b",), 10)), 5),
            KeyQuestion("q2", (AnswerOption(("d",), 10),)),
        )
    )
)
"""The key worked out in the rules: the best answers earn 25, none at all 5."""
ESSAY: Final = question_form_document(QuestionForm((Question("why", (Text("Why?"),), FreeTextAnswer()),)))
BEST: Final = {"q1": ["a", "b"], "q2": ["d"]}

MANUAL: Final[dict[str, Any]] = {}
AUTOMATIC: Final[dict[str, Any]] = {"AutoGranted": True, "AutoGrantedValue": 7}
TESTED: Final[dict[str, Any]] = {"Test": TEST, "TestDurationInSeconds": 600}
SCORED: Final[dict[str, Any]] = {**TESTED, "AnswerKey": KEY}
"""The four kinds of types: granted by hand, at once, by hand after a test, and by a test's key (QRQ-01)."""


def make_type(sim: Simulation, name: str = "Labelling", client: Any = None, **members: Any) -> str:
    """Create a Qualification type, an active one unless it is told otherwise; its id."""
    least = {"Name": name, "Description": "Can label photos.", "QualificationTypeStatus": "Active"}
    made = (client or api(sim)).create_qualification_type(**least | members)["QualificationType"]
    type_id: str = made["QualificationTypeId"]
    return type_id


def shown_type(sim: Simulation, type_id: str) -> dict[str, Any]:
    """A type as GetQualificationType shows it."""
    shown: dict[str, Any] = api(sim).get_qualification_type(QualificationTypeId=type_id)["QualificationType"]
    return shown


def need(type_id: str, comparator: str = "Exists", *values: int, **members: Any) -> dict[str, Any]:
    """A requirement, by default one that guards the accept."""
    integers = {"IntegerValues": list(values)} if values else {}
    return {"QualificationTypeId": type_id, "Comparator": comparator, **integers, **members}


def post_for(sim: Simulation, *needs: dict[str, Any], client: Any = None, **members: Any) -> str:
    """Create a HIT with these requirements; its id."""
    return post(sim, client, QualificationRequirements=list(needs), **members)


def associate(sim: Simulation, type_id: str, worker_id: str, **members: Any) -> None:
    """Let a worker hold a value of a type."""
    api(sim).associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=worker_id, **members)


def score_of(sim: Simulation, type_id: str, worker_id: str) -> int:
    """A worker's value as GetQualificationScore shows it."""
    answer = api(sim).get_qualification_score(QualificationTypeId=type_id, WorkerId=worker_id)
    value: int = answer["Qualification"]["IntegerValue"]
    return value


def turned_away(sim: Simulation, act: Callable[..., Any], *args: Any, **options: Any) -> WorkerRefused:
    """Let a worker do what it may not, and see to it that nothing changed by it."""
    before = digest(sim)
    with pytest.raises(WorkerRefused) as caught:
        act(*args, **options)
    assert digest(sim) == before, "a refused act changed something"
    return caught.value
