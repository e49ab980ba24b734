"""Reports: what came of a campaign, as values, tables, files and pictures."""

from mturk_sim.report.campaign import Campaign, Taking, campaign_of

__all__ = ["Campaign", "Taking", "campaign_of"]
