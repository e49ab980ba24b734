"""The kinds of workers: how often they are right, and what those answer who do not look at the question."""

from collections.abc import Mapping
from typing import Final

import attrs

from mturk_sim.workers import checking

RANDOM: Final = "random"
FIRST: Final = "first"


@attrs.frozen(kw_only=True)
class Ability:
    """One kind of worker.

    Attributes:
        name: What it is called.
        share: The part of the population that is of this kind; the parts need not add up to 1.
        accuracy: How likely an answer is right: one number, or the two parameters of a beta distribution over
            workers. Wrong answers are all alike. 0 is an adversary's. None for workers who do not look at the
            question.
        habit: What those answer: ``random``, or ``first`` for always the first choice, so that they agree with each
            other.
        confusion: Instead of an accuracy: right answer -> given answer -> probability.
        volume: How much more often than others they come.
    """

    name: str
    share: float = attrs.field(validator=checking.number())
    accuracy: float | tuple[float, float] | None = attrs.field(default=None, validator=checking.probability)
    habit: str = attrs.field(default=RANDOM, validator=attrs.validators.in_((RANDOM, FIRST)))
    confusion: Mapping[str, Mapping[str, float]] | None = None
    volume: float = attrs.field(default=1.0, validator=checking.number())

    @property
    def looks(self) -> bool:
        """Whether these workers look at the question."""
        return self.accuracy is not None or self.confusion is not None


ABILITIES: Final[tuple[Ability, ...]] = (
    Ability(name="careful", share=0.85, accuracy=(10.96, 2.23)),
    Ability(name="sloppy", share=0.08, accuracy=0.65),
    Ability(name="random", share=0.05, volume=3.0),
    Ability(name="primary", share=0.02, habit=FIRST, volume=3.0),
)
"""The shares are rounded from public label sets: an assumption."""
