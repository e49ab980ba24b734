"""The register of rules: complete, in order, honest about what is done and why something is not."""

import re
import tomllib
from textwrap import dedent

import attrs
import pytest
from rule_marks import REGISTER, marked

from mturk_sim.marketplace.behavior import Behavior
from mturk_sim.marketplace.rules import (
    IMPLEMENTED,
    NOT_MODELLED,
    PLANNED,
    Rule,
    chosen,
    citations,
    ids_in,
    markdown,
    missing,
    places,
    rule,
    rules,
    with_status,
)

NUMBERS = {
    "HIT": [(1, 57)],
    "ASN": [(1, 27), (30, 39)],
    "PAY": [(1, 16), (20, 27)],
    "LST": [(1, 16)],
    "ERR": [(1, 15)],
    "ENV": [(1, 11)],
    "QTY": [(1, 31)],
    "QRQ": [(1, 16)],
    "QUA": [(1, 14)],
    "REQ": [(1, 17), (20, 32)],
    "BLK": [(1, 8)],
    "NWK": [(1, 9)],
    "RVP": [(1, 7), (10, 18), (20, 34), (40, 50)],
    "NTF": [(1, 21)],
    "XML": [(1, 6), (10, 24), (30, 37), (40, 43), (45, 51), (55, 60)],
}
"""The numbers in use, by family; the families leave gaps."""
VARIANTS = {"HIT-23": "abcde"}
"""Numbers that stand for several rules."""
CHOICES = range(1, 48)


def expected_ids() -> list[str]:
    """Every id there is, in the register's order."""
    ids = []
    for family, ranges in NUMBERS.items():
        for first, last in ranges:
            for number in range(first, last + 1):
                rule_id = f"{family}-{number:02}"
                ids += [rule_id, *(rule_id + letter for letter in VARIANTS.get(rule_id, ""))]
    return ids + [f"C{number}" for number in CHOICES]


def is_choice(line: Rule) -> bool:
    return re.fullmatch(r"C\d+", line.id) is not None


def choices_named_by(line: Rule) -> set[str]:
    return {rule_id for rule_id in ids_in(line.note) if rule_id.startswith("C")}


def switches_named_by(line: Rule) -> set[str]:
    return set(re.findall(r"`(\w+)`", line.note))


# --- the lines ---------------------------------------------------------------------------------------------------
def test_every_rule_and_choice_is_there_once_and_in_order():
    assert list(rules()) == expected_ids()


def test_each_family_has_a_section_and_each_rule_a_line():
    text = REGISTER.read_text(encoding="utf-8")
    families = tomllib.loads(text)
    assert list(families) == [*NUMBERS, "C"]
    assert [
        rule_id
        for family, lines in families.items()
        for rule_id in lines
        if not re.fullmatch(rf"{family}-?\d+[a-z]?", rule_id)
    ] == []
    assert re.findall(r'^(\S+) = \["[^"]+", ".*"\]$', text, re.MULTILINE) == expected_ids()


def test_rules_are_told_in_short_lines():
    assert [line.id for line in rules().values() if not 0 < len(line.text) <= 110] == []
    assert [line.id for line in rules().values() if (line.text + line.note).strip() != line.text + line.note] == []


def test_what_is_left_out_or_chosen_says_why():
    silent = [line.id for line in rules().values() if line in with_status(NOT_MODELLED) + chosen() and not line.note]
    assert not silent


def test_every_choice_is_chosen_and_every_rule_that_is_chosen_names_its_choice():
    assert [line.id for line in rules().values() if is_choice(line)] == [
        line.id for line in chosen() if is_choice(line)
    ]
    assert [line.id for line in chosen() if not is_choice(line) and not choices_named_by(line)] == []


def test_choices_and_the_rules_they_decide_name_each_other():
    named = {(line.id, choice) for line in rules().values() if not is_choice(line) for choice in choices_named_by(line)}
    naming = {(rule_id, line.id) for line in rules().values() if is_choice(line) for rule_id in ids_in(line.note)}
    assert named == naming


def test_notes_name_rules_that_exist():
    assert {rule_id for line in rules().values() for rule_id in ids_in(line.note)} <= set(rules())


def test_the_switches_named_in_notes_are_those_of_behavior():
    named = [switch for line in rules().values() for switch in switches_named_by(line)]
    assert sorted(named) == sorted(field.name for field in attrs.fields(Behavior))


