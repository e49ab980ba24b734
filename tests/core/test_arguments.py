"""What is of the wrong type is told where it is given."""

import pytest

from mturk_sim.core.arguments import expect


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
