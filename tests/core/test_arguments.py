"""What is of the wrong type is told where it is given."""

import pytest

from mturk_sim.core.arguments import expect, expect_id, expect_one_of


@pytest.mark.parametrize(
    ("given", "kind"), [(5, int), (True, bool), ("a", str | None), (None, str | None), ("a", (int, str))]
)
def test_what_is_of_its_kind_passes(given: object, kind: object) -> None:
    expect(given, kind, "thing", "another")


@pytest.mark.parametrize(("given", "kind"), [("5", int), (True, int), (0, bool), (None, str), (5, str | None)])
def test_the_error_shows_what_was_given_and_says_what_to_give(given: object, kind: object) -> None:
    with pytest.raises(TypeError) as caught:
        expect(given, kind, "thing", "a better one")
    assert str(caught.value) == f"{given!r} is no thing: give a better one"


class HIT:
    id = "3X"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"HITId": "3X"}, "this dict is no HITId: give its ['HITId']"),
        ({"HIT": {"HITId": "3X"}, "ResponseMetadata": {}}, "this dict is no HITId: give its ['HIT']['HITId']"),
        ({"HITTypeId": "3X"}, "{'HITTypeId': '3X'} is no HITId: give a text"),
        (HIT(), "this HIT is no HITId: give its .id"),
        (5, "5 is no HITId: give a text"),
    ],
)
def test_an_id_is_shown_where_it_is(given: object, text: str) -> None:
    expect_id("3X", "HITId")
    with pytest.raises(TypeError) as caught:
        expect_id(given, "HITId")
    assert str(caught.value) == text


def test_one_of_the_names_there_are() -> None:
    expect_one_of("apple", ("apple", "pear"), "fruit")
    with pytest.raises(ValueError, match=r"^'pare' is no fruit; did you mean 'pear'\?$"):
        expect_one_of("pare", ("apple", "pear"), "fruit")
    with pytest.raises(ValueError, match=r"^'x' is no fruit; there are apple, pear$"):
        expect_one_of("x", ("apple", "pear"), "fruit")
