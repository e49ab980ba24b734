"""Answer keys: what a document says, and which keys could not score their test."""

from decimal import Decimal

import pytest
from documents.sample_documents import FORM, KEY, spoil

from mturk_sim.documents import (
    AnswerKey,
    AnswerOption,
    DocumentError,
    FileUploadAnswer,
    FreeTextAnswer,
    KeyQuestion,
    PercentageMapping,
    Question,
    QuestionForm,
    RangeMapping,
    ScaleMapping,
    ScoreRange,
    Selection,
    SelectionAnswer,
    Text,
    parse_answer_key,
    parse_test,
)

SCALE = KEY[KEY.index("<ScaleMapping>") : KEY.index("</ScaleMapping>") + len("</ScaleMapping>")]
MAPPING = KEY[KEY.index("<QualificationValueMapping>") : KEY.index("</AnswerKey>")]
PERCENTAGE = "<PercentageMapping><MaximumSummedScore>{}</MaximumSummedScore></PercentageMapping>"
RANGE = (
    "<SummedScoreRange><InclusiveLowerBound>{}</InclusiveLowerBound><InclusiveUpperBound>{}</InclusiveUpperBound>"
    "<QualificationValue>{}</QualificationValue></SummedScoreRange>"
)
OTHERWISE = "<OutOfRangeQualificationValue>9</OutOfRangeQualificationValue>"


def choice(question: str, selections: str, other: FreeTextAnswer | None = None) -> Question:
    shown = tuple(Selection(selection, Text(selection)) for selection in selections)
    return Question(question, (Text("?"),), SelectionAnswer(shown, max_count=len(shown), other=other))


TEST = QuestionForm((choice("q1", "abc"), choice("q2", "de")))


@pytest.mark.rule("XML-30", "XML-31", "XML-32", "XML-33")
def test_a_key_is_read_with_all_its_parts() -> None:
    assert parse_answer_key(KEY) == AnswerKey(
        (
            KeyQuestion(
                "q1",
                (AnswerOption(("a", "b"), 15), AnswerOption(("a",), 10), AnswerOption(("b",), 10)),
                default_score=5,
            ),
            KeyQuestion("q2", (AnswerOption(("d",), 10),)),
        ),
        ScaleMapping(Decimal("0.5")),
    )


@pytest.mark.rule("XML-33", "XML-34", "XML-35")
@pytest.mark.parametrize(
    ("written", "mapping"),
    [
        (PERCENTAGE.format(25), PercentageMapping(25)),
        (PERCENTAGE.format(-2147483648), PercentageMapping(-2147483648)),
        (
            f"<RangeMapping>{RANGE.format(5, 10, 1)}{RANGE.format(9, -3, -2)}{OTHERWISE}</RangeMapping>",
            RangeMapping((ScoreRange(5, 10, 1), ScoreRange(9, -3, -2)), 9),
        ),
        (SCALE.replace("0.5", " -1.25E2 "), ScaleMapping(Decimal(-125))),
        (SCALE.replace("0.5", "1e-999999999"), ScaleMapping(Decimal(0))),
    ],
)
def test_each_mapping_is_read(written: str, mapping: object) -> None:
    assert parse_answer_key(spoil(KEY, SCALE, written)).mapping == mapping


@pytest.mark.rule("XML-37")
def test_a_key_needs_no_mapping() -> None:
    assert parse_answer_key(spoil(KEY, MAPPING, "")).mapping is None


