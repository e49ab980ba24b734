"""Scenario files are read as they are meant, and what is wrong with one is told with its place."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mturk_sim.scenarios import HITs, Program, Scenario, ScenarioError, read_scenario, scenario_from
from mturk_sim.workers import Accept, Answerer, Population, Submit, Wait
from mturk_sim.workers.policies import OnlyLooks, ReturnsAtTheLastMoment

LEAST: dict[str, Any] = {"name": "least", "horizon": "1 day"}
FULL = """
description = "Everything"
horizon = "1 day 12 hours"
seed = 7
start = 2026-03-01T12:00:00+02:00
sandbox = false
balance = 12.50

[requester]
path = "program.py"
arguments = ["--fast"]

[[hits]]
title = "Label"
reward = 0.05
question = "question.xml"
lifetime = "90 minutes"

[[hits.requirements]]
QualificationTypeId = "labelling"
Comparator = "Exists"

[[qualifications]]
name = "labelling"
holders = 0.25

[workers]
arrivals_per_hour = 30
stay = [2, 1.5]
policy = "only_looks"

[workers.day_shapes.US]
share = 1.0

[[workers.abilities]]
name = "good"
share = 1
accuracy = [9, 1]

[workers.gold.item]
label = "cat"

[[scripts]]
title = "Label"
steps = [{step = "Accept"}, {step = "Wait", seconds = 60}, {step = "Submit", answers = {label = "cat"}}]

