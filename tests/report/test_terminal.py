"""The report as text."""

from io import StringIO

import pytest

from mturk_sim import simulate
from mturk_sim.report import Campaign, campaign_of, terminal


def test_the_text_has_no_colours_and_no_blanks_at_the_end_of_lines_where_it_is_no_terminal(campaign: Campaign) -> None:
    output = StringIO()
    terminal.show(campaign, "A campaign", output)
    lines = output.getvalue().splitlines()

    assert lines[0] == "A campaign"
    assert all(line == line.rstrip() and "\x1b" not in line and len(line) <= 120 for line in lines)


class Screen(StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_has_colours(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    output = Screen()
    terminal.show(campaign, "A campaign", output)

    assert output.getvalue().splitlines()[0].strip() == "\x1b[1mA campaign\x1b[0m"


def test_where_nothing_happened_the_timeline_says_so_under_its_title_in_one_line() -> None:
    output = StringIO()
    with simulate() as sim:
        sim.clock.advance(days=1)
        terminal.show(campaign_of(sim), "A campaign", output)
    lines = output.getvalue().splitlines()

    assert lines[-1].split() == ["nothing", "happened"]
    assert "Timeline (UTC)" in lines
