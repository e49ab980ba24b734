"""README and docs: their first example runs, and what is made from the code is what the code makes."""

import re
from pathlib import Path

import generated
import pytest


@pytest.mark.parametrize("path", generated.documents(), ids=lambda path: path.name)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    """If this fails, run ``python tests/generated.py``."""
    text = path.read_text()

    assert generated.renewed(text) == text


def test_the_first_example_of_the_readme_runs_and_fits_in_a_screen() -> None:
    example = re.findall(r"```python\n(.*?)```", (generated.ROOT / "README.md").read_text(), re.DOTALL)[0]

    assert example.count("\n") <= 15
    exec(compile(example, "README.md", "exec"), {})


def test_links_lead_somewhere() -> None:
    for path in (generated.ROOT / "README.md", *generated.ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
