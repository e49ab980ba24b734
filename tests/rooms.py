"""The rooms of the library: which there are, by the layers that import-linter holds them to, and which use which."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache

from reference import ROOT, Docstring, tree

PACKAGE = ROOT / "mturk_sim"


@cache
def layers() -> tuple[tuple[str, ...], ...]:
    """The rooms, layer by layer, the highest first."""
    (contract,) = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return tuple(tuple(room.strip() for room in layer.split("|")) for layer in contract["layers"])


def rooms() -> list[str]:
    """All rooms, from the highest to the lowest."""
    return [room for layer in layers() for room in layer]


def promise(room: str) -> str:
    """What a room is for, in the words of its docstring."""
    return Docstring.of(ast.get_docstring(tree(f"mturk_sim.{room}")) or "").promise


@cache
def used(room: str) -> frozenset[str]:
    """The rooms from which a room imports, wherever in it that stands."""
    path = PACKAGE / room
    sources = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    modules = {name for source in sources for name in _imported(ast.parse(source.read_text(encoding="utf-8")))}
    return frozenset(name.split(".")[1] for name in modules if name.startswith("mturk_sim.")) - {room}


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def below(room: str) -> frozenset[str]:
    """All rooms that stand below a room: those it uses, and those below them."""
    return used(room).union(*(below(other) for other in used(room)))


def drawn() -> str:
    """The rooms as a Mermaid flow chart; an arrow that follows from others is left out."""
    lines = ["flowchart TD"]
    for room in rooms():
        under = sorted(used(room).difference(*(below(other) for other in used(room))), key=rooms().index)
        lines += [f"    {room} --> {other}" for other in under] or [f"    {room}"]
    return "\n".join(lines)
