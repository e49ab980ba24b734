"""The ways that how-it-works.md tells are the ways that calls, acts and time go."""

import pkgutil
import re
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

import pytest
from helpers import api, hand_in, post
from reference import ROOT
from rooms import below, layers, rooms

from mturk_sim import Simulation

PAGE = (ROOT / "docs/how-it-works.md").read_text(encoding="utf-8")


def approve(sim: Simulation) -> Callable[[], object]:
    (assignment_id,) = hand_in(sim, post(sim))
    return lambda: api(sim).approve_assignment(AssignmentId=assignment_id)


def submit(sim: Simulation) -> Callable[[], object]:
    handle = sim.worker().accept(post(sim))
    return lambda: handle.submit({"label": "cat"})


def wait(sim: Simulation) -> Callable[[], object]:
    hand_in(sim, post(sim, AutoApprovalDelayInSeconds=3600))
    return lambda: sim.clock.advance(hours=2)


WAYS = {"call": approve, "act": submit, "time": wait}


def steps(way: str) -> list[str]:
    """The functions that the page tells of, in its order."""
    (told,) = re.findall(rf"^## The way of (?:an? )?{way}\n(.*?)^## ", PAGE, re.DOTALL | re.MULTILINE)
    return re.findall(r"^\d+\. `([\w.]+)`", told, re.MULTILINE)


def code_of(name: str) -> CodeType:
    code: CodeType = pkgutil.resolve_name(f"mturk_sim.{name}").__code__
    return code


def entered(act: Callable[[], object]) -> list[CodeType]:
    """The code of every function that is entered while something is done, in order."""
    codes: list[CodeType] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            codes.append(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return codes


@pytest.mark.parametrize("way", WAYS)
def test_the_steps_of_a_way_are_taken_in_the_order_in_which_they_are_told(mturk: Simulation, way: str) -> None:
    names = steps(way)
    taken = iter(entered(WAYS[way](mturk)))

    assert len(names) > 5
    for name in names:
        assert code_of(name) in taken, f"{name} is not entered after the steps before it"


@pytest.mark.parametrize("way", WAYS)
def test_a_way_is_told_in_a_screen(way: str) -> None:
    (told,) = re.findall(rf"^## The way of (?:an? )?{way}\n(.*?)^## ", PAGE, re.DOTALL | re.MULTILINE)

    assert told.count("\n") <= 25


def test_rooms_use_only_what_is_below_them() -> None:
    for place, layer in enumerate(layers()):
        higher = {room for above in layers()[: place + 1] for room in above}
        for room in layer:
            assert not below(room) & higher
            assert below(room) <= set(rooms())
