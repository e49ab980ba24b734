"""Answering tests with a given skill."""

import pytest
from exact import binomial

from mturk_sim.core.draws import Draws
from mturk_sim.documents import (
    AnswerKey,
    AnswerOption,
    KeyQuestion,
    Question,
    QuestionForm,
    Selection,
    SelectionAnswer,
    Text,
    score,
)
from mturk_sim.workers.exam import skilled_answers
from mturk_sim.workers.luck import Luck


def asked(question_id: str, options: str) -> Question:
    answer = SelectionAnswer(tuple(Selection(each, Text(each)) for each in options))
    return Question(question_id, (Text("?"),), answer)


def keyed(question_id: str, default: int = 0, **scores: int) -> KeyQuestion:
    """A question of a key; the options are the letters of each name."""
    options = tuple(AnswerOption(tuple(letters), points) for letters, points in scores.items())
    return KeyQuestion(question_id, options, default)


def answers(question: Question, scored: KeyQuestion, skill: float, number: int = 0) -> list[str]:
    luck = Luck(Draws(1), ("test", number))
    return skilled_answers(QuestionForm((question,)), AnswerKey((scored,)), skill, luck)[question.id]


@pytest.mark.parametrize(
    ("scored", "best"),
    [
        (keyed("q", a=1, b=3, c=2), ["b"]),
        (keyed("q", a=1, ab=4), ["a", "b"]),
        (keyed("q", default=2, a=-1, b=-1, c=-1), []),
        (keyed("q", default=2, a=-1), ["b"]),
        (keyed("q", a=-5), ["b"]),
    ],
)
def test_the_best_answer_earns_the_most(scored: KeyQuestion, best: list[str]) -> None:
    given = answers(asked("q", "abc"), scored, 1)
    key = AnswerKey((scored,))
    assert score(key, {"q": given}) == score(key, {"q": best})


def test_a_wrong_answer_earns_less_even_if_several_are_best() -> None:
    scored = keyed("q", a=1, b=1)
    given = {tuple(answers(asked("q", "abcd"), scored, 0, number)) for number in range(100)}
    assert given == {("c",), ("d",), ()}


def test_where_nothing_earns_less_the_best_is_given() -> None:
    assert answers(asked("q", "a"), keyed("q", default=1, a=1), 0) == ["a"]


@pytest.mark.parametrize("skill", [0.1, 0.5, 0.9])
def test_skill_is_how_often_the_best_is_given(skill: float) -> None:
    right = sum(answers(asked("q", "abc"), keyed("q", b=1), skill, number) == ["b"] for number in range(2000))
    assert right in binomial(2000, skill)


def test_questions_that_do_not_count_get_any_answer() -> None:
    form = QuestionForm((asked("q", "ab"), asked("free", "xyz")))
    given = {
        skilled_answers(form, AnswerKey((keyed("q", a=1),)), 1, Luck(Draws(1), (number,)))["free"][0]
        for number in range(60)
    }
    assert given == {"x", "y", "z"}
