"""What a policy found, as the results that the service reports (RVP-43, RVP-44, RVP-45, C34)."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from mturk_sim.marketplace.review.records import ASSIGNMENT_LEVEL, HIT_LEVEL, Result
from mturk_sim.marketplace.review.scoring import Question, percent


def known_answers(action_id: str, assignment_id: str, marks: Mapping[str, bool], score: int) -> Iterator[Result]:
    """Which known answers were correct, and the score."""
    about = partial(Result, action_id, assignment_id, ASSIGNMENT_LEVEL)
    for question, right in marks.items():
        yield about(question, "KnownAnswerCorrect", str(int(right)))
    yield about(None, "KnownAnswerScore", str(score))


def agreement(action_id: str, hit_id: str, questions: Sequence[Question], score: int) -> Iterator[Result]:
    """On which questions workers agree, in what and how much, and the score of the HIT."""
    about = partial(Result, action_id, hit_id, HIT_LEVEL)
    for question in questions:
        if question.agreed is None:
            yield about(question.id, "AgreedAnswerFound", "false")
        else:
            yield about(question.id, "AgreedAnswerFound", "true")
            yield about(question.id, "AgreedAnswer", "|".join(sorted(question.agreed)))
            yield about(question.id, "AnswerAgreementScore", str(question.score))
    yield about(None, "HitAgreementScore", str(score))


def worker_agreement(action_id: str, assignment_id: str, same: int, other: int) -> Iterator[Result]:
    """How far one worker went along; with no agreed question there is no score (RVP-26, C32)."""
    about = partial(Result, action_id, assignment_id, ASSIGNMENT_LEVEL, None)
    if same + other:
        yield about("WorkerAgreementScore", str(percent(same, same + other)))
    yield about("PluralityAnswersCorrect", str(same))
    yield about("PluralityAnswersIncorrect", str(other))
