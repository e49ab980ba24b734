"""What users see of it: tests that need no settings, the same examples everywhere, telling statistics."""

import os
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from mturk_sim import strategies
from mturk_sim.operations.model import operation_names

pytest_plugins = ["pytester"]

USERS_TESTS = """
from hypothesis import given, strategies as st
from mturk_sim import simulate
from mturk_sim.stateful import RequesterMachine
from mturk_sim.strategies import (
    bad_questions, create_hit_requests, invalid_requests, marketplaces, questions, requests, schedules
)

@given(create_hit_requests())
def test_with_the_factory(mturk_factory, request):
    with mturk_factory() as sim:
        sim.client.create_hit(**request)

@given(create_hit_requests())
def test_with_a_marketplace_of_its_own(request):
    with simulate() as sim:
        sim.client.create_hit(**request)

@given(marketplaces(), st.data())
def test_on_marketplaces(sim, data):
    sim.client.get_hit(**data.draw(requests("GetHIT", sim)))

@given(st.lists(requests("CreateHIT"), max_size=30))
def test_with_long_lists(requests):
    pass

@given(invalid_requests("CreateHIT"), bad_questions(), schedules(), questions())
def test_with_many_arguments(invalid, bad, schedule, question):
    pass

TestMarketplace = RequesterMachine.TestCase
"""


def test_users_need_no_settings_and_see_what_happened(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(USERS_TESTS)

    result = pytester.runpytest_subprocess("-q", "-W", "error", "--hypothesis-show-statistics")

    result.assert_outcomes(passed=6)
    result.stdout.fnmatch_lines_random(["*history: Accept*", "*CreateHIT is answered*"])


DRAWING = """
from hypothesis import given, settings, strategies as st
from mturk_sim.strategies import *

@settings(derandomize=True, database=None, deadline=None, max_examples=8)
@given(st.one_of(requests("CreateHIT"), questions(), invalid_requests("SendBonus"), bad_questions(), marketplaces()))
def draw(drawn):
    print(repr(drawn))

draw()
"""


def test_the_same_examples_are_drawn_under_any_hash_seed() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", DRAWING],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1]
    assert len(told[0].splitlines()) >= 8


def _of_an_operation(operation: str) -> list[SearchStrategy]:
    drawn = [strategies.requests(operation)]
    with suppress(InvalidArgument):  # nothing may be wrong with it
        drawn.append(strategies.invalid_requests(operation))
    return drawn


@pytest.mark.parametrize(
    "drawn",
    [
        strategies.worker_ids(),
        strategies.money(),
        strategies.instants(),
        strategies.qualification_requirements(),
        strategies.marketplaces(),
        strategies.schedules(),
        *(drawn for operation in operation_names() for drawn in _of_an_operation(operation)),
    ],
    ids=repr,
)
def test_the_repr_of_a_strategy_can_be_read(drawn: SearchStrategy) -> None:
    assert len(repr(drawn)) < 120
