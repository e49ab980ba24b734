"""Tables show what the campaign counts."""

from groups import post

from mturk_sim import simulate
from mturk_sim.report import Campaign, campaign_of, tables
from mturk_sim.workers import Population


def test_tables_show_what_the_campaign_counts(campaign: Campaign) -> None:
    hits, assignments, money, workers, timeline = tables.tables(campaign)

    assert hits.rows == (("Unassignable", "1"), ("Disposed", "1"))
    assert ("Approved", "1", "1") in assignments.rows
    assert assignments.total == ("accepted in all", "5", "")
    assert money.total == ("paid in all", "0.42")
    assert workers.rows == (("ATHIRD", "2", "100.0%"),)
    assert timeline.columns[0] == "from"
    assert timeline.total is not None
    assert dict(zip(timeline.columns, timeline.total, strict=True))["accepted"] == "5"


def test_a_timeline_leaves_out_its_quiet_end_and_columns_without_events() -> None:
    with simulate() as sim:
        post(sim, LifetimeInSeconds=3600)
        sim.clock.advance(days=2)
        timeline = tables.timeline(campaign_of(sim))

    assert timeline.columns == ("from", "created", "expired")
    assert len(timeline.rows) == 1


def test_a_timeline_has_one_row_for_a_quiet_time_and_every_row_of_a_busy_one() -> None:
    with simulate() as sim:
        for hours in (1, 2, 12):  # and a minute, since lifetimes end at whole seconds
            post(sim, LifetimeInSeconds=hours * 3600 + 60)
        sim.clock.advance(hours=20)
        timeline = tables.timeline(campaign_of(sim))

    assert timeline.rows == (
        ("Jan 05 09:00", "3", "·"),
        ("Jan 05 10:00", "·", "1"),
        ("Jan 05 11:00", "·", "1"),
        ("Jan 05 12:00 …", "·", "·"),
        ("Jan 05 21:00", "·", "1"),
    )


def test_only_the_busiest_workers_are_listed() -> None:
    with simulate() as sim:
        sim.populate(Population(acceptance=1.0, stay=(0.0, 1.0)))
        post(sim, MaxAssignments=30)
        sim.clock.advance(hours=5)
        shown = tables.workers(campaign_of(sim))

    assert len(shown.rows) == 10
    assert shown.title.startswith("Work of the busiest 10 of ")
