"""The register of rules: what Mechanical Turk did, and what this model does about it, one line each.

The lines stand in ``rules.toml`` beside this module and are read when somebody first asks.  Where a rule is followed
is not written down there but found: whoever follows a rule cites its id, and `places` looks for it.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import attrs

IMPLEMENTED: Final = "implemented"
CHOSEN: Final = "chosen"
PLANNED: Final = "planned"
NOT_MODELLED: Final = "not modelled"

_HERE: Final = Path(__file__)
_PACKAGE: Final = _HERE.parents[1]
_SOURCES: Final = (".py", ".xsd")


@attrs.frozen
class Rule:
    """One line of the register.

    Attributes:
        id: Its id: a family and a number, or C and a number for a choice.
        text: What the service did, or what was chosen.
        status: ``implemented``, ``chosen``, ``planned`` or ``not modelled``.
        note: Why it is left out, which choice was made, or which rules a choice decides; may be empty.
    """

    id: str
    text: str
    status: str = attrs.field(validator=attrs.validators.in_((IMPLEMENTED, CHOSEN, PLANNED, NOT_MODELLED)))
    note: str = ""


@cache
def _families() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(_HERE.with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, families one after the other, in the order of their numbers."""
    lines = (line for family in _families().values() for line in family.items())
    return MappingProxyType({rule_id: Rule(rule_id, text, status, *note) for rule_id, (status, text, *note) in lines})


def rule(rule_id: str) -> Rule:
    """The rule of that id.

    Raises:
        LookupError: There is none.
    """
    try:
        return rules()[rule_id]
    except KeyError:
        raise LookupError(f"no rule {rule_id!r}: the families are {', '.join(_families())}") from None


def with_status(status: str) -> list[Rule]:
    """The rules of that status, in order."""
    return [each for each in rules().values() if each.status == status]


def chosen() -> list[Rule]:
    """The rules where the record is silent or contradicts itself, and the choices made there."""
    return with_status(CHOSEN)


def missing() -> list[str]:
    """The ids of the rules that are still planned."""
    return [each.id for each in with_status(PLANNED)]


def markdown(lines: Iterable[Rule] | None = None) -> str:
    """The register, or those lines of it, as a Markdown table."""
    table = ["| id | rule | status | note |", "|---|---|---|---|"]
    for each in rules().values() if lines is None else lines:
        cells = (each.id, each.text, each.status, each.note)
        table.append("| " + " | ".join(cell.replace("|", r"\|").replace("<", r"\<") for cell in cells) + " |")
    return "\n".join(table) + "\n"


def places(rule_id: str) -> tuple[str, ...]:
    """The files of the package that cite the rule, as paths such as ``mturk_sim/marketplace/world.py``, sorted.

    Raises:
        LookupError: There is no such rule.
    """
    return citations().get(rule(rule_id).id, ())


@cache
def citations() -> Mapping[str, tuple[str, ...]]:
    """Every id that looks like a rule's, known or not, with the files of the package that cite it."""
    found: dict[str, list[str]] = {}
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in _SOURCES:
            for rule_id in ids_in(path.read_text(encoding="utf-8")):
                found.setdefault(rule_id, []).append(path.relative_to(_PACKAGE.parent).as_posix())
    return MappingProxyType({rule_id: tuple(paths) for rule_id, paths in found.items()})


def ids_in(text: str) -> list[str]:
    """The whole words of a text that look like a rule's id, each once, sorted."""
    return sorted(set(_id_pattern().findall(text)))


@cache
def _id_pattern() -> re.Pattern[str]:
    *numbered, choices = _families()
    return re.compile(rf"\b(?:(?:{'|'.join(numbered)})-\d+[a-z]?|{choices}[1-9]\d?)\b")
