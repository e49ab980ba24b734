"""The service's parser was Xerces: what it said of each typical mistake, word for word, and where the mistake is.

The messages are facts: those of XML-60, and more that the Xerces of a current JDK gave for the same documents.
"""

import re
from typing import NamedTuple

import pytest
from documents.sample_documents import EXTERNAL, FORM, HTML, KEY, LEGACY, spoil

from mturk_sim.documents import DocumentError, namespaces, reading

EVERYTHING = frozenset(
    {
        namespaces.QUESTION_FORM_2005,
        namespaces.QUESTION_FORM_2017,
        namespaces.HTML_QUESTION,
        namespaces.EXTERNAL_QUESTION,
        namespaces.ANSWERS,
        namespaces.ANSWER_KEY,
    }
)
URL = "/ExternalQuestion/ExternalURL"
CONTENT = "/QuestionForm/Question[1]/QuestionContent"
SELECTIONS = "/QuestionForm/Question[2]/AnswerSpecification/SelectionAnswer"
FREE_TEXT = "/QuestionForm/Question[1]/AnswerSpecification/FreeTextAnswer"

FORM_2017 = namespaces.QUESTION_FORM_2017
SHOWN = ("Title", "Text", "List", "FormattedContent", "Binary", "EmbeddedBinary")


class Mistake(NamedTuple):
    name: str
    document: str
    details: str
    line: int
    path: str


def names(namespace: str, *local: str) -> str:
    return "{" + ", ".join(f'"{namespace}":{name}' for name in local) + "}"


TYPICAL = [
    Mistake("not XML at all", "who what?", "Content is not allowed in prolog.", 1, ""),
    Mistake("empty string", "", "Premature end of file.", 1, ""),
    Mistake(
        "raw & in a URL",
        spoil(EXTERNAL, "&amp;b", "&b"),
        "The reference to entity \"b\" must end with the ';' delimiter.",
        2,
        URL,
    ),
    Mistake(
        "wrong end tag",
        spoil(FORM, "how?</Text>", "how?</Txt>"),
        'The element type "Text" must be terminated by the matching end-tag "</Text>".',
        13,
        "/QuestionForm/Question/QuestionContent/Text",
    ),
    Mistake(
        "no namespace",
        spoil(FORM, f' xmlns="{FORM_2017}"', ""),
        "cvc-elt.1.a: Cannot find the declaration of element 'QuestionForm'.",
        2,
        "/QuestionForm",
    ),
    Mistake(
        "wrong namespace",
        spoil(FORM, FORM_2017, f"{FORM_2017}x"),
        "cvc-elt.1.a: Cannot find the declaration of element 'QuestionForm'.",
        2,
        "/QuestionForm",
    ),
    Mistake(
        "namespace that is no URI",
        spoil(EXTERNAL, '.xsd"', '.xsd "'),
        "cvc-elt.1.a: Cannot find the declaration of element 'ExternalQuestion'.",
        1,
        "/ExternalQuestion",
    ),
    Mistake(
        "a prefix that names the namespace without being used",
        spoil(EXTERNAL, "xmlns=", "xmlns:tns="),
        "cvc-elt.1.a: Cannot find the declaration of element 'ExternalQuestion'.",
        1,
        "/ExternalQuestion",
    ),
    Mistake(
        "another root in the namespace",
        EXTERNAL.replace("ExternalQuestion>", "InnerQuestion>").replace("<ExternalQuestion ", "<InnerQuestion "),
        "cvc-elt.1.a: Cannot find the declaration of element 'InnerQuestion'.",
        1,
        "/InnerQuestion",
    ),
    Mistake(
        "missing child",
        spoil(LEGACY, LEGACY[LEGACY.index("<AnswerSpec") : LEGACY.index("</AnswerSpec") + 22], ""),
        "cvc-complex-type.2.4.b: The content of element 'Question' is not complete. One of "
        f"'{names(namespaces.QUESTION_FORM_2005, 'AnswerSpecification')}' is expected.",
        2,
        "/QuestionForm/Question",
    ),
    Mistake(
        "wrong order",
        spoil(FORM, "<QuestionIdentifier>why</QuestionIdentifier>", ""),
        f"cvc-complex-type.2.4.a: Invalid content was found starting with element '{names(FORM_2017, 'DisplayName')}'. "
        f"One of '{names(FORM_2017, 'QuestionIdentifier')}' is expected.",
        10,
        "/QuestionForm/Question[1]/DisplayName",
    ),
    Mistake(
        "unknown child",
        FORM.replace("Title>", "Heading>"),
        f"cvc-complex-type.2.4.a: Invalid content was found starting with element '{names(FORM_2017, 'Heading')}'. One "
        f"of '{names(FORM_2017, *SHOWN)}' is expected.",
        4,
        "/QuestionForm/Overview/Heading",
    ),
    Mistake(
        "unknown child after a good one",
        FORM.replace("List>", "Bullets>"),
        f"cvc-complex-type.2.4.a: Invalid content was found starting with element '{names(FORM_2017, 'Bullets')}'. One "
        f"of '{names(FORM_2017, *SHOWN)}' is expected.",
        5,
        "/QuestionForm/Overview/Bullets",
    ),
    Mistake(
        "one child too many",
        spoil(
            KEY,
            "<ScaleMapping>",
            "<PercentageMapping><MaximumSummedScore>1</MaximumSummedScore></PercentageMapping><ScaleMapping>",
        ),
        "cvc-complex-type.2.4.d: Invalid content was found starting with element 'ScaleMapping'. No child element is "
        "expected at this point.",
        18,
        "/AnswerKey/QualificationValueMapping/ScaleMapping",
    ),
    Mistake(
        "stray text",
        spoil(FORM, "<QuestionContent>", "<QuestionContent>stray"),
        "cvc-complex-type.2.3: Element 'QuestionContent' cannot have character [children], because the type's content "
        "type is element-only.",
        12,
        CONTENT,
    ),
    Mistake(
        "tags in HTMLContent without CDATA",
        spoil(spoil(HTML, "<![CDATA[<!DOCTYPE html>", ""), '<input name="x"></form>]]>', "</form>"),
        "cvc-type.3.1.2: Element 'HTMLContent' is a simple type, so it must have no element information item "
        "[children].",
        2,
        "/HTMLQuestion/HTMLContent",
    ),
    Mistake(
        "bad integer",
        spoil(EXTERNAL, "600", "tall"),
        "cvc-datatype-valid.1.2.1: 'tall' is not a valid value for 'integer'.",
        3,
        "/ExternalQuestion/FrameHeight",
    ),
    Mistake(
        "bad boolean",
        spoil(FORM, "<IsRequired>true", "<IsRequired>yes"),
        "cvc-datatype-valid.1.2.1: 'yes' is not a valid value for 'boolean'.",
        11,
        "/QuestionForm/Question[1]/IsRequired",
    ),
    Mistake(
        "bad enumeration",
        spoil(FORM, "checkbox", "radio"),
        "cvc-enumeration-valid: Value 'radio' is not facet-valid with respect to enumeration '[radiobutton, checkbox, "
        "list, dropdown, combobox, multichooser]'. It must be a value from the enumeration.",
        48,
        f"{SELECTIONS}/StyleSuggestion",
    ),
    Mistake(
        "bad URL scheme",
        spoil(FORM, "https://example.com/a.png", "ftp://x/y"),
        "cvc-pattern-valid: Value 'ftp://x/y' is not facet-valid with respect to pattern '(http|https)://.*' for type "
        "'URLType'.",
        16,
        f"{CONTENT}/Binary/DataURL",
    ),
]

