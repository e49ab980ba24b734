"""Keywords that are misspelt are told, with what was meant, at the call of whoever has given them."""

from typing import Any

import attrs
import pytest

from mturk_sim import Behavior, Population, Simulation, Stubber, simulate

WORKER = "worker_id, country, subdivision, approved, rejected, adult, masters"
SIMULATE = "seed, start, sandbox, balance, clock, wire, behavior, client"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"contry": "GB"}, f"'contry' is no keyword of worker(), which takes {WORKER}; did you mean 'country'?"),
        ({"country": "GB", "zzz": 1}, f"'zzz' is no keyword of worker(), which takes {WORKER}"),
    ],
)
def test_a_worker_has_no_other_settings(mturk: Simulation, given: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError) as caught:
        mturk.worker(**given)

    assert str(caught.value) == told
    assert not mturk.workers


def test_a_simulation_has_no_other_settings(mturk: Simulation) -> None:
    settings: dict[str, Any] = {"sandbx": True}
    for make in (lambda: simulate(**settings), lambda: Stubber(mturk.client, **settings)):
        with pytest.raises(TypeError) as caught:
            make()
        assert str(caught.value) == (
            f"'sandbx' is no keyword of simulate(), which takes {SIMULATE}; did you mean 'sandbox'?"
        )


@pytest.mark.parametrize(
    ("kind", "misspelt", "meant"),
    [(Behavior, "lean_page", "lean_pages"), (Population, "arrivals", "arrivals_per_hour")],
)
def test_switches_and_parameters_of_workers_are_told_too(kind: Any, misspelt: str, meant: str) -> None:
    with pytest.raises(TypeError, match=rf"^'{misspelt}' is no keyword of {kind.__name__}\(\), which takes .*{meant}"):
        kind(**{misspelt: 5})

    assert attrs.evolve(kind()) == kind()


def test_what_was_meant_is_told(mturk: Simulation) -> None:
    settings: dict[str, Any] = {"lean_page": True}
    with pytest.raises(TypeError, match=r"; did you mean 'lean_pages'\?$"):
        Behavior(**settings)


def test_the_traceback_that_pytest_shows_ends_at_the_call(mturk: Simulation) -> None:
    settings: dict[str, Any] = {"contry": "GB"}
    with pytest.raises(TypeError) as caught:
        mturk.worker(**settings)

    assert [entry.name for entry in caught.traceback.filter(caught)][-1] == (
        "test_the_traceback_that_pytest_shows_ends_at_the_call"
    )
