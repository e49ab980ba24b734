"""Pages: their size and order, the tokens between them, and that nothing is skipped or repeated."""

import base64
import re
from datetime import timedelta
from typing import Any

import pytest
from helpers import api, expire, hand_in, ids, pages, post, refused, shown
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim import Behavior, Simulation, simulate
from mturk_sim.operations.model import description


def hits(sim: Simulation, count: int) -> list[str]:
    """That many HITs a minute apart; the newest first."""
    made = []
    for _ in range(count):
        made.append(post(sim, LifetimeInSeconds=31536000))
        sim.clock.advance(minutes=1)
    return made[::-1]


def flat(found: list[list[Any]], name: str = "HITId") -> list[str]:
    return [item[name] for page in found for item in page]


# --- sizes -------------------------------------------------------------------------------------------------------
@pytest.mark.rule("LST-01", "LST-02")
@pytest.mark.parametrize(("asked", "size"), [({}, 10), ({"MaxResults": 1}, 1), ({"MaxResults": 100}, 100)])
def test_a_page_has_10_results_unless_asked_otherwise(mturk: Simulation, asked: dict[str, int], size: int) -> None:
    made = hits(mturk, 101)
    page = api(mturk).list_hits(**asked)
    assert (page["NumResults"], ids(page["HITs"])) == (size, made[:size])


@pytest.mark.rule("LST-01", "C14", "ERR-08", "ENV-05", "ENV-09")
@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("list_hits", {}),
        ("list_reviewable_hits", {}),
        ("list_assignments_for_hit", {"HITId": "3"}),
        ("list_bonus_payments", {"HITId": "3"}),
    ],
)
def test_more_than_100_results_are_refused(mturk: Simulation, method: str, more: dict[str, str]) -> None:
    refusal = refused(mturk, getattr(mturk.client, method), MaxResults=101, **more)
    assert (refusal.type, refusal.typed, refusal.suffix) == ("ValidationException", "ClientError", "")
    assert refusal.text == (
        "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: "
        "Member must have value less than or equal to 100"
    )


@pytest.mark.rule("LST-01", "ERR-09")
def test_botocore_minds_the_minimum(mturk: Simulation) -> None:
    for bad in ({"MaxResults": 0}, {"NextToken": ""}):
        with pytest.raises(Exception, match="Parameter validation failed"):
            api(mturk).list_hits(**bad)


# --- ends --------------------------------------------------------------------------------------------------------
@pytest.mark.rule("LST-05", "LST-06", "C5")
@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (1, [1, 0]), (2, [2, 0]), (3, [2, 1, 0]), (4, [2, 2, 0])])
def test_a_list_ends_with_an_empty_page(mturk: Simulation, count: int, sizes: list[int]) -> None:
    hits(mturk, count)
    assert [len(page) for page in pages(api(mturk).list_hits, "HITs", MaxResults=2)] == sizes


@pytest.mark.rule("C5", "LST-05")
@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2])])
def test_lean_pages_end_with_the_last_result(count: int, sizes: list[int]) -> None:
    with simulate(behavior=Behavior(lean_pages=True)) as sim:
        made = hits(sim, count)
        found = pages(api(sim).list_hits, "HITs", MaxResults=2)
        assert [len(page) for page in found] == sizes
        assert flat(found) == made


@pytest.mark.rule("LST-14")
def test_nine_lists_have_a_paginator_and_the_review_results_have_none(mturk: Simulation) -> None:
    client = api(mturk)
    lists = [name for name in client.meta.method_to_api_mapping if name.startswith("list_")]
    assert sorted(name for name in lists if not client.can_paginate(name)) == ["list_review_policy_results_for_hit"]
    assert len(lists) == 10
    made = hits(mturk, 25)
    assert flat([page["HITs"] for page in client.get_paginator("list_hits").paginate()]) == made


# --- tokens ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("LST-03")
def test_a_token_has_the_recorded_form(mturk: Simulation) -> None:
    hits(mturk, 3)
    tokens = [api(mturk).list_hits(MaxResults=size)["NextToken"] for size in (1, 2, 3)]
    assert len(set(tokens)) == 3
    for token in tokens:
        assert re.fullmatch(r"p1:[A-Za-z0-9+/]{62}==", token)
        assert len(base64.b64decode(token[3:])) == 46