@pytest.mark.rule("XML-30", "XML-31", "XML-32", "XML-33", "XML-34")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("<SelectionIdentifier>d</SelectionIdentifier>", "", id="option without selection"),
        pytest.param("<AnswerScore>15", "<AnswerScore>1.5", id="score that is no integer"),
        pytest.param("<DefaultScore>5", "<DefaultScore>five", id="default that is no number"),
        pytest.param(SCALE, "", id="mapping of no kind"),
        pytest.param(SCALE, SCALE + PERCENTAGE.format(1), id="two mappings"),
        pytest.param(SCALE, f"<RangeMapping>{RANGE.format(1, 2, 3)}</RangeMapping>", id="no value out of range"),
        pytest.param(SCALE, f"<RangeMapping>{OTHERWISE}</RangeMapping>", id="no range"),
        pytest.param("</Question>", f"{MAPPING}</Question>", id="mapping inside a question"),
        pytest.param(SCALE, PERCENTAGE.format("2.5"), id="maximum that is no integer"),
    ],
)
def test_what_the_schema_does_not_have_is_refused(old: str, new: str) -> None:
    with pytest.raises(DocumentError, match="cvc-"):
        parse_answer_key(spoil(KEY, old, new))


@pytest.mark.rule("C28", "XML-34")
@pytest.mark.parametrize("zero", ["0", "-0", "+00"])
def test_a_percentage_of_nothing_is_refused(zero: str) -> None:
    with pytest.raises(DocumentError, match="MaximumSummedScore must not be 0") as caught:
        parse_answer_key(spoil(KEY, SCALE, PERCENTAGE.format(zero)))
    assert caught.value.kind == "xml"
    assert caught.value.line == 18
    assert caught.value.path == "/AnswerKey/QualificationValueMapping/PercentageMapping/MaximumSummedScore"


@pytest.mark.parametrize("number", ["INF", "-INF", "NaN", "1e400"])
def test_a_multiplier_must_be_finite(number: str) -> None:
    with pytest.raises(DocumentError, match=f"SummedScoreMultiplier must be a finite number, not {number}"):
        parse_answer_key(spoil(KEY, "0.5", number))


@pytest.mark.rule("C29", "QTY-30", "XML-36")
def test_a_key_that_fits_its_test_is_taken() -> None:
    assert parse_answer_key(KEY, TEST) == parse_answer_key(KEY)
    parse_answer_key(KEY, QuestionForm((*TEST.items, choice("not scored", "x"))))


@pytest.mark.rule("C29", "QTY-30", "XML-36")
@pytest.mark.parametrize(
    ("test", "complaint", "path"),
    [
        pytest.param(
            QuestionForm((choice("q2", "de"),)),
            "The test has no question 'q1', which the AnswerKey scores.",
            "/AnswerKey/Question[1]",
            id="question that is not in the test",
        ),
        pytest.param(
            QuestionForm((choice("q1", "abc"), choice("q2", "e"))),
            "Question 'q2' of the test has no selection 'd', which the AnswerKey scores.",
            "/AnswerKey/Question[2]",
            id="selection that is not in the test",
        ),
        pytest.param(
            QuestionForm((*TEST.items, Question("why", (Text("?"),), FreeTextAnswer()))),
            "A test with an AnswerKey may have no FreeTextAnswer, as question 'why' has.",
            "/QuestionForm/Question[3]",
            id="free text",
        ),
        pytest.param(
            QuestionForm((choice("q1", "abc", FreeTextAnswer()), choice("q2", "de"))),
            "A test with an AnswerKey may have no OtherSelection, as question 'q1' has.",
            "/QuestionForm/Question[1]",
            id="other selection",
        ),
        pytest.param(
            QuestionForm((Question("file", (Text("?"),), FileUploadAnswer(2, 1)),)),
            "A test with an AnswerKey may have no FileUploadAnswer, as question 'file' has.",
            "/QuestionForm/Question",
            id="file upload",
        ),
    ],
)
def test_a_key_that_does_not_fit_its_test_is_refused(test: QuestionForm, complaint: str, path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_answer_key(KEY, test)
    assert (caught.value.details, caught.value.kind, caught.value.path) == (complaint, "xml", path)


def test_the_sample_form_is_no_test_for_a_key() -> None:
    with pytest.raises(DocumentError, match="FreeTextAnswer, as question 'why' has"):
        parse_answer_key(KEY, parse_test(FORM))
