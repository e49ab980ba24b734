"""The machine: it runs on everything, it has a rule for everything, and a subclass can go on from it."""

import re
from typing import Any

import pytest
from botocore import xform_name
from hypothesis import Phase, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from questions import HIT

from mturk_sim import Behavior
from mturk_sim.operations import OPERATIONS
from mturk_sim.stateful import RequesterMachine, invariants
from mturk_sim.stateful.operations import ANYTIME
from mturk_sim.strategies import Call, Refused

STEPS = 50
NIGHTLY_STEPS = 1_000_000
NIGHTLY_EXAMPLES = 1_000
"""The number of examples by which the profile for nights is known."""
EXAMPLES = NIGHTLY_STEPS // STEPS // 4 if settings.default.max_examples >= NIGHTLY_EXAMPLES else 25
"""For each of the four kinds of marketplace below."""


SAME: dict[str, Any] = {"derandomize": True, "database": None}


def _run(machine: type[RuleBasedStateMachine], examples: int = EXAMPLES, **changes: Any) -> None:
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=STEPS, deadline=None, **changes)
    )


LENIENT = Behavior(
    expiry_can_move_earlier=True,
    zero_available_after_expiry=True,
    completed_counts_submitted=True,
    lean_pages=True,
    any_worker_exists=True,
    legacy_file_upload=True,
)
MARKETPLACES: dict[str, dict[str, Any]] = {
    "sandbox": {},
    "production": {"sandbox": False},
    "lenient": {"behavior": LENIENT},
    "another seed": {"seed": 11},
}


@pytest.mark.parametrize("name", MARKETPLACES)
def test_what_always_holds_holds_whatever_is_done(name: str) -> None:
    class Machine(RequesterMachine):
        marketplace = MARKETPLACES[name]

    _run(Machine)


def test_every_operation_is_called_and_work_is_done_and_reviewed() -> None:
    done: set[str] = set()

    class Machine(RequesterMachine):
        def do(self, act: Any) -> Any:
            outcome = super().do(act)
            name = act.operation if isinstance(act, Call) else type(act).__name__
            done.add(f"{name} refused" if isinstance(outcome, Refused) else name)
            return outcome

    _run(Machine, 200, **SAME)

    assert {name.removesuffix(" refused") for name in done} >= {*OPERATIONS, "Wait", "Trouble", "Join"}
    assert done >= {"Accept", "Submit", "Return", "Request", "ApproveAssignment", "RejectAssignment", "SendBonus"}
    assert done >= {"DeleteHIT", "UpdateHITReviewStatus", "AssociateQualificationWithWorker"}
    assert done >= {"Accept refused", "DeleteHIT refused", "UpdateExpirationForHIT refused"}


def test_a_short_run_reaches_work_and_its_review() -> None:
    """Hypothesis picks all rules alike, and so seldom those that a life is made of, one after the other."""
    runs: list[set[str]] = []

    class Machine(RequesterMachine):
        def teardown(self) -> None:
            runs.append({fact.kind for fact in self.sim.journal})
            runs[-1] |= {call.operation for call in self.sim.calls if not call.error and not call.fault}
            super().teardown()

    run_state_machine_as_test(
        Machine, settings=settings(Machine.TestCase.settings, max_examples=50, stateful_step_count=20, **SAME)
    )

    assert sum("AssignmentSubmitted" in run for run in runs) > len(runs) / 2
    for reached in ("ApproveAssignment", "RejectAssignment", "SendBonus"):
        assert sum(reached in run for run in runs) >= 3, reached


@pytest.mark.parametrize("by", [(), ("AFIRST",), ("AFIRST", "ASECOND")])
@pytest.mark.parametrize("posted", [True, False])
def test_it_begins_with_work_on_the_first_hit_or_on_a_plain_one(posted: bool, by: tuple[str, ...]) -> None:
    machine = RequesterMachine()
    hits = [machine.first_hit(HIT | {"MaxAssignments": 3})] if posted else []

    found = machine.first_work(by)

    assert [(work.worker_id, work.status) for work in machine.sim.assignments()] == [(name, "Submitted") for name in by]
    assert [work.id for work in machine.sim.assignments()] == [*found.values]
    assert not hits or [hit.id for hit in machine.sim.hits()] == hits


