"""Answers and keys: they fit the question they are for."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from mturk_sim import Simulation, documents
from mturk_sim.documents import (
    AnswerFormat,
    FreeTextAnswer,
    Question,
    QuestionForm,
    SelectionAnswer,
    Text,
    UploadedFile,
    answers_document,
    html_question_document,
    parse_answer_key,
    parse_question,
    parse_test,
    question_form_document,
    score,
)
from mturk_sim.documents.question_form import FileUploadAnswer
from mturk_sim.strategies import answer_keys_for, answers_for, qualification_tests, question_forms, questions


def _form(*answers: Any) -> QuestionForm:
    return QuestionForm(tuple(Question(f"q{n}", (Text("?"),), answer) for n, answer in enumerate(answers)))


@given(st.data(), questions())
def test_answers_can_be_handed_in(mturk_factory: Callable[..., Simulation], data: st.DataObject, question: str) -> None:
    with mturk_factory() as sim:
        hit = sim.client.create_hit(
            Title="t",
            Description="d",
            Reward="0.05",
            LifetimeInSeconds=3600,
            AssignmentDurationInSeconds=600,
            Question=question,
        )["HIT"]

        sim.worker().accept(hit["HITId"]).submit(data.draw(answers_for(question)))

        assert sim.client.get_hit(HITId=hit["HITId"])["HIT"]["HITStatus"] == "Reviewable"


@given(st.data(), question_forms())
def test_answers_keep_to_the_limits_of_a_form(data: st.DataObject, form: QuestionForm) -> None:
    answers = data.draw(answers_for(form))

    for name, value in answers.items():
        answer = form.question(name).answer
        match answer:
            case SelectionAnswer():
                chosen = list(value) if isinstance(value, list) else [*value.ids, value.other]
                assert answer.min_count <= len(chosen) <= answer.max_count
            case FreeTextAnswer(numeric=numeric, length=length):
                if numeric:
                    assert (numeric.min_value or 0) <= int(value) <= (numeric.max_value or 0)
                if length:
                    assert (length.min_length or 0) <= len(value) <= (length.max_length or 10**6)
    assert {q.id for q in form.questions if q.must_be_answered} <= answers.keys()
    assert eval(repr(answers), vars(documents)) == answers


@given(st.data())
def test_a_format_is_kept_to_where_python_can_read_it(data: st.DataObject) -> None:
    form = _form(
        FreeTextAnswer(formats=(AnswerFormat("^[0-9]{5}$"), AnswerFormat("7", flags="i"))),
        FreeTextAnswer(formats=(AnswerFormat("(?<no"),)),
    )

    answers = data.draw(answers_for(form))

    assert len(answers["q0"]) == 5
    assert "7" in answers["q0"]
    assert answers.get("q1") != ""


@given(st.data())
def test_a_file_is_as_large_as_it_may_be(data: st.DataObject) -> None:
    answers = data.draw(answers_for(_form(FileUploadAnswer(2000, 1000))))

    assert isinstance(answers["q0"], UploadedFile)
    assert 1000 <= answers["q0"].size <= 2000


@given(answers_for(html_question_document("<p>nothing to answer</p>")))
def test_a_page_without_fields_is_answered_like_a_page_elsewhere(answers: dict[str, Any]) -> None:
    assert answers["answer"]


@given(st.data(), st.shared(qualification_tests(scored=True), key="test"))
def test_keys_can_score_their_test(data: st.DataObject, test: str) -> None:
    form = parse_test(test)

    key = parse_answer_key(data.draw(answer_keys_for(test)), form)

    document = answers_document(data.draw(answers_for(form)), style="questions")
    assert isinstance(score(key, document), int)


@given(answer_keys_for(qualification_tests(scored=True)))
def test_the_question_may_be_a_strategy(key: str) -> None:
    parse_answer_key(key)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: answers_for("who what?"), "no valid question"),
        (lambda: answer_keys_for(html_question_document("<form></form>")), "QTY-29"),
        (lambda: answer_keys_for(_form(FreeTextAnswer())), "'q0' is answered by typing"),
        (lambda: answer_keys_for(question_form_document(_form(FreeTextAnswer()))), "QTY-30"),
    ],
)
def test_a_question_that_cannot_be_answered_or_scored_is_refused_at_once(make: Any, said: str) -> None:
    with pytest.raises(InvalidArgument, match=said):
        make()


@given(question_forms())
def test_documents_that_are_drawn_parse_to_what_was_drawn(form: QuestionForm) -> None:
    assert parse_question(question_form_document(form)) == form
