"""Bad questions: each has the mistake it says, in the place it says, and nothing else is wrong with it."""

import pytest
from hypothesis import given, settings

from mturk_sim import strategies
from mturk_sim.documents import DocumentError, parse_question
from mturk_sim.strategies import BadQuestion, bad_questions

MANY = settings(max_examples=300)


@pytest.mark.rule("XML-01", "XML-02", "XML-60")
@MANY
@given(bad_questions())
def test_a_bad_question_is_refused_for_the_mistake_it_has_and_where_it_has_it(bad: BadQuestion) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_question(bad.text)

    found = caught.value
    assert found.details.startswith(bad.details)
    assert (found.kind, found.line, found.path) == (bad.kind, bad.line, bad.path)


MISTAKES = [
    "Premature end of file.",
    "Content is not allowed in prolog.",
    "DOCTYPE is disallowed",
    "The document is longer than 65535 bytes.",
    "The reference to entity",
    "The element type",
    "cvc-complex-type.2.3",
    "cvc-complex-type.2.4.a",
    "cvc-complex-type.2.4.b",
    "cvc-complex-type.2.4.d",
    "cvc-datatype-valid.1.2.1",
    "cvc-elt.1.a",
    "cvc-type.3.1.2",
]


def test_every_common_mistake_is_drawn() -> None:
    met: set[str] = set()

    @settings(max_examples=600, derandomize=True)
    @given(bad_questions())
    def meet(bad: BadQuestion) -> None:
        met.update(mistake for mistake in MISTAKES if bad.details.startswith(mistake))
        met.add(bad.kind)

    meet()

    assert met >= {*MISTAKES, "xml", "size"}


@given(bad_questions())
def test_the_repr_of_a_bad_question_evaluates_back(bad: BadQuestion) -> None:
    assert eval(repr(bad), vars(strategies)) == bad
