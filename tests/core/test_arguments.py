"""What is of the wrong type is told where it is given."""

import pytest

from mturk_sim.core.arguments import expect, expect_one_of


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


def test_one_of_the_names_there_are() -> None:
    expect_one_of("apple", ("apple", "pear"), "fruit")
    with pytest.raises(ValueError, match=r"^'pare' is no fruit; did you mean 'pear'\?$"):
        expect_one_of("pare", ("apple", "pear"), "fruit")
    with pytest.raises(ValueError, match=r"^'x' is no fruit; there are apple, pear$"):
        expect_one_of("x", ("apple", "pear"), "fruit")
