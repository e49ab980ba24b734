"""Marketplaces with a history: they evaluate back, differ from each other, and can be gone on with."""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from helpers import digest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.vendor.pretty import pretty

from mturk_sim import documents, strategies
from mturk_sim.marketplace.records import APPROVED, RETURNED, SUBMITTED
from mturk_sim.operations import OPERATIONS
from mturk_sim.strategies import Call, Marketplace, Refused, Submit, Wait, acts, marketplaces, requests

NAMES = vars(documents) | vars(strategies) | {"datetime": datetime}
SOMETIMES = settings(max_examples=30)
PLAIN = settings(max_examples=500, phases=(Phase.generate, Phase.shrink))
"""Without the phase that explains, which traces every line."""


@SOMETIMES
@given(marketplaces())
def test_the_repr_of_a_marketplace_evaluates_back_to_the_same_state(sim: Marketplace) -> None:
    again = eval(repr(sim), NAMES)

    assert digest(again) == digest(sim)
    assert again.history == sim.history


@SOMETIMES
@given(marketplaces(sandbox=False))
def test_hypothesis_shows_a_marketplace_with_each_act_on_lines_of_its_own_and_it_evaluates_back(
    sim: Marketplace,
) -> None:
    shown = pretty(sim)

    assert digest(eval(shown, NAMES)) == digest(sim)
    assert len(re.findall(r"^ +\[?[A-Z]\w+\(", shown, re.MULTILINE)) == len(sim.history)
    assert shown.endswith("\n    sandbox=False,\n)")


@SOMETIMES
@given(marketplaces())
def test_work_has_been_handed_in_in_every_marketplace(sim: Marketplace) -> None:
    assert any(isinstance(act, Submit) for act in sim.history)
    assert sim.calls


def _statuses(records: Iterable[Any]) -> set[str]:
    return {record.status for record in records}


REACHED: dict[str, Callable[[Marketplace], bool]] = {
    "work is approved": lambda sim: APPROVED in _statuses(sim.assignments()),
    "work was given back": lambda sim: RETURNED in _statuses(sim.assignments()),
    "a call was refused": lambda sim: any(call.error for call in sim.calls),
    "a month has passed": lambda sim: any(isinstance(act, Wait) and act.seconds > 30 * 86400 for act in sim.history),
    "a worker holds a Qualification": lambda sim: any(worker.qualifications for worker in sim.workers),
}


def test_all_kinds_of_states_are_reached() -> None:
    missed = set(REACHED)

    @settings(max_examples=1000, derandomize=True, phases=[Phase.generate])
    @given(marketplaces(max_acts=15))
    def meet(sim: Marketplace) -> None:
        missed.difference_update([state for state in missed if REACHED[state](sim)])
        assert missed, "all are met"

    with pytest.raises(AssertionError, match="all are met"):
        meet()

    assert not missed


def test_a_history_shrinks_to_what_matters() -> None:
    sim = find(marketplaces(), REACHED["a call was refused"], settings=PLAIN)

    assert len(sim.history) == 7


@SOMETIMES
@given(st.data(), marketplaces(max_acts=0))
def test_acts_can_go_on_from_any_marketplace(data: st.DataObject, sim: Marketplace) -> None:
    before = sim.clock.now

    sim.do(data.draw(acts(sim)))

    assert sim.clock.now >= before


@given(st.integers(0, 3).flatmap(lambda n: st.tuples(st.just(n), marketplaces(st.just(n), seed=st.just(n)))))
@SOMETIMES
def test_arguments_may_be_strategies(drawn: tuple[int, Marketplace]) -> None:
    most, sim = drawn

    assert len(sim.history) <= 6 + most
    assert (f"seed={most}" in repr(sim)) == (most != 0)


def test_a_production_marketplace_says_so() -> None:
    sim = find(marketplaces(sandbox=False, max_acts=0), lambda sim: True, settings=PLAIN)

    assert not sim.world.sandbox
    assert repr(sim).endswith("], sandbox=False)")


def test_bad_arguments_are_refused_at_once() -> None:
    with pytest.raises(InvalidArgument, match="max_acts"):
        marketplaces(-1)


# --- requests for a marketplace as it stands ---------------------------------------------------------------------
STATE_ERRORS = (
    "This operation can be called with a status of",
    "This HIT is currently in the state",
    "A HIT created with fewer than 10 assignments",
    "The Reward of a HIT cannot change",
    "A bonus can be paid within six months",
)
"""What may be said of something that is there: that nothing there is in a state for it."""


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_requests_for_a_marketplace_name_what_is_there(operation: str) -> None:
    @settings(max_examples=8)
    @given(st.data(), marketplaces(max_acts=4))
    def holds(data: st.DataObject, sim: Marketplace) -> None:
        found = Call(operation, data.draw(requests(operation, sim))).do(sim)

        if isinstance(found, Refused):
            said = "is not valid for the parameter QuestionIdentifier", *STATE_ERRORS
            assert any(words in found.text for words in said), found

    holds()


@SOMETIMES
@given(st.data(), marketplaces(max_acts=6), st.sampled_from(["ApproveAssignment", "RejectAssignment"]))
def test_what_is_named_allows_the_operation_if_anything_does(data: st.DataObject, sim: Marketplace, name: str) -> None:
    waiting = any(work.status == SUBMITTED for work in sim.assignments())

    found = Call(name, data.draw(requests(name, sim))).do(sim)

    assert not (waiting and isinstance(found, Refused)), found


@given(
    requests("GetHIT", st.shared(marketplaces(max_acts=0), key="sim")), st.shared(marketplaces(max_acts=0), key="sim")
)
@SOMETIMES
def test_the_marketplace_may_be_a_strategy(request: dict[str, Any], sim: Marketplace) -> None:
    assert sim.client.get_hit(**request)["HIT"]["HITId"] == request["HITId"]


@SOMETIMES
@given(st.data(), marketplaces(max_acts=0))
def test_members_that_are_given_stay_as_they_are(data: st.DataObject, sim: Marketplace) -> None:
    request = data.draw(requests("SendBonus", sim, WorkerId="ANOBODY", BonusAmount=st.just("0.07")))

    assert (request["WorkerId"], request["BonusAmount"]) == ("ANOBODY", "0.07")
    assert sim.client.get_assignment(AssignmentId=request["AssignmentId"])
