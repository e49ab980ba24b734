"""README and docs: their examples run, their links lead somewhere, and what is made from the code is up to date."""

import re
from pathlib import Path

import docs_runner
import generated
import pytest

pytest_plugins = ["pytester"]


@pytest.mark.parametrize("page", docs_runner.PAGES, ids=lambda page: page.name)
def test_examples_run(page: Path, pytester: pytest.Pytester) -> None:
    docs_runner.run(page, pytester)


@pytest.mark.parametrize("path", generated.documents(), ids=lambda path: path.name)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    """If this fails, run ``python tests/generated.py``."""
    text = path.read_text()

    assert generated.renewed(text) == text


def test_the_first_example_of_the_readme_fits_in_a_screen() -> None:
    example = re.findall(r"```python\n(.*?)```", (generated.ROOT / "README.md").read_text(), re.DOTALL)[0]

    assert example.count("\n") <= 15


def test_links_lead_somewhere() -> None:
    for path in (generated.ROOT / "README.md", *generated.ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
