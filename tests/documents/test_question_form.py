"""QuestionForms: every part of a document becomes a part of the value."""

import pytest
from documents.sample_documents import FORM, LEGACY, spoil

from mturk_sim.documents import (
    AnswerFormat,
    Binary,
    BulletedList,
    DocumentError,
    EmbeddedBinary,
    FileUploadAnswer,
    Flash,
    FormattedContent,
    FreeTextAnswer,
    JavaApplet,
    Length,
    Numeric,
    Overview,
    Question,
    QuestionForm,
    Selection,
    SelectionAnswer,
    Text,
    Title,
    parse_question,
)


def form(document: str) -> QuestionForm:
    parsed = parse_question(document)
    assert isinstance(parsed, QuestionForm)
    return parsed


@pytest.mark.rule("XML-10", "XML-11", "XML-13", "XML-14", "XML-15", "XML-18", "XML-19", "XML-20", "XML-21")
def test_a_form_is_read_with_all_its_parts() -> None:
    assert form(FORM) == QuestionForm(
        (
            Overview(
                (
                    Title("Survey"),
                    BulletedList(("one", "two")),
                    FormattedContent("<p>Some <b>bold</b> words</p>"),
                )
            ),
            Question(
                id="why",
                display_name="Q1",
                required=True,
                content=(
                    Text("Why & how?"),
                    Binary("image", "https://example.com/a.png", "a", "png"),
                    EmbeddedBinary(
                        "application", "pdf", "http://example.com/a.pdf", "", "320", "200", (("page", "2"),)
                    ),
                ),
                answer=FreeTextAnswer(
                    numeric=Numeric(-1, 9),
                    length=Length(1, 3),
                    formats=(
                        AnswerFormat("^[0-9]+$", "digits", "i"),
                        AnswerFormat(".", "Invalid input supplied.", None),
                    ),
                    default_text="4",
                    lines=2,
                ),
            ),
            Question(
                id="which",
                content=(Text("Which?"),),
                answer=SelectionAnswer(
                    selections=(Selection("a", Text("A")), Selection("b", FormattedContent("<i>B</i>"))),
                    min_count=0,
                    max_count=2,
                    style="checkbox",
                    other=FreeTextAnswer(default_text="else"),
                ),
            ),
        )
    )


@pytest.mark.rule("XML-16", "XML-17", "XML-23", "C38")
def test_retired_parts_are_read_from_an_old_form_if_that_is_asked_for() -> None:
    with pytest.raises(DocumentError, match=r"cvc-complex-type\.2\.4\.a: .*:Application"):
        parse_question(LEGACY)
    parsed = parse_question(LEGACY, legacy_file_upload=True)
    assert isinstance(parsed, QuestionForm)
    assert parsed.question("file") == Question(
        "file",
        (
            JavaApplet("http://example.com/", "a.class", "1", "2", (("n", "v"),)),
            Flash("https://example.com/a.swf", "3", "4"),
        ),
        FileUploadAnswer(2_000_000_000, 1),
    )


@pytest.mark.rule("XML-17", "C38")
def test_a_form_of_2017_never_has_retired_parts() -> None:
    with pytest.raises(DocumentError):
        parse_question(LEGACY.replace("2005-10-01", "2017-11-06"), legacy_file_upload=True)


@pytest.mark.rule("XML-17", "C38")
def test_a_form_of_2005_without_retired_parts_is_as_good_as_one_of_2017() -> None:
    assert form(FORM.replace("2017-11-06", "2005-10-01")) == form(FORM)


@pytest.mark.rule("XML-23")
@pytest.mark.parametrize(("largest", "smallest"), [("2000000001", "1"), ("0", "1"), ("10", "0")])
def test_file_sizes_have_bounds(largest: str, smallest: str) -> None:
    document = spoil(LEGACY, "2000000000", largest)
    document = spoil(document, "<MinFileSizeInBytes>1", f"<MinFileSizeInBytes>{smallest}")
    with pytest.raises(DocumentError):
        parse_question(document, legacy_file_upload=True)


