"""Questions of HITs and tests of Qualification types: which documents each may be."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from documents.sample_documents import ANSWERS, EXTERNAL, FORM, HTML, LEGACY, spoil

from mturk_sim.documents import (
    DocumentError,
    ExternalQuestion,
    HTMLQuestion,
    QuestionForm,
    parse_answers,
    parse_question,
    parse_test,
)


@pytest.mark.rule("XML-45", "XML-48", "ASN-30")
def test_an_external_question_is_an_address_and_a_height() -> None:
    assert parse_question(EXTERNAL) == ExternalQuestion("https://example.com/?a=1&b=2", 600)


@pytest.mark.rule("XML-45", "XML-46")
@pytest.mark.parametrize(
    ("url", "height", "question"),
    [
        ("http://example.com", "0", ExternalQuestion("http://example.com", 0)),
        ("\n  https://example.com/\t", " +7 ", ExternalQuestion("https://example.com/", 7)),
        ("https://example.com/?items[]=1", "-5", ExternalQuestion("https://example.com/?items[]=1", -5)),
        ("", "123456789012345", ExternalQuestion("", 123456789012345)),
    ],
)
def test_the_schema_takes_any_uri_and_any_integer(url: str, height: str, question: ExternalQuestion) -> None:
    document = spoil(EXTERNAL, "https://example.com/?a=1&amp;b=2", url).replace("600", height)
    assert parse_question(document) == question


@pytest.mark.parametrize(
    ("parse", "document", "old"),
    [
        (parse_question, EXTERNAL, "600"),
        (parse_question, FORM, 'minLength="1'),
        (parse_question, FORM, "<NumberOfLinesSuggestion>2"),
        (parse_question, FORM, "<MinSelectionCount>0"),
        (parse_answers, ANSWERS, "<UploadedFileSizeInBytes>3"),
    ],
)
@pytest.mark.parametrize("digits", [25, 5000])
def test_numbers_have_up_to_24_digits(parse: Callable[[str], object], document: str, old: str, digits: int) -> None:
    parse(spoil(document, old, old + "9" * 20))
    with pytest.raises(
        DocumentError, match=r"^cvc-datatype-valid\.1\.2\.1: '[0-9]+' is not a valid value for 'integer'"
    ):
        parse(spoil(document, old, old + "9" * digits))


@pytest.mark.rule("XML-45")
@pytest.mark.parametrize("url", ["https://example.com/100%", "https://example.com/%zz", "https://example.com/#a#b"])
def test_what_is_no_uri_is_refused(url: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_question(spoil(EXTERNAL, "https://example.com/?a=1&amp;b=2", url))
    assert caught.value.details == f"cvc-datatype-valid.1.2.1: '{url}' is not a valid value for 'anyURI'."


@pytest.mark.rule("XML-49", "ASN-30")
def test_an_html_question_is_a_page_and_a_height() -> None:
    assert parse_question(HTML) == HTMLQuestion('<!DOCTYPE html><form><input name="x"></form>', 0)


@pytest.mark.rule("XML-49", "XML-50")
@pytest.mark.parametrize("page", ["", "<p>unclosed", "no form, no script", "&lt;p&gt;"])
def test_the_page_itself_is_not_checked(page: str) -> None:
    document = spoil(HTML, HTML[HTML.index("<![CDATA[") : HTML.index("]]>") + 3], f"<![CDATA[{page}]]>")
    assert parse_question(document) == HTMLQuestion(page, 0)


def test_a_question_is_parsed_once() -> None:
    assert parse_question(FORM) is parse_question("".join(FORM.splitlines(keepends=True)))


@pytest.mark.rule("QTY-29")
def test_a_test_is_a_form() -> None:
    assert isinstance(parse_test(FORM), QuestionForm)
    assert parse_test(FORM.replace("2017-11-06", "2005-10-01")) == parse_test(FORM)


@pytest.mark.rule("QTY-29", "XML-23")
@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        (EXTERNAL, "Cannot find the declaration of element 'ExternalQuestion'"),
        (HTML, "Cannot find the declaration of element 'HTMLQuestion'"),
        (LEGACY[: LEGACY.index("<Application>")] + "<Text/>" + LEGACY[LEGACY.index("</QuestionC") :], "FileUpload"),
    ],
)
def test_a_test_is_no_page_and_asks_for_no_file(document: str, complaint: str) -> None:
    with pytest.raises(DocumentError, match=complaint):
        parse_test(document)


def test_importing_the_package_does_not_load_the_parser() -> None:
    code = "import sys, mturk_sim.documents; print('lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