[[faults]]
kind = "throttle"
operations = ["CreateHIT"]
times = 2
"""


@pytest.fixture
def full(tmp_path: Path) -> Scenario:
    (tmp_path / "program.py").write_text("pass\n")
    (tmp_path / "question.xml").write_text("<q/>")
    (tmp_path / "everything.toml").write_text(FULL)
    return read_scenario(tmp_path / "everything.toml")


def complaint(**changes: Any) -> str:
    with pytest.raises(ScenarioError) as caught:
        scenario_from({**LEAST, **changes})
    return str(caught.value)


def test_a_file_gives_a_scenario_named_after_it_with_paths_beside_it(full: Scenario, tmp_path: Path) -> None:
    assert full.name == "everything"
    assert full.horizon == timedelta(days=1, hours=12)
    assert full.start == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert full.balance == Decimal("12.50")
    assert full.requester == Program(path=tmp_path / "program.py", arguments=("--fast",))
    assert full.hits[0].question == tmp_path / "question.xml"
    assert full.hits[0].lifetime == timedelta(minutes=90)


def test_money_is_read_in_cents_and_never_as_a_binary_fraction(full: Scenario) -> None:
    assert str(full.hits[0].reward) == "0.05"


def test_workers_are_a_population(full: Scenario) -> None:
    workers = full.workers

    assert isinstance(workers, Population)
    assert (workers.arrivals_per_hour, workers.stay) == (30.0, (2.0, 1.5))
    assert list(workers.day_shapes) == ["US"]
    assert workers.abilities[0].accuracy == (9.0, 1.0)
    assert workers.gold == {"item": {"label": "cat"}}
    assert isinstance(workers.policy, OnlyLooks)


def test_steps_are_values(full: Scenario) -> None:
    assert full.scripts[0].steps == (Accept(), Wait(60), Submit({"label": "cat"}))


def test_what_is_left_out_has_its_default() -> None:
    scenario = scenario_from(LEAST)

    assert scenario == Scenario(name="least", horizon=timedelta(days=1))
    assert scenario_from({**LEAST, "workers": {}}).workers == Population()


def test_policies_and_answer_models_can_be_imported_by_name() -> None:
    named = {"policy": "mturk_sim.workers.policies:OnlyLooks", "answers": "mturk_sim.workers:Answerer"}
    workers = scenario_from({**LEAST, "workers": named}).workers

    assert workers is not None
    assert isinstance(workers.policy, OnlyLooks)
    assert isinstance(workers.answers, Answerer)
    last = scenario_from({**LEAST, "workers": {"policy": "returns_at_the_last_moment"}}).workers
    assert last is not None
    assert isinstance(last.policy, ReturnsAtTheLastMoment)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("5 days", timedelta(days=5)),
        ("1 hour 30 minutes", timedelta(minutes=90)),
        ("2.5 hours", timedelta(minutes=150)),
        ("1week", timedelta(days=7)),
        ("45 seconds", timedelta(seconds=45)),
    ],
)
def test_durations_are_texts_with_units(text: str, duration: timedelta) -> None:
    assert scenario_from({**LEAST, "horizon": text}).horizon == duration


@pytest.mark.parametrize("text", ["", "5", "days", "5 days ago", "-5 days", "5 fortnights", 5])
def test_anything_else_is_no_duration(text: object) -> None:
    assert complaint(horizon=text) == (
        f'scenario: horizon = {text!r}: expected a duration such as "5 days" or "1 hour 30 minutes"'
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"horizont": 5}, "horizont = 5: no such setting; did you mean horizon?"),
        (
            {"hits": [{"title": "t", "reward": "0.05", "seed": 3}]},
            "hits[0].seed = 3: no such setting; the scenario's own seed stands above the first table",
        ),
        ({"arrivals_per_hour": 5}, "arrivals_per_hour = 5: no such setting; did you mean workers.arrivals_per_hour?"),
        ({"reward": 5}, "reward = 5: no such setting; did you mean hits[0].reward?"),
        ({"steps": []}, "steps = []: no such setting; did you mean scripts[0].steps?"),
        ({"title": "t"}, "title = 't': no such setting; did you mean hits[0].title or scripts[0].title?"),
        ({"zzz": 5}, "zzz = 5: no such setting; there are name, horizon, description, seed"),
        ({"seed": "7"}, "seed = '7': expected a whole number"),
        ({"seed": True}, "seed = True: expected a whole number"),
        ({"sandbox": 1}, "sandbox = 1: expected true or false"),
        ({"balance": "lots"}, "balance = 'lots': expected an amount such as 0.05"),
        ({"start": "today"}, "start = 'today': expected an instant such as 2026-01-05T09:00:00Z"),
        (
            {"requester": {"path": "no.py"}},
            f"requester.path = 'no.py': expected a file; there is no {Path('no.py').resolve()}",
        ),
        ({"requester": {"path": 5}}, "requester.path = 5: expected a path in quotes"),
        ({"requester": {}}, "requester.path is missing: expected a path in quotes"),
        ({"workers": {"p_abandon": "all"}}, "workers.p_abandon = 'all': expected a number"),
        ({"workers": {"policy": "lazy"}}, "workers.policy = 'lazy': expected one of returns_at_the_last_moment"),
        ({"workers": {"policy": "no.such:thing"}}, "expected a name that can be imported: No module named 'no'"),
        ({"workers": {"policy": "os:getcwd"}}, "expected the name of a policy, which has a method plan(); that names"),
        (
            {"workers": {"answers": "random"}},
            'expected a name such as "package.module:name"',
        ),
        ({"workers": {"answers": "os:getcwd"}}, "expected the name of an answer model, which has a method answer()"),
        ({"workers": {"stay": [1]}}, "workers.stay = [1]: expected two numbers in brackets"),
        (
            {"workers": {"abilities": [{"name": "a", "share": 1}, {"name": "b", "shar": 1}]}},
            "workers.abilities[1].shar = 1: no such setting; did you mean share?",
        ),
        ({"workers": {"abilities": [{"name": "a"}]}}, "workers.abilities[0].share is missing: expected a number"),
        ({"hits": [{"reward": 1}]}, "hits[0].title is missing: expected a text of 1 to 128 characters"),
        ({"hits": [{"title": "t"}]}, "hits[0].reward is missing: expected an amount such as 0.05"),
        ({"qualifications": [{}]}, "qualifications[0].name is missing: expected a text in quotes"),
        ({"faults": [{}]}, "faults[0].kind is missing: expected one of throttle, service_fault"),
        ({"scripts": [{}]}, "scripts[0].steps is missing: expected a list in brackets"),
        ({"scripts": [{"steps": [{"step": "Wait"}]}]}, "steps[0].seconds is missing: expected a whole number"),
        (
            {"faults": [{"kind": "throttle", "operations": ["CreateHIT", "list_hit"]}]},
            "faults[0].operations[1] = 'list_hit': expected an operation of the service (did you mean 'ListHITs'?)",
        ),
        (
            {"faults": [{"kind": "throttle", "operations": ["?"]}]},
            "faults[0].operations[0] = '?': expected an operation of the service (such as CreateHIT)",
        ),
        (
            {"workers": {"abilities": [{"name": "a", "share": 1, "accuracy": [1, 2, 3]}]}},
            "workers.abilities[0].accuracy = [1, 2, 3]: expected two numbers in brackets",
        ),
        ({"hits": [{"title": "t", "reward": False}]}, "hits[0].reward = False: expected an amount"),
        (
            {"scripts": [{"title": "t", "steps": [{"step": "Fly"}]}]},
            "scripts[0].steps[0] = {'step': 'Fly'}: expected a step, one of Accept, Wait, Submit, Return",
        ),
        (
            {"workers": {"abilities": [{"name": "a", "share": 1, "habit": "lazy"}]}},
            "workers.abilities[0].habit = 'lazy': 'habit' must be in ('random', 'first')",
        ),
        ({"workers": {"arrivals_per_hour": -5}}, "workers.arrivals_per_hour = -5.0: expected a number, from 0 up"),
        ({"workers": {"size": 1, "volume": 1}}, "workers.volume = 1: no such setting; there are name"),
        ({"workers": {"gold": {"item": {"label": 5}}}}, "workers.gold.item.label = 5: expected a text in quotes"),
        ({"workers": {"tau_hours": Decimal("inf")}}, "workers.tau_hours = Infinity: expected a number, and a finite"),
        ({"start": date(2026, 1, 5)}, "start = 2026-01-05: expected an instant such as 2026-01-05T09:00:00Z"),
        (
            {"scripts": [{"title": "t", "steps": [{"step": "Wait", "second": 3}]}]},
            "scripts[0].steps[0].second = 3: no such setting; did you mean seconds?",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_its_value_and_what_was_expected(
    changes: dict[str, Any], expected: str
) -> None:
    assert complaint(**changes).startswith("scenario: ")
    assert expected in complaint(**changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"hits": {"title": "t"}}, "hits = {'title': 't'}: expected [[hits]], a list of tables"),
        ({"hits": 5}, "hits = 5: expected [[hits]], a list of tables"),
        ({"hits": [5]}, "hits[0] = 5: expected a table"),
        ({"scripts": {"steps": []}}, "scripts = {'steps': []}: expected [[scripts]], a list of tables"),
        ({"workers": {"abilities": {"name": "a"}}}, "expected [[workers.abilities]], a list of tables"),
        (
            {"hits": [{"title": "t", "reward": 1, "requirements": {"Comparator": "Exists"}}]},
            "hits[0].requirements = {'Comparator': 'Exists'}: expected [[hits.requirements]], a list of tables",
        ),
        ({"requester": "foo.py"}, "requester = 'foo.py': expected [requester], a table"),
        ({"workers": [{"size": 5}]}, "workers = [{'size': 5}]: expected [workers], a table"),
        (
            {"workers": {"day_shapes": {"US": 5}}},
            "workers.day_shapes.US = 5: expected [workers.day_shapes.US], a table",
        ),
        ({"scripts": [{"steps": [{"step": ["Accept"]}]}]}, "steps[0] = {'step': ['Accept']}: expected a step, one of"),
        ({"scripts": [{"steps": "Accept"}]}, "scripts[0].steps = 'Accept': expected a list in brackets"),
        (
            {"scripts": [{"steps": [{"step": "Submit", "answers": 5}]}]},
            "scripts[0].steps[0].answers = 5: expected a table",
        ),
        ({"hits": [{"title": "t", "reward": 1, "choices": "yes"}]}, "hits[0].choices = 'yes': expected a list in"),
        ({"faults": [{"kind": "throttle", "operations": "CreateHIT"}]}, "operations = 'CreateHIT': expected a list in"),
    ],
)
def test_tables_and_lists_are_no_values_and_the_other_way_round(changes: dict[str, Any], expected: str) -> None:
    assert expected in complaint(**changes)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("arrival", "arrivals_per_hour"),
        ("queue", "queue_median or queue_sigma"),
        ("aproval", "approval"),
        ("per_hour", "arrivals_per_hour"),
        ("answerer", "answers"),
    ],
)
def test_a_name_that_is_unknown_is_answered_by_those_that_begin_so_have_it_in_them_or_look_like_it(
    typed: str, meant: str
) -> None:
    assert complaint(workers={typed: 1}) == f"scenario: workers.{typed} = 1: no such setting; did you mean {meant}?"


def test_where_a_scenario_comes_from_is_no_setting(full: Scenario, tmp_path: Path) -> None:
    assert full.origin == str(tmp_path / "everything.toml")
    assert scenario_from(LEAST, origin="a") == scenario_from(LEAST, origin="b")
    assert "origin = 'x': no such setting" in complaint(origin="x")


def test_all_mistakes_are_told_at_once() -> None:
    assert complaint(seed="x", sandbox="y").count("\n") == 1


def test_a_missing_horizon_is_told_with_what_it_is_to_be() -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_from({"name": "n"})
    assert str(caught.value) == (
        'scenario: horizon is missing: expected a duration such as "5 days" or "1 hour 30 minutes"'
    )


@pytest.mark.parametrize(
    ("text", "place", "line", "mark"),
    [
        ("seed = 1\nhorizon = \n[workers]\n", "line 2, column 11: ", "horizon = ", "          ^"),
        ("seed = 1\nseed = 2\n", "line 2, column 9: ", "seed = 2", "        ^"),
        ("[workers]\n\tsize: 5\n", "line 2, column 6: ", " size: 5", "     ^"),
        ("horizon = [1,\n  2\n\n", "line 2, column 4: ", "  2", "   ^"),
        ("horizon =", "line 1, column 10: ", "horizon =", "         ^"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line_and_a_mark_under_the_place(
    tmp_path: Path, text: str, place: str, line: str, mark: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        read_scenario(file)

    told, *quoted = str(caught.value).split("\n")
    assert told.startswith(f"{file}: {place}")
    assert "(at " not in told
    assert quoted == [f"    {line}", f"    {mark}"]


def test_a_file_that_cannot_be_read_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"\xff")

    with pytest.raises(ScenarioError, match=r"bad\.toml: .*invalid start byte"):
        read_scenario(tmp_path / "bad.toml")
    with pytest.raises(ScenarioError, match=r"none\.toml: .*No such file"):
        read_scenario(tmp_path / "none.toml")


def test_hits_have_the_defaults_they_say() -> None:
    hits = scenario_from({**LEAST, "hits": [{"title": "t", "reward": "0.05"}]}).hits

    assert hits == (HITs(title="t", reward=Decimal("0.05")),)
