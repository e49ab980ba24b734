"""The examples of the documents, run as a reader would run them.

A page becomes a test module: what it fences as ``python`` stands there on the lines it has in the page, all in one
namespace, and its functions ``test_...`` are tests with fixtures and markers.  What it fences as ``py`` is only shown:
it is a signature, or needs an application of the reader's.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGES = [TESTS.parent / "README.md", *sorted(TESTS.parent.glob("docs/*.md"))]
WITH_EXAMPLES = [page for page in PAGES if "```python\n" in page.read_text(encoding="utf-8")]


def module(page: Path) -> str:
    """The blocks of a page; every other line of it is empty, so that lines have the same numbers."""
    runs, lines = False, []
    for line in page.read_text(encoding="utf-8").splitlines():
        fence = line.startswith("```")
        lines.append(line if runs and not fence else "")
        runs = line == "```python" or (runs and not fence)
    return "\n".join(lines).rstrip() + "\n"


def run(page: Path, pytester: pytest.Pytester) -> None:
    """Run a page's examples; the report of a failure names the page and the line."""
    pytester.makeconftest((TESTS / "conftest.py").read_text(encoding="utf-8"))
    path = pytester.path / f"test_{page.stem}.py"
    path.write_text(module(page), encoding="utf-8")
    pytester.makeini(f"[pytest]\npythonpath = {TESTS}\n")
    options = ("-q", "-p", "no:cacheprovider", "-W", "error", "--strict-markers")
    result = pytester.runpytest_subprocess(*options, path)
    if result.ret not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        pytest.fail(result.stdout.str().replace(path.name, page.name), pytrace=False)
