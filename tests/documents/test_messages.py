"""What the service's parser said of each typical mistake, word for word, and where the mistake is."""

import pytest
from documents.mistakes import CONTENT, SELECTIONS, URL, Mistake, assert_told, by_name
from documents.sample_documents import EXTERNAL, FORM, HTML, KEY, LEGACY, spoil

from mturk_sim.documents import namespaces

FORM_2017 = namespaces.QUESTION_FORM_2017
SHOWN = ("Title", "Text", "List", "FormattedContent", "Binary", "EmbeddedBinary")


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


@pytest.mark.rule("XML-02", "XML-60")
@by_name(TYPICAL)
def test_a_typical_mistake_is_told_in_the_words_of_the_service(mistake: Mistake) -> None:
    assert_told(mistake)
