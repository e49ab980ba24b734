"""FormattedContent: its XHTML is held to a schema of its own, in a second stage."""

from collections.abc import Callable

import pytest
from documents.sample_documents import FORM, spoil

from mturk_sim.documents import DocumentError, parse_question, parse_test
from mturk_sim.documents.formatted import check_xhtml

SAMPLE = "<p>Some <b>bold</b> words</p>"
INLINE = ["a", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "q", "s", "small", "strike", "strong"]
OTHERS = ["sub", "sup", "u", "blockquote", "center", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"]
FOREIGN = ["script", "style", "div", "span", "form", "input", "select", "iframe", "object", "html", "body", "B", "P"]


def refusal(xhtml: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        check_xhtml(xhtml)
    assert caught.value.kind == "xhtml"
    return caught.value


@pytest.mark.rule("XML-56")
@pytest.mark.parametrize("name", INLINE + OTHERS)
def test_elements_with_text_are_allowed(name: str) -> None:
    check_xhtml(f"a <{name}>b</{name}> c")


@pytest.mark.rule("XML-56", "XML-59")
@pytest.mark.parametrize(
    "xhtml",
    [
        "",
        "plain &amp; simple",
        "a<br/>b<hr/>",
        "<ul><li>a</li><li><p>b</p></li></ul><ol><li/></ol>",
        "<dl><dt>a</dt><dd><p>b</p></dd></dl>",
        "<table><col/><thead><tr><th>a</th></tr></thead><tfoot><tr><td/></tr></tfoot>"
        "<tbody><tr><td>b</td></tr></tbody></table>",
        "<table><colgroup><col/></colgroup><tr><td colspan='2'>b</td></tr></table>",
        "<img src='https://example.com/a.png' alt='a'/>",
        "<map id='m' name='m'><area alt='a' href='http://example.com/'/></map>",
        "<p title='t' lang='en' dir='rtl'>a</p>",
        "<br title='t'/>",
    ],
)
def test_what_the_subset_has_is_allowed(xhtml: str) -> None:
    check_xhtml(xhtml)


@pytest.mark.rule("XML-57")
@pytest.mark.parametrize("name", FOREIGN)
def test_other_elements_are_refused(name: str) -> None:
    details = refusal(f"<{name}/>").details
    assert details.startswith("cvc-complex-type.2.4.a: Invalid content was found starting with element")
    assert details.endswith(", …}' is expected.")  # not all that could stand here are told


@pytest.mark.rule("XML-57", "XML-59")
@pytest.mark.parametrize(
    ("xhtml", "complaint"),
    [
        ("<p class='x'>a</p>", "Attribute 'class' is not allowed to appear in element 'p'"),
        ("<p style='x'>a</p>", "Attribute 'style' is not allowed to appear in element 'p'"),
        ("<p id='x'>a</p>", "Attribute 'id' is not allowed to appear in element 'p'"),
        ("<b onclick='x'>a</b>", "Attribute 'onclick' is not allowed to appear in element 'b'"),
        ("<br dir='ltr'/>", "Attribute 'dir' is not allowed to appear in element 'br'"),
        ("<br lang='en'/>", "Attribute 'lang' is not allowed to appear in element 'br'"),
        ("<img src='http://a/'/>", "Attribute 'alt' must appear on element 'img'"),
        ("<img alt='a'/>", "Attribute 'src' must appear on element 'img'"),
        ("<map id='m' name='m'><area/></map>", "Attribute 'alt' must appear on element 'area'"),
        ("<map id='m'><area alt=''/></map>", "Attribute 'name' must appear on element 'map'"),
        ("<map name='m'><area alt=''/></map>", "Attribute 'id' must appear on element 'map'"),
        ("a<!-- b -->c", "Comments are not allowed"),
        ("<p>a", 'The element type "p" must be terminated by the matching end-tag "</p>".'),
        ("<b><i>a</b></i>", 'The element type "i" must be terminated by the matching end-tag "</i>".'),
        ("<p align=left>a</p>", 'Open quote is expected for attribute "align"'),
        ("a<br>b", 'The element type "br" must be terminated by the matching end-tag "</br>".'),
        ("a&nbsp;b", 'The entity "nbsp" was referenced, but not declared.'),
        ("<!DOCTYPE html>", "The content of elements must consist of well-formed character data or markup."),
        ("</FormattedContent>", "The markup in the document following the root element must be well-formed."),
        ("<p><p>a</p></p>", "Invalid content was found starting with element"),
        ("<ul>a</ul>", "cannot have character [children]"),
        ("<ul/>", "The content of element 'ul' is not complete"),
    ],
)
def test_what_the_subset_has_not_is_refused(xhtml: str, complaint: str) -> None:
    assert complaint in refusal(xhtml).details


@pytest.mark.rule("XML-58")
@pytest.mark.parametrize("scheme", ["http", "https", "ftp", "news", "nntp", "mailto", "gopher", "telnet"])
def test_known_schemes_need_two_slashes(scheme: str) -> None:
    check_xhtml(f"<a href='{scheme}://x'>a</a>")
    assert "cvc-pattern-valid" in refusal(f"<a href='{scheme}:x'>a</a>").details


@pytest.mark.rule("XML-57", "XML-58")
@pytest.mark.parametrize("url", ["javascript:alert(1)", "relative.html", "/absolute", "//example.com/", "data:,x", ""])
@pytest.mark.parametrize(
    "template",
    [
        "<a href='{}'>a</a>",
        "<img src='{}' alt=''/>",
        "<map id='m' name='m'><area alt='' href='{}'/></map>",
    ],
)
def test_other_addresses_are_refused(template: str, url: str) -> None:
    assert refusal(template.format(url)).details == (
        f"cvc-pattern-valid: Value '{url}' is not facet-valid with respect to pattern "
        "'(http|https|ftp|news|nntp|mailto|gopher|telnet)://.*' for type 'URLType'."
    )


@pytest.mark.rule("XML-03", "XML-55")
@pytest.mark.parametrize("parse", [parse_question, parse_test])
def test_the_place_is_that_in_the_whole_document(parse: Callable[[str], object]) -> None:
    with pytest.raises(DocumentError) as caught:
        parse(spoil(FORM, SAMPLE, "<p>\n<b>a</b>\n<div/></p>"))
    assert caught.value.kind == "xhtml"
    assert (caught.value.line, caught.value.path) == (8, "/QuestionForm/Overview/FormattedContent/p/div")


@pytest.mark.rule("XML-55")
def test_content_in_a_selection_is_checked_too() -> None:
    with pytest.raises(DocumentError) as caught:
        parse_question(spoil(FORM, "&lt;i&gt;B&lt;/i&gt;", "&lt;i&gt;B"))
    assert (caught.value.kind, caught.value.line) == ("xhtml", 53)
    assert caught.value.path.endswith("/Selections/Selection[2]/FormattedContent/i")


@pytest.mark.rule("XML-03")
def test_the_document_itself_is_checked_first() -> None:
    with pytest.raises(DocumentError) as caught:
        parse_question(spoil(spoil(FORM, SAMPLE, "<div/>"), "checkbox", "radio"))
    assert caught.value.kind == "xml"
