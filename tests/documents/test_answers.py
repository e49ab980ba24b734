"""Answers: the recorded documents, letter for letter, and back again."""

import re
from collections.abc import Sequence
from typing import Any, Literal

import pytest
from documents.sample_documents import ANSWERS, spoil
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.documents import (
    Answer,
    Answers,
    DocumentError,
    Selected,
    UploadedFile,
    answers_document,
    namespaces,
    parse_answers,
    question_answers,
)

Style = Literal["form", "questions"]
STYLES: Sequence[Style] = ["form", "questions"]
FORBIDDEN = [*map(chr, range(9)), "\x0b", "\x0c", *map(chr, range(0x0E, 0x20)), "\ud800", "\udfff", "\ufffe", "\uffff"]

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="".join(FORBIDDEN)), max_size=12)
names = texts.filter(lambda name: name not in ("assignmentId", "hitId"))
values = st.one_of(
    texts,
    st.lists(texts, max_size=3),
    st.builds(Selected, st.lists(texts, max_size=2).map(tuple), texts),
    st.builds(UploadedFile, st.integers(0, 2_000_000_000), texts),
)


@pytest.mark.rule("ASN-35", "ASN-36", "XML-43")
def test_a_form_is_recorded_on_one_line_of_ascii() -> None:
    fields = {"label": "a \"cat\" & 'dog' <b> — 猫", "empty": "", "naïve": "😀"}
    assert answers_document(fields, style="form") == (
        '<?xml version="1.0" encoding="ASCII"?>'
        '<QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/'
        'QuestionFormAnswers.xsd">'
        "<Answer><QuestionIdentifier>label</QuestionIdentifier>"
        "<FreeText>a \"cat\" &amp; 'dog' &lt;b&gt; &#8212; &#29483;</FreeText></Answer>"
        "<Answer><QuestionIdentifier>empty</QuestionIdentifier><FreeText></FreeText></Answer>"
        "<Answer><QuestionIdentifier>na&#239;ve</QuestionIdentifier><FreeText>&#128512;</FreeText></Answer>"
        "</QuestionFormAnswers>"
    )


@pytest.mark.rule("XML-41", "XML-42", "ASN-37")
def test_answers_to_questions_are_recorded_on_lines() -> None:
    answers: dict[str, Any] = {
        "text": 'é "x" <',
        "empty": "",
        "one": ["a"],
        "none": [],
        "other": Selected(("a", "b"), "c"),
        "file": UploadedFile(3, "key"),
    }
    assert answers_document(answers, style="questions") == "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
            f'<QuestionFormAnswers xmlns="{namespaces.ANSWERS}">',
            "<Answer>",
            "<QuestionIdentifier>text</QuestionIdentifier>",
            '<FreeText>é "x" &lt;</FreeText>',
            "</Answer>",
            "<Answer>",
            "<QuestionIdentifier>empty</QuestionIdentifier>",
            "<FreeText/>",
            "</Answer>",
            "<Answer>",
            "<QuestionIdentifier>one</QuestionIdentifier>",
            "<SelectionIdentifier>a</SelectionIdentifier>",
            "</Answer>",
            "<Answer>",
            "<QuestionIdentifier>none</QuestionIdentifier>",
            "</Answer>",
            "<Answer>",
            "<QuestionIdentifier>other</QuestionIdentifier>",
            "<SelectionIdentifier>a</SelectionIdentifier>",
            "<SelectionIdentifier>b</SelectionIdentifier>",
            "<OtherSelectionText>c</OtherSelectionText>",
            "</Answer>",
            "<Answer>",
            "<QuestionIdentifier>file</QuestionIdentifier>",
            "<UploadedFileSizeInBytes>3</UploadedFileSizeInBytes>",
            "<UploadedFileKey>key</UploadedFileKey>",
            "</Answer>",
            "</QuestionFormAnswers>",
        ]
    )


@pytest.mark.rule("XML-40", "XML-41")
def test_a_document_is_read_into_values() -> None:
    assert parse_answers(ANSWERS) == Answers(
        (
            Answer("nothing", Selected()),
            Answer("some", Selected(("a",))),
            Answer("other", Selected(("a", "b"), "c")),
            Answer("text", ""),
            Answer("file", UploadedFile(3, "k")),
        )
    )
    assert question_answers(ANSWERS) == {
        "nothing": [],
        "some": ["a"],
        "other": Selected(("a", "b"), "c"),
        "text": "",
        "file": UploadedFile(3, "k"),
    }


@given(st.dictionaries(names, values, min_size=1, max_size=4))
def test_answers_to_questions_come_back(answers: dict[str, Any]) -> None:
    assert question_answers(answers_document(answers, style="questions")) == answers


@given(st.dictionaries(names, texts, min_size=1, max_size=4))
def test_the_fields_of_a_form_come_back(fields: dict[str, str]) -> None:
    document = answers_document(fields, style="form")
    assert question_answers(document) == fields
    assert list(question_answers(document)) == list(fields)
    assert document.isascii()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("text", ["a\r\nb\rc\n\td", "]]>", "\x85\u2028", " \n "])
