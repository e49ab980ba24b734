"""What is handed in for a form: the document that the form itself would make of the answers."""

from typing import Any

import attrs
import pytest
from helpers import api, post
from qualifications import BEST, SCORED, make_type

from mturk_sim import Simulation, WorkerRefused
from mturk_sim.documents import (
    FreeTextAnswer,
    Question,
    QuestionForm,
    Selected,
    Selection,
    SelectionAnswer,
    Text,
    question_answers,
    question_form_document,
)
from mturk_sim.workers.plans import Accept, Submit

RADIO = SelectionAnswer(tuple(Selection(each, Text(each)) for each in "ab"), style="radiobutton")
FORM = question_form_document(
    QuestionForm(
        (
            Question("why", (Text("Why?"),), FreeTextAnswer()),
            Question("radio", (Text("a or b?"),), RADIO),
            Question("other", (Text("a, b or else?"),), attrs.evolve(RADIO, other=FreeTextAnswer())),
        )
    )
)


def recorded(sim: Simulation, assignment_id: str) -> str:
    """The answers of an assignment, as the requester gets them."""
    answer: str = api(sim).get_assignment(AssignmentId=assignment_id)["Assignment"]["Answer"]
    return answer


@pytest.mark.rule("XML-24", "XML-42")
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"radio": "a"}, {"radio": ["a"]}),
        ({"radio": ["a"]}, {"radio": ["a"]}),
        ({"radio": "nothing of it"}, {"radio": ["nothing of it"]}),
        ({"radio": ""}, {"radio": []}),
        ({"other": "a"}, {"other": ["a"]}),
        ({"other": "something else"}, {"other": Selected(other="something else")}),
        ({"other": ""}, {"other": []}),
        ({"why": "a", "who": "a"}, {"why": "a", "who": "a"}),
        ([("radio", "b"), ("why", "")], {"radio": ["b"], "why": ""}),
    ],
    ids=str,
)
def test_a_text_for_a_list_is_what_was_chosen_from_it(mturk: Simulation, given: Any, kept: dict[str, Any]) -> None:
    hit_id = post(mturk, Question=FORM, MaxAssignments=2)
    handle = mturk.worker().accept(hit_id).submit(given)
    mturk.script(mturk.worker("A1"), Accept(hit_id), Submit(dict(given)))
    by_hand, scripted = (recorded(mturk, each.id) for each in mturk.assignments())

    assert handle.status == "Submitted"
    assert question_answers(by_hand) == kept
    assert scripted == by_hand


@pytest.mark.rule("XML-42")
def test_the_document_of_a_choice(mturk: Simulation) -> None:
    document = recorded(mturk, mturk.worker().accept(post(mturk, Question=FORM)).submit({"radio": "a"}).id)

    assert "<SelectionIdentifier>a</SelectionIdentifier>" in document
    assert "FreeText" not in document


def test_a_choice_in_a_test_scores_as_a_text_too(mturk: Simulation) -> None:
    type_id = make_type(mturk, **SCORED)
    texts = {name: value[0] if len(value) == 1 else value for name, value in BEST.items()}

    assert any(isinstance(value, str) for value in texts.values())
    assert mturk.worker().request_qualification(type_id, texts).value == 25
    assert mturk.worker().request_qualification(type_id).submit(texts).value == 25


def test_what_is_no_document_is_told_what_to_give(mturk: Simulation) -> None:
    handle = mturk.worker().accept(post(mturk))
    with pytest.raises(
        ValueError, match=r"^'cat' is no answers document: give a mapping such as \{\"label\": \"cat\"\}"
    ):
        handle.submit("cat")
    with pytest.raises(ValueError, match="must start and end"):
        handle.submit("<p>")
    with pytest.raises(TypeError, match=r"^answers map question or field names to what was answered; 5 does not$"):
        handle.submit(5)
    assert handle.status == "Accepted"


@pytest.mark.parametrize("form", [FORM, None])
def test_a_mapping_is_no_answer(mturk: Simulation, form: str | None) -> None:
    handle = mturk.worker().accept(post(mturk, **({"Question": form} if form else {})))
    with pytest.raises(TypeError, match=r"is a text, a list of texts, .*; for 'label' came \{'a': 1\}$"):
        handle.submit({"label": {"a": 1}})
    with pytest.raises(TypeError, match=r"for 'radio' came \{'a': 'b'\}$"):
        handle.submit({"radio": {"a": "b"}})
    assert handle.status == "Accepted"


def test_an_id_of_something_else_is_told_so(mturk: Simulation) -> None:
    hit_id, worker = post(mturk), mturk.worker()
    (hit,) = mturk.hits()
    group_id = api(mturk).get_hit(HITId=hit_id)["HIT"]["HITGroupId"]
    for given, what in ((hit.type_id, "HIT type"), (group_id, "HIT group"), (worker.id, "worker")):
        with pytest.raises(WorkerRefused, match=rf"^there is no HIT {given}; that is the id of a {what}$"):
            worker.accept(given)
    with pytest.raises(WorkerRefused, match=f"^there is no assignment {hit_id}; that is the id of a HIT$"):
        worker.submit(hit_id, {"label": "cat"})
    with pytest.raises(WorkerRefused, match=f"^there is no Qualification type {hit_id}; that is the id of a HIT$"):
        worker.request_qualification(hit_id)
    with pytest.raises(WorkerRefused, match=r"^there is no HIT 3X$"):
        worker.preview("3X")
