"""A Hypothesis state machine for the whole API: requesters, workers, time and trouble, and what always holds."""

from mturk_sim.stateful.machine import RequesterMachine

__all__ = ["RequesterMachine"]
