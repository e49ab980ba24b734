"""Writing: whatever text goes in comes out of a parser again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.documents import reading
from mturk_sim.documents.writing import cdata, element, leaf, require_characters

PIECES = st.lists(
    st.sampled_from(["]]>", "]]", ">", "<![CDATA[", "\r\n", "\r", "\n", "\t", " ", "&", "<", '"', "é", "😀"])
)
pieces = PIECES.map("".join)


@given(pieces)
def test_text_comes_back(text: str) -> None:
    assert (reading.parse(leaf("a", text)).text or "") == text


@given(pieces)
def test_cdata_comes_back(text: str) -> None:
    assert (reading.parse(element("a", cdata(text))).text or "") == text


@given(pieces)
def test_attributes_come_back(text: str) -> None:
    assert reading.parse(element("a", b=text)).get("b") == text


def test_elements_are_written_as_short_as_they_can_be() -> None:
    assert element("a", b=1, c=None) == '<a b="1"/>'
    assert element("a", leaf("b", ""), "&amp;") == "<a><b></b>&amp;</a>"


def test_a_character_that_cannot_be_written_is_named_with_its_place() -> None:
    require_characters("\t\n\r ~é\ufffd😀", "the text")
    with pytest.raises(ValueError, match=r"^the text has U\+FFFF at position 1, which XML 1.0 cannot carry$"):
        require_characters("é\uffff\x00", "the text")
