"""The picture: the same for the same campaign, in three forms, and it shows what happened."""

from io import BytesIO

import pytest

from mturk_sim import simulate
from mturk_sim.report import Campaign, campaign_of, plot


def test_pictures_are_the_same_for_the_same_campaign(campaign: Campaign) -> None:
    one, other = BytesIO(), BytesIO()
    plot.save(campaign, "A campaign", one, "svg")
    plot.save(campaign, "A campaign", other, "svg")

    assert one.getvalue() == other.getvalue()
    assert b"HITs by state" in one.getvalue()


@pytest.mark.parametrize(("form", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_pictures_come_in_three_forms(campaign: Campaign, form: str, magic: bytes) -> None:
    drawn = BytesIO()
    plot.save(campaign, "A campaign", drawn, form)

    assert drawn.getvalue().startswith(magic)


def test_a_picture_of_nothing_says_so() -> None:
    with simulate() as sim:
        drawn = plot.figure(campaign_of(sim), "Nothing")

    texts = [text.get_text() for axes in drawn.axes for text in axes.texts]
    assert texts == ["none"] * 4


def test_a_picture_has_a_legend_for_what_happened(campaign: Campaign) -> None:
    states, work, money, _, _ = plot.figure(campaign, "A campaign").axes

    assert states.get_legend_handles_labels()[1] == ["Assignable", "Unassignable", "Reviewable", "Disposed"]
    assert "abandoned" in work.get_legend_handles_labels()[1]
    assert money.get_legend_handles_labels()[1] == ["rewards", "bonuses", "fees"]
