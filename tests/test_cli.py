"""The command: what it prints and where, and its exit codes."""

import csv
import errno
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from inspect import signature
from io import StringIO
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result

from mturk_sim import cli
from mturk_sim.cli.commands import command
from mturk_sim.marketplace import rules
from mturk_sim.scenarios import preset, preset_names, read_scenario

FIXTURES = Path(__file__).parents[1] / "fixtures"
PHOTOS = str(FIXTURES / "scenarios/photo_labels.toml")


@cache
def once(*arguments: str) -> Result:
    """The result of a command that writes no files, run once for all tests."""
    return call(*arguments)


class Told:
    """The command, of which all that it writes is read: click's runner of old forgets the end of standard error."""

    name = command.name

    def main(self, **words: Any) -> None:
        try:
            command.main(**words)
        finally:
            sys.stderr.flush()


def call(*arguments: str) -> Result:
    # click before 8.2 mixes the two outputs unless it is told not to, and later ones cannot be told
    apart: Any = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}
    runner: Any = CliRunner(**apart)
    result: Result = runner.invoke(Told(), arguments)
    return result


def test_a_run_tells_hits_assignments_money_and_a_timeline_and_the_same_again_for_the_same_seed() -> None:
    one, other = once("run", PHOTOS), call("run", PHOTOS)

    assert one.exit_code == 0
    for title in ("HITs by state", "Assignments by outcome", "Money by kind", "Timeline"):
        assert title in one.stdout
    assert "Disposed     50" in one.stdout
    assert (one.stdout, one.stderr) == (other.stdout, other.stderr)


def test_another_seed_is_another_run() -> None:
    assert call("run", PHOTOS, "--seed", "1").stdout != call("run", PHOTOS, "--seed", "2").stdout


def test_what_the_program_prints_stays_out_of_the_report() -> None:
    result = once("run", PHOTOS)

    assert "posted 50 HITs" in result.stderr
    assert "posted 50 HITs" not in result.stdout


def test_json_on_standard_output_is_alone_there() -> None:
    report = json.loads(call("run", PHOTOS, "--json", "-").stdout)

    assert report["hits"] == {"Disposed": 50}
    assert report["ok"] is True
    assert sum(report["assignments"].values()) == len(report["takings"])


def test_csv_on_standard_output_is_alone_there() -> None:
    rows = list(csv.DictReader(StringIO(call("run", PHOTOS, "--csv", "-").stdout)))

    assert {row["outcome"] for row in rows} <= {"Approved", "Rejected", "Returned", "Abandoned"}
    assert len({row["hit_id"] for row in rows}) == 50


def test_reports_go_to_files_beside_the_tables(tmp_path: Path) -> None:
    result = call("run", PHOTOS, "--json", str(tmp_path / "a.json"), "--csv", str(tmp_path / "a.csv"))

    assert "Timeline" in result.stdout
    assert json.loads((tmp_path / "a.json").read_text())["seed"] == 2017
    assert (tmp_path / "a.csv").read_text().startswith("hit_id,")


