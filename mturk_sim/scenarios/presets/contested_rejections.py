"""A requester who rejects a fifth of the work, and hears of it.

Work that is not rejected within half a day approves itself, now and then while the requester is still reading.  Of the
rejections half are taken back after a week and, too late for the service, most of the others after forty days.
"""

import time
import zlib
from collections import Counter

import boto3
from botocore.exceptions import ClientError

HITS = 60
DAY = 24 * 3600
READING = 3 * 3600
PAGE = """<HTMLQuestion
 xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<form>
<p>Does this review praise the hotel?</p>
<label><input type="radio" name="praise" value="yes" required> yes</label>
<label><input type="radio" name="praise" value="no"> no</label>
<input type="submit"></form>]]></HTMLContent>
<FrameHeight>0</FrameHeight></HTMLQuestion>"""

client = boto3.client("mturk", region_name="us-east-1")
outcomes = Counter[str]()


def lot(assignment_id: str) -> int:
    """A number from 0 to 99 that an assignment keeps."""
    return zlib.crc32(assignment_id.encode()) % 100


def attempt(what: str, **request: str | bool) -> bool:
    """Override a rejection, or reject; gives whether the service let us, and counts it."""
    act = client.approve_assignment if what == "override" else client.reject_assignment
    try:
        act(**request)
    except ClientError:
        outcomes[f"{what} refused"] += 1
        return False
    outcomes[what] += 1
    return True


def post() -> list[str]:
    """Post the HITs; gives their ids."""
    return [
        client.create_hit(
            Title="Read a hotel review",
            Description="Read one review and say what it thinks of the hotel.",
            Reward="0.10",
            MaxAssignments=3,
            LifetimeInSeconds=2 * DAY,
            AssignmentDurationInSeconds=1800,
            AutoApprovalDelayInSeconds=DAY // 2,
            Question=PAGE,
            RequesterAnnotation=f"review {number}",
        )["HIT"]["HITId"]
        for number in range(HITS)
    ]


def look(hit_ids: list[str]) -> list[str]:
    """Read what has come in, for three hours, then reject a fifth of it; gives what was rejected."""
    listed = []
    for hit_id in hit_ids:
        pages = client.get_paginator("list_assignments_for_hit").paginate(
            HITId=hit_id, AssignmentStatuses=["Submitted"]
        )
        listed += [assignment["AssignmentId"] for page in pages for assignment in page["Assignments"]]
    time.sleep(READING)
    feedback = "This does not fit the review."
    bad = [name for name in listed if lot(name) < 20]
    return [name for name in bad if attempt("reject", AssignmentId=name, RequesterFeedback=feedback)]


def main() -> None:
    """Post, look twice a day, and answer complaints after a week and after forty days."""
    hit_ids = post()
    rejected: list[str] = []
    for _ in range(8):
        time.sleep(12 * 3600 - READING)
        rejected += look(hit_ids)
    time.sleep(7 * DAY)
    for name in rejected:
        if lot(name) < 10:
            attempt("override", AssignmentId=name, OverrideRejection=True)
    time.sleep(30 * DAY)
    for name in rejected:
        if 10 <= lot(name) < 18:
            attempt("override", AssignmentId=name, OverrideRejection=True)
    print(dict(sorted(outcomes.items())))


if __name__ == "__main__":
    main()
