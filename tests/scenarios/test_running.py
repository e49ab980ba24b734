"""A requester's program runs unmodified, in virtual time, and how it ends is told."""

import io
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mturk_sim.scenarios import Outcome, Program, Scenario, run

DAY = timedelta(days=1)
RunProgram = Callable[..., Outcome]


@pytest.fixture
def run_program(tmp_path: Path) -> RunProgram:
    def run_it(text: str, *arguments: str, output: io.StringIO | None = None) -> Outcome:
        path = tmp_path / "program.py"
        path.write_text(text)
        program = Program(path=path, arguments=arguments)
        return run(Scenario(name="s", horizon=DAY, requester=program), output=output or io.StringIO())

    return run_it


def test_a_program_has_its_command_line_and_its_own_modules(run_program: RunProgram, tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("WORD = 'hello'\n")
    arguments, path, output = list(sys.argv), list(sys.path), io.StringIO()
    outcome = run_program("import sys, beside\nprint(__name__, sys.argv[1:], beside.WORD)\n", "--fast", output=output)

    assert outcome.ok
    assert output.getvalue() == "__main__ ['--fast'] hello\n"
    assert (sys.argv, sys.path) == (arguments, path)


def test_a_program_does_not_meet_the_modules_of_the_one_before(run_program: RunProgram, tmp_path: Path) -> None:
    for word in ("first", "second"):
        (tmp_path / "beside.py").write_text(f"WORD = {word!r}\n".ljust(40 + len(word), "#") + "\n")
        output = io.StringIO()
        run_program("import beside\nprint(beside.WORD)\n", output=output)

        assert output.getvalue() == f"{word}\n"
        assert "beside" not in sys.modules


def test_sleeping_takes_no_time_and_the_clock_says_the_time_of_the_simulation(run_program: RunProgram) -> None:
    output = io.StringIO()
    outcome = run_program(
        "import time\nfrom datetime import datetime, timezone\ntime.sleep(7200)\nprint(datetime.now(timezone.utc))\n",
        output=output,
    )

    assert output.getvalue() == "2026-01-05 11:00:00+00:00\n"
    assert outcome.simulation.clock.now == outcome.scenario.end


def test_a_program_that_would_go_on_is_stopped_at_the_horizon_which_is_no_failure(
    run_program: RunProgram, tmp_path: Path
) -> None:
    outcome = run_program("import time\nwhile True:\n    time.sleep(3599)\n")

    assert outcome.ok
    assert outcome.at_work == f"{tmp_path / 'program.py'}:3"
    assert outcome.simulation.clock.now == outcome.scenario.end


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("import beside\nbeside.wait()\n", "beside.py:3"),
        ("import elsewhere\n\nelsewhere.wait()\n", "program.py:3"),
        ("import asyncio\nasync def f():\n    await asyncio.sleep(10**6)\nasyncio.run(f())\n", "program.py:3"),
    ],
    ids=["its own module", "another's module", "a coroutine"],
)
def test_where_a_program_still_slept_is_the_innermost_place_of_its_own(
    run_program: RunProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str
) -> None:
    (tmp_path / "library").mkdir()
    for path in (tmp_path / "beside.py", tmp_path / "library/elsewhere.py"):
        path.write_text("import time\ndef wait():\n    time.sleep(10**6)\n")
        monkeypatch.delitem(sys.modules, path.stem, raising=False)
    monkeypatch.syspath_prepend(tmp_path / "library")

    assert run_program(text).at_work == str(tmp_path / place)


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("import sys\nsys.exit()\n", None),
        ("import sys\nsys.exit(0)\n", None),
        ("import sys\nsys.exit(4)\n", "program.py ended with 4"),
        ("import sys\nsys.exit('no more money')\n", "program.py ended with 'no more money'"),
    ],
)
def test_how_a_program_exits_is_how_the_run_ends(run_program: RunProgram, text: str, failure: str | None) -> None:
    assert run_program(text).failure == failure


def test_a_failure_is_shown_from_the_programs_own_first_line_on(run_program: RunProgram) -> None:
    outcome = run_program("def f():\n    return 1 / 0\n\nf()\n")

    assert not outcome.ok
    assert outcome.failure is not None
    assert outcome.failure.startswith("Traceback (most recent call last):\n")
    assert "runpy" not in outcome.failure
    assert 'program.py", line 2, in f' in outcome.failure
    assert outcome.failure.endswith("ZeroDivisionError: division by zero\n")


def test_a_program_runs_in_the_working_directory_and_a_file_that_is_not_there_says_so(
    run_program: RunProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/photos.csv").touch()
    text = "import sys\nopen(sys.argv[1]).close()\n"
    hint = f" (a program's paths are relative to where mturk-sim is run: {tmp_path})\n"
    monkeypatch.chdir(tmp_path)

    assert str(run_program(text, "photos.csv").failure).endswith(f"No such file or directory: 'photos.csv'{hint}")
    assert str(run_program(text, "/no.csv").failure).endswith("No such file or directory: '/no.csv'\n")
    assert str(run_program("raise FileNotFoundError('gold')\n").failure).endswith("FileNotFoundError: gold\n")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run_program(text, "photos.csv").ok


def test_a_program_with_an_error_in_its_syntax_fails_too(run_program: RunProgram) -> None:
    assert "SyntaxError" in str(run_program("if:\n").failure)


def test_whoever_stops_the_run_has_what_happened_so_far(run_program: RunProgram) -> None:
    outcome = run_program("import time\ntime.sleep(60)\nraise KeyboardInterrupt\n")

    assert outcome.interrupted
    assert not outcome.ok
    assert outcome.at_work is not None
    assert outcome.at_work.endswith("program.py:3")
    assert outcome.simulation.clock.now == outcome.scenario.start + timedelta(seconds=60)


def test_an_interrupt_after_the_program_has_ended_does_not_speak_of_it(
    run_program: RunProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mturk_sim.simulation.Simulation.run", interrupt)
    outcome = run_program("pass\n")

    assert outcome.interrupted
    assert outcome.at_work is None


def test_progress_goes_from_nothing_to_one() -> None:
    told: list[float] = []
    run(Scenario(name="s", horizon=DAY), progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_progress_is_told_on_the_way_but_not_of_every_step(run_program: RunProgram, tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text("import time\nfor _ in range(5000):\n    time.sleep(10)\n")
    told: list[float] = []
    scenario = Scenario(name="s", horizon=DAY, requester=Program(path=tmp_path / "p.py"))
    run(scenario, output=io.StringIO(), progress=told.append)

    assert 100 < len(told) < 250


def test_the_seed_can_be_another_than_the_scenarios_own() -> None:
    scenario = Scenario(name="s", horizon=DAY, seed=3)

    assert run(scenario).seed == 3
    assert run(scenario, seed=4).seed == 4
    assert run(scenario, seed=4).simulation.world.draws.seed == 4
