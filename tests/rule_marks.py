"""Which rules the tests are marked with, read from their source.

Run as a program it lists the rules that are done, cited in the package and marked by a test, but still planned;
with ``--write`` it says so in the register. It also lists the choices that no code cites yet.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from mturk_sim.marketplace import rules

TESTS = Path(__file__).parent
REGISTER = Path(rules.__file__).with_suffix(".toml")


def marked(tests: Path = TESTS) -> dict[str, list[str]]:
    """The ids written out in `pytest.mark.rule(...)` below a directory, each with the places of its marks.

    It does not matter where a mark stands: on a function or class, in `pytestmark`, in a list, on a `pytest.param`.
    An id that is computed is not seen.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("*.py")):
        for rule_id, line in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(rule_id, []).append(f"{path.relative_to(tests).as_posix()}:{line}")
    return found


def _marks(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="mark"), attr="rule"), args=args):
                for arg in args:
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str):
                        yield arg.value, arg.lineno


def done() -> list[str]:
    """The ids of planned rules that are cited in the package and marked by a test."""
    marks = marked()
    return [rule_id for rule_id in rules.missing() if rule_id in marks and rules.places(rule_id)]


def main() -> None:
    ready = done()
    print("done but still planned:", *ready)
    choices = [rule.id for rule in rules.chosen() if "-" not in rule.id]
    print("choices cited nowhere:", *(choice for choice in choices if not rules.places(choice)))
    if "--write" in sys.argv:
        text = REGISTER.read_text(encoding="utf-8")
        for rule_id in ready:
            text = text.replace(f'\n{rule_id} = ["{rules.PLANNED}"', f'\n{rule_id} = ["{rules.IMPLEMENTED}"')
        REGISTER.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
