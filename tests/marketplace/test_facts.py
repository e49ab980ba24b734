"""Facts: every kind that is written is known."""

import re

import generated
import pytest

from mturk_sim import Simulation
from mturk_sim.marketplace.facts import KINDS


def test_the_kinds_are_those_that_lifecycles_and_operations_tell() -> None:
    assert sorted(KINDS) == sorted(re.findall("`(.+?)`", generated.facts()))


@pytest.mark.parametrize("kind", KINDS)
def test_each_can_be_asked_for(mturk: Simulation, kind: str) -> None:
    assert mturk.journal.of(kind) == []


def test_a_kind_that_is_misspelt_is_told(mturk: Simulation) -> None:
    with pytest.raises(ValueError, match="did you mean 'AssignmentApproved'"):
        mturk.journal.of("AssignmentAproved")
