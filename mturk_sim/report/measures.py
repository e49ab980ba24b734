"""A campaign in a few numbers, for comparing many runs."""

from mturk_sim.core.clock import HOUR
from mturk_sim.report.campaign import Campaign


def measures(campaign: Campaign) -> dict[str, float]:
    """The numbers, by name.

    ``finished`` is the share of HITs that nobody can accept or holds any more; ``hours`` the time from the beginning
    to the last submission (not a number if there was none); ``busiest`` the share of all work that the busiest worker
    did.
    """
    states, outcomes, work = campaign.hits_by_state(), campaign.takings_by_outcome(), campaign.work_by_worker()
    submitted = [taking.submitted for taking in campaign.takings if taking.submitted is not None]
    open_hits = states.get("Assignable", 0) + states.get("Unassignable", 0)
    return {
        "finished": 1 - open_hits / len(campaign.hits) if campaign.hits else 0.0,
        "submitted": float(len(submitted)),
        "approved": float(outcomes.get("Approved", 0)),
        "rejected": float(outcomes.get("Rejected", 0)),
        "abandoned": float(outcomes.get("Abandoned", 0)),
        "workers": float(len(work)),
        "busiest": max(work.values()) / len(submitted) if work else 0.0,
        "hours": (max(submitted) - campaign.start) / HOUR if submitted else float("nan"),
        "dollars": float(sum(campaign.money_by_kind().values())),
    }
