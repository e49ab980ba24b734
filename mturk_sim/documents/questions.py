"""The question of a HIT, of one of three kinds told apart by the namespace (XML-04), and the test of a type."""

from functools import lru_cache
from typing import Final

from mturk_sim.documents import namespaces, reading
from mturk_sim.documents.content import int_of, local, text_of
from mturk_sim.documents.external_question import ExternalQuestion
from mturk_sim.documents.formatted import check_formatted_contents
from mturk_sim.documents.html_question import HTMLQuestion
from mturk_sim.documents.question_form import QuestionForm, read_form

_FORMS: Final = frozenset({namespaces.QUESTION_FORM_2005, namespaces.QUESTION_FORM_2017})
_QUESTIONS: Final = _FORMS | {namespaces.HTML_QUESTION, namespaces.EXTERNAL_QUESTION}


def parse_question(text: str, *, legacy_file_upload: bool = False) -> QuestionForm | HTMLQuestion | ExternalQuestion:
    """The question of a HIT.

    Args:
        text: The document, as given to CreateHIT.
        legacy_file_upload: Take the parts of QuestionForm 2005-10-01 that were retired in 2017 (C38).

    Raises:
        DocumentError: The service would refuse it.
    """
    return _question(text, legacy_file_upload)


def parse_test(text: str) -> QuestionForm:
    """The test of a Qualification type, as given to CreateQualificationType.

    It is a QuestionForm without file uploads, and never a page in a frame (QTY-29).

    Raises:
        DocumentError: The service would refuse it.
    """
    return _test(text)


@lru_cache(maxsize=256)
def _test(text: str) -> QuestionForm:
    root = reading.read(text, _FORMS, legacy=False)
    check_formatted_contents(root)
    return read_form(root)


@lru_cache(maxsize=256)
def _question(text: str, legacy: bool) -> QuestionForm | HTMLQuestion | ExternalQuestion:
    root = reading.read(text, _QUESTIONS, legacy=legacy)
    if local(root) == "QuestionForm":
        check_formatted_contents(root)
        return read_form(root)
    content, height = text_of(root[0]), int_of(root[1])
    return (
        HTMLQuestion(content, height)
        if local(root) == "HTMLQuestion"
        else ExternalQuestion(content.strip(" \t\r\n"), height)
    )
