"""Draws: the same for the same seed and key, on every machine, whatever else was drawn."""

from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.core.draws import Draws
from mturk_sim.core.ids import Ids

keys = st.lists(st.integers() | st.text(), min_size=1, max_size=4)


@given(st.integers(), keys)
def test_a_draw_depends_on_seed_and_key_alone(seed: int, key: list[int | str]) -> None:
    assert Draws(seed).uniform(*key) == Draws(seed).uniform(*key)
    assert 0 <= Draws(seed).uniform(*key) < 1


@given(keys, keys)
def test_different_keys_never_run_together(one: list[int | str], other: list[int | str]) -> None:
    same = Draws(0).digest(16, *one) == Draws(0).digest(16, *other)

    assert same == ([(type(k), k) for k in one] == [(type(k), k) for k in other])


@given(st.integers(), st.integers(1, 64), st.text("abc_", min_size=1), st.integers(0))
def test_ids_are_the_names_of_their_kind_and_number(seed: int, length: int, kind: str, number: int) -> None:
    assert Draws(seed).id(length, kind, number) == Draws(seed).name(length, "id", kind, number)


def test_golden_draws() -> None:
    """The values of a seed are part of what users keep in their own tests; they may not change."""
    draws = Draws(2017)

    assert draws.digest(4, "worker", 1).hex() == "3a7de91f"
    assert draws.name(8, "id", "hit", 1) == "JRUI99US"


def test_ids_have_the_recorded_form_and_do_not_repeat() -> None:
    ids = Ids(Draws(0))
    made = {ids.entity("hit") for _ in range(1000)}

    assert len(made) == 1000
    assert all(len(one) == 30 and one[0] == "3" and one.isalnum() and one.upper() == one for one in made)


def test_ids_of_one_kind_do_not_shift_those_of_another() -> None:
    one, other = Ids(Draws(5)), Ids(Draws(5))
    other.entity("worker")

    assert one.entity("hit") == other.entity("hit")


@given(st.integers(0, 2**32))
def test_every_shape_of_draw_stays_in_its_bounds(n: int) -> None:
    draws = Draws(1)

    assert draws.integer(7, n) in range(7)
    assert draws.choice("abc", n) in "abc"
    assert draws.exponential(n) >= 0
    assert -10 < draws.normal(n) < 10