def not_valid(sim: Simulation, call: Any, token: str, **params: Any) -> None:
    refusal = refused(sim, call, NextToken=token, **params)
    assert (refusal.type, refusal.typed, refusal.code) == ("ParameterValidationError", "ClientError", None)
    assert refusal.text == f'The value "{token}" is not valid for the parameter NextToken.'


@pytest.mark.rule("C15", "LST-04")
def test_a_token_is_bound_to_its_list(mturk: Simulation) -> None:
    client = api(mturk)
    one, two = hits(mturk, 2)
    for hit_id in (one, two):
        hand_in(mturk, hit_id)
    token = client.list_hits(MaxResults=1)["NextToken"]
    not_valid(mturk, client.list_reviewable_hits, token)
    not_valid(mturk, client.list_assignments_for_hit, token, HITId=one)
    other: Any = mturk.requester("other").client
    not_valid(mturk, other.list_hits, token)
    token = client.list_assignments_for_hit(HITId=one)["NextToken"]
    client.list_assignments_for_hit(HITId=one, NextToken=token, MaxResults=3)
    not_valid(mturk, client.list_assignments_for_hit, token, HITId=two)
    not_valid(mturk, client.list_assignments_for_hit, token, HITId=one, AssignmentStatuses=["Submitted"])
    token = client.list_reviewable_hits(Status="Reviewable")["NextToken"]
    client.list_reviewable_hits(NextToken=token)
    not_valid(mturk, client.list_reviewable_hits, token, Status="Reviewing")


@pytest.mark.rule("C15", "LST-04")
def test_a_token_does_not_expire_and_may_be_used_again(mturk: Simulation) -> None:
    made = hits(mturk, 4)
    token = api(mturk).list_hits(MaxResults=2)["NextToken"]
    mturk.clock.advance(days=90)
    for _ in range(2):
        assert ids(api(mturk).list_hits(NextToken=token, MaxResults=2)["HITs"]) == made[2:]
    with simulate(seed=99) as another:
        hits(another, 4)
        not_valid(another, api(another).list_hits, token)


@pytest.mark.rule("C15")
@given(data=st.data())
def test_a_forged_token_is_refused(data: st.DataObject) -> None:
    with simulate() as sim:
        hits(sim, 2)
        token = api(sim).list_hits(MaxResults=1)["NextToken"]
        place = data.draw(st.integers(0, len(token) - 1))
        other = data.draw(st.sampled_from("ABCabc019+/=:p").filter(lambda letter: letter != token[place]))
        not_valid(sim, api(sim).list_hits, token[:place] + other + token[place + 1 :])


@pytest.mark.rule("C15")
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=255))
def test_nonsense_is_no_token(token: str) -> None:
    with simulate() as sim:
        not_valid(sim, api(sim).list_hits, token)


# --- order -------------------------------------------------------------------------------------------------------
@pytest.mark.rule("LST-07", "LST-10", "HIT-37")
def test_list_hits_has_every_hit_that_is_not_deleted_the_newest_first(mturk: Simulation) -> None:
    first, second, third, fourth = hits(mturk, 4)[::-1]
    mturk.worker().accept(first)
    hand_in(mturk, second)
    expire(mturk, third)
    client = api(mturk)
    client.update_hit_review_status(HITId=second)
    assert flat(pages(client.list_hits, "HITs")) == [fourth, third, second, first]
    assert client.list_hits()["HITs"] == [shown(mturk, hit_id) for hit_id in (fourth, third, second, first)]
    client.delete_hit(HITId=third)
    assert flat(pages(client.list_hits, "HITs")) == [fourth, second, first]


