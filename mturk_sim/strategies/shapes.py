"""Requests drawn from the service description: a bounded walk over its shapes, told more by `members`."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import attrs
from botocore import xform_name
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from mturk_sim.operations.model import description, input_shape
from mturk_sim.strategies.members import CHOICES, MEMBERS, NEVER, SHAPES
from mturk_sim.strategies.values import BriefInReprs, texts

LONGEST_LIST: Final = 3
"""How many items a drawn list has at most: more cost a draw each, and tell little."""
_LONGEST_TEXT: Final = 255

Member = tuple[str, SearchStrategy[Any]]


@attrs.frozen(repr=False)
class Recipe(BriefInReprs):
    """How a structure is drawn.

    Attributes:
        name: What it is called in the repr of its strategy.
        required: The members that are always there.
        optional: Those that may be.
        together: Members that hang together, none of which stands in the other two.
        choices: The ways to give some of them, of which one is taken.
    """

    name: str
    required: tuple[Member, ...]
    optional: tuple[Member, ...]
    together: frozenset[str] = frozenset()
    choices: tuple[SearchStrategy[dict[str, Any]], ...] = ()

    def without(self, names: frozenset[str]) -> "Recipe":
        """The same without some members, and without all that hang together with one of them."""
        return attrs.evolve(
            self,
            required=tuple(member for member in self.required if member[0] not in names),
            optional=tuple(member for member in self.optional if member[0] not in names),
            choices=() if self.together & names else self.choices,
        )

    def having(self, members: Mapping[str, SearchStrategy[Any]]) -> "Recipe":
        """The same with these members in any case."""
        fewer = self.without(frozenset(members))
        return attrs.evolve(fewer, required=(*fewer.required, *members.items()))

    @property
    def strategy(self) -> SearchStrategy[dict[str, Any]]:
        """The structures; which of the optional members are there, and which choice, is one draw."""
        return _structures(self, st.integers(0, (max(1, len(self.choices)) << len(self.optional)) - 1))

    def __repr__(self) -> str:
        return self.name


@st.composite
def _structures(draw: DrawFn, recipe: Recipe, numbers: SearchStrategy[int]) -> dict[str, Any]:
    which = draw(numbers)
    drawn = {name: draw(strategy) for name, strategy in recipe.required}
    if recipe.choices:
        drawn |= draw(recipe.choices[which >> len(recipe.optional)])
    for name, strategy in recipe.optional:
        if which & 1:
            drawn[name] = draw(strategy)
        which >>= 1
    return drawn


@cache
def recipe(operation: str) -> Recipe:
    """How requests of an operation are drawn."""
    together, choices = CHOICES.get(operation, (frozenset(), ()))
    drawn = _recipe(f"{xform_name(operation)}_requests", input_shape(operation))
    return attrs.evolve(drawn.without(together | NEVER), together=together, choices=choices)


def _recipe(name: str, shape: dict[str, Any]) -> Recipe:
    needed = shape.get("required", ())
    drawn = [(name, member_strategy(name, member["shape"])) for name, member in shape["members"].items()]
    return Recipe(
        name,
        tuple(member for member in drawn if member[0] in needed),
        tuple(member for member in drawn if member[0] not in needed),
    )


def member_strategy(name: str, shape_name: str) -> SearchStrategy[Any]:
    """What a member may be, by its name, by its shape's name, or else by its shape."""
    known = MEMBERS.get(name, SHAPES.get(shape_name))
    return _shaped(shape_name) if known is None else known


@cache
def _shaped(shape_name: str) -> SearchStrategy[Any]:
    shape = description()["shapes"][shape_name]
    match shape["type"]:
        case "structure":
            return _recipe(shape_name, shape).strategy
        case "list":
            return _lists(shape)
        case "boolean":
            return st.booleans()
        case "string" if "enum" in shape:
            return st.sampled_from(shape["enum"])
        case "string":
            return texts(min(shape.get("max", _LONGEST_TEXT), _LONGEST_TEXT), min_size=shape.get("min", 1))
    raise NotImplementedError(f"the description has a {shape['type']} shape {shape_name} that no strategy is made for")


def _lists(shape: dict[str, Any]) -> SearchStrategy[list[Any]]:
    item = shape["member"]["shape"]
    enumerated = "enum" in description()["shapes"][item]
    least = max(1, shape.get("min", 0))
    return st.lists(member_strategy("", item), min_size=least, max_size=max(least, LONGEST_LIST), unique=enumerated)
