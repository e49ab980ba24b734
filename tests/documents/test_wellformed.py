"""Text that is not well-formed: told in Xerces' words, by a scanner that sees a mistake just where the parser does."""

import pytest
from documents.mistakes import FREE_TEXT_SO_FAR, URL, Mistake, assert_told, by_name
from documents.sample_documents import EXTERNAL, FORM, HTML, VALID, spoil
from hypothesis import assume, example, given
from hypothesis import strategies as st
from lxml import etree

from mturk_sim.documents import DocumentError, parse_question
from mturk_sim.documents.wellformed import first_mistake

WELL_FORMEDNESS = [
    Mistake("white space alone", " \n ", "Premature end of file.", 1, ""),
    Mistake("byte order mark", "\ufeff" + EXTERNAL, "Content is not allowed in prolog.", 1, ""),
    Mistake("reference before the root", "&amp;" + EXTERNAL, "Reference is not allowed in prolog.", 1, ""),
    Mistake(
        "no element name",
        "<1/>",
        "The markup in the document preceding the root element must be well-formed.",
        1,
        "",
    ),
    Mistake("text behind the root", EXTERNAL + "\nx", "Content is not allowed in trailing section.", 5, ""),
    Mistake(
        "a second root",
        EXTERNAL + "<a/>",
        "The markup in the document following the root element must be well-formed.",
        4,
        "",
    ),
    Mistake(
        "cut off",
        EXTERNAL[: EXTERNAL.index("</FrameHeight>")],
        "XML document structures must start and end within the same entity.",
        3,
        "/ExternalQuestion/FrameHeight",
    ),
    Mistake(
        "cut off in CDATA",
        HTML[: HTML.index("]]>")],
        "XML document structures must start and end within the same entity.",
        2,
        "/HTMLQuestion/HTMLContent",
    ),
    Mistake(
        "raw <",
        spoil(FORM, "Which?", "x < y"),
        "The content of elements must consist of well-formed character data or markup.",
        43,
        "/QuestionForm/Question/QuestionContent/Text",
    ),
    Mistake(
        "raw & with a space behind",
        spoil(FORM, "&amp;", "&"),
        "The entity name must immediately follow the '&' in the entity reference.",
        13,
        "/QuestionForm/Question/QuestionContent/Text",
    ),
    Mistake(
        "entity of HTML",
        spoil(FORM, "&amp;", "&nbsp;"),
        'The entity "nbsp" was referenced, but not declared.',
        13,
        "/QuestionForm/Question/QuestionContent/Text",
    ),
    Mistake(
        "character reference without end",
        spoil(EXTERNAL, "&amp;", "&#38 "),
        "The character reference must end with the ';' delimiter.",
        2,
        URL,
    ),
    Mistake(
        "character reference without digits",
        spoil(EXTERNAL, "&amp;", "&#x;"),
        'A hexadecimal representation must immediately follow the "&#x" in a character reference.',
        2,
        URL,
    ),
    Mistake(
        "reference to a forbidden character",
        spoil(EXTERNAL, "&amp;", "&#0;"),
        'Character reference "&#0" is an invalid XML character.',
        2,
        URL,
    ),
    Mistake(
        "forbidden character",
        spoil(EXTERNAL, "&amp;", "\x0b"),
        "An invalid XML character (Unicode: 0xb) was found in the element content of the document.",
        2,
        URL,
    ),
    Mistake(
        "forbidden character in an attribute",
        spoil(FORM, 'errorText="digits"', 'errorText="\x00"'),
        'An invalid XML character (Unicode: 0x0) was found in the value of attribute "errorText" and element is '
        '"AnswerFormatRegex".',
        33,
        f"{FREE_TEXT_SO_FAR}/Constraints",
    ),
    Mistake(
        "forbidden character in CDATA",
        spoil(HTML, "<form>", "\ufffe"),
        "An invalid XML character (Unicode: 0xfffe) was found in the CDATA section.",
        2,
        "/HTMLQuestion/HTMLContent",
    ),
    Mistake(
        "end of CDATA without a beginning",
        spoil(EXTERNAL, "&amp;", "]]>"),
        'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.',
        2,
        URL,
    ),
    Mistake(
        "two hyphens in a comment",
        spoil(EXTERNAL, "<FrameHeight>", "<!-- a -- b --><FrameHeight>"),
        'The string "--" is not permitted within comments.',
        3,
        "/ExternalQuestion",
    ),
    Mistake(
        "instruction without a name",
        spoil(EXTERNAL, "<FrameHeight>", "<? x?><FrameHeight>"),
        "The processing instruction must begin with the name of the target.",
        3,
        "/ExternalQuestion",
    ),
    Mistake(
        "XML declaration run together",
        '<?xmlversion="1.0"?>' + EXTERNAL,
        "White space is required between the processing instruction target and data.",
        1,
        "",
    ),
    Mistake(
        "after comments, instructions, references and quotes that are right",
        "<?a?><!-- - -->"
        + spoil(
            spoil(FORM[FORM.index("\n") :], 'errorText="digits"', "errorText='&#9;&#x20;\"&lt;'"),
            "&amp;",
            "<?b c?><!-- d -->&#38;&",
        ),
        "The entity name must immediately follow the '&' in the entity reference.",
        13,
        "/QuestionForm/Question/QuestionContent/Text",
    ),
    Mistake(
        "XML declaration that is not first",
        "\n<?xml version='1.0'?>" + EXTERNAL,
        'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
        2,
        "",
    ),
    Mistake(
        "XML declaration without version",
        "<?xml encoding='UTF-8'?>" + EXTERNAL,
        "The version is required in the XML declaration.",
        1,
        "",
    ),
    Mistake(
        "XML of another version",
        "<?xml version='2.0'?>" + EXTERNAL,
        'XML version "2.0" is not supported, only XML 1.0 is supported.',
        1,
        "",
    ),
    Mistake(
        "attributes run together",
        spoil(FORM, 'minValue="-1" maxValue', 'minValue="-1"maxValue'),
        'Element type "IsNumeric" must be followed by either attribute specifications, ">" or "/>".',
        31,
        f"{FREE_TEXT_SO_FAR}/Constraints",
    ),
    Mistake(
        "attribute without value",
        spoil(FORM, 'flags="i"', "flags"),
        'Attribute name "flags" associated with an element type "AnswerFormatRegex" must be followed by the \' = \' '
        "character.",
        33,
        f"{FREE_TEXT_SO_FAR}/Constraints",
    ),
    Mistake(
        "attribute without quotes",
        spoil(FORM, 'flags="i"', "flags=i"),
        'Open quote is expected for attribute "flags" associated with an  element type  "AnswerFormatRegex".',
        33,
        f"{FREE_TEXT_SO_FAR}/Constraints",
    ),
    Mistake(
        "< in an attribute",
        spoil(FORM, 'flags="i"', 'flags="<"'),
        'The value of attribute "flags" associated with an element type "AnswerFormatRegex" must not contain the \'<\' '
        "character.",
        33,
        f"{FREE_TEXT_SO_FAR}/Constraints",
    ),
    Mistake(
        "attribute given twice",
        spoil(FORM, 'flags="i"', 'flags="i" flags="i"'),
        'Attribute "flags" was already specified for element "AnswerFormatRegex".',
        33,
        f"{FREE_TEXT_SO_FAR}/Constraints",
    ),
    Mistake(
        "element with an unknown prefix",
        spoil(EXTERNAL, "<FrameHeight>600</", "<a:FrameHeight>600</a:"),
        'The prefix "a" for element "a:FrameHeight" is not bound.',
        3,
        "/ExternalQuestion",
    ),
    Mistake(
        "attribute with an unknown prefix",
        spoil(EXTERNAL, "<FrameHeight>", '<FrameHeight a:b="">'),
        'The prefix "a" for attribute "a:b" associated with an element type "FrameHeight" is not bound.',
        3,
        "/ExternalQuestion",
    ),
    Mistake(
        "end tag that is not closed",
        spoil(EXTERNAL, "</ExternalURL>", "</ExternalURL"),
        "The end-tag for element type \"ExternalURL\" must end with a '>' delimiter.",
        3,
        URL,
    ),
    Mistake(
        "prefix without a name",
        spoil(EXTERNAL, "<FrameHeight>", "<a:>"),
        'Element or attribute "a:" do not match QName production: QName::=(NCName:)?NCName.',
        3,
        "/ExternalQuestion",
    ),
]


@pytest.mark.rule("XML-02")
@by_name(WELL_FORMEDNESS)
def test_a_mistake_is_told_as_xerces_tells_it(mistake: Mistake) -> None:
    assert_told(mistake)


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
        # a namespace that is no URI is one for all that
        assume(getattr(error, "code", None) != etree.ErrorTypes.WAR_NS_URI)
        return False
    return True


@given(spoiled())
@example("<a xmlns:p='u'><p:b p:c=''/></a>")
@example("<a b='1' c='2' b='3'/>")
@example("""<a b="it's" c='"so"'/>""")
@example("<a b='&amp;&#65;'/>")
@example("<a b='&nbsp;'/>")
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