@pytest.mark.rule("LST-09", "LST-12", "LST-13")
def test_reviewable_hits_go_by_expiration_and_show_only_an_id(mturk: Simulation) -> None:
    client = api(mturk)
    lives = {post(mturk, LifetimeInSeconds=life, Title=f"T{life % 2}"): life for life in (500, 900, 300, 701, 901)}
    early, late = post(mturk, LifetimeInSeconds=30), post(mturk, LifetimeInSeconds=31536000)
    for hit_id in [*lives, late]:
        hand_in(mturk, hit_id)
    by_expiration = [late, *sorted(lives, key=lambda hit_id: -lives[hit_id])]
    assert flat(pages(client.list_reviewable_hits, "HITs", MaxResults=2)) == by_expiration
    assert client.list_reviewable_hits(Status="Reviewable")["HITs"] == [{"HITId": hit_id} for hit_id in by_expiration]

    client.update_hit_review_status(HITId=late)
    assert client.list_reviewable_hits()["HITs"] == [{"HITId": hit_id} for hit_id in by_expiration[1:]]
    assert client.list_reviewable_hits(Status="Reviewing")["HITs"] == [{"HITId": late}]
    odd = [hit_id for hit_id in by_expiration if lives.get(hit_id, 0) % 2]
    hit_type_id = shown(mturk, odd[0])["HITTypeId"]
    assert flat(pages(client.list_reviewable_hits, "HITs", HITTypeId=hit_type_id, MaxResults=1)) == odd
    mturk.clock.advance(seconds=30)
    assert flat(pages(client.list_reviewable_hits, "HITs"))[-1] == early


@pytest.mark.rule("LST-09")
def test_hits_that_expire_together_go_by_age(mturk: Simulation) -> None:
    made = [post(mturk) for _ in range(4)]
    for hit_id in made:
        hand_in(mturk, hit_id)
    assert flat(pages(api(mturk).list_reviewable_hits, "HITs", MaxResults=3)) == made[::-1]


def test_a_type_of_anothers_or_of_nobodys_lists_nothing(mturk: Simulation) -> None:
    hit_type_id = shown(mturk, post(mturk))["HITTypeId"]
    other: Any = mturk.requester("other").client
    refusal = refused(mturk, other.list_reviewable_hits, HITTypeId=hit_type_id)
    assert refusal.code == "AWS.MechanicalTurk.PermissionDenied"
    text = refused(mturk, api(mturk).list_reviewable_hits, HITTypeId="3NOSUCH").text
    assert text == "HITType 3NOSUCH does not exist."


@pytest.mark.rule("LST-13", "C14")
def test_a_status_that_is_none_is_refused(mturk: Simulation) -> None:
    refusal = refused(mturk, api(mturk).list_reviewable_hits, Status="Assignable")
    assert refusal.type == "ValidationException"
    assert "at 'status' failed to satisfy constraint: Member must satisfy enum value set" in refusal.text
    statuses = description()["shapes"]["ReviewableHITStatus"]["enum"]
    assert all(status in refusal.text for status in statuses)


@pytest.mark.rule("LST-08", "LST-11")
def test_assignments_go_by_submission(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=9)
    held = [mturk.worker().accept(hit_id) for _ in range(5)]
    for handle in (held[3], held[0], held[4], held[1], held[2]):
        mturk.clock.advance(seconds=10)
        handle.submit({"label": "cat"})
    order = [held[place].id for place in (3, 0, 4, 1, 2)]
    found = pages(api(mturk).list_assignments_for_hit, "Assignments", HITId=hit_id, MaxResults=2)
    assert flat(found, "AssignmentId") == order
    api(mturk).approve_assignment(AssignmentId=order[2])
    for statuses, expected in ((["Submitted"], order[:2] + order[3:]), (["Approved"], [order[2]]), (["Rejected"], [])):
        asked = {"HITId": hit_id, "AssignmentStatuses": statuses, "MaxResults": 1}
        found = pages(api(mturk).list_assignments_for_hit, "Assignments", **asked)
        assert flat(found, "AssignmentId") == expected


# --- while things change ----------------------------------------------------------------------------------------
ACTS = st.lists(st.sampled_from(["next", "post", "delete", "expire"]), max_size=25)


