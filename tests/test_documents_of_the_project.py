"""README and docs: their examples run, their links lead somewhere, and what is made from the code is up to date."""

import pkgutil
import re
from pathlib import Path

import docs_runner
import generated
import pytest
import reference

from mturk_sim.scenarios import read_scenario

pytest_plugins = ["pytester"]


@pytest.mark.parametrize("page", docs_runner.WITH_EXAMPLES, ids=lambda page: page.name)
def test_examples_run(page: Path, pytester: pytest.Pytester) -> None:
    docs_runner.run(page, pytester)


@pytest.mark.parametrize("path", generated.documents(), ids=lambda path: path.name)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    """If this fails, run ``python tests/generated.py``."""
    text = path.read_text()

    assert generated.renewed(text) == text


@pytest.mark.parametrize("path", generated.EXAMPLES, ids=lambda path: path.stem)
def test_example_programs_print_what_they_are_said_to(path: Path) -> None:
    """If what they print now is right, run ``python tests/generated.py``."""
    assert generated.printed(path) == path.with_suffix(".out").read_text(encoding="utf-8")


def test_a_word_is_explained_once() -> None:
    terms = re.findall(r"^\| (?!term)([^|]+) \|", (generated.ROOT / "docs/glossary.md").read_text(), re.MULTILINE)
    words = [word for term in terms for word in term.split(", ")]

    assert len(words) > 50
    assert sorted(set(words)) == sorted(words)


def test_the_first_example_of_the_readme_fits_in_a_screen() -> None:
    example = re.findall(r"```python\n(.*?)```", (generated.ROOT / "README.md").read_text(), re.DOTALL)[0]

    assert example.count("\n") <= 15


def anchors(path: Path) -> set[str]:
    """Where links into a page can lead, as GitHub names its headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", docs_runner.PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text()):
        path = page.parent / target if target else page

        assert path.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(path), f"{page.name} links to {target}#{anchor}"


@pytest.mark.parametrize("page", docs_runner.PAGES, ids=lambda page: page.name)
def test_names_are_those_of_the_library(page: Path) -> None:
    for name in re.findall(r"`(mturk_sim(?:\.\w+)+)", page.read_text()):
        assert pkgutil.resolve_name(name) is not None


@pytest.mark.parametrize("page", docs_runner.PAGES, ids=lambda page: page.name)
def test_scenarios_are_understood(page: Path, tmp_path: Path) -> None:
    for scenario in re.findall(r"^```toml\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE):
        file = tmp_path / "shown.toml"
        file.write_text(scenario)
        assert read_scenario(file).horizon


@pytest.mark.parametrize("module", generated.PUBLIC)
def test_every_public_name_is_in_the_reference(module: str) -> None:
    headings = re.findall(r"^### (\w+)$", (generated.ROOT / "docs/reference.md").read_text(), re.MULTILINE)

    assert set(reference.public_names(module)) <= set(headings)
