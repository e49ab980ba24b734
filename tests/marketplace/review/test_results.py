"""What the results say of a run: pure rows, in the order in which they are listed."""

import pytest

from mturk_sim.marketplace.review import results
from mturk_sim.marketplace.review.scoring import Question


def rows(found):
    return [(each.subject_id, each.subject_type, each.question_id, each.key, each.value) for each in found]


@pytest.mark.rule("RVP-43", "RVP-44", "C34")
def test_an_agreed_answer_of_several_values_is_one_text_in_the_order_of_the_alphabet():
    question = Question("A", frozenset({"pear", "apple", "fig"}), 66, {})
    assert rows(results.agreement("R", "H", [question], 100)) == [
        ("H", "HIT", "A", "AgreedAnswerFound", "true"),
        ("H", "HIT", "A", "AgreedAnswer", "apple|fig|pear"),
        ("H", "HIT", "A", "AnswerAgreementScore", "66"),
        ("H", "HIT", None, "HitAgreementScore", "100"),
    ]


@pytest.mark.rule("RVP-26", "C32")
@pytest.mark.parametrize(
    ("same", "other", "score"), [(1, 1, ["50"]), (0, 2, ["0"]), (3, 0, ["100"]), (1, 2, ["33"]), (0, 0, [])]
)
def test_a_worker_has_a_score_where_anything_is_agreed_and_the_counts_always(same, other, score):
    assert rows(results.worker_agreement("R", "W", same, other)) == [
        *(("W", "Assignment", None, "WorkerAgreementScore", each) for each in score),
        ("W", "Assignment", None, "PluralityAnswersCorrect", str(same)),
        ("W", "Assignment", None, "PluralityAnswersIncorrect", str(other)),
    ]
