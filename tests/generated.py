"""The parts of the documents that are made from the code: a test compares them, running this file renews them.

A part stands between ``<!-- generated: NAME ARGUMENTS -->`` and ``<!-- end -->``, and is what the function of that name
in `PARTS` gives.
"""

import ast
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import published
import reference
import rooms

from mturk_sim.cli.commands import command
from mturk_sim.marketplace import errors, rules
from mturk_sim.marketplace.diagrams import LIFECYCLES
from mturk_sim.operations import OPERATIONS
from mturk_sim.operations.model import operation_names
from mturk_sim.scenarios import preset, preset_names

ROOT = Path(__file__).parent.parent
_PUBLIC_ROOMS = ("documents", "workers", "strategies", "stateful", "explore", "scenarios", "report")
PUBLIC = ("mturk_sim", *(f"mturk_sim.{name}" for name in _PUBLIC_ROOMS))
"""The modules that users import from."""
EXAMPLES = sorted(ROOT.glob("fixtures/examples/*.py"))
_PART = re.compile(r"(<!-- generated: (\w+)((?: [\w.]+)*) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_TOLD = re.compile(r"""tell\((?:state, )?"(\w+)""")


def table(head: str, rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table; the cells of its head are separated by bars."""
    columns = head.split("|")
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines)


# --- how it is built ---------------------------------------------------------------------------------------------
def house() -> str:
    """The rooms of the library: a picture, and what each is for."""
    rows = table("room|what is in it", ((f"`{room}`", rooms.promise(room)) for room in rooms.rooms()))
    return f"```mermaid\n{rooms.drawn()}\n```\n\n{rows}"


def examples() -> str:
    """The example programs, each with what it prints."""
    parts = []
    for path in EXAMPLES:
        code = path.read_text(encoding="utf-8")
        title, _, rest = code.partition("\n\n")
        output = path.with_suffix(".out").read_text(encoding="utf-8")
        parts += [f"## {path.stem.replace('_', ' ').capitalize()}", title.strip('"'), f"```py\n{rest}```"]
        parts.append(f"```text\n{output}```")
    return "\n\n".join(parts)


# --- what is modelled --------------------------------------------------------------------------------------------
def operations() -> str:
    """The operations by family."""
    families: dict[str, list[str]] = {}
    for name in operation_names():
        known = OPERATIONS.get(name)
        family = known.function.__module__.rpartition(".")[2].replace("_", " ") if known else "not modelled"
        families.setdefault(family, []).append(f"`{name}`")
    lines = table("family|operations", ((family, ", ".join(names)) for family, names in sorted(families.items())))
    return f"{len(OPERATIONS)} of {len(operation_names())} operations are answered.\n\n{lines}"


def lifecycles() -> str:
    """A picture and a table of each lifecycle."""
    parts = []
    for lifecycle in LIFECYCLES.values():
        parts.append(f"### {lifecycle.name}\n\n```mermaid\n{lifecycle.mermaid()}```\n\n{lifecycle.markdown()}")
    return "\n".join(parts)


def counts() -> str:
    """How many rules have which status."""
    found = Counter(rule.status for rule in rules.rules().values() if not rule.id.startswith("C"))
    return f"Of {found.total()} rules, {', '.join(f'{number} are {status}' for status, number in found.most_common())}."


def choices() -> str:
    """What was chosen, where the record is silent, and what to set to have it otherwise."""
    defaults = reference.defaults("mturk_sim.Behavior")

    def rows() -> Iterator[tuple[str, ...]]:
        for choice in rules.chosen():
            if choice.id.startswith("C"):
                decided = [rules.rule(each) for each in rules.ids_in(choice.note)]
                switches = [f"`{name} = {defaults[name]}`" for name in re.findall(r"`(\w+)`", choice.note)]
                record = "; ".join(f"{rule.text} ({rule.id})" for rule in decided)
                yield choice.id, record, choice.text, ", ".join(switches)

    return table("choice|the record|chosen|switch and default", rows())


def facts() -> str:
    """The kinds of facts, by what they tell of."""
    rows = [(life.name, dict.fromkeys(row.fact for row in life.rows() if row.fact)) for life in LIFECYCLES.values()]
    of_lives = {kind for _, kinds in rows for kind in kinds}
    sources = sorted(ROOT.glob("mturk_sim/**/*.py"))
    told = {kind for source in sources for kind in _TOLD.findall(source.read_text(encoding="utf-8"))}
    rows.append(("anything else", dict.fromkeys(sorted(told - of_lives))))
    return table("about|kinds", ((what, ", ".join(f"`{kind}`" for kind in kinds)) for what, kinds in rows))


def own_errors() -> str:
    """The library's own errors, wherever they are imported from."""

    def rows() -> Iterator[tuple[str, ...]]:
        for module in PUBLIC:
            for name in reference.public_names(module):
                found = pkgutil.resolve_name(f"{module}.{name}")
                if isinstance(found, type) and issubclass(found, Exception) and found.__module__.startswith(module):
                    _, text = reference.definition(f"{module}.{name}")
                    link, base = f"[`{name}`](#{name.lower()})", found.__bases__[0].__name__
                    yield link, f"`{module}`", f"`{base}`", reference.Docstring.of(text).promise

    return table("error|from|is a|means", rows())


def refusals() -> str:
    """The error catalogue."""
    lines = (
        (f"`{line.type}`", f"`{line.code}`" if line.code else "", f"{line.text.replace('<', chr(92) + '<')}", line.rule)
        for line in errors.CATALOGUE.values()
    )
    return table("type|TurkErrorCode|text|rule", lines)


# --- what users call ---------------------------------------------------------------------------------------------
def strategies_by_name() -> str:
    """The strategies of requests that have a name of their own."""
    from mturk_sim.strategies.requests import named_strategies

    return ", ".join(f"`{name}`" for name in named_strategies()) + "."


def fixtures() -> str:
    """The fixtures, the marker and the settings of the pytest plugin."""
    source = reference.tree("mturk_sim.pytest_plugin")
    functions = [node for node in source.body if isinstance(node, ast.FunctionDef)]
    parts = []
    for node in functions:
        if any(ast.unparse(each).startswith("pytest.fixture") for each in node.decorator_list):
            parts += [f"### {node.name}", reference.Docstring.of(ast.get_docstring(node) or "").markdown()]
    marker, _ = reference.definition("mturk_sim.pytest_plugin._MARKER")
    assert isinstance(marker, ast.Assign)
    settings = [f"- `@pytest.mark.{ast.literal_eval(marker.value).replace(': ', '`: ', 1)}"]
    for call in ast.walk(source):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(("addoption", "addini")):
            words = {each.arg: each.value for each in call.keywords}
            name, meaning = call.args[0], words.get("help", call.args[-1])
            settings.append(f"- `{ast.literal_eval(name)}`: {ast.literal_eval(meaning)}")
    return "\n\n".join([*parts, "\n".join(settings)])


def commands() -> str:
    """Every command of the command line, with its arguments and options."""
    parts = []
    for name, each in command.commands.items():
        arguments = [f"[{option.human_readable_name.strip('[]')}]" for option in each.params if _is_argument(option)]
        options = [f"- `{_spelt(option)}`: {option.help}" for option in each.params if isinstance(option, click.Option)]
        usage = " ".join(["mturk-sim", name, *arguments, *(["[OPTIONS]"] if options else [])])
        parts += [f"### mturk-sim {name}", f"```text\n{usage}\n```", " ".join((each.help or "").split())]
        parts.append("\n".join(options))
    return "\n\n".join(filter(None, parts))


def _is_argument(option: click.Parameter) -> bool:
    return isinstance(option, click.Argument)


def _spelt(option: click.Option) -> str:
    """An option with the place of its value."""
    places = {"file": "FILE", "integer": "N", "integer range": "N", "text": "NAME"}
    value = "" if option.is_flag else option.metavar or places[option.type.name]
    return f"{option.opts[0]} {value}".rstrip()


def presets() -> str:
    """The scenarios that come with the library."""
    return table("preset|what happens in it", ((name, preset(name).description) for name in preset_names()))


def benchmarks() -> str:
    """What there is to measure."""
    names = sorted(path.stem for path in ROOT.glob("tests/benchmarks/bench_*.py"))
    promises = {name: ast.get_docstring(reference.tree(f"tests.benchmarks.{name}")) or "" for name in names}
    rows = ((name.removeprefix("bench_"), reference.Docstring.of(text).promise) for name, text in promises.items())
    return table("name|what is measured", rows)


PARTS: dict[str, Callable[..., str]] = {
    "house": house,
    "examples": examples,
    "operations": operations,
    "lifecycles": lifecycles,
    "rules": rules.markdown,
    "counts": counts,
    "choices": choices,
    "facts": facts,
    "own_errors": own_errors,
    "refusals": refusals,
    "entry": reference.entry,
    "entries": reference.entries,
    "strategies_by_name": strategies_by_name,
    "fixtures": fixtures,
    "commands": commands,
    "presets": presets,
    "benchmarks": benchmarks,
    "published": published.table,
}


def documents() -> list[Path]:
    """The documents that have generated parts."""
    return [path for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))) if _PART.search(path.read_text())]


def renewed(text: str) -> str:
    """A document with its generated parts made anew."""
    return _PART.sub(lambda part: f"{part[1]}{PARTS[part[2]](*part[3].split()).rstrip()}\n{part[5]}", text)


def printed(program: Path) -> str:
    """What an example program prints; whatever it says on standard error is an error."""
    done = subprocess.run([sys.executable, "-W", "error", program], capture_output=True, text=True, encoding="utf-8")
    if done.returncode or done.stderr:
        raise RuntimeError(f"{program} failed:\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    for program in EXAMPLES:
        program.with_suffix(".out").write_text(printed(program), encoding="utf-8")
    for path in documents():
        path.write_text(renewed(path.read_text()))
