"""Question documents: valid, of every kind, and shrinking to something simple."""

import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from mturk_sim import documents
from mturk_sim.documents import (
    ExternalQuestion,
    FreeTextAnswer,
    HTMLQuestion,
    QuestionForm,
    SelectionAnswer,
    parse_question,
    parse_test,
)
from mturk_sim.strategies import (
    external_questions,
    html_questions,
    qualification_tests,
    question_forms,
    questions,
)


@given(questions())
def test_questions_are_valid(question: str) -> None:
    parse_question(question)


@pytest.mark.parametrize("kind", [HTMLQuestion, ExternalQuestion, QuestionForm])
def test_questions_come_in_every_kind(kind: type) -> None:
    find(questions(), lambda question: isinstance(parse_question(question), kind))


@given(html_questions())
def test_every_page_has_a_field_to_answer(question: str) -> None:
    page = parse_question(question)

    assert isinstance(page, HTMLQuestion)
    assert page.fields


@pytest.mark.rule("C39")
@given(external_questions())
def test_every_address_is_one_that_browsers_show(question: str) -> None:
    external = parse_question(question)

    assert isinstance(external, ExternalQuestion)
    assert external.is_secure


@pytest.mark.rule("QTY-29")
@given(qualification_tests())
def test_tests_can_be_the_test_of_a_qualification_type(test: str) -> None:
    assert parse_test(test).questions


@pytest.mark.rule("QTY-30")
@given(qualification_tests(scored=True))
def test_scored_tests_have_nothing_to_type(test: str) -> None:
    for question in parse_test(test).questions:
        assert isinstance(question.answer, SelectionAnswer)
        assert question.answer.other is None


@given(question_forms())
def test_the_repr_of_a_form_evaluates_back(form: QuestionForm) -> None:
    assert eval(repr(form), vars(documents)) == form


@pytest.mark.parametrize("kind", [FreeTextAnswer, SelectionAnswer])
def test_the_simplest_form_with_a_kind_of_question_has_nothing_else(kind: type) -> None:
    form = find(question_forms(), lambda form: any(isinstance(question.answer, kind) for question in form.questions))

    assert len(form.items) == 1


@given(questions(st.sampled_from([("html",), ("form", "external")])))
def test_the_kinds_may_be_a_strategy(question: str) -> None:
    parse_question(question)


@pytest.mark.parametrize("kinds", [(), ("html", "pdf"), "html"])
def test_an_unknown_kind_is_refused_at_once(kinds: tuple[str, ...]) -> None:
    with pytest.raises(InvalidArgument, match="html, external, form"):
        questions(kinds)
