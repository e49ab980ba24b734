"""Copies of a whole state: nothing that changes is shared, and every object is copied once."""

from collections import defaultdict, deque
from collections.abc import Hashable
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

import attrs
import pytest

from mturk_sim.core.index import KeysetIndex
from mturk_sim.core.journal import Journal
from mturk_sim.core.sharing import Records
from mturk_sim.core.timers import Timers
from mturk_sim.core.twins import Twins, twin_of_record


def ours(kind: type) -> type:
    """Let a class of this test pass for one of the package's."""
    kind.__module__ = "mturk_sim.test"
    return kind


@ours
@attrs.define(eq=False)
class Record:
    number: int
    name: str | None = None
    held: list[str] | None = None
    tags: dict[str, str] = attrs.Factory(dict)


@ours
class Place:
    _TRANSIENT: ClassVar = {"lock": object}

    def __init__(self) -> None:
        self.lock = object()
        self.records: dict[str, Record] = {"a": Record(1, "x", ["p"], {"q": "r"}), "b": Record(2)}
        self.by_number = {record.number: record for record in self.records.values()}
        self.itself = self
        self.ring = self.answer
        self.bound = partial(Place.answer, self)
        self.counts: defaultdict[str, list[int]] = defaultdict(list, x=[1])
        self.queue = deque([[1]], maxlen=3)
        self.seen = {"a", "b"}
        self.shown = MappingProxyType({"a": 1})

    def answer(self) -> "Place":
        return self


def test_objects_are_copied_once_and_refer_to_each_other() -> None:
    place = Place()
    twin: Place = Twins().of(place)

    assert twin is not place
    assert twin.itself is twin.ring() is twin.bound() is twin
    assert twin.by_number[1] is twin.records["a"] is not place.records["a"]
    assert twin.records["a"].number == 1


def test_nothing_that_changes_is_shared() -> None:
    place = Place()
    twin: Place = Twins().of(place)
    twin.counts["x"].append(2)
    twin.counts["y"].append(3)
    twin.queue[0].append(2)
    twin.seen.add("c")
    held = twin.records["a"].held
    assert held is not None
    held.append("more")
    twin.records["a"].tags["q"] = "changed"

    assert (place.counts, place.queue[0], place.seen) == ({"x": [1]}, [1], {"a", "b"})
    assert (place.records["a"].held, place.records["a"].tags) == (["p"], {"q": "r"})
    assert twin.queue.maxlen == 3
    assert twin.shown is place.shown


def test_what_is_no_state_begins_anew() -> None:
    place = Place()

    assert Twins().of(place).lock is not place.lock


def test_indexes_timers_and_journals_copy_themselves() -> None:
    index: KeysetIndex[int] = KeysetIndex()
    timers, journal = Timers(), Journal(lambda *row: row, width=1)
    for number in range(3000):
        index.add(number)
        timers.set(number, "ring", "")
        journal.write(number, ("fact",))
    twins = Twins()
    copies: list[Any] = [twins.of(value) for value in (index, timers, journal)]
    index.remove(7)
    next(timers.until(0))
    journal.write(0, ("fact",))

    assert [len(value) for value in copies] == [3000, 3000, 3000]
    assert list(copies[0]) == list(range(3000))
    assert copies[0].after(6, 1) == [7]


def test_whoever_holds_a_shared_record_gets_the_forks_copy_of_it() -> None:
    records = Records(a=Record(1), b=Record(2))
    twins = Twins()
    fork = twins.of(records)
    held = twins.of([records["b"], records["a"]])

    assert held == [fork["b"], fork["a"]] != [records["b"], records["a"]]


def test_a_record_that_was_taken_out_before_is_copied_by_itself() -> None:
    records = Records(a=Record(1), b=Record(2))
    gone = records.pop("b")
    twins = Twins()
    twins.of(records)

    assert twins.of(gone).number == 2
    assert twins.of(gone) is twins.of(gone) is not gone


def test_one_record_is_copied_with_what_it_holds() -> None:
    record = Record(1, None, ["p"], {"q": "r"})
    twin = twin_of_record(record)

    assert attrs.asdict(twin) == attrs.asdict(record)
    assert twin.held is not record.held
    assert twin.tags is not record.tags


def test_a_record_of_one_field_is_copied_with_what_it_holds() -> None:
    @ours
    @attrs.define(eq=False)
    class Single:
        held: list[str]

    record = Single(["p"])
    twin = twin_of_record(record)

    assert twin.held == ["p"]
    assert twin.held is not record.held


def test_others_objects_are_copied_as_they_copy_themselves() -> None:
    class Theirs:
        def __deepcopy__(self, _: Any) -> str:
            return "a copy"

    assert Twins().of([Theirs()]) == ["a copy"]


@pytest.mark.parametrize("value", [1, "a", None, 1.5, b"x", ("a", 1), len, Place.answer, int, Hashable])
def test_what_never_changes_is_shared(value: Any) -> None:
    assert Twins().of(value) is value
