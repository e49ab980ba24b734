"""Groups of HITs for workers to come to, and policies that only look."""

from typing import Any

from mturk_sim import Simulation
from mturk_sim.workers import Moment, Plan

PAGE = """<HTMLQuestion
 xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<form>
<input type="radio" name="label" value="yes"><input type="radio" name="label" value="no"></form>]]></HTMLContent>
<FrameHeight>0</FrameHeight></HTMLQuestion>"""


def post(sim: Simulation, title: str = "A task", **changes: Any) -> str:
    """Post a HIT that lasts for a month; gives its id."""
    request: dict[str, Any] = {
        "Title": title,
        "Description": "A task",
        "Reward": "0.05",
        "AssignmentDurationInSeconds": 3600,
        "LifetimeInSeconds": 30 * 86400,
        "MaxAssignments": 1,
        "Question": PAGE,
    }
    return sim.client.create_hit(**{**request, **changes})["HIT"]["HITId"]


class OnlyLooks:
    """A policy that notes who came when, and takes nothing."""

    def __init__(self) -> None:
        self.seen: list[Moment] = []

    def plan(self, moment: Moment) -> Plan:
        self.seen.append(moment)
        return ()
