"""Building: what is built is valid and is read back as the values it was built from."""

from decimal import Decimal

import pytest
from documents.sample_documents import FORM, HTML, LEGACY
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.documents import (
    AnswerFormat,
    AnswerKey,
    AnswerOption,
    Binary,
    BulletedList,
    DocumentError,
    EmbeddedBinary,
    ExternalQuestion,
    FileUploadAnswer,
    Flash,
    FormattedContent,
    FreeTextAnswer,
    HTMLQuestion,
    JavaApplet,
    KeyQuestion,
    Length,
    Numeric,
    Overview,
    PercentageMapping,
    Question,
    QuestionForm,
    RangeMapping,
    ScaleMapping,
    ScoreRange,
    Selection,
    SelectionAnswer,
    Text,
    Title,
    answer_key_document,
    external_question_document,
    html_question_document,
    namespaces,
    parse_answer_key,
    parse_question,
    question_form_document,
)

CARRIED = st.characters(
    exclude_categories=["Cs"],
    exclude_characters="".join(chr(c) for c in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)),
)
texts = st.text(CARRIED | st.sampled_from("<>&\"'\r\n\t]"), max_size=10)
ints = st.integers(-(2**31), 2**31 - 1)
sizes = st.sampled_from(["1", "100%", ""])
urls = st.builds(lambda path: f"https://example.com/{path}", st.text("abé/?&=;#%<\"' ", max_size=8))
parameters = st.lists(st.tuples(texts, texts), max_size=2).map(tuple)
formatted = st.builds(FormattedContent, st.sampled_from(["", "a &amp; b]]&gt;", "<p>\r\n<b>x</b></p>", "é<br/>"]))
binaries = st.builds(
    Binary, st.sampled_from(["image", "audio", "video"]), urls, texts, st.none() | st.sampled_from(["png", ""])
)
shown = st.one_of(
    st.builds(Title, texts),
    st.builds(Text, texts),
    st.builds(BulletedList, st.lists(texts, min_size=1, max_size=3).map(tuple)),
    formatted,
    binaries,
    st.builds(EmbeddedBinary, texts, texts, urls, texts, sizes, sizes, parameters),
)
retired = st.one_of(
    st.builds(JavaApplet, urls, texts, sizes, sizes, parameters), st.builds(Flash, urls, sizes, sizes, parameters)
)
free_texts = st.builds(
    FreeTextAnswer,
    st.none() | st.builds(Numeric, st.none() | ints, st.none() | ints),
    st.none() | st.builds(Length, st.none() | st.integers(0, 99), st.none() | st.integers(1, 99)),
    st.lists(st.builds(AnswerFormat, texts) | st.builds(AnswerFormat, texts, texts, texts), max_size=2).map(tuple),
    st.none() | texts,
    st.none() | st.integers(1, 99),
)
selections = st.builds(Selection, texts, st.builds(Text, texts) | formatted | binaries)
selection_answers = st.builds(
    SelectionAnswer,
    st.lists(selections, min_size=1, max_size=3).map(tuple),
    st.integers(0, 3),
    st.integers(1, 3),
    st.none() | st.sampled_from(["radiobutton", "checkbox", "list", "dropdown", "combobox", "multichooser"]),
    st.none() | free_texts,
)
uploads = st.builds(FileUploadAnswer, st.integers(1, 2_000_000_000), st.integers(1, 2_000_000_000))


def forms(content: st.SearchStrategy[object], answers: st.SearchStrategy[object]) -> st.SearchStrategy[QuestionForm]:
    contents = st.lists(content, min_size=1, max_size=3).map(tuple)
    questions = st.builds(Question, texts, contents, answers, st.none() | texts, st.booleans())
    items = st.lists(st.builds(Overview, contents) | questions, min_size=1, max_size=3)
    return st.builds(QuestionForm, items.map(tuple))