def test_nobody_works_first_where_all_is_taken() -> None:
    machine = RequesterMachine()
    machine.first_hit(HIT | {"MaxAssignments": 1})

    assert len(machine.first_work(("AFIRST", "ASECOND")).values) == 1


def test_what_is_worked_on_already_is_among_the_hits() -> None:
    machine = RequesterMachine()
    machine.first_work(("AFIRST",))

    assert [*machine.first_hit(HIT).values] == [hit.id for hit in machine.sim.hits()]


class _Found(Exception):
    pass


QUICK = {"phases": (Phase.generate,), "database": None, "report_multiple_bugs": False}


def test_a_subclass_draws_from_the_bundles_and_adds_rules_bundles_and_invariants() -> None:
    class Machine(RequesterMachine):
        reports = Bundle("reports")

        @rule(target=reports, hit_id=RequesterMachine.hits, worker_id=RequesterMachine.workers)
        def report(self, hit_id: str, worker_id: str) -> str:
            try:
                return f"{worker_id} on {hit_id}: {self.client.get_hit(HITId=hit_id)['HIT']['Title']}"
            except self.client.exceptions.RequestError:  # time has passed, and the HIT has disposed of itself
                return f"{worker_id} on {hit_id}: Label"

        @rule(report=reports)
        def read(self, report: str) -> None:
            raise _Found(report)

        @invariant()
        def seen(self) -> None:
            assert self.sim.calls.made >= 0

    with pytest.raises(_Found, match=r"^A\w+ on 3\w+: Label") as caught:
        _run(Machine, 300, **QUICK)

    told = "\n".join(caught.value.__notes__)
    assert re.search(r"reports_0 = state\.report\(hit_id=hits_\d+, worker_id=workers_\d+\)", told)
    assert re.search(r"state\.read\(report=reports_\d+\)", told)


def test_a_rule_or_an_invariant_is_left_out_by_a_plain_method() -> None:
    class Machine(RequesterMachine):
        def create_hit_type(self, request: dict[str, Any]) -> None:
            raise _Found

        def money_balances(self) -> None:
            pass

        @invariant()
        def money_from_nowhere(self) -> None:
            self.sim.world.books.accounts["worker:A"] += 1
            checked.append(self)

        def history_replays(self) -> None:
            pass

    checked: list[Any] = []
    _run(Machine, 5, database=None)

    assert checked


@pytest.mark.parametrize("apart", [True, False])
def test_the_history_is_replayed_unless_something_was_done_apart_from_it(
    apart: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    replayed: list[Any] = []
    monkeypatch.setattr(invariants, "history_replays", lambda sim, outcomes: replayed.append(sim))
    machine = RequesterMachine()
    machine.do(Call("GetAccountBalance", {}))
    if apart:
        machine.client.get_account_balance()
    machine.do(Call("GetAccountBalance", {}))

    machine.history_replays()

    assert bool(replayed) is not apart


def test_a_machine_can_be_driven_by_hand() -> None:
    """Outside of a test there is nothing to tell Hypothesis of."""
    machine = RequesterMachine()

    assert machine.call("GetAccountBalance") == {"AvailableBalance": "10000.00"}
    assert machine.call("GetHIT", HITId="3NONE").kind == "RequestError"


def test_a_refusal_that_leaves_a_trace_is_noticed() -> None:
    class Leaving(Call):
        def do(self, sim: Any) -> Any:
            sim.world.tell("HITCreated", None, None, None)
            return super().do(sim)

    machine = RequesterMachine()

    assert isinstance(machine.do(Call("GetHIT", {"HITId": "3NONE"})), Refused)
    with pytest.raises(AssertionError, match="left a trace"):
        machine.do(Leaving("GetHIT", {"HITId": "3NONE"}))


def test_a_refusal_in_words_that_no_service_has_is_noticed() -> None:
    class Odd(Call):
        def do(self, sim: Any) -> Any:
            return Refused("SomethingElse", "out of order")

    with pytest.raises(AssertionError, match="refused oddly"):
        RequesterMachine().do(Odd("GetHIT", {"HITId": "3NONE"}))


# --- its settings ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            {"marketplace": {"sanbox": False}},
            "'sanbox' is no keyword of Machine.marketplace, which takes seed, sandbox, wire, behavior; "
            "did you mean 'sandbox'?",
        ),
        ({"marketplce": {"sandbox": False}}, "'marketplce' is no setting of Machine; did you mean 'marketplace'?"),
        ({"market_place": {}}, "'market_place' is no setting of Machine; did you mean 'marketplace'?"),
    ],
)
def test_misspelt_settings_are_told_where_they_stand(body: dict[str, Any], text: str) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(text)}$"):
        type("Machine", (RequesterMachine,), body)


