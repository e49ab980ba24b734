"""Workers made by hand: one record for each id, and nothing made of what cannot be a worker."""

from typing import Any

import pytest
from helpers import digest
from questions import HIT

from mturk_sim import Simulation

BAD_VALUES: list[dict[str, Any]] = [
    {"worker_id": ""},
    {"worker_id": "B1"},
    {"worker_id": "A1b"},
    {"worker_id": "A-1"},
    {"worker_id": "AÄ"},
    {"worker_id": "A" * 65},
    {"country": "us"},
    {"country": "US", "subdivision": "BER"},
    {"approved": -1},
    {"rejected": -1},
]
BAD_TYPES: list[dict[str, Any]] = [
    {"worker_id": 5},
    {"worker_id": b"A1"},
    {"worker_id": ["A1"]},
    {"country": 1},
    {"country": None},
    {"subdivision": 5},
    {"approved": "5"},
    {"rejected": 1.5},
    {"approved": True},
    {"adult": "no"},
    {"masters": 1},
]


@pytest.mark.rule("HIT-06")
def test_an_id_has_one_record_and_workers_without_one_get_a_new_id_each(mturk: Simulation) -> None:
    longest = mturk.worker("A" * 64)
    assert mturk.worker("A" * 64) is longest
    assert mturk.worker() is not mturk.worker()
    assert [worker.id[0] for worker in mturk.workers] == ["A"] * 3


def test_a_worker_comes_with_a_place_and_a_history(mturk: Simulation) -> None:
    account = mturk.worker(country="DE", approved=7, rejected=3, adult=True).account
    assert (account.country, account.subdivision, account.adult, account.masters) == ("DE", None, True, False)
    assert (account.accepted, account.submitted, account.approved, account.rejected) == (10, 10, 7, 3)


EXISTS: dict[str, Any] = {"country": "US", "subdivision": "CA", "approved": 5, "rejected": 2, "adult": True}


@pytest.mark.parametrize("members", [{}, *({name: value} for name, value in EXISTS.items()), EXISTS], ids=str)
def test_a_worker_who_exists_is_given_for_the_settings_it_has(mturk: Simulation, members: dict[str, Any]) -> None:
    worker = mturk.worker("A1", **EXISTS)
    assert mturk.worker("A1", **members) is worker
    assert mturk.worker(worker_id="A1", **members) is worker
    assert mturk.fork().worker("A1", **members).id == "A1"


@pytest.mark.parametrize(
    ("name", "other"),
    [("country", "GB"), ("subdivision", None), ("approved", 0), ("rejected", 3), ("adult", False), ("masters", True)],
)
def test_a_worker_who_exists_is_not_given_for_other_settings(mturk: Simulation, name: str, other: Any) -> None:
    mturk.worker("A1", **EXISTS)
    before = digest(mturk)
    with pytest.raises(ValueError, match="worker A1 exists with ") as caught:
        mturk.worker("A1", **{name: other})
    assert f" {name}={EXISTS.get(name, False)!r}, and not {other!r}: leave {name} out, or take" in str(caught.value)
    assert digest(mturk) == before


def test_the_history_of_a_worker_is_what_came_before_the_simulation(mturk: Simulation) -> None:
    """It does not change with reviews, of which one may take another back."""
    worker = mturk.worker("A1", approved=5, rejected=2)
    for reviews in (("approve",), ("reject",), ("reject", "approve")):
        assignment = worker.accept(mturk.client.create_hit(**HIT)["HIT"]["HITId"]).submit({"label": "cat"})
        for review in reviews:
            if review == "reject":
                mturk.client.reject_assignment(AssignmentId=assignment.id, RequesterFeedback="no")
            else:
                mturk.client.approve_assignment(AssignmentId=assignment.id, OverrideRejection=True)

    assert (worker.account.approved, worker.account.rejected) == (7, 3)
    assert mturk.worker("A1", approved=5, rejected=2) is worker
    with pytest.raises(ValueError, match="exists with approved=5, and not 7"):
        mturk.worker("A1", approved=7)


@pytest.mark.rule("HIT-06", "REQ-08")
@pytest.mark.parametrize("members", BAD_VALUES, ids=str)
def test_what_no_worker_can_be_is_refused_and_makes_none(mturk: Simulation, members: dict[str, Any]) -> None:
    before = digest(mturk)
    with pytest.raises(ValueError, match=r"no worker id|ISO 3166|cannot be negative"):
        mturk.worker(**members)
    assert digest(mturk) == before


@pytest.mark.parametrize("members", BAD_TYPES, ids=str)
def test_what_is_not_of_its_type_is_told_so(mturk: Simulation, members: dict[str, Any]) -> None:
    before = digest(mturk)
    (given,) = members.values()
    with pytest.raises(TypeError) as caught:
        mturk.worker(**members)
    assert str(caught.value).startswith(f"{given!r} is no ")
    assert digest(mturk) == before


@pytest.mark.rule("REQ-08")
@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({"country": "us"}, "two capital letters of a country, such as US or GB; did you mean US?"),
        ({"country": "USA"}, "did you mean US?"),
        ({"country": "UK"}, "did you mean GB?"),
        ({"country": "xx"}, "such as US or GB"),
        ({"subdivision": "California"}, "two characters after US- in ISO 3166-2, such as CA for California"),
    ],
    ids=str,
)
def test_a_place_that_is_misspelt_is_told_how_to_spell_it(mturk: Simulation, place: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match="is no code of ISO 3166") as caught:
        mturk.worker(**place)
    assert str(caught.value).endswith(text)
