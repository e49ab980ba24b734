"""HTMLQuestions: which fields the page posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.documents import FormField, HTMLQuestion, form_fields

PAGE = """<!DOCTYPE html>
<html><head><script>document.write('<input name="scripted">')</script></head><body>
<!-- <input name="commented"> -->
<form name="mturk_form" action="https://www.mturk.com/mturk/externalSubmit">
  <input type="hidden" name="assignmentId" value="">
  <input type="hidden" name="hitId" value="">
  <input type="hidden" name="batch" value="7">
  <input name="label" REQUIRED>
  <input type="Email" name="email">
  <input type="radio" name="size" value="s"> <input type="radio" name="size" value="l" required>
  <input type="checkbox" name="agree">
  <input type="checkbox" name="color" value="red"><input type="checkbox" name="color" value="blue">
  <textarea name="comment" required>a &amp; b</textarea>
  <select name="country" required>
    <option value="">choose<option>New
      Zealand</option><option value="de" selected>Germany</option><option value="xx" disabled>X</option>
  </select>
  <select name="many" multiple><option>1</option></select>
  <option>stray</option>
  <input name="off" disabled>
  <input type="button" name="plain"><input type="reset" name="reset"><input type="image" name="where">
  <input value="nameless">
  <input name="">
  <input name="label" type="hidden" value="again">
  <button name="go" value="yes">Go</button><button type="button" name="noop">-</button>
  <input type="submit" name="done" value="Done">
</form>
<crowd-form><crowd-input name="crowded" required></crowd-input></crowd-form>
<meta name="viewport">
</body></html>"""


@pytest.mark.rule("XML-49", "ASN-34", "ASN-35")
def test_the_fields_of_a_page_are_its_named_controls() -> None:
    assert HTMLQuestion(PAGE, 0).fields == (
        FormField("batch", "hidden", ("7",)),
        FormField("label", "text", required=True),
        FormField("email", "email"),
        FormField("size", "radio", ("s", "l"), required=True),
        FormField("agree", "checkbox", ("on",)),
        FormField("color", "checkbox", ("red", "blue"), multiple=True),
        FormField("comment", "textarea", required=True),
        FormField("country", "select", ("", "New Zealand", "de"), required=True),
        FormField("many", "select", ("1",), multiple=True),
        FormField("go", "submit", ("yes",)),
        FormField("done", "submit", ("Done",)),
        FormField("crowded", "crowd-input", required=True),
    )


def test_two_selects_of_one_name_are_one_field() -> None:
    html = "<select name=a><option>1</select><select name=a><option>2</select>"
    assert form_fields(html) == (FormField("a", "select", ("1", "2")),)


@pytest.mark.parametrize(
    "html", ["", " ", "<!-- x -->", "plain", "\ud800", "<?xml version='1.0' encoding='x'?>", "<![x"]
)
def test_a_page_without_elements_has_no_fields(html: str) -> None:
    assert form_fields(html) == ()


@given(st.text("<>/=\"' abinputselectoptionname-!&;[]?\0é", max_size=60))
def test_no_page_is_too_broken_to_look_at(html: str) -> None:
    form_fields(html)


@pytest.mark.parametrize("piece", ["<a ", "<a/", "<a b='", "<!--", "<b>", "<select name=a>", "<input name=a "])
def test_no_page_takes_for_ever(piece: str) -> None:
    form_fields(piece * 20_000)


@given(st.lists(st.text("abcé_[]-.", min_size=1, max_size=5), unique=True, max_size=5))
def test_every_name_is_found_in_order(names: list[str]) -> None:
    html = "".join(f'<p><input name="{name}">' for name in names)
    assert [field.name for field in form_fields(html)] == names