keys = st.builds(
    AnswerKey,
    st.lists(
        st.builds(
            KeyQuestion,
            texts,
            st.lists(
                st.builds(AnswerOption, st.lists(texts, min_size=1, max_size=2).map(tuple), ints),
                min_size=1,
                max_size=2,
            ).map(tuple),
            ints,
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
    st.one_of(
        st.none(),
        st.builds(PercentageMapping, ints.filter(bool)),
        st.builds(ScaleMapping, st.floats(allow_nan=False, allow_infinity=False).map(lambda x: Decimal(str(x)))),
        st.builds(RangeMapping, st.lists(st.builds(ScoreRange, ints, ints, ints), min_size=1).map(tuple), ints),
    ),
)


@given(forms(shown, free_texts | selection_answers))
def test_a_form_is_read_back_as_it_was_built(form: QuestionForm) -> None:
    document = question_form_document(form)
    assert parse_question(document) == form
    assert namespaces.QUESTION_FORM_2017 in document


@pytest.mark.rule("XML-17")
@given(forms(shown | retired, free_texts | uploads))
def test_a_form_with_retired_parts_is_one_of_2005(form: QuestionForm) -> None:
    document = question_form_document(form)
    assert parse_question(document, legacy_file_upload=True) == form
    contents = [content for item in form.items for content in item.content]
    old = any(isinstance(content, JavaApplet | Flash) for content in contents) or any(
        isinstance(question.answer, FileUploadAnswer) for question in form.questions
    )
    assert (namespaces.QUESTION_FORM_2005 in document) is old


@pytest.mark.parametrize("document", [FORM, LEGACY])
def test_a_parsed_form_can_be_built_again(document: str) -> None:
    form = parse_question(document, legacy_file_upload=True)
    assert isinstance(form, QuestionForm)
    assert parse_question(question_form_document(form), legacy_file_upload=True) == form


@pytest.mark.rule("XML-49")
@given(st.text(CARRIED | st.sampled_from("]]><!\r\n"), max_size=30), st.integers(-(10**6), 10**6))
def test_a_page_is_read_back_as_it_was_built(html: str, frame_height: int) -> None:
    assert parse_question(html_question_document(html, frame_height)) == HTMLQuestion(html, frame_height)


@pytest.mark.rule("XML-49")
def test_a_page_stands_in_cdata() -> None:
    page = '<!DOCTYPE html><form><input name="x"></form>'
    assert f"<HTMLContent><![CDATA[{page}]]></HTMLContent>" in html_question_document(page)
    assert parse_question(HTML) == parse_question(html_question_document(page, 0))


@pytest.mark.rule("XML-45", "XML-48")
@given(st.text("abé/?&=;<>\"'[]{}$+", max_size=12), st.integers(-(10**6), 10**6))
def test_an_address_is_read_back_as_it_was_built(path: str, frame_height: int) -> None:
    url = f"https://example.com/{path}"
    assert parse_question(external_question_document(url, frame_height)) == ExternalQuestion(url, frame_height)


@pytest.mark.rule("XML-48")
def test_an_ampersand_in_an_address_is_escaped() -> None:
    assert "<ExternalURL>https://e.com/?a=1&amp;b=2</ExternalURL>" in external_question_document(
        "https://e.com/?a=1&b=2"
    )


@pytest.mark.rule("XML-30")
@given(keys)
def test_a_key_is_read_back_as_it_was_built(key: AnswerKey) -> None:
    assert parse_answer_key(answer_key_document(key)) == key


def test_values_that_make_no_valid_document_are_refused() -> None:
    question = Question("q", (Text("?"),), FreeTextAnswer())
    key = KeyQuestion("q", (AnswerOption(("a",), 1),))
    with pytest.raises(DocumentError, match="is not complete"):
        question_form_document(QuestionForm(()))
    with pytest.raises(DocumentError, match="is not complete"):
        question_form_document(QuestionForm((question, Overview(()))))
    with pytest.raises(DocumentError, match="An invalid XML character"):
        question_form_document(QuestionForm((Question("\0", question.content, question.answer),)))
    with pytest.raises(DocumentError) as caught:
        question_form_document(QuestionForm((Overview((FormattedContent("<div/>"),)),)))
    assert caught.value.kind == "xhtml"
    with pytest.raises(DocumentError, match="longer than 65535 bytes"):
        html_question_document("x" * 65_535)
    with pytest.raises(DocumentError, match="An invalid XML character"):
        html_question_document("\x1b")
    with pytest.raises(DocumentError, match="anyURI"):
        external_question_document("https://e.com/100%")
    with pytest.raises(DocumentError, match="must not be 0"):
        answer_key_document(AnswerKey((key,), PercentageMapping(0)))
    with pytest.raises(DocumentError, match="'Infinity' is not a valid value for 'double'"):
        answer_key_document(AnswerKey((key,), ScaleMapping(Decimal("inf"))))
    with pytest.raises(DocumentError, match="maxInclusive"):
        answer_key_document(AnswerKey((KeyQuestion("q", (AnswerOption(("a",), 2**31),)),)))
