"""The report for programs."""

import csv
import json
from io import StringIO

from mturk_sim.report import Campaign, export


def test_json_holds_everything_in_plain_types(campaign: Campaign) -> None:
    output = StringIO()
    export.write_json(export.as_dict(campaign), output)
    report = json.loads(output.getvalue())

    assert report["money"]["bonus"] == "0.30"
    assert report["takings"][0]["outcome"] == "Returned"
    assert report["timeline"][-1]["submitted"] == 2
    assert output.getvalue().endswith("}\n")


def test_csv_has_a_row_for_each_acceptance(campaign: Campaign) -> None:
    output = StringIO()
    export.write_csv(campaign, output)
    rows = list(csv.DictReader(StringIO(output.getvalue())))

    assert [row["outcome"] for row in rows] == ["Returned", "Abandoned", "Rejected", "Approved", "Accepted"]
    assert rows[0]["submitted"] == ""
    assert rows[2]["accepted"].startswith("2026-01-05T10:00:00")
