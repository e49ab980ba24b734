"""A matrix of votes goes through the whole marketplace and comes back: no vote is lost, doubled or changed."""

from collections import Counter, defaultdict
from datetime import timedelta
from math import exp, log
from typing import Any

import pytest
from groups import post

from mturk_sim import Simulation, simulate
from mturk_sim.core.draws import Draws
from mturk_sim.documents import question_answers
from mturk_sim.workers import Ability, Accept, Answerer, Field, Luck, Profile, Submit, Task, Wait

FIELD = Field("label", ("yes", "no"))
ACCURACIES = [0.95] * 6 + [0.8] * 8 + [0.6] * 8 + [0.3] * 3
ITEMS, VOTES = 100, 10

Votes = dict[int, dict[str, str]]
"""Item -> worker -> label."""


@pytest.fixture(scope="module")
def truths() -> dict[int, str]:
    return {item: truth(item) for item in range(ITEMS)}


def truth(item: int) -> str:
    found = Answerer().truth(str(item), FIELD, luck(item))
    assert found is not None
    return found


def luck(item: int) -> Luck:
    return Luck(Draws(31), ("item", item))


@pytest.fixture(scope="module")
def votes() -> Votes:
    """Ten of 25 workers of unequal accuracy label each of a hundred items."""
    model, matrix = Answerer(difficulty_sd=0), {}
    for item in range(ITEMS):
        chosen = sorted(range(25), key=lambda worker: luck(item).uniform("chosen", worker))[:VOTES]
        matrix[item] = {f"AWORKER{worker}": model.answer(task(item, worker))["label"] for worker in chosen}
    return matrix


def task(item: int, worker: int) -> Task:
    accuracy = ACCURACIES[worker]
    profile = Profile(f"AWORKER{worker}", "US", "one coin", accuracy, 0.0)
    return Task((FIELD,), str(item), luck(item), profile, Ability(name="one coin", share=1, accuracy=accuracy))


@pytest.fixture(scope="module")
def read_back(votes: Votes) -> Votes:
    """The votes as a requester reads them, after workers have handed them in by themselves."""
    with simulate() as sim:
        hit_ids = [post(sim, RequesterAnnotation=str(item), MaxAssignments=VOTES) for item in range(ITEMS)]
        for place, worker in enumerate(f"AWORKER{number}" for number in range(25)):
            steps: list[Any] = [Wait(60 * place)]
            for item in range(ITEMS):
                if worker in votes[item]:
                    steps += [Accept(hit_ids[item]), Wait(30 + item % 7), Submit({"label": votes[item][worker]})]
            sim.script(sim.worker(worker), *steps)
        sim.run(for_=timedelta(days=1))
        return {item: labels_of(sim, hit_id) for item, hit_id in enumerate(hit_ids)}


def labels_of(sim: Simulation, hit_id: str) -> dict[str, str]:
    pages = sim.client.get_paginator("list_assignments_for_hit").paginate(
        HITId=hit_id, PaginationConfig={"PageSize": 7}
    )
    found = [each for page in pages for each in page["Assignments"]]
    return {each["WorkerId"]: str(question_answers(each["Answer"])["label"]) for each in found}


def majorities(votes: Votes) -> dict[int, str]:
    return {item: Counter(sorted(cast.values())).most_common(1)[0][0] for item, cast in votes.items()}


def dawid_skene(votes: Votes, rounds: int = 30) -> dict[int, str]:
    """The most likely labels when each worker has an accuracy of their own (one coin), by expectation-maximisation."""
    likely = {item: cast_share(cast) for item, cast in votes.items()}
    for _ in range(rounds):
        right: defaultdict[str, float] = defaultdict(lambda: 1.0)
        total: defaultdict[str, float] = defaultdict(lambda: 2.0)
        for item, cast in votes.items():
            for worker, label in cast.items():
                right[worker] += likely[item] if label == "yes" else 1 - likely[item]
                total[worker] += 1
        skill = {worker: log(right[worker] / (total[worker] - right[worker])) for worker in total}
        for item, cast in votes.items():
            weight = sum(skill[worker] if label == "yes" else -skill[worker] for worker, label in cast.items())
            likely[item] = 1 / (1 + exp(-weight))
    return {item: "yes" if chance > 0.5 else "no" for item, chance in likely.items()}


def cast_share(cast: dict[str, str]) -> float:
    return sum(label == "yes" for label in cast.values()) / len(cast)


def right(labels: dict[int, str], truths: dict[int, str]) -> int:
    return sum(labels[item] == truths[item] for item in truths)


def test_every_vote_comes_back_as_it_was(votes: Votes, read_back: Votes) -> None:
    assert read_back == votes


def test_aggregates_of_what_comes_back_are_those_of_the_matrix(votes: Votes, read_back: Votes) -> None:
    assert majorities(read_back) == majorities(votes)
    assert dawid_skene(read_back) == dawid_skene(votes)


def test_weighing_workers_by_skill_finds_more_of_the_truth_than_counting(votes: Votes, truths: dict[int, str]) -> None:
    assert right(dawid_skene(votes), truths) > right(majorities(votes), truths) > 80
