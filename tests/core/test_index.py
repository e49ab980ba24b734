"""The keyset index: always in order, and its pages neither skip nor repeat, whatever happens in between."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mturk_sim.core import index
from mturk_sim.core.index import KeysetIndex


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of four, so that small examples split and empty them."""
    monkeypatch.setattr(index, "_BLOCK", 4)


@settings(suppress_health_check=[])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 60)), max_size=80))
def check_against_a_sorted_list(steps: list[tuple[bool, int]]) -> None:
    tree: KeysetIndex[int] = KeysetIndex()
    model: set[int] = set()
    for add, key in steps:
        if add and key not in model:
            tree.add(key)
            model.add(key)
        elif not add and key in model:
            tree.remove(key)
            model.discard(key)
    assert list(tree) == sorted(model)
    assert list(reversed(tree)) == sorted(model, reverse=True)
    assert len(tree) == len(model)
    for key in (None, -1, 0, 17, 30, 60, 61):
        up = sorted(k for k in model if key is None or k > key)
        down = sorted((k for k in model if key is None or k < key), reverse=True)
        for count in (1, 3, 100):
            assert tree.after(key, count) == up[:count]
            assert tree.before(key, count) == down[:count]
        assert list(tree.falling(key)) == down


def test_it_agrees_with_a_sorted_list() -> None:
    """Adding, removing and paging in both directions agree with sorting everything each time."""
    check_against_a_sorted_list()


def test_pages_survive_inserts_and_deletes_in_between() -> None:
    tree: KeysetIndex[int] = KeysetIndex()
    for key in range(0, 100, 2):
        tree.add(key)
    seen: list[int] = []
    while page := tree.after(seen[-1] if seen else None, 7):
        seen += page
        tree.remove(page[0])
        if page[-1] < 90:
            tree.add(page[-1] + 1)

    assert all(a < b for a, b in pairwise(seen))
    assert set(range(0, 100, 2)) <= set(seen)


def test_removing_what_is_not_there_raises() -> None:
    tree: KeysetIndex[int] = KeysetIndex()
    tree.add(3)

    for absent in (2, 4):
        with pytest.raises(KeyError):
            tree.remove(absent)
