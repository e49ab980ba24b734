"""The campaign that the tests of reports look at."""

import pytest
from groups import post

from mturk_sim import Simulation, simulate
from mturk_sim.report import Campaign, campaign_of


@pytest.fixture(scope="session")
def sim() -> Simulation:
    """Two HITs: one is returned, forgotten, rejected and deleted; work on the other approves itself."""
    with simulate(sandbox=False, balance="10") as sim:
        first = post(sim, AssignmentDurationInSeconds=600, LifetimeInSeconds=3 * 3600)
        second = post(sim, "Another", MaxAssignments=2, AutoApprovalDelayInSeconds=3600)
        a, b, c = sim.worker("AFIRST"), sim.worker("ASECOND"), sim.worker("ATHIRD")
        a.accept(first).return_()
        b.accept(first)
        sim.clock.advance(hours=1)
        handle = c.accept(first).submit({"label": "yes"})
        sim.client.reject_assignment(AssignmentId=handle.id, RequesterFeedback="No.")
        sim.client.delete_hit(HITId=first)
        c.accept(second).submit({"label": "no"})
        sim.clock.advance(hours=2)
        paid = sim.assignments()[-1].id
        sim.client.send_bonus(WorkerId="ATHIRD", AssignmentId=paid, BonusAmount="0.30", Reason="Thanks")
        sim.clock.advance(hours=3)
        a.accept(second)
        return sim


@pytest.fixture(scope="session")
def campaign(sim: Simulation) -> Campaign:
    return campaign_of(sim)
