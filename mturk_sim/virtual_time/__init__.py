"""Virtual time for programs that wait: sleeping moves the simulation's clock, and the time of day follows it."""

from mturk_sim.virtual_time.block import virtual_time
from mturk_sim.virtual_time.sleeping import VirtualTimeLimit

__all__ = ["VirtualTimeLimit", "virtual_time"]