VALIDITY = [
    Mistake(
        "text where nothing may stand",
        spoil(FORM, 'maxValue="9"/>', 'maxValue="9">x</IsNumeric>'),
        "cvc-complex-type.2.1: Element 'IsNumeric' must have no character or element information item [children], "
        "because the type's content type is empty.",
        31,
        f"{FREE_TEXT}/Constraints/IsNumeric",
    ),
    Mistake(
        "stray text around another mistake",
        spoil(spoil(EXTERNAL, "<ExternalURL>", "stray<ExternalURL>"), "600", "tall"),
        "cvc-datatype-valid.1.2.1: 'tall' is not a valid value for 'integer'.",
        3,
        "/ExternalQuestion/FrameHeight",
    ),
    Mistake(
        "unknown attribute",
        spoil(FORM, "<Selection>", '<Selection id="1">'),
        "cvc-complex-type.3.2.2: Attribute 'id' is not allowed to appear in element 'Selection'.",
        50,
        f"{SELECTIONS}/Selections/Selection[1]",
    ),
    Mistake(
        "unknown attribute with a prefix",
        spoil(EXTERNAL, "<ExternalQuestion ", '<ExternalQuestion xmlns:p="urn:x" p:id="1" '),
        "cvc-complex-type.3.2.2: Attribute 'p:id' is not allowed to appear in element 'ExternalQuestion'.",
        1,
        "/ExternalQuestion",
    ),
    Mistake(
        "missing attribute",
        spoil(FORM, ' regex="."', ""),
        "cvc-complex-type.4: Attribute 'regex' must appear on element 'AnswerFormatRegex'.",
        34,
        f"{FREE_TEXT}/Constraints/AnswerFormatRegex[2]",
    ),
    Mistake(
        "attribute of a simple type",
        spoil(EXTERNAL, "<FrameHeight>", '<FrameHeight unit="px">'),
        "cvc-type.3.1.1: Element 'FrameHeight' is a simple type, so it cannot have attributes, excepting those whose "
        "namespace name is identical to 'http://www.w3.org/2001/XMLSchema-instance' and whose [local name] is one of "
        "'type', 'nil', 'schemaLocation' or 'noNamespaceSchemaLocation'. However, the attribute, 'unit' was found.",
        3,
        "/ExternalQuestion/FrameHeight",
    ),
    Mistake(
        "integer with too many digits for 32 bits",
        spoil(KEY, "<AnswerScore>15", "<AnswerScore>2147483648"),
        "cvc-maxInclusive-valid: Value '2147483648' is not facet-valid with respect to maxInclusive '2147483647' for "
        "type 'int'.",
        7,
        "/AnswerKey/Question[1]/AnswerOption[1]/AnswerScore",
    ),
    Mistake(
        "integer below 32 bits",
        spoil(KEY, "<DefaultScore>5", "<DefaultScore>-2147483649"),
        "cvc-minInclusive-valid: Value '-2147483649' is not facet-valid with respect to minInclusive '-2147483648' for "
        "type 'int'.",
        11,
        "/AnswerKey/Question[1]/DefaultScore",
    ),
    Mistake(
        "decimal where an integer is due",
        spoil(KEY, "<AnswerScore>15", "<AnswerScore>1.5"),
        "cvc-datatype-valid.1.2.1: '1.5' is not a valid value for 'integer'.",
        7,
        "/AnswerKey/Question[1]/AnswerOption[1]/AnswerScore",
    ),
    Mistake(
        "bad attribute value",
        spoil(FORM, 'minLength="1"', 'minLength="-1"'),
        "cvc-minInclusive-valid: Value '-1' is not facet-valid with respect to minInclusive '0' for type "
        "'nonNegativeInteger'.",
        32,
        f"{FREE_TEXT}/Constraints/Length",
    ),
    Mistake(
        "zero where a positive number is due",
        spoil(FORM, "<NumberOfLinesSuggestion>2", "<NumberOfLinesSuggestion>0"),
        "cvc-minInclusive-valid: Value '0' is not facet-valid with respect to minInclusive '1' for type "
        "'positiveInteger'.",
        37,
        f"{FREE_TEXT}/NumberOfLinesSuggestion",
    ),
    Mistake(
        "bad double",
        spoil(KEY, "0.5", "half"),
        "cvc-datatype-valid.1.2.1: 'half' is not a valid value for 'double'.",
        18,
        "/AnswerKey/QualificationValueMapping/ScaleMapping/SummedScoreMultiplier",
    ),
]

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
        "/QuestionForm/Question/AnswerSpecification/FreeTextAnswer/Constraints",
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
        "/QuestionForm/Question/AnswerSpecification/FreeTextAnswer/Constraints",
    ),
    Mistake(
        "attribute without value",
        spoil(FORM, 'flags="i"', "flags"),
        'Attribute name "flags" associated with an element type "AnswerFormatRegex" must be followed by the \' = \' '
        "character.",
        33,
        "/QuestionForm/Question/AnswerSpecification/FreeTextAnswer/Constraints",
    ),
    Mistake(
        "attribute without quotes",
        spoil(FORM, 'flags="i"', "flags=i"),
        'Open quote is expected for attribute "flags" associated with an  element type  "AnswerFormatRegex".',
        33,
        "/QuestionForm/Question/AnswerSpecification/FreeTextAnswer/Constraints",
    ),
    Mistake(
        "< in an attribute",
        spoil(FORM, 'flags="i"', 'flags="<"'),
        'The value of attribute "flags" associated with an element type "AnswerFormatRegex" must not contain the \'<\' '
        "character.",
        33,
        "/QuestionForm/Question/AnswerSpecification/FreeTextAnswer/Constraints",
    ),
    Mistake(
        "attribute given twice",
        spoil(FORM, 'flags="i"', 'flags="i" flags="i"'),
        'Attribute "flags" was already specified for element "AnswerFormatRegex".',
        33,
        "/QuestionForm/Question/AnswerSpecification/FreeTextAnswer/Constraints",
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


def refusal(document: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        reading.read(document, EVERYTHING)
    return caught.value


def by_name(mistakes: list[Mistake]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("mistake", [pytest.param(mistake, id=mistake.name) for mistake in mistakes])


@pytest.mark.rule("XML-02", "XML-60")
@by_name(TYPICAL)
def test_a_typical_mistake_is_told_in_the_words_of_the_service(mistake: Mistake) -> None:
    error = refusal(mistake.document)
    assert (error.details, error.kind) == (mistake.details, "xml")


@pytest.mark.rule("XML-02")
@by_name(VALIDITY + WELL_FORMEDNESS)
def test_other_mistakes_are_told_as_xerces_tells_them(mistake: Mistake) -> None:
    error = refusal(mistake.document)
    assert (error.details, error.kind) == (mistake.details, "xml")


@by_name(TYPICAL + VALIDITY + WELL_FORMEDNESS)
def test_the_error_names_the_place(mistake: Mistake) -> None:
    error = refusal(mistake.document)
    assert (error.line, error.path) == (mistake.line, mistake.path)
    assert str(error) == f"{mistake.details} [line {mistake.line}{re.sub('^/', ' /', mistake.path)}]"
