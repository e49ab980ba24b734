"""Every operation on a HIT and every act of a worker in every state of a HIT: whether it may, and what comes of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from helpers import api, expire, hand_in, post, refused, shown
from questions import HIT

from mturk_sim import Simulation, WorkerRefused
from mturk_sim.core.clock import SECOND

Held = list[Any]


# --- the states, each reached by real acts ----------------------------------------------------------------------
def assignable(sim: Simulation, held: Held) -> str:
    return post(sim, MaxAssignments=2)


def assignable_with_work(sim: Simulation, held: Held) -> str:
    hit_id = post(sim, MaxAssignments=2)
    held.append(sim.worker().accept(hit_id))
    return hit_id


def all_taken(sim: Simulation, held: Held) -> str:
    hit_id = post(sim, MaxAssignments=2)
    held += [sim.worker().accept(hit_id) for _ in range(2)]
    return hit_id


def expired_with_work(sim: Simulation, held: Held) -> str:
    hit_id = assignable_with_work(sim, held)
    expire(sim, hit_id)
    return hit_id


def expired(sim: Simulation, held: Held) -> str:
    hit_id = assignable(sim, held)
    expire(sim, hit_id)
    return hit_id


def all_in(sim: Simulation, held: Held) -> str:
    hit_id = assignable(sim, held)
    hand_in(sim, hit_id, 2)
    return hit_id


def all_reviewed(sim: Simulation, held: Held) -> str:
    hit_id = assignable(sim, held)
    for assignment_id in hand_in(sim, hit_id, 2):
        api(sim).approve_assignment(AssignmentId=assignment_id)
    return hit_id


def reviewing(before: Callable[[Simulation, Held], str]) -> Callable[[Simulation, Held], str]:
    def reach(sim: Simulation, held: Held) -> str:
        hit_id = before(sim, held)
        api(sim).update_hit_review_status(HITId=hit_id)
        return hit_id

    return reach


def disposed(sim: Simulation, held: Held) -> str:
    hit_id = all_reviewed(sim, held)
    api(sim).delete_hit(HITId=hit_id)
    return hit_id


def forgotten(sim: Simulation, held: Held) -> str:
    hit_id = disposed(sim, held)
    sim.clock.advance(hours=24)
    return hit_id


STATES: Final[dict[str, tuple[str, Callable[[Simulation, Held], str]]]] = {
    "A": ("Assignable", assignable),
    "A some": ("Assignable", assignable_with_work),
    "taken": ("Unassignable", all_taken),
    "U exp": ("Unassignable", expired_with_work),
    "R exp": ("Reviewable", expired),
    "R in": ("Reviewable", all_in),
    "R done": ("Reviewable", all_reviewed),
    "V exp": ("Reviewing", reviewing(expired)),
    "V in": ("Reviewing", reviewing(all_in)),
    "V done": ("Reviewing", reviewing(all_reviewed)),
    "D": ("Disposed", disposed),
    "unknown": ("", forgotten),
}
LIVE = "Assignable, Unassignable, Reviewable, Reviewing"


# --- what is asked ----------------------------------------------------------------------------------------------
def later(sim: Simulation, hit_id: str) -> dict[str, Any]:
    expirations = {hit.id: hit.expiration for hit in sim.hits()}
    return {"ExpireAt": max(expirations.get(hit_id, 0), sim.clock.micros) // SECOND + 3600}


def type_with(reward: str) -> Callable[[Simulation, str], dict[str, Any]]:
    def make(sim: Simulation, hit_id: str) -> dict[str, Any]:
        members = {"Title": "New", "Description": "Other.", "Reward": reward, "AssignmentDurationInSeconds": 60}
        return {"HITTypeId": api(sim).create_hit_type(**members)["HITTypeId"]}

    return make


REQUESTS: Final[dict[str, tuple[str, Callable[[Simulation, str], dict[str, Any]]]]] = {
    "get": ("get_hit", lambda sim, hit_id: {}),
    "expire": ("update_expiration_for_hit", lambda sim, hit_id: {"ExpireAt": 0}),
    "extend": ("update_expiration_for_hit", later),
    "more": ("create_additional_assignments_for_hit", lambda sim, hit_id: {"NumberOfAdditionalAssignments": 1}),
    "type": ("update_hit_type_of_hit", type_with(HIT["Reward"])),
    "reward": ("update_hit_type_of_hit", type_with("0.77")),
    "review": ("update_hit_review_status", lambda sim, hit_id: {"Revert": False}),
    "revert": ("update_hit_review_status", lambda sim, hit_id: {"Revert": True}),
    "delete": ("delete_hit", lambda sim, hit_id: {}),
}
ALLOWED = {
    "expire": LIVE,
    "extend": LIVE,
    "more": LIVE,
    "type": LIVE,
    "reward": LIVE,
    "review": "Reviewable",
    "revert": "Reviewing",
    "delete": "Reviewing, Reviewable",
}
"""The states that the refusal names."""

MATRIX = """
       | A  | A some | taken | U exp | R exp | R in | R done | V exp | V in | V done | D  | unknown