@pytest.mark.parametrize(("name", "magic"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a", b"\x89PNG")])
def test_the_picture_has_the_form_of_its_files_ending(tmp_path: Path, name: str, magic: bytes) -> None:
    call("run", "--preset", "mass_return", "--plot", str(tmp_path / name))

    assert (tmp_path / name).read_bytes().startswith(magic)


def test_a_picture_can_go_to_standard_output_alone() -> None:
    assert call("run", "--preset", "mass_return", "--plot", "-").stdout_bytes.startswith(b"\x89PNG")


def test_the_page_is_one_file(tmp_path: Path) -> None:
    call("run", "--preset", "mass_return", "--html", str(tmp_path / "a.html"))
    text = (tmp_path / "a.html").read_text()

    assert "<h1>mass_return, seed 0: 2026-01-05 09:00 to 2026-01-05 13:00 UTC</h1>" in text
    assert "Fifty workers hold all assignments" in text


def test_a_picture_of_an_unknown_form_or_without_its_extra_is_a_mistake_in_the_call(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert call("run", PHOTOS, "--plot", "a.jpeg").exit_code == 2
    monkeypatch.setattr("mturk_sim.cli.running.find_spec", lambda name: None)
    result = call("run", PHOTOS, "--plot", str(tmp_path / "a.png"))

    assert result.exit_code == 2
    assert "the extra 'plot' brings: pip install matplotlib" in result.stderr


def test_a_file_that_cannot_be_written_is_told() -> None:
    result = call("run", "--preset", "mass_return", "--json", "/nowhere/a.json")

    assert result.exit_code == 2
    assert "cannot write /nowhere/a.json: there is no folder /nowhere" in result.stderr
    assert call("run", "--preset", "mass_return", "--json", "/").exit_code == 2


def test_a_disk_that_is_full_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = call("run", "--preset", "mass_return", "--json", str(tmp_path / "a.json"))

    assert result.exit_code == 2
    assert f"cannot write {tmp_path / 'a.json'}: No space left on device" in result.stderr


def test_two_reports_cannot_share_standard_output() -> None:
    result = call("run", PHOTOS, "--json", "-", "--csv", "-")

    assert result.exit_code == 2
    assert "only one" in result.stderr


def test_a_program_that_fails_gives_1_with_its_traceback_and_the_timeline(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(
        "import boto3\nboto3.client('mturk', region_name='us-east-1').get_account_balance()\n"
        "boto3.client('mturk', region_name='us-east-1').create_hit_type(Title='t', Description='d', Reward='0.01',\n"
        "    AssignmentDurationInSeconds=60)\n1 / 0\n"
    )
    (tmp_path / "s.toml").write_text('horizon = "1 day"\n[requester]\npath = "broken.py"\n')
    result = call("run", str(tmp_path / "s.toml"))

    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr
    assert 'broken.py", line 5' in result.stderr
    assert "failed" in result.stdout


def test_a_program_that_exits_with_a_number_has_failed(tmp_path: Path) -> None:
    (tmp_path / "ends.py").write_text("import sys\nsys.exit(3)\n")
    (tmp_path / "s.toml").write_text('horizon = "1 day"\n[requester]\npath = "ends.py"\n')
    result = call("run", str(tmp_path / "s.toml"))

    assert result.exit_code == 1
    assert "ends.py ended with 3" in result.stderr


def test_ctrl_c_ends_with_the_report_so_far(tmp_path: Path) -> None:
    (tmp_path / "stops.py").write_text("import time\ntime.sleep(3600)\nraise KeyboardInterrupt\n")
    (tmp_path / "s.toml").write_text('horizon = "1 day"\n[requester]\npath = "stops.py"\n')
    result = call("run", str(tmp_path / "s.toml"))

    assert result.exit_code == 130
    assert "2026-01-05 10:00 UTC, interrupted;\nthe program was still at work then, at stops.py:3\n" in result.stdout


def test_a_program_that_is_still_at_work_at_the_horizon_is_no_failure_but_told(tmp_path: Path) -> None:
    (tmp_path / "polls.py").write_text("import time\nwhile True:\n    time.sleep(300)\n")
    (tmp_path / "s.toml").write_text('horizon = "1 day"\n[requester]\npath = "polls.py"\n')
    page, report = tmp_path / "a.html", tmp_path / "a.json"
    result = call("run", str(tmp_path / "s.toml"), "--html", str(page), "--json", str(report))
    told, told_to_programs = (
        "the program was still at work at the horizon, at polls.py:3",
        json.loads(report.read_text()),
    )

    assert result.exit_code == 0
    assert f"\n{told}\n" in result.stdout
    assert told in page.read_text()
    assert told_to_programs["ok"] is True
    assert told_to_programs["at_work"] == f"{tmp_path / 'polls.py'}:3"


def test_a_program_that_ended_is_not_said_to_be_at_work() -> None:
    assert "at work" not in once("run", PHOTOS).stdout
    assert json.loads(call("run", PHOTOS, "--json", "-").stdout)["at_work"] is None


def test_a_scenario_that_is_wrong_gives_2_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('horizon = "1 day"\n[workers]\narrivals_per_hours = 3\n')
    result = call("run", str(tmp_path / "s.toml"))

    assert result.exit_code == 2
    assert "s.toml: workers.arrivals_per_hours = 3: no such setting; did you mean arrivals_per_hour?" in result.stderr


def test_presets_run_by_name() -> None:
    report = json.loads(call("run", "--preset", "one_worker_takes_all", "--json", "-").stdout)

    assert report["scenario"] == "one_worker_takes_all"
    assert list(report["workers"].values()) == [30]


@pytest.mark.parametrize("name", preset_names())
def test_a_printed_preset_is_a_scenario_file_that_means_the_same(name: str, tmp_path: Path) -> None:
    result = call("run", "--preset", name, "--print")
    (tmp_path / f"{name}.toml").write_text(result.stdout)
    mine, theirs = read_scenario(tmp_path / f"{name}.toml"), preset(name)

    assert result.exit_code == 0
    assert attrs.evolve(mine, workers=None) == attrs.evolve(theirs, workers=None)
    assert str(mine.workers).partition(" at 0x")[0] == str(theirs.workers).partition(" at 0x")[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", PHOTOS, "--print"],
        ["run", "--preset", "mass_return", "--print", "--seed", "0"],
        ["run", "--preset", "mass_return", "--print", "--json", "a.json"],
        ["run", "nowhere.toml"],
        ["run", PHOTOS, "--preset", "mass_return"],
        ["run", "--preset", "chaos"],
        ["rules", "HIT-1", "--missing"],
        ["fly"],
    ],
)
def test_a_mistake_in_the_call_gives_2(arguments: list[str]) -> None:
    assert call(*arguments).exit_code == 2


def test_a_sweep_compares_the_points_of_a_grid(tmp_path: Path) -> None:
    grid = ("--grid", "workers.size=1,2", "--grid", "workers.acceptance=0.0,1.0")
    files = ("--json", str(tmp_path / "a.json"), "--csv", str(tmp_path / "a.csv"))
    result = call("sweep", "--preset", "one_worker_takes_all", "--seeds", "2", "--jobs", "1", *grid, *files)
    rows = list(csv.DictReader(StringIO((tmp_path / "a.csv").read_text())))
    points = json.loads((tmp_path / "a.json").read_text())["points"]

    assert result.exit_code == 0
    assert result.stdout.startswith("one_worker_takes_all: means of 2 runs, with 95 % intervals")
    assert [(row["workers.size"], row["submitted"]) for row in rows] == [
        ("1", "0.0"),
        ("1", "30.0"),
        ("2", "0.0"),
        ("2", "60.0"),
    ]
    assert points[1]["measures"]["submitted"] == [30.0, 30.0]
    assert points[1]["failure"] is None
    assert result.stderr == ""


def test_a_sweep_over_texts_can_go_to_standard_output_alone(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('horizon = "1 hour"\n[workers]\n')
    grid = ("--grid", "workers.policy=only_looks,returns_at_the_last_moment")
    result = call("sweep", str(tmp_path / "s.toml"), "--seeds", "1", "--jobs", "1", *grid, "--csv", "-")
    rows = list(csv.DictReader(StringIO(result.stdout)))

    assert [row["workers.policy"] for row in rows] == ["only_looks", "returns_at_the_last_moment"]


@pytest.mark.parametrize(
    ("grid", "said"),
    [
        ("workers.size", "expected NAME=V1,V2"),
        ("=1", "expected NAME=V1,V2"),
        ("workers.sizes=1", "no such setting; did you mean size?"),
        ("hits.7.count=1", "hits.7.count = 1: no such setting; hits is a list of 1"),
        ("hits.x.count=1", "hits.x.count = 1: no such setting; hits is a list of 1"),
        ("seed=1,2", "use --seeds N"),
    ],
)
def test_a_grid_that_makes_no_sense_is_a_mistake_in_the_call(grid: str, said: str) -> None:
    result = call("sweep", "--preset", "one_worker_takes_all", "--seeds", "1", "--grid", grid)

    assert result.exit_code == 2
    assert said in result.stderr


def test_a_setting_stands_once_in_a_grid() -> None:
    grid = ("--grid", "workers.size=1", "--grid", "workers.size=2")
    result = call("sweep", "--preset", "one_worker_takes_all", *grid)

    assert result.exit_code == 2
    assert "a setting is there twice" in result.stderr


def test_a_sweep_of_single_runs_speaks_of_no_intervals() -> None:
    result = call("sweep", "--preset", "mass_return", "--seeds", "1", "--jobs", "1")

    assert result.stdout.startswith("mass_return: one run each\n")


def test_a_sweep_in_which_a_program_fails_gives_1_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "ends.py").write_text("import sys\nsys.exit(3)\n")
    (tmp_path / "s.toml").write_text('horizon = "1 day"\n[requester]\npath = "ends.py"\n')

    result = call("sweep", str(tmp_path / "s.toml"), "--seeds", "2", "--jobs", "1", "--json", str(tmp_path / "a.json"))
    (point,) = json.loads((tmp_path / "a.json").read_text())["points"]

    assert result.exit_code == 1
    assert result.stderr == "the scenario as it is: seed 0: ends.py ended with 3\n"
    assert point["failure"] == {"seed": 0, "error": "ends.py ended with 3"}


def test_rules_without_code_or_test_are_listed_one_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "missing", lambda: ["HIT-24", "C5"])

    assert call("rules", "--missing").stdout == "HIT-24\nC5\n"


def test_rules_are_shown_all_or_one_or_by_status() -> None:
    assert call("rules").stdout == rules.markdown()
    assert call("rules", "--chosen").stdout == rules.markdown(rules.chosen())
    assert call("rules", "--missing").stdout.split() == rules.missing()
    assert "mturk_sim/marketplace/lifecycles.py" in call("rules", "HIT-24").stdout
    assert call("rules", "HIT-9999").exit_code == 2


@pytest.mark.parametrize("typed", ["hit-24", "Hit-24"])
def test_a_rule_is_found_in_any_case(typed: str) -> None:
    assert call("rules", typed).stdout == call("rules", "HIT-24").stdout


@pytest.mark.parametrize(
    ("typed", "first", "family"), [("HIT", "HIT-01", "HIT-"), ("pay", "PAY-01", "PAY-"), ("C", "C1", "C")]
)
def test_a_family_of_rules_is_shown_as_a_table(typed: str, first: str, family: str) -> None:
    rows = call("rules", typed).stdout.splitlines()[2:]

    assert rows[0].startswith(f"| {first} |")
    assert len(rows) == sum(each.startswith(family) for each in rules.rules())
    assert all(row.startswith(f"| {family}") for row in rows)


def test_every_command_has_its_whole_summary_in_the_list() -> None:
    shown = call("--help").stdout

    for each in command.commands.values():
        assert str(each.help).splitlines()[0] in shown


@pytest.mark.parametrize("name", ["run", "sweep"])
def test_the_help_of_commands_that_take_a_scenario_lists_the_presets_with_what_happens_in_them(name: str) -> None:
    shown = call(name, "--help").stdout.partition("Presets:\n")[2].splitlines()
    listed = dict(line.split(maxsplit=1) for line in shown)  # a line each, on 80 columns

    assert list(listed) == preset_names()
    assert all(preset(each).description.startswith(meaning) for each, meaning in listed.items())


def test_the_help_of_run_says_how_a_duration_is_written() -> None:
    assert '"90 minutes"' in call("run", "--help").stdout


def test_the_package_is_the_command_too() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "mturk_sim", "--help"], capture_output=True, text=True, timeout=60, check=True
    ).stdout

    assert shown.startswith("Usage: python -m mturk_sim ")


