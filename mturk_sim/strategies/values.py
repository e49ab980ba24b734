"""Plain values of requests: ids, amounts, texts and instants, each for one draw.

What an example costs is the number of its draws, so an id is one whole number spelt out, and a text is one of a pool
that holds what programs trip over: other scripts, markup, white space, and the longest text allowed.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from math import prod
from typing import Any, Final, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy
from hypothesis.vendor.pretty import RepresentationPrinter

from mturk_sim.marketplace.ledger import whole_cents
from mturk_sim.simulation.simulation import START
from mturk_sim.strategies.lifting import takes_strategies

S = TypeVar("S")
T = TypeVar("T")

SNIPPETS: Final = (
    "Label a photo",
    "a",
    "0",
    "Say what is on the photo, in a word or two.",
    "photo, label, easy",
    " spaces around ",
    "two\nlines\tand a tab",
    "<b>bold</b> & \"quoted\" 'text'",
    "${name} {name} %s \\n",
    "Größe, naïve, œuvre",
    "写真に名前を付ける",
    "ضع اسما للصورة",
    "🐈 ‍🐈‍⬛",
    "null",
    "=1+1",
)
_HEX: Final = 16
_HORIZON: Final = timedelta(days=400)


class BriefInReprs:
    """What the repr of a strategy shows by its own repr: Hypothesis shows all fields of an attrs class otherwise."""

    __slots__ = ()

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        printer.text(repr(self))


@attrs.frozen(repr=False)
class _Spelling(BriefInReprs):
    """How values are spelt out, and what their strategy is called."""

    name: str
    drawn: SearchStrategy[Any]
    spell: Callable[[Any], Any]

    def __repr__(self) -> str:
        return self.name


def spelt_out(name: str, drawn: SearchStrategy[S], spell: Callable[[S], T]) -> SearchStrategy[T]:
    """What is drawn, most often a whole number, spelt out; `name` is what the strategy's repr calls it.

    What is made with ``map`` may be shown as a call of the function, which a reader cannot do; this is shown as it is.
    """
    return _spelt_out(_Spelling(name, drawn, spell))


@st.composite
def _spelt_out(draw: DrawFn, values: _Spelling) -> Any:
    return values.spell(draw(values.drawn))


def one_of_each(name: str, *pools: Sequence[Any], make: Callable[..., T]) -> SearchStrategy[T]:
    """What `make` makes of a value from each pool, for the price of one draw; most simply of the first of each."""
    return spelt_out(name, st.integers(0, prod(map(len, pools)) - 1), partial(_made, pools, make))


def _made(pools: tuple[Sequence[Any], ...], make: Callable[..., T], number: int) -> T:
    picked = []
    for pool in pools:
        number, place = divmod(number, len(pool))
        picked.append(pool[place])
    return make(*picked)


def worker_ids() -> SearchStrategy[str]:
    """Ids a worker may have: an A and 13 digits or capitals (HIT-06)."""
    return _WORKER_IDS


def entity_ids() -> SearchStrategy[str]:
    """Ids of HITs, HIT types, assignments and the like: 30 digits and capitals, the first a 3 (HIT-02, HIT-05)."""
    return _ENTITY_IDS


def request_tokens() -> SearchStrategy[str]:
    """UniqueRequestTokens: 32 characters, hardly ever the same twice (HIT-23b)."""
    return _REQUEST_TOKENS


_WORKER_IDS: Final = spelt_out("worker_ids", st.integers(0, _HEX**13 - 1), "A{:013X}".format)
_ENTITY_IDS: Final = spelt_out("entity_ids", st.integers(0, _HEX**29 - 1), "3{:029X}".format)
_REQUEST_TOKENS: Final = spelt_out("request_tokens", st.integers(0, _HEX**32 - 1), "{:032x}".format)


@takes_strategies
def money(min_value: str = "0.01", max_value: str = "20.00") -> SearchStrategy[str]:
    """Amounts in dollars as the wire takes them, in any of its spellings: "0.05", "1.5", "2" (HIT-13).

    Args:
        min_value: The least amount, in dollars.
        max_value: The greatest.

    Raises:
        InvalidArgument: They are no amounts in whole cents, or in the wrong order.
    """
    try:
        low, high = whole_cents(min_value), whole_cents(max_value)
    except (TypeError, ValueError) as error:
        raise InvalidArgument(str(error)) from None
    if low > high:
        raise InvalidArgument(f"min_value {min_value} is more than max_value {max_value}")
    return spelt_out("money", st.integers(2 * low, 2 * high + 1), _amount)


def _amount(number: int) -> str:
    """Half the number as cents; an odd number gives the shortest spelling."""
    cents, short = divmod(number, 2)
    text = f"{cents // 100}.{cents % 100:02d}"
    return text.rstrip("0").rstrip(".") or "0" if short else text


@takes_strategies
def texts(max_size: int, *, min_size: int = 1) -> SearchStrategy[str]:
    """Texts of a title, a reason and the like: short ones of many kinds, and one as long as it may be.

    Args:
        max_size: The most characters.
        min_size: The least; 0 adds the empty text.

    Raises:
        InvalidArgument: The sizes leave nothing.
    """
    if not 0 <= min_size <= max_size:
        raise InvalidArgument(f"min_size must be from 0 to max_size, not {min_size} with {max_size}")
    return _texts(max_size, min_size)


@lru_cache(maxsize=64)
def _texts(max_size: int, min_size: int) -> SearchStrategy[str]:
    pool = [*SNIPPETS, "x" * max_size, ""]
    return st.sampled_from(list(dict.fromkeys(text[:max_size].ljust(min_size, "x") for text in pool)))


def instants() -> SearchStrategy[datetime]:
    """Whole seconds, aware, from 400 days before to 400 days after a simulation begins by default."""
    return _INSTANTS


_INSTANTS: Final = spelt_out(
    "instants",
    st.integers(-int(_HORIZON.total_seconds()), int(_HORIZON.total_seconds())),
    lambda seconds: START + timedelta(seconds=seconds),
)
