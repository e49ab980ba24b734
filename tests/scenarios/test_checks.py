"""A scenario, its HITs, faults and scripts hold only what they can be: what a value should have been is told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mturk_sim.scenarios import Fault, HITs, Qualification, Scenario, ScenarioError, Script, scenario_from
from mturk_sim.scenarios.checks import said, shown

DAY = timedelta(days=1)


def hits(**changes: Any) -> dict[str, Any]:
    return {"hits": [{"title": "t", "reward": "0.05", **changes}]}


def fault(**changes: Any) -> dict[str, Any]:
    return {"faults": [{"kind": "throttle", **changes}]}


def script(**changes: Any) -> dict[str, Any]:
    return {"scripts": [{"steps": [{"step": "Accept"}], **changes}]}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"horizon": "0 days"}, "horizon = '0 seconds': expected a duration of more than 0 seconds"),
        ({"horizon": "9000000 days"}, "horizon = '9000000 days': expected a duration that ends before the year 10000"),
        ({"horizon": "9999999999999 days"}, "horizon = '9999999999999 days': expected a duration that is not endless"),
        (
            {"start": datetime(2026, 1, 5, 9)},  # noqa: DTZ001  # so TOML gives a time without Z
            "start = 2026-01-05T09:00:00: expected an instant with its time zone, such as 2026-01-05T09:00:00Z, w",
        ),
        ({"balance": 10}, "balance = 10: expected nothing on the sandbox (for a balance, say sandbox = false)"),
        ({"sandbox": False, "balance": -1}, "balance = -1: expected an amount in whole cents from 0.00 up"),
        ({"sandbox": False, "balance": "nan"}, "balance = NaN: expected an amount in whole cents from 0.00 up"),
        (hits(title=""), "hits[0].title = '': expected a text of 1 to 128 characters"),
        (hits(description="d" * 2001), "expected a text of 1 to 2000 characters"),
        (hits(keywords="k" * 1001), "expected a text of 0 to 1000 characters"),
        (hits(reward=0), "hits[0].reward = 0: expected an amount in whole cents from 0.01 up"),
        (hits(reward="-0.05"), "hits[0].reward = -0.05: expected an amount in whole cents from 0.01 up"),
        (hits(reward="0.055"), "hits[0].reward = 0.055: expected an amount in whole cents from 0.01 up"),
        (hits(count=-1), "hits[0].count = -1: expected a number of HITs, from 1 up"),
        (hits(max_assignments=0), "hits[0].max_assignments = 0: expected a whole number from 1 to 1000000000"),
        (hits(lifetime="1 second"), "hits[0].lifetime = '1 second': expected a duration from 30 seconds to 365 days"),
        (hits(assignment_duration="400 days"), "hits[0].assignment_duration = '400 days': expected a duration from 30"),
        (hits(auto_approval_delay="31 days"), "expected a duration from 0 seconds to 30 days"),
        (hits(choices=[]), "hits[0].choices = (): expected a list of at least one choice"),
        (
            hits(annotation="{photo}"),
            "hits[0].annotation = '{photo}': expected a text of up to 255 characters, with {num",
        ),
        (hits(annotation="{"), "hits[0].annotation = '{': expected a text of up to 255 characters"),
        (
            {"qualifications": [{"name": "n", "holders": 5}]},
            "qualifications[0].holders = 5.0: expected a share, from 0",
        ),
        (
            {"qualifications": [{"name": "n", "value": 2**31}]},
            "qualifications[0].value = 2147483648: expected a whole nu",
        ),
        ({"qualifications": [{"name": "n", "test_duration": "0 days"}]}, "test_duration = '0 seconds': expected a dur"),
        (fault(kind="slow"), "faults[0].kind = 'slow': expected one of throttle, service_fault"),
        (
            fault(operations=["CreateHits"]),
            "operations[0] = 'CreateHits': expected an operation of the service (did you",
        ),
        (fault(times=0), "faults[0].times = 0: expected a number of calls, from 1 up"),
        (fault(rate=5), "faults[0].rate = 5.0: expected a share, from 0 to 1"),
        (fault(lasts="0 days"), "faults[0].lasts = '0 seconds': expected a duration of more than 0 seconds"),
        (script(country="USA"), "scripts[0].country = 'USA': expected two letters of ISO 3166 such as 'US'"),
        (script(worker_id="bob"), "scripts[0].worker_id = 'bob': expected a worker id: an A, then capital letters"),
        (script(approved=-1), "scripts[0].approved = -1: expected a number of assignments, from 0 up"),
        (script(repeat=0), "scripts[0].repeat = 0: expected a number of times, from 1 up"),
        (script(steps=[]), "scripts[0].steps = (): expected a list of at least one step"),
        (script(steps=[{"step": "Wait", "seconds": -5}]), "scripts[0].steps[0] = {'step': 'Wait', 'seconds': -5}: "),
    ],
)
def test_a_value_that_cannot_be_is_told_with_its_place_and_what_was_expected(
    changes: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_from({"name": "s", "horizon": "1 day", **changes}, origin="s.toml")

    assert expected in str(caught.value)
    assert str(caught.value).startswith("s.toml: ")


def test_queues_without_moto_are_told_with_the_extra_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mturk_sim.scenarios.parts.find_spec", lambda name: None)
    (tmp_path / "p.py").touch()
    with pytest.raises(ScenarioError, match=r"requester\.queues = True: expected false where moto .* extra 'queues'"):
        scenario_from({"name": "s", "horizon": "1 day", "requester": {"path": "p.py", "queues": True}}, folder=tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"sandbox": False, "balance": 0},
        {"start": datetime(2026, 1, 5, tzinfo=UTC)},
        hits(
            reward="0.01", lifetime="30 seconds", auto_approval_delay="0 days", annotation="photo {number}", keywords=""
        ),
        {"qualifications": [{"name": "n", "holders": 1, "value": -1}]},
        fault(operations=["CreateHIT", "create_hit"], times=1, rate=0),
        script(steps=[{"step": "Wait", "seconds": 0}], worker_id="A1"),
    ],
)
def test_what_is_just_possible_is_taken(changes: dict[str, Any]) -> None:
    assert scenario_from({"name": "s", "horizon": "1 day", **changes}).name == "s"


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (
            lambda: HITs(title="t", reward=Decimal("0.055")),
            "reward is an amount in whole cents from 0.01 up, and not 0.055",
        ),
        (lambda: HITs(title="t", reward=Decimal(1), after=-DAY), "after is a duration from 0 seconds up, and not"),
        (lambda: Qualification(name="n", holders=2), "holders is a share, from 0 to 1, and not 2"),
        (lambda: Fault(kind="slow"), "kind is one of throttle"),
        (lambda: Script(steps=()), "steps is a list of at least one step"),
        (lambda: Scenario(name="s", horizon=DAY, balance=Decimal(5)), "balance is nothing on the sandbox"),
    ],
)
def test_values_made_in_python_are_checked_too(make: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        make()


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(days=2, minutes=90), "2 days 1 hour 30 minutes"),
        (timedelta(seconds=0.5), "0.5 seconds"),
        (timedelta(days=9_000_000), "9000000 days"),
    ],
)
def test_durations_are_said_as_scenario_files_have_them(duration: timedelta, text: str) -> None:
    assert said(duration) == text
    assert shown(duration) == repr(text)


def test_values_are_shown_in_one_short_line() -> None:
    assert shown(Decimal("0.10")) == "0.10"
    assert shown(Path("a/b.py")) == "'a/b.py'"
    assert len(shown("x" * 1000)) == 60
