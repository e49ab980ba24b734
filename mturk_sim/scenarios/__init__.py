"""Scenarios: a whole campaign in a file, and running it."""

from mturk_sim.scenarios.reading import ScenarioError, read_scenario, scenario_from
from mturk_sim.scenarios.running import Outcome, run
from mturk_sim.scenarios.scenario import Program, Scenario

__all__ = ["Outcome", "Program", "Scenario", "ScenarioError", "read_scenario", "run", "scenario_from"]
