"""Plain values: in their range, cheap, and looked at early."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from mturk_sim.strategies import (
    entity_ids,
    instants,
    money,
    qualification_requirements,
    request_tokens,
    texts,
    worker_ids,
)
from mturk_sim.strategies.values import one_of_each

PATTERNS = {
    "worker_ids": (worker_ids(), "A[A-Z0-9]{13}"),
    "entity_ids": (entity_ids(), "3[A-Z0-9]{29}"),
    "request_tokens": (request_tokens(), "[0-9a-f]{32}"),
    "money": (money(), r"[0-9]+(\.[0-9]{1,2})?"),
}


@pytest.mark.rule("HIT-02", "HIT-06", "HIT-13")
@pytest.mark.parametrize("name", PATTERNS)
def test_ids_and_amounts_have_their_form(name: str) -> None:
    strategy, pattern = PATTERNS[name]

    @given(strategy)
    def holds(text: str) -> None:
        assert re.fullmatch(pattern, text)

    holds()


@given(st.data(), st.integers(0, 500), st.integers(0, 500))
def test_money_stays_between_its_bounds(data: st.DataObject, low: int, more: int) -> None:
    bounds = f"{low / 100:.2f}", f"{(low + more) / 100:.2f}"

    amount = Decimal(data.draw(money(*bounds)))

    assert Decimal(bounds[0]) <= amount <= Decimal(bounds[1])


@pytest.mark.parametrize("spelling", ["0.50", "0.5", "2", "2.00"])
def test_money_comes_in_every_spelling(spelling: str) -> None:
    assert find(money(spelling, spelling), lambda amount: amount == spelling) == spelling


@given(st.data(), st.integers(1, 300))
def test_texts_are_no_longer_than_asked_for(data: st.DataObject, longest: int) -> None:
    assert 1 <= len(data.draw(texts(longest))) <= longest


def test_the_longest_and_the_empty_text_are_among_the_texts() -> None:
    assert find(texts(2000), lambda text: len(text) == 2000) == "x" * 2000
    assert find(texts(10, min_size=0), lambda text: not text) == ""


@given(instants())
def test_instants_are_aware_whole_seconds(when: Any) -> None:
    assert when.utcoffset() is not None
    assert when.microsecond == 0


def test_one_of_each_reaches_every_combination() -> None:
    wanted = [f"{letter}{number}" for letter in "ab" for number in (1, 2, 3)]
    pairs = one_of_each("pairs", "ab", (1, 2, 3), make="{}{}".format)

    assert [find(pairs, pair.__eq__) for pair in wanted] == wanted


def test_what_is_spelt_out_is_shown_as_it_is_and_not_as_a_call() -> None:
    @settings(database=None, phases=(Phase.generate,))
    @given(entity_ids())
    def fails(drawn: str) -> None:
        raise LookupError

    with pytest.raises(LookupError) as caught:
        fails()

    assert "format" not in caught.value.__notes__[0]


@pytest.mark.parametrize(
    "make",
    [
        lambda: money("5.00", "1.00"),
        lambda: money("0.001", "1.00"),
        lambda: money("a lot"),
        lambda: texts(3, min_size=4),
        lambda: texts(-1),
        lambda: qualification_requirements([]),
    ],
)
def test_bad_arguments_are_refused_at_once(make: Any) -> None:
    with pytest.raises(InvalidArgument):
        make()


@given(money(st.just("1.00"), st.sampled_from(["1.00", "2.00"])))
def test_an_argument_may_be_a_strategy(amount: str) -> None:
    assert 1 <= Decimal(amount) <= 2


@given(st.data())
def test_what_a_strategy_gives_as_an_argument_is_looked_at_too(data: st.DataObject) -> None:
    with pytest.raises(InvalidArgument):
        data.draw(money(st.just("a lot")))
