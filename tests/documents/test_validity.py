"""Documents that break their schema are told so in Xerces' words."""

from types import SimpleNamespace

import pytest
from documents.mistakes import FREE_TEXT, SELECTIONS, Mistake, assert_told, by_name
from documents.sample_documents import EXTERNAL, FORM, KEY, spoil
from lxml import etree

from mturk_sim.documents.validity import describe

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


@pytest.mark.rule("XML-02")
@by_name(VALIDITY)
def test_a_mistake_is_told_as_xerces_tells_it(mistake: Mistake) -> None:
    assert_told(mistake)


def test_a_number_that_some_releases_of_libxml2_find_too_long_breaks_no_bound() -> None:
    message = "Element 'Lines': '9…' is not a valid value of the atomic type 'xs:positiveInteger'."
    complaint = SimpleNamespace(type_name="SCHEMAV_CVC_DATATYPE_VALID_1_2_1", message=message, path=None)
    lines = etree.Element("Lines")
    lines.text = "9" * 25

    assert describe(complaint, lines) == f"cvc-datatype-valid.1.2.1: '{lines.text}' is not a valid value for 'integer'."


def test_an_attribute_that_libxml2_does_not_name_is_left_open() -> None:
    complaint = SimpleNamespace(type_name="SCHEMAV_CVC_COMPLEX_TYPE_4", message="something is missing", path=None)

    assert describe(complaint, etree.Element("Length")) == (
        "cvc-complex-type.4: Attribute '' must appear on element 'Length'."
    )
