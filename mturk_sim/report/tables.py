"""The tables of a report, as plain values; the terminal and the page both show these."""

from itertools import groupby
from typing import Final

import attrs

from mturk_sim.core.clock import DAY
from mturk_sim.report.buckets import buckets
from mturk_sim.report.campaign import Campaign

_MONEY: Final = {
    "reward": "rewards",
    "reward_fee": "fees on rewards",
    "bonus": "bonuses",
    "bonus_fee": "fees on bonuses",
}
_TIMELINE: Final = {
    "HITCreated": "created",
    "HITExtended": "extended",
    "HITExpired": "expired",
    "AssignmentAccepted": "accepted",
    "AssignmentSubmitted": "submitted",
    "AssignmentReturned": "returned",
    "AssignmentAbandoned": "abandoned",
    "AssignmentApproved": "approved",
    "AssignmentRejected": "rejected",
    "ReviewPolicyRun": "policies run",
    "NotificationSent": "notified",
    "NotificationLost": "not notified",
}
_MOST_WORKERS: Final = 10


@attrs.frozen
class Table:
    """A table: the first column is text, the others are numbers.

    Attributes:
        title: What it shows.
        columns: The names of its columns.
        rows: The cells as texts.
        total: The last row, set apart, if there is one.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


def tables(campaign: Campaign) -> list[Table]:
    """Everything a report shows in tables, in order."""
    return [hits(campaign), assignments(campaign), money(campaign), workers(campaign), timeline(campaign)]


def hits(campaign: Campaign) -> Table:
    """HITs by state."""
    rows = tuple((state, str(count)) for state, count in campaign.hits_by_state().items())
    return Table("HITs by state", ("state", "HITs"), rows, ("all", str(len(campaign.hits))))


def assignments(campaign: Campaign) -> Table:
    """Assignments by outcome; what nobody asked for is told apart."""
    rows = []
    for outcome, count in campaign.takings_by_outcome().items():
        automatic = sum(taking.outcome == outcome and taking.automatic for taking in campaign.takings)
        rows.append((outcome, str(count), str(automatic) if outcome == "Approved" else ""))
    total = ("accepted in all", str(len(campaign.takings)), "")
    return Table("Assignments by outcome", ("outcome", "assignments", "by itself"), tuple(rows), total)


def money(campaign: Campaign) -> Table:
    """Money by kind."""
    paid = campaign.money_by_kind()
    rows = tuple((_MONEY[kind], f"{amount:,.2f}") for kind, amount in paid.items())
    return Table("Money by kind", ("kind", "dollars"), rows, ("paid in all", f"{sum(paid.values()):,.2f}"))


def workers(campaign: Campaign) -> Table:
    """The busiest workers."""
    work = campaign.work_by_worker()
    done = sum(work.values())
    busiest = list(work.items())[:_MOST_WORKERS]
    rows = tuple((worker, str(count), f"{count / done:.1%}") for worker, count in busiest)
    title = f"Work of the busiest {len(rows)} of {len(work)} workers" if len(work) > len(rows) else "Work by worker"
    return Table(title, ("worker", "submitted", "share"), rows, ("all", str(done), ""))


def timeline(campaign: Campaign) -> Table:
    """What happened when; the quiet end, and columns in which nothing ever happened, are left out.

    Of a quiet time in between there is one row, with dots behind its beginning.
    """
    stretches = buckets(campaign)
    while stretches and not any(stretches[-1].counts[kind] for kind in _TIMELINE):
        stretches.pop()
    if not stretches:
        return Table("Timeline (UTC)", ("what",), (("nothing happened",),))
    shown = [kind for kind in _TIMELINE if any(stretch.counts[kind] for stretch in stretches)]
    whole_days = len(stretches) > 1 and (stretches[1].start - stretches[0].start) % DAY == 0
    form = "%b %d" if whole_days else "%b %d %H:%M"
    rows: list[tuple[str, ...]] = []
    for quiet, times in groupby(stretches, lambda each: not any(each.counts[kind] for kind in shown)):
        first, *others = [(f"{each.at:{form}}", *(_count(each.counts[kind]) for kind in shown)) for each in times]
        rows += [(f"{first[0]} …", *first[1:])] if quiet and others else [first, *others]
    totals = ("all", *(str(sum(each.counts[kind] for each in stretches)) for kind in shown))
    return Table("Timeline (UTC)", ("from", *(_TIMELINE[kind] for kind in shown)), tuple(rows), totals)


def _count(count: int) -> str:
    return str(count) if count else "·"
