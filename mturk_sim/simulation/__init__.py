"""A simulated marketplace with everything plugged in: what a user holds in their hands."""

from mturk_sim.simulation.calls import RequesterCall
from mturk_sim.simulation.requester import Requester
from mturk_sim.simulation.simulation import Simulation, simulate
from mturk_sim.simulation.stubber import Stubber

__all__ = ["Requester", "RequesterCall", "Simulation", "Stubber", "simulate"]