@pytest.mark.rule("LST-07", "C15")
@given(st.integers(0, 12), st.integers(1, 4), ACTS)
def test_pages_of_hits_neither_skip_nor_repeat(count: int, size: int, acts: list[str]) -> None:
    """Whatever is made or deleted between two pages: each HIT that was there all along comes exactly once, in order."""
    with simulate() as sim:
        client = api(sim)
        made = hits(sim, count)
        alive, seen, token = list(made), list[str](), dict[str, str]()
        for act in acts + ["next"] * (count + len(acts) + 2):
            if act == "next":
                page = client.list_hits(MaxResults=size, **token)
                seen += ids(page["HITs"])
                if "NextToken" not in page:
                    break
                token = {"NextToken": page["NextToken"]}
            elif act == "post":
                made.insert(0, post(sim))
            elif alive:
                expire(sim, alive[-1])
                if act == "delete":
                    client.delete_hit(HITId=alive.pop())
        assert len(seen) == len(set(seen))
        assert [hit_id for hit_id in seen if hit_id in alive] == alive
        assert seen == [hit_id for hit_id in made if hit_id in seen]


@pytest.mark.rule("LST-09", "C15")
@given(st.lists(st.integers(60, 600), max_size=10), st.integers(1, 3), ACTS)
def test_pages_of_reviewable_hits_neither_skip_nor_repeat(lives: list[int], size: int, acts: list[str]) -> None:
    with simulate() as sim:
        client = api(sim)
        for life in lives:
            hand_in(sim, post(sim, LifetimeInSeconds=life, AutoApprovalDelayInSeconds=0))
        there = flat(pages(client.list_reviewable_hits, "HITs"))
        kept, seen, token = list(there), list[str](), dict[str, str]()
        for act in acts + ["next"] * (len(there) + len(acts) + 2):
            if act == "next":
                page = client.list_reviewable_hits(MaxResults=size, **token)
                seen += ids(page["HITs"])
                if "NextToken" not in page:
                    break
                token = {"NextToken": page["NextToken"]}
            elif act == "post":
                hand_in(sim, post(sim, LifetimeInSeconds=86400))
            elif kept:
                leaving = kept.pop()
                if act == "delete":
                    client.delete_hit(HITId=leaving)
                else:
                    client.update_hit_review_status(HITId=leaving)
        assert len(seen) == len(set(seen))
        assert [hit_id for hit_id in seen if hit_id in kept] == kept


@pytest.mark.rule("LST-08", "C15")
@given(st.integers(0, 8), st.integers(1, 3), st.lists(st.sampled_from(["next", "submit", "approve"]), max_size=20))
def test_pages_of_assignments_neither_skip_nor_repeat(count: int, size: int, acts: list[str]) -> None:
    with simulate() as sim:
        client = api(sim)
        hit_id = post(sim, MaxAssignments=100)
        there = hand_in(sim, hit_id, count)
        waiting, seen, token = list(there), list[str](), dict[str, str]()
        for act in acts + ["next"] * (count + 25):
            if act == "next":
                page = client.list_assignments_for_hit(
                    HITId=hit_id, MaxResults=size, AssignmentStatuses=["Submitted"], **token
                )
                seen += ids(page["Assignments"], "AssignmentId")
                if "NextToken" not in page:
                    break
                token = {"NextToken": page["NextToken"]}
            elif act == "submit":
                waiting += hand_in(sim, hit_id)
            elif waiting:
                client.approve_assignment(AssignmentId=waiting.pop(0))
        assert len(seen) == len(set(seen))
        assert [each for each in seen if each in waiting] == waiting


@pytest.mark.rule("LST-16")
def test_the_assignments_of_a_hit_nobody_knows(mturk: Simulation) -> None:
    refusal = refused(mturk, api(mturk).list_assignments_for_hit, HITId="3NOSUCH")
    assert refusal.text == "Hit 3NOSUCH does not exist."
    hit_id = post(mturk, LifetimeInSeconds=30)
    mturk.clock.advance(timedelta(days=121))
    assert refused(mturk, api(mturk).list_assignments_for_hit, HITId=hit_id).text == f"Hit {hit_id} does not exist."
