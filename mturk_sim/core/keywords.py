"""Keywords that a function does not take are told with those it takes, and with the one that is spelt alike."""

import inspect
from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=type)


def expect_keywords(given: Iterable[str], known: Collection[str], what: str) -> None:
    """See to it that keywords are among those that something takes.

    Args:
        given: The keywords.
        known: What it takes.
        what: What they are given to: "worker()".

    Raises:
        TypeError: One is not among them.
    """
    __tracebackhide__ = True
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            meant = f"; did you mean {near[0]!r}?" if near else ""
            raise TypeError(f"{name!r} is no keyword of {what}, which takes {', '.join(known)}{meant}")


def telling_keywords(function: Callable[P, R], called: str | None = None) -> Callable[P, R]:
    """Let a function, in place of Python, tell of keywords that it does not take, by the name it is called by."""
    known = [name for name in inspect.signature(function).parameters if name != "self"]
    what = f"{called or function.__name__}()"

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        __tracebackhide__ = True
        expect_keywords(kwargs, known, what)
        return function(*args, **kwargs)

    return told


def telling_settings(kind: C) -> C:
    """Let a class tell of keywords that it does not take."""
    make: Any = vars(kind)["__init__"]
    type.__setattr__(kind, "__init__", telling_keywords(make, kind.__name__))
    return kind
