"""The parts of the documents that are made from the code: a test compares them, ``python tests/generated.py`` renews them."""

import re
from collections.abc import Callable
from pathlib import Path

from mturk_sim.marketplace import rules
from mturk_sim.marketplace.diagrams import LIFECYCLES
from mturk_sim.operations import OPERATIONS
from mturk_sim.operations.model import operation_names

ROOT = Path(__file__).parent.parent
_PART = re.compile(r"(<!-- generated: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def operations() -> str:
    """The table of operations, by family."""
    families: dict[str, list[str]] = {}
    for name in operation_names():
        known = OPERATIONS.get(name)
        family = known.function.__module__.rpartition(".")[2].replace("_", " ") if known else "not modelled"
        families.setdefault(family, []).append(f"`{name}`")
    lines = [f"{len(OPERATIONS)} of {len(operation_names())} operations are answered.", ""]
    lines += ["| family | operations |", "|---|---|"]
    lines += [f"| {family} | {', '.join(names)} |" for family, names in sorted(families.items())]
    return "\n".join(lines) + "\n"


def lifecycles() -> str:
    """A picture and a table of each lifecycle."""
    parts = []
    for table in LIFECYCLES.values():
        parts.append(f"### {table.name}\n\n```mermaid\n{table.mermaid()}```\n\n{table.markdown()}")
    return "\n".join(parts)


def fidelity() -> str:
    """The register of rules."""
    return rules.markdown()


PARTS: dict[str, Callable[[], str]] = {"operations": operations, "lifecycles": lifecycles, "rules": fidelity}


def documents() -> list[Path]:
    """The documents that have generated parts."""
    return [path for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))) if _PART.search(path.read_text())]


def renewed(text: str) -> str:
    """A document with its generated parts made anew."""
    return _PART.sub(lambda part: part[1] + PARTS[part[2]]() + part[4], text)


if __name__ == "__main__":
    for path in documents():
        path.write_text(renewed(path.read_text()))
