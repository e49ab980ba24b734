"""State as JSON: what is saved comes back, and what JSON cannot hold is named."""

import json
from array import array
from collections import defaultdict, deque
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.core.draws import Draws
from mturk_sim.core.ids import Ids
from mturk_sim.core.index import KeysetIndex
from mturk_sim.core.saving import CannotSave, load, save
from mturk_sim.core.sharing import Records
from mturk_sim.core.timers import Timers
from mturk_sim.marketplace.records import Bonus, WorkerAccount

BONUS = Bonus("A1", 5, "3A", "3H", "Good.", 0)


def through_json(value: Any) -> Any:
    """What comes back of a value that an object holds."""
    holder = Timers()
    holder.soonest = value
    return load(json.loads(json.dumps(save(holder), sort_keys=True))).soonest


PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda values: (
        st.lists(values)
        | st.lists(values).map(tuple)
        | st.dictionaries(st.text() | st.integers() | st.tuples(st.text(), st.integers()), values)
        | st.dictionaries(st.text(), values).map(lambda held: defaultdict(list, held))
        | st.lists(values, max_size=3).map(lambda held: deque(held, maxlen=5))
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_values_come_back_as_they_were(value: Any) -> None:
    again = through_json(value)

    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(
    "value",
    [
        {"z": 1, "a": 2},
        {3, 1, 2},
        frozenset({2, 1}),  # of texts, the order changes with the hash seed
        b"\x00\xff",
        Decimal("0.10"),
        datetime(2026, 1, 5, 9, 0, 0, 1, tzinfo=UTC),
        timedelta(days=-3, microseconds=7),
        array("q", [1, 2]),
        MappingProxyType({"a": [1]}),
        BONUS,
        {BONUS: "a value may be a key"},
        Bonus,
        Records(a=1),
        1e300,
        -0.0,
        "\ud800",
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_value_comes_back(value: Any) -> None:
    again = through_json(value)

    assert repr(again) == repr(value)
    assert type(again) is type(value)


def test_the_order_of_dictionaries_is_kept() -> None:
    assert list(through_json({"z": 1, "a": 2})) == ["z", "a"]
    assert list(through_json(Records(z=1, a=2))) == ["z", "a"]


def test_objects_are_saved_once_and_refer_to_each_other() -> None:
    worker = WorkerAccount("A1")
    worker.inbox.append(worker)
    first, second, method, bound = through_json(
        [worker, worker, Ids(Draws(1)).number, partial(Ids.number, Ids(Draws(1)))]
    )

    assert first is second is first.inbox[0]
    assert method("x") == bound("x") == 1


def test_equal_states_give_equal_bytes() -> None:
    def state() -> str:
        index: KeysetIndex[int] = KeysetIndex()
        for number in (3, 1, 2):
            index.add(number)
        return json.dumps(save(index), sort_keys=True)

    assert state() == state()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (lambda: None, r"Timers.soonest holds a function, .*<lambda> at .*test_saving.py:\d+"),
        (object(), "Timers.soonest holds <object object"),
        ([{"a": open}], "Timers.soonest holds <built-in function open>"),
    ],
)
def test_what_json_cannot_hold_is_named(value: Any, text: str) -> None:
    with pytest.raises(CannotSave, match=text):
        through_json(value)


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"classes": [], "objects": []},
        {"classes": [["builtins:list"]], "objects": [[0]]},
        {"classes": [["os:system"]], "objects": [[0]]},
        {"classes": [["mturk_sim.core.timers:Timers", "soonest"]], "objects": [[0, {"name": "os:system"}]]},
        {"classes": [["mturk_sim.core.timers:Timers", "soonest"]], "objects": [[0, {"thing": 1}]]},
        {"classes": [["mturk_sim.core.timers:Timers", "soonest"]], "objects": [[0]]},
        {"classes": [["mturk_sim.core.nowhere:Timers"]], "objects": [[0]]},
    ],
)
def test_what_was_not_saved_is_refused(saved: Any) -> None:
    with pytest.raises(ValueError, match="no state that this version saved"):
        load(saved)
