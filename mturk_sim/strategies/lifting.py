"""Strategies take strategies: any argument may be one, and then its examples stand in for the value."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

T = TypeVar("T")


def as_strategy(value: Any) -> SearchStrategy[Any]:
    """The value if it is a strategy, else the strategy of just that value."""
    return value if isinstance(value, SearchStrategy) else st.just(value)


def one_of(draw: DrawFn, items: Sequence[T]) -> T:
    """One of some items that are known only now; making a strategy of them would cost more than drawing it."""
    return items[draw(st.integers(0, len(items) - 1))]


def takes_strategies(make: Callable[..., SearchStrategy[T]]) -> Callable[..., SearchStrategy[T]]:
    """Let any argument of a function that makes a strategy be a strategy too.

    Plain arguments are looked at when the function is called; what a strategy gives is looked at when it is drawn.
    """

    @wraps(make)
    def lifted(*args: Any, **kwargs: Any) -> SearchStrategy[T]:
        given = (*args, *kwargs.values())
        if not any(isinstance(value, SearchStrategy) for value in given):
            return make(*args, **kwargs)
        return st.tuples(*map(as_strategy, given)).flatmap(
            lambda drawn: make(*drawn[: len(args)], **dict(zip(kwargs, drawn[len(args) :], strict=True)))
        )

    return lifted
