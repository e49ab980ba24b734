"""What strategies cost against ones by hand, and a step of the machine against the same without what is done in it."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.measure import Bar, medians, quiet
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from hypothesis.strategies import SearchStrategy
from questions import QUESTION

from mturk_sim.stateful import RequesterMachine
from mturk_sim.strategies import create_hit_requests

EXAMPLES = 400
STEPS = 50
PLAIN = settings(
    database=None,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    stateful_step_count=STEPS,
)


def _text(longest: int) -> SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=longest)


BY_HAND = st.fixed_dictionaries(
    {
        "LifetimeInSeconds": st.integers(30, 31536000),
        "AssignmentDurationInSeconds": st.integers(30, 31536000),
        "Reward": st.integers(1, 2000).map(lambda cents: f"{cents // 100}.{cents % 100:02d}"),
        "Title": _text(128),
        "Description": _text(2000),
        "Question": st.just(QUESTION),
    },
    optional={
        "MaxAssignments": st.integers(1, 1000),
        "AutoApprovalDelayInSeconds": st.integers(0, 2592000),
        "Keywords": _text(1000),
        "RequesterAnnotation": _text(255),
        "UniqueRequestToken": _text(64),
        "QualificationRequirements": st.lists(
            st.fixed_dictionaries(
                {
                    "QualificationTypeId": st.sampled_from(["00000000000000000040", "000000000000000000L0"]),
                    "Comparator": st.sampled_from(["GreaterThan", "LessThan", "EqualTo"]),
                    "IntegerValues": st.lists(st.integers(0, 100), min_size=1, max_size=1),
                }
            ),
            max_size=2,
        ),
    },
)
"""What somebody would write who knows the limits; without review policies, which ours has too."""


def _drawing(strategy: SearchStrategy[Any]) -> Callable[[], None]:
    @settings(PLAIN, max_examples=EXAMPLES)
    @given(strategy)
    def draw(request: dict[str, Any]) -> None:
        pass

    return draw


class Timed(RequesterMachine):
    """The machine, its acts timed apart; what it looks at only in the end is left out."""

    acting = 0.0
    steps = 0

    def do(self, act: Any) -> Any:
        begin = time.process_time()
        try:
            return super().do(act)
        finally:
            Timed.acting += time.process_time() - begin
            Timed.steps += 1

    def history_replays(self) -> None:
        pass

    def pages_are_complete(self) -> None:
        pass


def _machine() -> Bar:
    run = settings(PLAIN, max_examples=200)
    run_state_machine_as_test(Timed, settings=run)
    Timed.acting, Timed.steps = 0.0, 0
    with quiet():
        begin = time.process_time()
        run_state_machine_as_test(Timed, settings=run)
        took = time.process_time() - begin
    each, idle = (seconds / Timed.steps * 1e6 for seconds in (took, took - Timed.acting))
    return Bar("machine step / without its act", each / idle, 1.5, note=f"{each:.0f} µs, {idle:.0f} µs without")


def bars() -> Iterable[Bar]:
    """The bars on strategies and on the machine."""
    took = medians({"ours": _drawing(create_hit_requests()), "by hand": _drawing(BY_HAND)}, calls=1, rounds=7)
    rates = {name: EXAMPLES / micros * 1e6 for name, micros in took.items()}
    note = ", ".join(f"{name} {rate:.0f} examples/s" for name, rate in rates.items())
    yield Bar("CreateHIT strategy / by hand", rates["ours"] / rates["by hand"], 1.2, at_most=False, note=note)
    yield _machine()
