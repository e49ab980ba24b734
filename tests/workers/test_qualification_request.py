"""A worker's requests for Qualifications, with answers, with a skill, or with a handle for later."""

from datetime import timedelta
from typing import Any

import pytest
from helpers import api, digest
from qualifications import BEST, ESSAY, FORM, SCORED, TESTED, make_type

from mturk_sim import Simulation
from mturk_sim.documents import answers_document, question_answers


def test_a_test_is_taken_at_once_or_with_the_handle(mturk: Simulation) -> None:
    type_id = make_type(mturk, **SCORED)
    at_once = mturk.worker().request_qualification(type_id, BEST)
    later = mturk.worker().request_qualification(type_id)
    assert (at_once.status, later.status) == ("Granted", "Requested")
    assert (later.test, later.deadline) == (FORM, mturk.clock.now.replace(microsecond=0) + timedelta(minutes=10))
    assert later.value is None
    assert later.submit(BEST) is later
    assert (later.status, later.value) == ("Granted", 25)
    assert repr(later) == f"<request {later.id} for {type_id}, Granted, worker {later.worker.id}>"


def test_without_a_test_there_is_neither_test_nor_deadline(mturk: Simulation) -> None:
    request = mturk.worker().request_qualification(make_type(mturk))
    assert (request.test, request.deadline) == (None, None)


def test_answers_may_be_a_mapping_pairs_or_a_document(mturk: Simulation) -> None:
    type_id = make_type(mturk, **SCORED)
    forms: list[Any] = [BEST, list(BEST.items()), answers_document(BEST, style="questions")]
    assert [mturk.worker().request_qualification(type_id, answers).value for answers in forms] == [25, 25, 25]


def test_texts_reach_the_owner(mturk: Simulation) -> None:
    mturk.worker().request_qualification(make_type(mturk, Test=ESSAY, TestDurationInSeconds=60), {"why": "I like <b>"})
    (request,) = api(mturk).list_qualification_requests()["QualificationRequests"]
    assert question_answers(request["Answer"]) == {"why": "I like <b>"}


@pytest.mark.parametrize(
    ("kind", "options", "text"),
    [
        ({}, {"answers": BEST}, "has no test to be answered"),
        ({}, {"skill": 0.5}, "has no test to be answered"),
        (TESTED, {"skill": 0.5}, "has no AnswerKey that says what is right; give answers instead"),
        (SCORED, {"skill": 1.5}, "skill is a probability, from 0 to 1, not 1.5"),
        (SCORED, {"skill": 0.5, "answers": BEST}, "not both"),
        (SCORED, {"answers": "who what?"}, "is no answers document: give a mapping"),
        (SCORED, {"answers": {"q1": "\x00"}}, "which XML 1.0 cannot carry"),
    ],
)
def test_mistakes_of_the_caller_are_ordinary_errors_and_nothing_happens(
    mturk: Simulation, kind: dict[str, Any], options: dict[str, Any], text: str
) -> None:
    type_id, worker = make_type(mturk, **kind), mturk.worker()
    before = digest(mturk)
    with pytest.raises(ValueError, match=text):
        worker.request_qualification(type_id, **options)
    assert digest(mturk) == before


def test_a_mistake_with_the_handle_leaves_the_test_under_way(mturk: Simulation) -> None:
    request = mturk.worker().request_qualification(make_type(mturk, **TESTED))
    with pytest.raises(ValueError, match="no AnswerKey"):
        request.take(0.5)
    assert request.status == "Requested"


# --- skill -------------------------------------------------------------------------------------------------------
def test_full_skill_earns_the_most_and_none_the_least(mturk: Simulation) -> None:
    type_id = make_type(mturk, **SCORED)
    assert {mturk.worker().request_qualification(type_id, skill=1).value for _ in range(20)} == {25}
    values = {mturk.worker().request_qualification(type_id).take(0).value for _ in range(40)}
    assert values == {5, 10}, "q1 by {a}, {b}, {c} or nothing, q2 by {x} or nothing"


def test_the_same_seed_gives_the_same_answers_whoever_else_asks(mturk_factory: Any) -> None:
    def values(extra: bool) -> list[int | None]:
        with mturk_factory(seed=5) as sim:
            type_id = make_type(sim, **SCORED, RetryDelayInSeconds=0)
            worker = sim.worker("A1")
            found = []
            for _ in range(30):
                found.append(worker.request_qualification(type_id, skill=0.5).value)
                if extra:
                    sim.worker().request_qualification(type_id, skill=0.5)
            return found

    assert values(extra=True) == values(extra=False)
    assert set(values(extra=False)) == {5, 10, 15, 20, 25}