def test_attributes_of_a_subclass_may_have_any_name_that_is_no_misspelt_setting() -> None:
    machine = type("Machine", (RequesterMachine,), {"marketplaces": Bundle("marketplaces"), "places": {"a": 1}})()

    assert machine.places == {"a": 1}
    with pytest.raises(AttributeError, match=r"^'Machine' object has no attribute 'price'$"):
        _ = machine.price


def test_an_init_that_leaves_out_the_machines_own_is_told_so_and_nothing_else() -> None:
    class Machine(RequesterMachine):
        def __init__(self) -> None:
            self.paid: dict[str, str] = {}

    with pytest.raises(
        AttributeError, match=r"Machine\.__init__\(\) is to call super\(\)\.__init__\(\) first\n"
    ) as caught:
        _run(Machine, 5, **QUICK)

    assert caught.value.__context__ is None


# --- its statistics ----------------------------------------------------------------------------------------------
def test_hypothesis_is_told_what_was_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("mturk_sim.stateful.machine.event", told.append)

    _run(RequesterMachine, 20, **SAME)

    assert {"HITCreated comes to pass", "AssignmentSubmitted comes to pass", "CreateHIT is answered"} <= {*told}


# --- its test case -----------------------------------------------------------------------------------------------
def test_a_failing_machine_is_not_explained_by_lines_of_the_library() -> None:
    class Machine(RequesterMachine):
        pass

    for machine in (RequesterMachine, Machine):
        found = machine.TestCase.settings

        assert {*found.phases} == {*settings.default.phases} - {Phase.explain}
        assert found.deadline is None
        assert found.max_examples == settings.default.max_examples
        assert machine.TestCase.__name__ == f"{machine.__name__}.TestCase"


def test_the_profile_that_is_loaded_when_a_machine_is_made_a_test_stays_in_force() -> None:
    class Machine(RequesterMachine):
        pass

    settings.register_profile("as before", settings.default)
    settings.register_profile("few", max_examples=7, phases=(Phase.generate, Phase.explain))
    settings.load_profile("few")
    try:
        found = Machine.TestCase.settings
    finally:
        settings.load_profile("as before")

    assert (found.max_examples, found.phases) == (7, (Phase.generate,))


def test_settings_that_are_given_to_a_test_case_are_its_settings() -> None:
    class Machine(RequesterMachine):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    made: list[Machine] = []
    mine = settings(Machine.TestCase.settings, max_examples=3, stateful_step_count=2, database=None)
    Machine.TestCase.settings = mine

    Machine.TestCase("runTest").debug()

    assert len(made) == 3
    assert Machine.TestCase.settings is mine
    assert Phase.explain not in mine.phases


@pytest.mark.parametrize("operation", sorted(set(OPERATIONS) - set(ANYTIME)))
def test_rules_have_the_names_of_the_clients_methods(operation: str) -> None:
    assert getattr(RequesterMachine, xform_name(operation)).__doc__