@pytest.mark.rule("XML-10")
def test_an_overview_alone_is_a_form_and_nothing_is_none() -> None:
    start, end = FORM.index("<Question>"), FORM.rindex("</Question>") + len("</Question>")
    overview = FORM[:start] + FORM[end:]
    assert form(overview).questions == ()
    with pytest.raises(DocumentError, match=r"cvc-complex-type\.2\.4\.b"):
        parse_question(overview[: overview.index("<Overview>")] + "</QuestionForm>")


@pytest.mark.rule("XML-12")
def test_two_questions_may_have_one_id() -> None:
    twice = form(spoil(FORM, "Identifier>which<", "Identifier>why<"))
    assert [question.id for question in twice.questions] == ["why", "why"]
    assert twice.question("why").display_name == "Q1"


def test_a_question_is_found_by_its_id() -> None:
    assert form(FORM).question("which") is form(FORM).questions[1]
    with pytest.raises(KeyError):
        form(FORM).question("when")


@pytest.mark.rule("XML-11")
@pytest.mark.parametrize(
    ("written", "required"), [("true", True), ("1", True), (" true\n", True), ("false", False), ("0", False)]
)
def test_a_boolean_is_a_word_or_a_digit(written: str, required: bool) -> None:
    assert form(spoil(FORM, "<IsRequired>true", f"<IsRequired>{written}")).questions[0].required is required


@pytest.mark.rule("XML-20")
@pytest.mark.parametrize(
    ("required", "length", "insists"),
    [
        (False, None, False),
        (True, None, True),
        (False, Length(0, 5), False),
        (False, Length(None, 5), False),
        (False, Length(1), True),
    ],
)
def test_a_least_length_makes_an_answer_necessary(required: bool, length: Length | None, insists: bool) -> None:
    question = Question("q", (Text("?"),), FreeTextAnswer(length=length), required=required)
    assert question.must_be_answered is insists


@pytest.mark.rule("XML-21")
def test_one_selection_is_asked_for_by_default() -> None:
    document = spoil(FORM, "<MinSelectionCount>0</MinSelectionCount>", "")
    document = spoil(document, "<MaxSelectionCount>2</MaxSelectionCount>", "")
    answer = form(document).questions[1].answer
    assert isinstance(answer, SelectionAnswer)
    assert (answer.min_count, answer.max_count) == (1, 1)


@pytest.mark.rule("XML-22")
@pytest.mark.parametrize("style", ["radiobutton", "checkbox", "list", "dropdown", "combobox", "multichooser"])
def test_any_style_is_taken_whatever_the_counts(style: str) -> None:
    answer = form(spoil(FORM, "checkbox", style)).questions[1].answer
    assert isinstance(answer, SelectionAnswer)
    assert answer.style == style


@pytest.mark.rule("XML-13", "XML-14", "XML-15", "XML-18", "XML-19", "XML-21")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(">image<", ">text<", id="medium that is none"),
        pytest.param("https://example.com/a.png", "data:image/png;base64,AA==", id="picture that is not on the web"),
        pytest.param("<SubType>pdf</SubType>", "", id="embedded without subtype"),
        pytest.param("<AltText>a</AltText>", "", id="picture without text"),
        pytest.param("<QuestionContent><Text>Which?</Text></QuestionContent>", "<QuestionContent/>", id="no content"),
        pytest.param("<ListItem>one</ListItem><ListItem>two</ListItem>", "", id="empty list"),
        pytest.param("</FreeTextAnswer>", "</FreeTextAnswer><FreeTextAnswer/>", id="two specifications"),
        pytest.param('maxLength="3"', 'maxLength="0"', id="greatest length 0"),
        pytest.param('minValue="-1"', 'minValue="0.5"', id="bound that is no integer"),
        pytest.param("<SelectionIdentifier>a</SelectionIdentifier>", "", id="selection without id"),
        pytest.param("<Text>A</Text>", "<Title>A</Title>", id="selection with a title"),
        pytest.param("<MaxSelectionCount>2", "<MaxSelectionCount>0", id="at most no selection"),
    ],
)
def test_what_the_schema_does_not_have_is_refused(old: str, new: str) -> None:
    with pytest.raises(DocumentError, match="cvc-"):
        parse_question(spoil(FORM, old, new))
