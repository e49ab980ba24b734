"""Requests of any operation, as keywords of the boto3 client's method."""

from collections.abc import Callable, Collection
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
from botocore import xform_name
from hypothesis import event, reject
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from mturk_sim.operations.model import input_shape, operation_named, operation_names
from mturk_sim.strategies.lifting import as_strategy, one_of
from mturk_sim.strategies.pinned import check_pinned
from mturk_sim.strategies.shapes import Recipe, recipe
from mturk_sim.strategies.standing import BY_MEMBER, standing
from mturk_sim.strategies.values import BriefInReprs

if TYPE_CHECKING:
    from mturk_sim.simulation import Simulation


def requests(
    operation: str | SearchStrategy[str],
    sim: "Simulation | SearchStrategy[Simulation] | None" = None,
    *,
    without: Collection[str] = (),
    **members: Any,
) -> SearchStrategy[dict[str, Any]]:
    """Requests of an operation, as keywords of the client's method: ``client.create_hit(**request)``.

    botocore takes them and the service finds nothing wrong with their values.  Without a simulation the ids in them are
    made up.  With one they name what is there when the request is drawn: in a state that allows the operation if
    anything is, otherwise in another; if there is nothing to name, the example is thrown away.

    Args:
        operation: Its wire name, such as ``CreateHIT``, or the client's method.
        sim: The marketplace to which the requests are for its default requester.
        without: Members to leave out, for the caller to add.
        members: Members by name, each a strategy or a value; they are always there.  Members that hang together, such
            as Test and TestDurationInSeconds, are all left to the caller who gives one of them or leaves one out.

    Raises:
        InvalidArgument: There is no such operation or member.
        TypeError: A value for a member is of a type that botocore does not take.
    """
    if isinstance(operation, SearchStrategy) or isinstance(sim, SearchStrategy):
        drawn = st.tuples(as_strategy(operation), as_strategy(sim))
        return drawn.flatmap(lambda given: requests(*given, without=without, **members))
    operation = known_operation(operation)
    _check_members(operation, (*without, *members))
    check_pinned(operation, members)
    if sim is None and not members and not without:
        return _plain(operation)
    given = {name: as_strategy(value) for name, value in members.items()}
    wanted = recipe(operation).without(frozenset(without)).having(given)
    if sim is None:
        return wanted.strategy
    return _in_place(_Wanted(wanted, operation, sim, frozenset((*without, *members))))


@cache
def _plain(operation: str) -> SearchStrategy[dict[str, Any]]:
    return recipe(operation).strategy


@attrs.frozen(repr=False)
class _Wanted(BriefInReprs):
    """Requests that are to name what there is in a marketplace; the members in `kept` are the caller's."""

    recipe: Recipe
    operation: str
    sim: "Simulation"
    kept: frozenset[str]

    def __repr__(self) -> str:
        return f"{self.recipe}(sim)"


@st.composite
def _in_place(draw: DrawFn, wanted: _Wanted) -> dict[str, Any]:
    ways = standing(wanted.operation, wanted.sim)
    if not ways:
        event(f"nothing there for {wanted.operation} to name")
        reject()
    named = {name: value for name, value in one_of(draw, ways).items() if name not in wanted.kept}
    naming = {name for way in ways for name in way} | BY_MEMBER.keys()
    others = draw(wanted.recipe.without(frozenset(naming - wanted.kept)).strategy)
    return {name: draw(as_strategy(value)) for name, value in named.items()} | others


def known_operation(operation: str) -> str:
    """The wire name of an operation.

    Raises:
        InvalidArgument: There is no such operation.
    """
    try:
        return operation_named(operation)
    except ValueError as error:
        raise InvalidArgument(str(error)) from None


def _check_members(operation: str, names: Collection[str]) -> None:
    known = input_shape(operation)["members"]
    for name in names:
        if name not in known:
            raise InvalidArgument(f"{operation} has no member {name!r}; it has {', '.join(known) or 'none'}")


@cache
def named_strategies() -> dict[str, Callable[..., SearchStrategy[dict[str, Any]]]]:
    """For each operation a function such as ``create_hit_requests(sim=None, **members)``."""
    return {f"{xform_name(operation)}_requests": _named(operation) for operation in operation_names()}


def _named(operation: str) -> Callable[..., SearchStrategy[dict[str, Any]]]:
    def strategy(sim: Any = None, *, without: Collection[str] = (), **members: Any) -> SearchStrategy[dict[str, Any]]:
        return requests(operation, sim, without=without, **members)

    strategy.__name__ = strategy.__qualname__ = f"{xform_name(operation)}_requests"
    strategy.__doc__ = f"Requests of {operation}; see `requests`."
    return strategy