def test_no_white_space_is_changed(text: str, style: Style) -> None:
    assert question_answers(answers_document({"q": text}, style=style)) == {"q": text}


@pytest.mark.rule("ASN-34", "XML-43")
def test_assignment_and_hit_are_no_answers() -> None:
    fields = {"assignmentId": "3A", "a": "1", "hitId": "3H", "workerId": "AW", "turkSubmitTo": "t"}
    assert question_answers(answers_document(fields, style="form")) == {"a": "1", "workerId": "AW", "turkSubmitTo": "t"}
    assert question_answers(answers_document({"hitId": "x"}, style="questions")) == {"hitId": "x"}


@pytest.mark.rule("ASN-34", "XML-40")
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("answers", [{}, [], {"assignmentId": "3A"}, {"assignmentId": "3A", "hitId": "3H"}, {"a": []}])
def test_something_must_be_answered(answers: Any, style: Style) -> None:
    if style == "questions" and answers:
        answers_document(answers, style=style)
    else:
        with pytest.raises(ValueError, match="there are no answers"):
            answers_document(answers, style=style)


@pytest.mark.rule("ASN-35")
def test_of_a_repeated_field_one_value_is_kept_in_its_first_place() -> None:
    pairs: list[tuple[str, Any]] = [("a", "1"), ("b", ["2", "3"]), ("a", "4"), ("b", "5"), ("c", [])]
    assert parse_answers(answers_document(pairs, style="form")).answers == (Answer("a", "1"), Answer("b", "2"))


def test_of_two_answers_to_one_question_the_first_is_taken() -> None:
    document = answers_document([("a", "1"), ("a", ["x"])], style="questions")
    assert len(parse_answers(document).answers) == 2
    assert question_answers(document) == {"a": "1"}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("character", FORBIDDEN)
def test_a_character_xml_cannot_carry_is_refused_with_its_place(character: str, style: Style) -> None:
    place = re.escape(f"U+{ord(character):04X} at position 2, which XML 1.0 cannot carry")
    with pytest.raises(ValueError, match=f"^the answer to 'q' has {place}$"):
        answers_document({"p": "fine", "q": f"ab{character}"}, style=style)
    with pytest.raises(ValueError, match=f"^the name of question .* has {place}$"):
        answers_document({f"ab{character}": "fine"}, style=style)


@pytest.mark.parametrize("value", [["ab\0"], Selected(("ab\0",)), Selected((), "ab\0"), UploadedFile(1, "ab\0")])
def test_no_part_of_an_answer_may_have_such_a_character(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^the answer to 'q' has U\+0000 at position 2"):
        answers_document({"q": value}, style="questions")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("value", [5, None, True, b"bytes", ["a", 5], {"a": 1}.items()])
def test_an_answer_that_is_none_is_refused(value: Any, style: Style) -> None:
    with pytest.raises(TypeError, match="for 'q' came"):
        answers_document({"q": value}, style=style)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("answers", [None, 5])
def test_what_are_no_answers_at_all_is_refused(answers: Any, style: Style) -> None:
    with pytest.raises(TypeError, match="answers map question or field names"):
        answers_document(answers, style=style)


@pytest.mark.parametrize("value", [Selected(("a",)), UploadedFile(1, "k")])
def test_a_form_posts_texts_alone(value: Any) -> None:
    with pytest.raises(TypeError, match="the field 'q' of a form"):
        answers_document({"q": value}, style="form")


@pytest.mark.rule("XML-40")
def test_no_answers_are_an_empty_text_but_no_document() -> None:
    assert question_answers("") == {}
    for empty in ("", f'<QuestionFormAnswers xmlns="{namespaces.ANSWERS}"/>'):
        with pytest.raises(DocumentError):
            parse_answers(empty)


@pytest.mark.rule("XML-41", "ASN-37")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<FreeText/>", "<FreeText/><FreeText/>"),
        ("<FreeText/>", "<FreeText/><SelectionIdentifier>a</SelectionIdentifier>"),
        ("<UploadedFileKey>k</UploadedFileKey>", ""),
        ("<UploadedFileSizeInBytes>3", "<UploadedFileSizeInBytes>-3"),
        ("<QuestionIdentifier>text</QuestionIdentifier>", ""),
        ("<OtherSelectionText>c", "<OtherSelectionText>d</OtherSelectionText><OtherSelectionText>c"),
    ],
)
def test_answers_of_no_kind_are_refused(old: str, new: str) -> None:
    with pytest.raises(DocumentError, match="cvc-"):
        parse_answers(spoil(ANSWERS, old, new))


@pytest.mark.rule("XML-24", "ASN-37")
def test_answers_need_not_keep_to_what_the_form_asks_for() -> None:
    answers: dict[str, Any] = {"why": "no number", "which": ["z", "z"], "never asked": "x"}
    assert question_answers(answers_document(answers, style="questions")) == answers


def test_long_answers_are_recorded_and_read_up_to_a_bound() -> None:
    essay = "猫" * 100_000
    assert question_answers(answers_document({"q": essay}, style="form")) == {"q": essay}
    with pytest.raises(ValueError, match="longer than 999999 bytes"):
        answers_document({"q": "x" * 999_999}, style="form")
