"""The report as one page that needs nothing else."""

import pytest

from mturk_sim.report import Campaign, page


def test_a_page_needs_nothing_else_and_escapes_what_it_shows(campaign: Campaign) -> None:
    text = page.page(campaign, "<A> & B", "About <it>")

    assert text.startswith("<!DOCTYPE html>")
    assert "<h1>&lt;A&gt; &amp; B</h1>" in text
    assert "<p>About &lt;it&gt;</p>" in text
    assert "<svg" in text
    assert "src=" not in text
    assert 'href="http' not in text.replace('xlink:href="#', "")
    assert "Assignments by outcome" in text


def test_a_page_without_matplotlib_says_what_is_missing(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "find_spec", lambda name: None)

    assert "the extra 'plot' brings: pip install matplotlib" in page.page(campaign, "A campaign")