# --- the register and the rest of the project ---------------------------------------------------------------------
def test_code_cites_no_rule_that_does_not_exist():
    unknown = {rule_id: files for rule_id, files in citations().items() if rule_id not in rules()}
    assert not unknown


def test_tests_are_marked_with_no_rule_that_does_not_exist():
    unknown = {rule_id: where for rule_id, where in marked().items() if rule_id not in rules()}
    assert not unknown


def test_what_is_implemented_is_cited_in_the_package_and_marked_by_a_test():
    marks = marked()
    uncited = [line.id for line in with_status(IMPLEMENTED) if not places(line.id)]
    untested = [line.id for line in with_status(IMPLEMENTED) if line.id not in marks]
    assert not uncited + untested, f"cited nowhere: {' '.join(uncited)}; marked by no test: {' '.join(untested)}"


def test_what_is_left_out_has_no_test():
    assert {line.id for line in with_status(NOT_MODELLED)}.isdisjoint(marked())


# --- asking -------------------------------------------------------------------------------------------------------
def test_a_rule_is_found_by_its_id():
    assert rule("HIT-23b").id == "HIT-23b"
    assert rule("C5").status == "chosen"


@pytest.mark.parametrize("ask", [rule, places])
def test_an_unknown_id_is_told_which_families_there_are(ask):
    with pytest.raises(LookupError, match=r"no rule 'HIT-99': the families are HIT, ASN, .*, C$"):
        ask("HIT-99")


def test_missing_are_the_ids_that_are_planned_in_order():
    assert missing() == [rule_id for rule_id in expected_ids() if rule(rule_id).status == PLANNED]


def test_a_status_that_is_none_is_refused():
    with pytest.raises(ValueError, match="must be in"):
        Rule("HIT-01", "text", "done")


def test_places_are_the_files_that_cite_a_rule():
    assert "mturk_sim/marketplace/errors.py" in places("HIT-57")
    assert "mturk_sim/marketplace/behavior.py" in places("C1")
    for rule_id in ("HIT-57", "C1", "C17"):
        assert list(places(rule_id)) == sorted(places(rule_id))
        for place in places(rule_id):
            assert re.search(rf"\b{rule_id}\b", (REGISTER.parents[2] / place).read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("rule=HIT-24, (ASN-05) C4; C4", ["ASN-05", "C4", "HIT-24"]),
        ("HIT-23 and HIT-23b are two", ["HIT-23", "HIT-23b"]),
        ("C17 is not C1", ["C1", "C17"]),
        ("HIT-7 and HIT-123 look like ids", ["HIT-123", "HIT-7"]),
        ("UTF-16, A143XC5, XHIT-24, C0, C, HIT-, HITs", []),
    ],
)
def test_ids_are_whole_words(text, ids):
    assert ids_in(text) == ids


def test_the_table_has_a_row_for_each_line_and_shows_special_characters_as_they_are():
    header, rule_row, *rows = markdown().splitlines()
    assert (header, rule_row) == ("| id | rule | status | note |", "|---|---|---|---|")
    assert [row.split(" | ")[0].strip("| ") for row in rows] == expected_ids()
    odd = Rule("HIT-01", "a | b <c>", "planned", "why")
    assert markdown([odd]).splitlines()[2:] == [r"| HIT-01 | a \| b \<c> | planned | why |"]


# --- reading marks ------------------------------------------------------------------------------------------------
def test_marks_are_found_wherever_they_stand(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "test_it.py").write_text(
        dedent("""\
            import pytest
            pytestmark = [pytest.mark.slow, pytest.mark.rule("HIT-01")]
            @pytest.mark.rule("HIT-02", "HIT-03")
            @pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.rule("HIT-04")),
                                           pytest.param(2, marks=[pytest.mark.rule("HIT-05", "C6")])])
            def test_x(x): ...
            @pytest.mark.rule("HIT-02")
            class TestY: ...
            rule("HIT-07"), pytest.mark.other("HIT-08"), pytest.mark.rule(computed)
            """)
    )
    assert marked(tmp_path) == {
        "HIT-01": ["deep/test_it.py:2"],
        "HIT-02": ["deep/test_it.py:3", "deep/test_it.py:7"],
        "HIT-03": ["deep/test_it.py:3"],
        "HIT-04": ["deep/test_it.py:4"],
        "HIT-05": ["deep/test_it.py:5"],
        "C6": ["deep/test_it.py:5"],
    }
