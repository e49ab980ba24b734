"""What the service refuses of a scenario is told as a mistake in it, whenever it comes to light."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from mturk_sim.scenarios import Qualification, Scenario, ScenarioError, read_scenario, run

HITS = '[[hits]]\ntitle = "t"\nreward = 0.05\n'
UNKNOWN = 'requirements = [{QualificationTypeId = "nope", Comparator = "Exists"}]\n'
NO_SUCH_TYPE = (
    "requirements = ({'QualificationTypeId': 'nope', 'Comparator': 'Exists'},): expected what the service takes"
)


def complaint(tmp_path: Path, text: str) -> str:
    (tmp_path / "bad.xml").write_text("<q/>")
    (tmp_path / "sleeps.py").write_text("import time\ntime.sleep(6 * 3600)\n")
    path = tmp_path / "s.toml"
    path.write_text(f'horizon = "1 day"\n{text}')
    with pytest.raises(ScenarioError) as caught:
        run(read_scenario(path), output=io.StringIO())
    start = f"{path}: "
    assert str(caught.value).startswith(start)
    return str(caught.value).removeprefix(start)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (HITS + 'question = "bad.xml"', "hits[0].question = '", "There was an error parsing the XML question"),
        (HITS + HITS + UNKNOWN, f"hits[1].{NO_SUCH_TYPE}", "You requested a QualificationType that does not exist"),
        (HITS + 'requirements = [{Comparator = "Exists"}]', "hits[0].requirements = (", "QualificationTypeId"),
        ('[[qualifications]]\nname = "n"\ntest = "bad.xml"', "qualifications[0].test = '", "error parsing the XML"),
        ('[[qualifications]]\nname = "n"\nanswer_key = "bad.xml"', "qualifications[0].answer_key = '", "include Test"),
        ('[[qualifications]]\nname = "n"\n' * 2, "qualifications[1].name = 'n'", "You have already created"),
        ('[[qualifications]]\nname = ""', "qualifications[0] = Qualification(name=''", "minimum length of 1"),
    ],
)
def test_a_refusal_is_told_with_its_place_its_value_and_what_the_service_says(
    tmp_path: Path, text: str, place: str, said: str
) -> None:
    told = complaint(tmp_path, text)

    assert told.startswith(place)
    assert said in told


@pytest.mark.parametrize(
    ("balance", "start"),
    [("balance = 1.00\n", "balance = 1.00: "), ("", "balance = 10000.00 (left out): ")],
)
def test_too_little_money_is_a_mistake_of_the_balance(tmp_path: Path, balance: str, start: str) -> None:
    told = complaint(tmp_path, f"sandbox = false\n{balance}{HITS.replace('0.05', '5000')}count = 3\n")

    assert told.startswith(
        f"{start}expected enough for hits[0]; the service says: This Requester has insufficient funds"
    )


def test_hits_that_are_posted_later_are_refused_later(tmp_path: Path) -> None:
    assert NO_SUCH_TYPE in complaint(tmp_path, f'{HITS}after = "2 hours"\n{UNKNOWN}')


def test_hits_that_are_refused_while_the_program_sleeps_are_no_failure_of_the_program(tmp_path: Path) -> None:
    program = '[requester]\npath = "sleeps.py"\n'

    assert NO_SUCH_TYPE in complaint(tmp_path, f'{program}{HITS}after = "2 hours"\n{UNKNOWN}')


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "data.xml").write_bytes(b"\xff\xfe")

    assert complaint(tmp_path, HITS + 'question = "data.xml"').startswith("hits[0] = HITs(title='t'")


def test_a_scenario_without_a_file_is_called_by_its_name() -> None:
    twice = (Qualification(name="n"), Qualification(name="n"))
    with pytest.raises(ScenarioError, match=r"mine: qualifications\[1\].name = 'n'"):
        run(Scenario(name="mine", horizon=timedelta(days=1), qualifications=twice))
