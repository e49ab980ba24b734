"""Answering a Qualification test with a given skill."""

from collections.abc import Sequence

from mturk_sim.documents import AnswerKey, QuestionForm, SelectionAnswer, score
from mturk_sim.documents.answer_key import KeyQuestion
from mturk_sim.workers.luck import Luck


def skilled_answers(test: QuestionForm, key: AnswerKey, skill: float, luck: Luck) -> dict[str, list[str]]:
    """Answers to a test: of each question in its key the best with probability `skill`, else one that earns less.

    Questions that the key does not score get any answer.

    Args:
        test: The test, which a key makes one of selections alone (C29).
        key: How it is scored.
        skill: How likely an answer is the best, 0 to 1.
        luck: The draws of whoever answers.
    """
    scored = {question.id: question for question in key.questions}
    answers = {}
    for question in test.questions:
        assert isinstance(question.answer, SelectionAnswer)
        choices = [[selection.id] for selection in question.answer.selections]
        if question.id not in scored:
            answers[question.id] = luck.choice(choices, f"any {question.id}")
            continue
        best, others = _sorted_out(scored[question.id], choices)
        right = not others or luck.uniform(f"right {question.id}") < skill
        answers[question.id] = best if right else luck.choice(others, f"wrong {question.id}")
    return answers


def _sorted_out(question: KeyQuestion, choices: Sequence[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The best answer to a question, and those that earn less, of single choices and none at all."""
    possible = [*(list(option.selections) for option in question.options), *choices, []]
    best = max(possible, key=lambda chosen: _points(question, chosen))
    top = _points(question, best)
    return best, [chosen for chosen in (*choices, []) if _points(question, chosen) < top]


def _points(question: KeyQuestion, chosen: list[str]) -> int:
    return score(AnswerKey((question,)), {question.id: chosen})
