"""What a worker hands in, as the document that the service records."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from mturk_sim.documents import QuestionForm, Selected, answers_document, parse_answers
from mturk_sim.documents.question_form import SelectionAnswer

Style = Literal["form", "questions"]


def document_of(question: Any, answers: Any) -> str:
    """The document of answers to a question; many answers are the same as others.

    A text that is given for a list to choose from is what the form makes of it (XML-42): a choice, or else what was
    typed instead, if the list lets one do so. Whatever else does not fit the form is left as it is (XML-24).

    Args:
        question: The parsed question.
        answers: Question or field name -> text or list of selection ids; or a ready document.

    Raises:
        ValueError: The answers are empty, hold a character XML cannot carry, or are no valid document.
        TypeError: They are no answers.
    """
    if isinstance(answers, str):
        return _ready(answers)
    style: Style = "questions" if isinstance(question, QuestionForm) else "form"
    pairs = answers.items() if isinstance(answers, Mapping) else answers
    if isinstance(pairs, Iterable):
        pairs = tuple(_chosen(question, pairs) if isinstance(question, QuestionForm) else pairs)
    try:
        return _document(style, pairs)
    except TypeError:  # lists cannot be kept
        return answers_document(pairs, style=style)


def test_document(test: QuestionForm | None, answers: Any) -> str:
    """The document of answers to a test; no answers at all are an empty text (XML-40).

    Raises:
        ValueError: The answers hold a character XML cannot carry, or are no valid document.
        TypeError: They are no answers.
    """
    return document_of(test, answers) if answers else ""


@lru_cache(maxsize=4096)
def _document(style: Style, pairs: tuple[tuple[str, Any], ...]) -> str:
    return answers_document(pairs, style=style)


def _chosen(form: QuestionForm, pairs: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    lists = {each.id: each.answer for each in form.questions if isinstance(each.answer, SelectionAnswer)}
    for question, value in pairs:
        choices = lists.get(question)
        if choices is None or not isinstance(value, str):
            yield question, value
        elif not value or choices.other is None or any(each.id == value for each in choices.selections):
            yield question, Selected((value,) if value else ())
        else:
            yield question, Selected(other=value)


def _ready(document: str) -> str:
    if not document.lstrip("\ufeff \t\r\n").startswith("<"):
        raise ValueError(
            f'{document!r} is no answers document: give a mapping such as {{"label": "cat"}}, question or field name '
            "-> answer, or a ready QuestionFormAnswers document"
        )
    parse_answers(document)
    return document
