"""Docstrings and signatures of public names as Markdown, read from the source as it is written.

Nothing is imported for it, so a name's defaults stand there as its author spelt them, on every Python.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import attrs

ROOT = Path(__file__).parent.parent
_SECTION = re.compile(r"^(Args|Attributes|Raises):$", re.MULTILINE)
_ITEM = re.compile(r"^    (\S[^:\n]*): ", re.MULTILINE)
_WIDTH = 100
Definition = ast.ClassDef | ast.FunctionDef | ast.Assign | ast.AnnAssign


# --- finding -----------------------------------------------------------------------------------------------------
@cache
def tree(module: str) -> ast.Module:
    """The parsed source of a module of the project."""
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text(encoding="utf-8"))


def definition(dotted: str) -> tuple[Definition, str]:
    """The definition of a name such as ``mturk_sim.Worker``, wherever it is imported from, and its docstring."""
    module, _, name = dotted.rpartition(".")
    body = tree(module).body
    node: ast.AST
    for place, node in enumerate(body):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            return node, ast.get_docstring(node) or ""
        if isinstance(node, ast.Assign | ast.AnnAssign) and _target(node) == name:
            return node, _string(body[place + 1]) if place + 1 < len(body) else ""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and any(alias.name == name for alias in node.names):
            return definition(f"{node.module}.{name}")
    raise LookupError(f"{module} neither defines nor imports {name}")


def public_names(module: str) -> list[str]:
    """What stands in the ``__all__`` of a module."""
    node, _ = definition(f"{module}.__all__")
    assert isinstance(node, ast.Assign)
    names: list[str] = ast.literal_eval(node.value)
    return names


def _target(node: ast.Assign | ast.AnnAssign) -> str:
    return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def _string(node: ast.AST) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return node.value.value
    return ""


# --- docstrings --------------------------------------------------------------------------------------------------
@attrs.frozen
class Docstring:
    """A docstring in the Google style, taken apart."""

    text: str
    sections: dict[str, dict[str, str]]

    @classmethod
    def of(cls, text: str) -> "Docstring":
        head, *rest = _SECTION.split(text)
        sections = {name: dict(_items(body)) for name, body in zip(rest[::2], rest[1::2], strict=True)}
        paragraphs = [_line(paragraph) for paragraph in head.strip().split("\n\n")]
        return cls("\n\n".join(paragraphs), sections)

    @property
    def promise(self) -> str:
        """The first paragraph."""
        return self.text.partition("\n\n")[0]

    def markdown(self, attributes: dict[str, str] | None = None) -> str:
        raised = self.sections.get("Raises", {}).items()
        parts = [self.text, _bullets(self.sections.get("Args", {}) | (attributes or {}))]
        parts += [f"Raises `{error}`: {_lowered(when)}" for error, when in raised]
        return "\n\n".join(filter(None, parts))


def _items(body: str) -> Iterator[tuple[str, str]]:
    _, *rest = _ITEM.split(body)
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        yield name, _line(text)


def _line(text: str) -> str:
    """One line, in Markdown's way of marking code."""
    return " ".join(text.replace("``", "`").split()).replace(" < ", r" \< ")


def _lowered(sentence: str) -> str:
    """A sentence that goes on after a colon."""
    first, rest = sentence[:1], sentence[1:]
    return first.lower() + rest if rest[:1].islower() or rest[:1] == " " else sentence


def _bullets(items: dict[str, str]) -> str:
    return "\n".join(f"- `{name}`{text and ': '}{text}" for name, text in items.items())