get    | A  | A      | U     | U     | R     | R    | R      | V     | V    | V      | D  | none
expire | R  | U      | U     | U     | R     | R    | R      | V     | V    | V      | no | none
extend | A  | A      | U     | A     | A     | R    | R      | A     | V    | V      | no | none
more   | A  | A      | A     | U     | R     | A    | A      | V     | A    | A      | no | none
type   | A  | A      | U     | U     | R     | R    | R      | V     | V    | V      | no | none
reward | A  | used   | used  | used  | R     | used | used   | V     | used | used   | no | none
review | no | no     | no    | no    | V     | V    | V      | no    | no   | no     | no | none
revert | no | no     | no    | no    | no    | no   | no     | R     | R    | R      | no | none
delete | no | no     | no    | no    | D     | no   | D      | D     | no   | D      | no | none
accept | A  | U      | no    | no    | no    | no   | no     | no    | no   | no     | no | no
submit |    | A      | U     | R     |       |      |        |       |      |        |    |
return |    | A      | A     | R     |       |      |        |       |      |        |    |
"""
"""What becomes of a HIT: its state by its letter (V: Reviewing), or why not; blank where there is no work to end."""
LETTERS = {"A": "Assignable", "U": "Unassignable", "R": "Reviewable", "V": "Reviewing", "D": "Disposed"}


def cells() -> list[tuple[str, str, str]]:
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in MATRIX.strip("\n").splitlines()]
    assert head[1:] == list(STATES)
    return [(row[0], state, cell) for row in rows for state, cell in zip(head[1:], row[1:], strict=True)]


def test_the_matrix_is_whole() -> None:
    assert len(cells()) == len(STATES) * (len(REQUESTS) + 3)
    assert {act for act, _, _ in cells()} == {*REQUESTS, "accept", "submit", "return"}


@pytest.mark.rule("HIT-24", "HIT-28", "HIT-34", "HIT-38", "HIT-39", "HIT-40", "HIT-43", "HIT-46", "HIT-50", "HIT-51")
@pytest.mark.rule("HIT-52", "HIT-53", "HIT-57", "C3", "C18")
@pytest.mark.parametrize(
    ("request_name", "state", "expected"),
    [cell for cell in cells() if cell[0] in REQUESTS],
)
def test_requests(mturk: Simulation, request_name: str, state: str, expected: str) -> None:
    before, reach = STATES[state]
    hit_id = reach(mturk, [])
    method, members = REQUESTS[request_name]
    call, more = getattr(mturk.client, method), members(mturk, hit_id)
    if expected in LETTERS:
        assert shown(mturk, hit_id)["HITStatus"] == before
        call(HITId=hit_id, **more)
        assert shown(mturk, hit_id)["HITStatus"] == LETTERS[expected]
        return
    refusal = refused(mturk, call, HITId=hit_id, **more)
    texts = {
        "none": f"Hit {hit_id} does not exist.",
        "used": "The Reward of a HIT cannot change once an assignment of it has been accepted.",
        "no": f"This HIT is currently in the state '{before}'.  "
        f"This operation can be called with a status of: {ALLOWED.get(request_name)}",
    }
    assert refusal.text == texts[expected]
    assert refusal.code == f"AWS.MechanicalTurk.{'HITDoesNotExist' if expected == 'none' else 'InvalidHITState'}"


@pytest.mark.rule("HIT-24", "HIT-29", "HIT-30")
@pytest.mark.parametrize(("state", "expected"), [cell[1:] for cell in cells() if cell[0] == "accept"])
def test_a_worker_accepts(mturk: Simulation, state: str, expected: str) -> None:
    hit_id = STATES[state][1](mturk, [])
    if expected == "no":
        with pytest.raises(WorkerRefused):
            mturk.worker().accept(hit_id)
    else:
        mturk.worker().accept(hit_id)
        assert shown(mturk, hit_id)["HITStatus"] == LETTERS[expected]


@pytest.mark.rule("HIT-24", "HIT-29", "HIT-30")
@pytest.mark.parametrize(
    ("act", "state", "expected"), [cell for cell in cells() if cell[0] in ("submit", "return") and cell[2]]
)
def test_a_worker_ends_work(mturk: Simulation, act: str, state: str, expected: str) -> None:
    held: Held = []
    hit_id = STATES[state][1](mturk, held)
    mturk.clock.advance(timedelta(seconds=5))
    if act == "submit":
        held[0].submit({"label": "cat"})
    else:
        held[0].return_()
    assert shown(mturk, hit_id)["HITStatus"] == LETTERS[expected]


@pytest.mark.rule("HIT-24", "HIT-26")
def test_the_last_work_handed_in_makes_it_reviewable(mturk: Simulation) -> None:
    held: Held = []
    hit_id = all_taken(mturk, held)
    held[0].submit({"label": "cat"})
    assert shown(mturk, hit_id)["HITStatus"] == "Unassignable"
    held[1].submit({"label": "cat"})
    assert shown(mturk, hit_id)["HITStatus"] == "Reviewable"
