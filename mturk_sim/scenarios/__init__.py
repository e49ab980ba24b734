"""Scenarios: a whole campaign in a file, and running it."""

from mturk_sim.scenarios.complaints import ScenarioError
from mturk_sim.scenarios.parts import Fault, HITs, Program, Qualification, Script
from mturk_sim.scenarios.presets import preset, preset_names
from mturk_sim.scenarios.reading import read_scenario, scenario_from
from mturk_sim.scenarios.running import Outcome, run
from mturk_sim.scenarios.scenario import Scenario
from mturk_sim.scenarios.sweep import Point, sweep

__all__ = [
    "Fault",
    "HITs",
    "Outcome",
    "Point",
    "Program",
    "Qualification",
    "Scenario",
    "ScenarioError",
    "Script",
    "preset",
    "preset_names",
    "read_scenario",
    "run",
    "scenario_from",
    "sweep",
]