# --- code --------------------------------------------------------------------------------------------------------
class _Unquoted(ast.NodeTransformer):
    """Takes the quotes from annotations."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.parse(node.value, mode="eval").body if isinstance(node.value, str) else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return node if ast.unparse(node.value).endswith("Literal") else self.generic_visit(node)


def _annotation(node: ast.expr) -> str:
    return ast.unparse(_Unquoted().visit(node))


def signature(function: ast.FunctionDef, name: str = "") -> str:
    """A call, on one line if it fits and otherwise with a line for each parameter."""
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    defaults = [None] * (len(positional) - len(given.defaults)) + given.defaults
    parts = [_parameter(each, default) for each, default in zip(positional, defaults, strict=True)]
    if given.posonlyargs:
        parts.insert(len(given.posonlyargs), "/")
    if given.vararg or given.kwonlyargs:
        parts.append(f"*{_parameter(given.vararg)}" if given.vararg else "*")
    parts += [_parameter(each, default) for each, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    if given.kwarg:
        parts.append(f"**{_parameter(given.kwarg)}")
    if positional and positional[0].arg in ("self", "cls"):
        parts = parts[2:] if parts[1:2] == ["/"] else parts[1:]
    returns = f" -> {_annotation(function.returns)}" if function.returns and function.name != "__init__" else ""
    called = name or function.name
    line = f"{called}({', '.join(parts)}){returns}"
    return line if len(line) <= _WIDTH else f"{called}(\n    " + ",\n    ".join(parts) + f",\n){returns}"


def _parameter(parameter: ast.arg, default: ast.expr | None = None) -> str:
    typed = f"{parameter.arg}: {_annotation(parameter.annotation)}" if parameter.annotation else parameter.arg
    return typed if default is None else f"{typed} = {ast.unparse(default)}"


def _field(node: ast.AnnAssign) -> str:
    """A field of a class of values: its name, type and default."""
    text, default = f"{_target(node)}: {_annotation(node.annotation)}", _default(node)
    return text if default is None else f"{text} = {default}"


def _default(node: ast.AnnAssign) -> str | None:
    value = node.value
    if not isinstance(value, ast.Call) or ast.unparse(value.func) not in ("attrs.field", "attrs.Factory"):
        return None if value is None else ast.unparse(value)
    options = {each.arg: ast.unparse(each.value) for each in value.keywords}
    factory = options.get("factory", ast.unparse(value.args[0]) if value.args else None)
    if factory is None:
        return options.get("default")
    return factory.removeprefix("lambda: ") if factory.startswith("lambda: ") else f"{factory}()"


def defaults(dotted: str) -> dict[str, str]:
    """The default of each field of a class of values that has one."""
    node, _ = definition(dotted)
    assert isinstance(node, ast.ClassDef)
    fields = {_target(each): _default(each) for each in node.body if isinstance(each, ast.AnnAssign)}
    return {name: default for name, default in fields.items() if default is not None}


def _block(*lines: str) -> str:
    return "\n".join(["```py", *lines, "```"])


# --- entries -----------------------------------------------------------------------------------------------------
def entry(dotted: str, *members: str) -> str:
    """A public name: what it is and, of a class, its members, or those of them that are named."""
    node, text = definition(dotted)
    name, doc = dotted.rpartition(".")[2], Docstring.of(text)
    if isinstance(node, ast.FunctionDef):
        parts = [_block(signature(node)), doc.markdown()]
    elif isinstance(node, ast.ClassDef):
        parts = list(_class(node, doc, members))
    else:
        assert node.value is not None
        parts = [_block(f"{name} = {ast.unparse(node.value)}"), doc.markdown()]
    return "\n\n".join([f"### {name}", *filter(None, parts)])


def _class(node: ast.ClassDef, doc: Docstring, members: tuple[str, ...]) -> Iterator[str]:
    functions = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    if "__init__" in functions and "Args" in doc.sections and (not members or "__init__" in members):
        yield _block(signature(functions["__init__"], node.name))
    elif "Args" in doc.sections:
        doc.sections.pop("Args")
    shown = members or [name for name in functions if not name.startswith("_")]
    properties = [name for name in shown if name in functions and "property" in _decorators(functions[name])]
    attributes = _fields(node, doc, members)
    for name in properties:
        returns = functions[name].returns
        assert returns is not None
        attributes[f"{name}: {_annotation(returns)}"] = Docstring.of(ast.get_docstring(functions[name]) or "").text
    yield doc.markdown(attributes)
    for name in shown:
        if name in functions and name not in (*properties, "__init__"):
            is_static = "staticmethod" in _decorators(functions[name])
            yield _block(signature(functions[name], f"{node.name}.{name}" if is_static else name))
            yield Docstring.of(ast.get_docstring(functions[name]) or "").markdown()


def _fields(node: ast.ClassDef, doc: Docstring, members: tuple[str, ...]) -> dict[str, str]:
    """The fields of a class of values and the attributes that its docstring names, with their meaning if it tells."""
    meanings = doc.sections.get("Attributes", {})
    fields = {_target(each): _field(each) for each in node.body if isinstance(each, ast.AnnAssign)}
    told = {text: meanings.get(name, "") for name, text in fields.items() if name[0].islower()}
    others = {name: text for name, text in meanings.items() if name not in fields}
    return told | {name: text for name, text in others.items() if not members or name in members}


def _decorators(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(each) for each in function.decorator_list}


def entries(module: str, *but: str) -> str:
    """Every public name of a module, but for some that are explained elsewhere."""
    return "\n\n".join(entry(f"{module}.{name}") for name in public_names(module) if name not in but)
