"""The report for programs: one JSON object, or one CSV row for each time a worker accepted an assignment."""

import csv
import json
from typing import Any, TextIO

from mturk_sim.core.clock import instant
from mturk_sim.report.buckets import buckets
from mturk_sim.report.campaign import Campaign, Taking

CSV_COLUMNS = ("hit_id", "assignment_id", "worker_id", "outcome", "accepted", "submitted", "ended", "automatic")


def as_dict(campaign: Campaign) -> dict[str, Any]:
    """The whole report in JSON's own types: instants as ISO 8601 in UTC, amounts in dollars as texts."""
    return {
        "start": _iso(campaign.start),
        "end": _iso(campaign.now),
        "hits": campaign.hits_by_state(),
        "assignments": campaign.takings_by_outcome(),
        "money": {kind: str(amount) for kind, amount in campaign.money_by_kind().items()},
        "workers": campaign.work_by_worker(),
        "timeline": [
            {"from": each.at.isoformat(), "counts": dict(sorted(each.counts.items())), "submitted": each.submitted}
            for each in buckets(campaign)
        ],
        "takings": [dict(zip(CSV_COLUMNS, row(taking), strict=True)) for taking in campaign.takings],
    }


def write_json(report: dict[str, Any], output: TextIO) -> None:
    """Write a report, or anything in JSON's own types, so that equal reports are equal files."""
    json.dump(report, output, indent=2, sort_keys=True)
    output.write("\n")


def write_csv(campaign: Campaign, output: TextIO) -> None:
    """Write a row for each taking, in order of acceptance, behind a row of names."""
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(row(taking) for taking in campaign.takings)


def row(taking: Taking) -> tuple[Any, ...]:
    """A taking in the order of `CSV_COLUMNS`."""
    instants = (_iso(taking.accepted), _iso(taking.submitted), _iso(taking.ended))
    return taking.hit_id, taking.assignment_id, taking.worker_id, taking.outcome, *instants, taking.automatic


def _iso(at: int | None) -> str | None:
    return None if at is None else instant(at).isoformat()
