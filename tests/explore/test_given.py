"""What is given to `explore` and `replay` is looked at: mistakes are told at once, and nothing passes without a run."""

import functools
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis.strategies import just

from mturk_sim import explore as module
from mturk_sim.explore import explore, replay
from mturk_sim.strategies import Schedule, Works, schedules

CALM = schedules(faults=())


async def asynchronous(client: Any) -> None:
    raise AssertionError("it was run")


def generating(client: Any) -> Iterator[None]:
    raise AssertionError("it was run")
    yield


def nothing(client: Any) -> None:
    pass


@pytest.mark.parametrize("days", [None, CALM], ids=["usual days", "other days"])
@pytest.mark.parametrize("program", [asynchronous, generating, functools.partial(asynchronous), asynchronous.__call__])
def test_a_program_of_which_a_call_runs_nothing_is_no_program(program: Any, days: Any) -> None:
    with pytest.raises(
        TypeError, match=r"gives <.*, of which nothing has run: give a function that runs it, such as lambda"
    ):
        explore(program, schedules=days)
    with pytest.raises(TypeError, match="nothing has run"):
        replay(program, Schedule(), lambda sim: False)


@pytest.mark.parametrize("days", [None, CALM], ids=["usual days", "other days"])
@pytest.mark.parametrize("answer", [["a problem"], [], 0, 1, ""], ids=repr)
def test_an_invariant_answers_nothing_or_true_or_false(answer: Any, days: Any) -> None:
    with pytest.raises(TypeError, match=r"the invariant gives .* no answer: raise AssertionError or return False"):
        explore(nothing, lambda sim: answer, schedules=days)
    with pytest.raises(TypeError, match="which is no answer"):
        replay(nothing, Schedule(), lambda sim: answer)


def test_an_invariant_that_would_be_awaited_is_none() -> None:
    with pytest.raises(TypeError, match=r"asynchronous gives <coroutine .* which is no answer"):
        explore(nothing, asynchronous)


@pytest.mark.parametrize("answer", [None, True])
def test_an_invariant_holds_that_answers_nothing_or_true(answer: bool | None) -> None:
    explore(nothing, lambda sim: answer, max_examples=2)


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"horizon": 5}, TypeError, r"5 is no horizon: give a timedelta such as timedelta\(days=7\)"),
    (
        {"max_example": 5},
        TypeError,
        r"'max_example' is no argument of explore\(\) or simulate\(\); did you mean 'max_ex",
    ),
    ({"sandbx": True}, TypeError, "did you mean 'sandbox'"),
    (
        {"allow": "ClientError"},
        TypeError,
        r"'ClientError' is no error to allow: give classes .* allow=\(ClientError,\)",
    ),
    ({"allow": ("ClientError",)}, TypeError, "'ClientError' is no error to allow"),
    ({"allow": 5}, TypeError, "5 is no error to allow"),
    ({"allow": (SystemExit,)}, TypeError, "SystemExit'> is no error to allow"),
    ({"program": "main"}, TypeError, "'main' is no program: give a function of one argument, the client"),
    ({"program": lambda: None}, TypeError, r"is no program: give a function of one .* \(too many positional arguments"),
    ({"invariant": True}, TypeError, "True is no invariant: give a function of one argument, the simulation"),
    ({"invariant": lambda sim, more: None}, TypeError, r"is no invariant: .* \(missing a required argument: 'more'"),
    ({"schedules": Schedule()}, TypeError, r"no strategy: give schedules\(...\) .*, or use replay"),
    ({"schedules": just(5), "max_examples": 1}, TypeError, r"5 is no schedule: give Schedule\(\[\.\.\.\]\)"),
    ({"settings": {"max_examples": 5}}, TypeError, r"is no settings: give settings\(\.\.\.\) of hypothesis"),
    ({"max_examples": 0}, TypeError, "max_examples"),
    ({"seed": "x"}, TypeError, "'x' is no seed"),
    ({"balance": 5}, ValueError, "a sandbox balance is always"),
]


@pytest.mark.parametrize(
    ("given", "error", "says"), WRONG, ids=[f"{next(iter(given))}-{says}" for given, _, says in WRONG]
)
def test_what_is_wrong_is_told_before_any_day(given: dict[str, Any], error: type[Exception], says: str) -> None:
    def never(client: Any) -> None:
        raise AssertionError("it was run")

    with pytest.raises(error, match=says):
        explore(**{"program": never, **given})


def test_replay_looks_at_what_is_given_too() -> None:
    with pytest.raises(TypeError, match=r"is no schedule: give Schedule\(\[\.\.\.\]\)"):
        replay(nothing, [Works()])  # type: ignore[arg-type]  # on purpose
    with pytest.raises(TypeError, match=r"argument of replay\(\) or simulate\(\); did you mean 'horizon'"):
        replay(nothing, Schedule(), horizn=5)


@pytest.mark.parametrize("allow", [ClientError, [ClientError], (ClientError, ValueError), {ClientError}])
def test_one_error_or_several_can_be_allowed(allow: Any) -> None:
    replay(lambda client: client.get_hit(HITId="unknown"), Schedule(), allow=allow)


def test_something_of_which_the_parameters_are_unknown_may_be_a_program() -> None:
    replay(min, Schedule(), allow=TypeError)


def test_the_module_shows_its_public_names_alone() -> None:
    assert dir(module) == ["BrokenDay", "explore", "replay"]
