"""The report as one page that needs nothing else: tables, and the picture if matplotlib is there to draw it."""

from html import escape
from importlib.util import find_spec
from io import BytesIO
from typing import Final

from mturk_sim.report.campaign import Campaign
from mturk_sim.report.tables import Table, tables

_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; } p { margin: .2rem 0 1rem; color: #555; }
svg { width: 100%; height: auto; } .tables { display: flex; flex-wrap: wrap; gap: 1rem 3rem; }
table { border-collapse: collapse; margin: 1rem 0; } caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { padding: .2rem .7rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { border-bottom: 2px solid #999; } tfoot td { border-top: 1px solid #999; font-weight: 600; }
tbody tr:nth-child(even) { background: #f6f6f6; }
"""


def page(campaign: Campaign, heading: str, description: str = "") -> str:
    """The whole page as HTML text; equal campaigns give equal pages."""
    *small, timeline = [_table(table) for table in tables(campaign)]
    about = f"<p>{escape(description)}</p>" if description else ""
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(heading)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(heading)}</h1>\n{about}\n{_picture(campaign)}\n"
        f'<div class="tables">\n{"".join(small)}</div>\n{timeline}</body>\n</html>\n'
    )


def _picture(campaign: Campaign) -> str:
    if find_spec("matplotlib") is None:
        return "<p>There is no picture without matplotlib, which the extra 'plot' brings: pip install matplotlib.</p>"
    from mturk_sim.report import plot

    drawn = BytesIO()
    plot.save(campaign, "", drawn, "svg")
    text = drawn.getvalue().decode()
    return text[text.index("<svg") :]


def _table(table: Table) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in table.columns)
    rows = "".join(f"<tr>{_cells(row)}</tr>\n" for row in table.rows)
    foot = f"<tfoot><tr>{_cells(table.total)}</tr></tfoot>" if table.total else ""
    caption = f"<caption>{escape(table.title)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>{foot}</table>\n"


def _cells(row: tuple[str, ...]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in row)