def test_diagrams_are_the_tables_own() -> None:
    assert call("diagram", "hit").stdout.startswith("stateDiagram-v2")
    assert "Assignable --> Unassignable" in call("diagram", "HIT").stdout
    assert "Accepted --> Submitted: submit" in call("diagram").stdout
    assert call("diagram", "cat").exit_code == 2


def test_without_its_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "find_spec", lambda name: None)

    with pytest.raises(SystemExit) as end:
        cli.main()

    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "mturk-sim needs click and rich, which the extra 'cli' of mturk_sim brings: pip install click rich\n"
    )


COMMAND = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\nfrom mturk_sim.cli import main; main()",
]
"""The command in a process of its own, which hears Ctrl-C even if whatever started the tests does not."""


def test_progress_is_shown_on_a_terminal_and_not_in_the_report(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    run = subprocess.Popen(
        [*COMMAND, "run", PHOTOS, "--json", str(tmp_path / "a.json")], stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # so a terminal ends that nobody writes to any more
        while chunk := os.read(ours, 65536):
            shown += chunk
    os.close(ours)

    assert run.wait(60) == 0
    assert b"photo_labels" in shown
    assert b"% of the time" in shown
    assert json.loads((tmp_path / "a.json").read_text())["ok"] is True


def test_an_interrupt_from_outside_ends_with_the_report_so_far(tmp_path: Path) -> None:
    (tmp_path / "waits.py").write_text(
        "import os, signal, time\ntime.sleep(1800)\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(10**9)\n"
    )
    (tmp_path / "s.toml").write_text('horizon = "9 days"\n[requester]\npath = "waits.py"\n')
    run = subprocess.run(
        [*COMMAND, "run", str(tmp_path / "s.toml")], capture_output=True, text=True, timeout=60, check=False
    )

    assert run.returncode == 130
    assert "2026-01-05 09:00 to 2026-01-05 09:30 UTC, interrupted" in run.stdout


def test_ctrl_c_ends_a_sweep_and_its_processes_at_once_with_the_points_that_are_complete(tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text(
        "import os, pathlib, sys, threading\nended, hanging = map(pathlib.Path, sys.argv[2:])\n"
        "if sys.argv[1] == 'ends':\n    sys.exit(ended.touch())\nwhile not ended.exists():\n    pass\n"
        "threading.Event().wait(1)\nhanging.write_text(str(os.getpid()))\nwhile True:\n    pass\n"
    )
    ended, hanging = tmp_path / "ended", tmp_path / "hanging"
    (tmp_path / "s.toml").write_text('horizon = "1 hour"\n[requester]\npath = "p.py"\n')
    hangs, ends = (f"['{name}', '{ended}', '{hanging}']" for name in ("hangs", "ends"))
    options = ["--seeds", "1", "--jobs", "2", "--grid", f"requester.arguments={hangs},{ends}"]
    sweep = subprocess.Popen(
        [*COMMAND, "sweep", "s.toml", *options],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        while not (hanging.exists() and hanging.read_text()):
            time.sleep(0.05)
            assert sweep.poll() is None
        os.killpg(sweep.pid, signal.SIGINT)
        output, errors = sweep.communicate(timeout=30)
    except BaseException:
        os.killpg(sweep.pid, signal.SIGKILL)
        raise

    assert sweep.returncode == 130
    assert errors == (
        f"interrupted: 1 of 2 points are complete; left out are\n  requester.arguments={hangs}: 0 of 1 runs done\n"
    )
    assert "['ends'" in output
    assert "['hangs'" not in output
    with pytest.raises(ProcessLookupError):
        os.kill(int(hanging.read_text()), 0)


@pytest.mark.parametrize(
    ("stopped", "told"),
    [
        ("sweeping.scenario_values", "interrupted before the first run\n"),
        (
            "sweeping.Begun.finish",
            "interrupted: 0 of 1 points are complete; left out are\n  the scenario as it is: 0 of 1 runs done\n",
        ),
    ],
)
def test_a_sweep_that_ends_before_a_point_is_complete_says_so(
    monkeypatch: pytest.MonkeyPatch, stopped: str, told: str
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"mturk_sim.cli.{stopped}", interrupt)
    result = call("sweep", "--preset", "one_worker_takes_all", "--seeds", "1", "--jobs", "1")

    assert (result.exit_code, result.stdout, result.stderr) == (130, "", told)


def test_what_the_service_refuses_of_a_scenario_is_one_clear_error(tmp_path: Path) -> None:
    needs = 'requirements = [{QualificationTypeId = "nope", Comparator = "Exists"}]'
    (tmp_path / "s.toml").write_text(f'horizon = "1 day"\n[[hits]]\ntitle = "t"\nreward = 0.05\n{needs}\n')
    for result in (call("run", str(tmp_path / "s.toml")), call("sweep", str(tmp_path / "s.toml"), "--seeds", "1")):
        assert result.exit_code == 2
        assert f"Error: {tmp_path / 's.toml'}: hits[0].requirements = " in result.stderr
        assert "You requested a QualificationType that does not exist." in result.stderr


def test_the_command_runs_in_a_process_of_its_own_whatever_the_hash_seed() -> None:
    lines = [*COMMAND, "run", PHOTOS, "--json", "-"]
    runs = [
        subprocess.run(lines, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""})
        for seed in ("0", "1")
    ]

    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["hits"] == {"Disposed": 50}
