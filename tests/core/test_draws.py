"""Draws: the same for the same seed and key, on every machine, whatever else was drawn."""

from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.core.draws import Draws
from mturk_sim.core.ids import Ids
from mturk_sim.core.twins import Twins

keys = st.lists(st.integers() | st.text(), min_size=1, max_size=4)


@given(st.integers(), keys)
def test_a_draw_depends_on_seed_and_key_alone(seed: int, key: list[int | str]) -> None:
    assert Draws(seed).uniform(*key) == Draws(seed).uniform(*key)
    assert 0 <= Draws(seed).uniform(*key) < 1


@given(keys, keys)
def test_different_keys_never_run_together(one: list[int | str], other: list[int | str]) -> None:
    same = Draws(0).digest(16, *one) == Draws(0).digest(16, *other)

    assert same == ([(type(k), k) for k in one] == [(type(k), k) for k in other])


@given(st.integers(), keys, st.integers(1, 64), st.integers(1, 64), st.integers(1, 30))
def test_names_do_not_depend_on_how_many_are_made_at_once(
    seed: int, key: list[int | str], one: int, other: int, length: int
) -> None:
    few, many = sorted((one, other))
    names = Draws(seed).names(many, length, *key)

    assert Draws(seed).names(few, length, *key) == names[:few]
    assert {len(name) for name in names} == {length}
    assert all(name.isalnum() and name.isascii() and name.upper() == name for name in names)


def test_golden_draws() -> None:
    """The values of a seed are part of what users keep in their own tests; they may not change."""
    draws = Draws(2017)

    assert draws.digest(4, "worker", 1).hex() == "3a7de91f"
    assert draws.name(8, "id", "hit", 1) == "JRUI99US"
    assert Ids(draws).entity("hit") == "37LESH53FHTR5ZWSMXMBBD8RKPA12M"


def test_ids_have_the_recorded_form_and_do_not_repeat() -> None:
    ids = Ids(Draws(0))
    made = {ids.entity("hit") for _ in range(1000)}

    assert len(made) == 1000
    assert all(len(one) == 30 and one[0] == "3" and one.isalnum() and one.upper() == one for one in made)


def test_a_copy_of_ids_goes_on_with_the_next_ones() -> None:
    """Also across the ends of the batches in which ids are made."""
    ids, alone = Ids(Draws(0)), Ids(Draws(0))
    made = []
    for _ in range(200):
        made.append(ids.entity("hit"))
        ids = Twins().of(ids)

    assert made == [alone.entity("hit") for _ in range(200)]


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
