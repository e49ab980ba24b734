"""The scanner that words the mistakes sees one just where the parser does."""

import pytest
from documents.sample_documents import EXTERNAL, VALID
from hypothesis import assume, example, given
from hypothesis import strategies as st
from lxml import etree

from mturk_sim.documents import DocumentError, parse_question
from mturk_sim.documents.wellformed import first_mistake

PIECES = [
    *("<", ">", "&", ";", '"', "'", "=", "/", " ", "\n", ":", "x", "1", "-", "]", "!", "?", "#"),
    *("<a>", "</a>", "<a/>", "<p:a/>", '<a xmlns:p="u"/>', "&amp;", "&x;", "&#0;", "&#65;", "&#x1F600;", "&#xD800;"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<?a ?>", "<?xml ?>", "\x00", "\x0b", "\ufffe", "\x7f", "é", "😀", "\u2028"),
]
BODIES = {name: document.partition("?>\n")[2] or document for name, document in VALID.items()}


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A document, without XML declaration, in which some places are replaced by pieces of markup."""
    document = BODIES[draw(st.sampled_from(sorted(BODIES)))]
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(document)))
        end = min(len(document), start + draw(st.integers(0, 3)))
        document = document[:start] + draw(st.sampled_from(PIECES)) + document[end:]
    return document


def is_well_formed(document: str) -> bool:
    try:
        etree.fromstring(document.encode(), etree.XMLParser(encoding="utf-8"))
    except etree.XMLSyntaxError as error:
        assume(error.code != etree.ErrorTypes.WAR_NS_URI)  # a namespace that is no URI is one for all that
        return False
    return True


@given(spoiled())
@example("<a xmlns:p='u'><p:b p:c=''/></a>")
@example("<a b='1' c='2' b='3'/>")
@example("<xml:a xml:lang='en'/>")
@example("<a>" * 256 + "</a>" * 256)
@example("<a>" * 5000 + "</a>" * 5000)
@example("")
def test_there_is_a_mistake_just_where_the_parser_finds_one(document: str) -> None:
    mistake = first_mistake(document)
    assert (mistake is None) == is_well_formed(document)
    assert mistake is None or 1 <= mistake.line <= document.count("\n") + 1


def test_a_mistake_that_the_scanner_does_not_know_is_told_in_the_parsers_words() -> None:
    document = "<?xml version='1.0' encoding='-'?>" + EXTERNAL
    assert first_mistake(document) is None
    with pytest.raises(DocumentError, match=r"^The document is not well-formed: .*encoding") as caught:
        parse_question(document)
    assert caught.value.line == 1
