"""The report in a terminal, or in a file that reads like one."""

from io import StringIO
from typing import Final, TextIO

from rich import box
from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from mturk_sim.report.campaign import Campaign
from mturk_sim.report.tables import Table, tables

_WIDTH: Final = 120
"""Columns where the output is no terminal, so that a file is the same wherever it is made."""
_WIDE: Final = 1000


def show(campaign: Campaign, heading: str, output: TextIO) -> None:
    """Write the heading and the tables."""
    *small, timeline = [_table(table) for table in tables(campaign)]
    _write(Group(Text(heading, style="bold"), "", Columns(small, padding=(0, 3)), "", timeline), output)


def show_table(table: Table, output: TextIO) -> None:
    """Write one table, as wide as it comes where the output is no terminal."""
    _write(_table(table), output, width=_WIDE)


def _write(report: RenderableType, output: TextIO, width: int = _WIDTH) -> None:
    if output.isatty():
        Console(file=output, highlight=False).print(report)
        return
    text = StringIO()
    Console(file=text, width=width, highlight=False, color_system=None).print(report)
    output.writelines(f"{line.rstrip()}\n" for line in text.getvalue().rstrip().splitlines())


def _table(table: Table) -> RichTable:
    shown = RichTable(
        title=table.title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_footer=table.total is not None,
        pad_edge=False,
    )
    footers = table.total or ("",) * len(table.columns)
    for place, (name, footer) in enumerate(zip(table.columns, footers, strict=True)):
        shown.add_column(name, footer, justify="right" if place else "left", no_wrap=True)
    for row in table.rows:
        shown.add_row(*row)
    return shown
