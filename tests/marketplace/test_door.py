"""The workers' door: what is found, and the reasons of a refusal, which changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from helpers import api, digest, expire, hand_in, post

from mturk_sim import Simulation, WorkerRefused


def test_a_search_finds_the_newest_first(mturk: Simulation) -> None:
    made = [post(mturk) for _ in range(3)]
    worker = mturk.worker()
    assert [hit.id for hit in worker.search()] == made[::-1]
    worker.accept(made[1])
    assert [hit.id for hit in mturk.worker().search()] == [made[2], made[0]]


def test_a_search_looks_for_every_word_in_what_the_type_says(mturk: Simulation) -> None:
    cats = post(mturk, Title="Cats and DOGS", Keywords="photo, pets")
    birds = post(mturk, Title="Birds", Description="Photos of birds, not cats.")
    worker = mturk.worker()
    assert [hit.id for hit in worker.search("photo")] == [birds, cats]
    assert [hit.id for hit in worker.search("CATS")] == [birds, cats]
    assert [hit.id for hit in worker.search("dogs photo")] == [cats]
    assert worker.search("dogs birds") == []


def no_slot(sim: Simulation) -> str:
    hit_id = post(sim)
    sim.worker().accept(hit_id)
    return hit_id


def expired(sim: Simulation) -> str:
    hit_id = post(sim)
    expire(sim, hit_id)
    return hit_id


def disposed_in_time(sim: Simulation) -> str:
    hit_id = post(sim)
    (work,) = hand_in(sim, hit_id)
    api(sim).approve_assignment(AssignmentId=work)
    api(sim).delete_hit(HITId=hit_id)
    return hit_id


def disposed(sim: Simulation) -> str:
    hit_id = expired(sim)
    api(sim).delete_hit(HITId=hit_id)
    return hit_id


def deleted(sim: Simulation) -> str:
    hit_id = disposed(sim)
    sim.clock.advance(days=2)
    return hit_id


@pytest.mark.rule("HIT-30", "HIT-24")
@pytest.mark.parametrize(
    ("reach", "reason"),
    [
        (lambda sim: "3NOSUCH", "unknown_hit"),
        (no_slot, "no_slot"),
        (expired, "expired"),
        (disposed_in_time, "no_slot"),
        (disposed, "expired"),
        (deleted, "unknown_hit"),
    ],
)
def test_a_hit_that_is_not_on_the_market(mturk: Simulation, reach: Callable[[Simulation], str], reason: str) -> None:
    hit_id = reach(mturk)
    worker = mturk.worker()
    before = digest(mturk)
    for act in (worker.preview, worker.accept):
        with pytest.raises(WorkerRefused, match=hit_id) as caught:
            act(hit_id)
        assert caught.value.reason == reason
    assert digest(mturk) == before


@pytest.mark.rule("ASN-02", "ASN-04")
@pytest.mark.parametrize("act", ["submit", "return_"])
@pytest.mark.parametrize(
    ("case", "reason"),
    [("another's", "not_held"), ("handed in", "not_held"), ("given back", "not_held"), ("abandoned", "too_late")],
)
def test_work_that_is_not_held(mturk: Simulation, act: str, case: str, reason: str) -> None:
    handle = mturk.worker().accept(post(mturk))
    worker = mturk.worker() if case == "another's" else handle.worker
    if case == "handed in":
        handle.submit({"label": "cat"})
    if case == "given back":
        handle.return_()
    if case == "abandoned":
        mturk.clock.advance(seconds=600)
    before = digest(mturk)
    arguments: tuple[Any, ...] = (handle.id, {"label": "cat"}) if act == "submit" else (handle.id,)
    with pytest.raises(WorkerRefused) as caught:
        getattr(worker, act)(*arguments)
    assert caught.value.reason == reason
    assert digest(mturk) == before


def test_an_answer_that_cannot_be_recorded_leaves_the_work_in_hand(mturk: Simulation) -> None:
    handle = mturk.worker().accept(post(mturk))
    before = digest(mturk)
    for answers in ({}, {"label": "\x00"}, "<p>", {"label": 5}):
        with pytest.raises((ValueError, TypeError)):
            handle.submit(answers)
    assert digest(mturk) == before
    handle.submit({"label": "cat"})


def test_a_ready_document_is_handed_in_as_it_is(mturk: Simulation) -> None:
    (first,) = hand_in(mturk, post(mturk))
    document = api(mturk).get_assignment(AssignmentId=first)["Assignment"]["Answer"]
    (second,) = hand_in(mturk, post(mturk), answers=document)
    assert api(mturk).get_assignment(AssignmentId=second)["Assignment"]["Answer"] == document
