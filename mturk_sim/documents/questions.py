"""The question of a HIT, of one of three kinds told apart by the namespace (XML-04), and the test of a type."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mturk_sim.documents import namespaces, reading
from mturk_sim.documents.content import local, text_of
from mturk_sim.documents.errors import DocumentError
from mturk_sim.documents.external_question import ExternalQuestion
from mturk_sim.documents.formatted import check_formatted_contents
from mturk_sim.documents.html_question import HTMLQuestion
from mturk_sim.documents.question_form import QuestionForm, read_form

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORMS: Final = frozenset({namespaces.QUESTION_FORM_2005, namespaces.QUESTION_FORM_2017})
_TITLE_LENGTH: Final = 128
_TEXT_LENGTHS: Final = {"QuestionContent": 82, "Selection": 44}
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


def parse_test(text: str, *, strict_lengths: bool = False) -> QuestionForm:
    """The test of a Qualification type: a QuestionForm without file uploads, and no page in a frame (QTY-29).

    Args:
        text: The document, as given to CreateQualificationType.
        strict_lengths: Refuse titles of more than 128 characters, question texts of more than 82 and selection texts
            of more than 44, as was once reported of the service (QTY-28).

    Raises:
        DocumentError: The service would refuse it.
    """
    return _test(text, strict_lengths)


@lru_cache(maxsize=256)
def _test(text: str, strict_lengths: bool) -> QuestionForm:
    root = reading.read(text, _FORMS, legacy=False)
    check_formatted_contents(root)
    if strict_lengths:
        _check_lengths(root)
    return read_form(root)


def _check_lengths(root: "_Element") -> None:
    for element in root.iter():
        parent = element.getparent()
        limit = None
        if local(element) == "Title":
            limit = _TITLE_LENGTH
        elif local(element) == "Text" and parent is not None:
            limit = _TEXT_LENGTHS.get(local(parent))
        if limit is not None and len(text_of(element)) > limit:
            details = f"{local(element)} has more than {limit} characters."
            raise DocumentError(details, line=reading.line_of(element), path=reading.path_of(element))


@lru_cache(maxsize=256)
def _question(text: str, legacy: bool) -> QuestionForm | HTMLQuestion | ExternalQuestion:
    root = reading.read(text, _QUESTIONS, legacy=legacy)
    if local(root) == "QuestionForm":
        check_formatted_contents(root)
        return read_form(root)
    content, height = text_of(root[0]), int(text_of(root[1]))
    return (
        HTMLQuestion(content, height)
        if local(root) == "HTMLQuestion"
        else ExternalQuestion(content.strip(" \t\r\n"), height)
    )
