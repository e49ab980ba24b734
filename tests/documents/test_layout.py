"""HITLayouts: every placeholder is filled in, with the text as it is."""

import pytest
from documents.sample_documents import HTML, spoil
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.documents import DocumentError, LayoutError, merge_layout, parse_question, placeholders


@pytest.mark.rule("ASN-39", "XML-51")
def test_placeholders_become_their_values_wherever_they_stand() -> None:
    assert merge_layout("<b>${a}</b> ${b_2} $a {a} ${a}", {"a": "1", "b_2": "2"}) == "<b>1</b> 2 $a {a} 1"


@pytest.mark.rule("ASN-39")
def test_a_layout_without_placeholders_needs_no_parameters() -> None:
    assert merge_layout("$5 {x}", {}) == "$5 {x}"


@pytest.mark.rule("ASN-39")
def test_missing_parameters_are_named_in_the_order_of_the_layout() -> None:
    with pytest.raises(LayoutError) as caught:
        merge_layout("${c} ${a} ${c} ${b}", {"b": ""})
    assert (caught.value.missing, caught.value.unknown) == (("c", "a"), ())


@pytest.mark.rule("XML-51")
def test_parameters_that_the_layout_does_not_have_are_refused() -> None:
    with pytest.raises(LayoutError) as caught:
        merge_layout("${a}", {"a": "", "b": "", "A": ""})
    assert (caught.value.missing, caught.value.unknown) == ((), ("b", "A"))


@pytest.mark.rule("XML-51")
def test_values_go_in_as_they_are_and_can_break_the_document() -> None:
    layout = spoil(HTML, "<![CDATA[<!DOCTYPE html><form>", "${text}").replace('<input name="x"></form>]]>', "")
    parse_question(merge_layout(layout, {"text": "a &amp; b"}))
    with pytest.raises(DocumentError, match="entity name must immediately follow"):
        parse_question(merge_layout(layout, {"text": "a & b"}))


@given(st.dictionaries(st.text("abc_", min_size=1), st.text("ab$\\{}1<&", max_size=8)))
def test_a_value_is_never_read_as_a_placeholder(values: dict[str, str]) -> None:
    template = "|".join(f"${{{name}}}" for name in values)
    assert merge_layout(template, values) == "|".join(values.values())
    assert placeholders(template) == tuple(values)
