"""How a mistake in a document is told: a row of a table, and what is checked of it.

The messages are facts: those on record, and more that the Xerces of a current JDK gave for the same documents.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import pytest

from mturk_sim.documents import DocumentError, namespaces, reading

EVERYTHING = frozenset(reading._SCHEMAS) - {namespaces.XHTML}
"""The namespaces of whole documents."""

URL = "/ExternalQuestion/ExternalURL"
CONTENT = "/QuestionForm/Question[1]/QuestionContent"
SELECTIONS = "/QuestionForm/Question[2]/AnswerSpecification/SelectionAnswer"
FREE_TEXT = "/QuestionForm/Question[1]/AnswerSpecification/FreeTextAnswer"
FREE_TEXT_SO_FAR = FREE_TEXT.replace("[1]", "")
"""The same where the document cannot be read to its end, and a second question is not known."""


class Mistake(NamedTuple):
    """A document, what is said of it, and where its first mistake is."""

    name: str
    document: str
    details: str
    line: int
    path: str


def by_name(mistakes: Iterable[Mistake]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("mistake", [pytest.param(mistake, id=mistake.name) for mistake in mistakes])


def assert_told(mistake: Mistake) -> None:
    """The document is refused in these words, and the error names the place."""
    with pytest.raises(DocumentError) as caught:
        reading.read(mistake.document, EVERYTHING)
    error = caught.value
    assert (error.details, error.kind) == (mistake.details, "xml")
    assert (error.line, error.path) == (mistake.line, mistake.path)
    assert str(error) == f"{mistake.details} [line {mistake.line}{re.sub('^/', ' /', mistake.path)}]"
