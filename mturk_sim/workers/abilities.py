"""The kinds of workers: how often they are right, and what those answer who do not look."""

from typing import Final

import attrs


@attrs.frozen
class Ability:
    """One kind of worker.

    Attributes:
        name: What it is called.
        share: The part of the population that is of this kind.
        accuracy: How likely an answer is right: one number, or the two parameters of a beta distribution over workers.
            None for workers who do not look at the question.
        habit: What those answer: ``random``, or ``first`` for always the first choice.
        volume: How much more often than others they come.
    """

    name: str
    share: float
    accuracy: float | tuple[float, float] | None = None
    habit: str = "random"
    volume: float = 1.0


ABILITIES: Final[tuple[Ability, ...]] = (
    Ability("careful", 0.85, (10.96, 2.23)),
    Ability("sloppy", 0.08, 0.65),
    Ability("random", 0.05, volume=3.0),
    Ability("primary", 0.02, habit="first", volume=3.0),
)
"""The shares are rounded from public label sets: an assumption."""
