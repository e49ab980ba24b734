"""Hints: an expiration months ahead, and answers to what nobody asked, are told; what may be meant so is not."""

from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from helpers import post

from mturk_sim import Simulation, SystemClock, simulate
from mturk_sim.documents import (
    FreeTextAnswer,
    Question,
    QuestionForm,
    Text,
    external_question_document,
    html_question_document,
    question_form_document,
)
from mturk_sim.report.hints import hints

PAGE = html_question_document('<form><input name="label"><input type="submit" name="none"></form>', 0)
SCRIPTED = html_question_document('<form><input name="label"></form><Script>add()</script>', 0)
FORM = question_form_document(QuestionForm((Question("label", (Text("Which?"),), FreeTextAnswer()),)))


def expire(sim: Simulation, days: int) -> None:
    sim.client.update_expiration_for_hit(HITId=post(sim), ExpireAt=sim.clock.now + timedelta(days=days))


def test_an_expiration_months_ahead_is_told(mturk: Simulation) -> None:
    for days in (31, 300, 30, 300, 300):
        expire(mturk, days)
    with pytest.raises(mturk.client.exceptions.RequestError):
        mturk.client.update_expiration_for_hit(HITId="3X", ExpireAt=datetime(2027, 1, 1, tzinfo=UTC))

    first, second, third = hints(mturk)  # and no more than three

    assert "ExpireAt=2026-02-05T09:00:00Z) is 31 days ahead of the simulation; datetime.now()" in first
    assert "is 300 days ahead" in second
    assert "is 300 days ahead" in third


def test_in_a_time_that_is_the_programs_too_it_may_be_meant(mturk: Simulation) -> None:
    with mturk.virtual_time():
        expire(mturk, 300)
    with freeze_time("2026-01-05") as frozen, simulate(clock=SystemClock(frozen)) as sim:
        expire(sim, 300)
        assert not list(hints(sim))

    assert not list(hints(mturk))


@pytest.mark.parametrize(
    ("question", "answers", "told"),
    [
        (PAGE, {"lable": "cat", "why": "so"}, "answers 'lable', 'why'; its HIT asks for 'label', 'none'"),
        (PAGE, {"lable": "cat", "label": "cat"}, None),
        (PAGE, {"none": "none"}, None),
        (FORM, {"lable": "cat"}, "answers 'lable'; its HIT asks for 'label'"),
        (SCRIPTED, {"lable": "cat"}, None),
        (html_question_document("<p></p>", 0), {"lable": "cat"}, None),
        (external_question_document("https://example.org", 0), {"lable": "cat"}, None),
    ],
    ids=str,
)
def test_answers_that_nobody_asked_for_are_told(
    mturk: Simulation, question: str, answers: dict[str, str], told: str | None
) -> None:
    handle = mturk.worker().accept(post(mturk, Question=question)).submit(answers)

    assert list(hints(mturk)) == ([f"assignment {handle.id} {told}"] if told else [])


def test_work_that_is_not_handed_in_answers_nothing(mturk: Simulation) -> None:
    mturk.worker().accept(post(mturk, Question=PAGE))

    assert not list(hints(mturk))
