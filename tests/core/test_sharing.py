"""Records that forks share: whatever one of them does, the others do not notice."""

import gc
from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from mturk_sim.core.sharing import Records, Shared


@attrs.define(eq=False)
class Record:
    number: int


def copy(record: Record) -> Record:
    return Record(record.number)


KEYS = st.sampled_from("abc")


class Forks(RuleBasedStateMachine):
    """Forks of forks, each beside a dictionary of numbers that says what its records ought to hold."""

    places: Any = Bundle("places")

    def __init__(self) -> None:
        super().__init__()
        self.pairs: dict[int, tuple[Records[str, Record], dict[str, int]]] = {}
        self.made = 0

    def keep(self, records: Records[str, Record], model: dict[str, int]) -> int:
        self.made += 1
        self.pairs[self.made] = (records, model)
        return self.made

    @rule(target=places)
    def begin(self) -> int:
        return self.keep(Records(), {})

    @rule(target=places, place=places)
    def fork(self, place: int) -> int:
        records, model = self.pairs[place]
        return self.keep(records.fork(copy), dict(model))

    @rule(place=consumes(places))
    def forget(self, place: int) -> None:
        del self.pairs[place]

    @rule(place=places, key=KEYS, number=st.integers(0, 99))
    def put(self, place: int, key: str, number: int) -> None:
        records, model = self.pairs[place]
        records[key], model[key] = Record(number), number

    @rule(place=places, key=KEYS, number=st.integers(0, 99), way=st.sampled_from(["[]", "get", "values", "items"]))
    def change(self, place: int, key: str, number: int, way: str) -> None:
        records, model = self.pairs[place]
        if key in model:
            ways: dict[str, Callable[[], Any]] = {
                "[]": lambda: records[key],
                "get": lambda: records.get(key),
                "values": lambda: dict(zip(records, records.values(), strict=True))[key],
                "items": lambda: dict(records.items())[key],
            }
            ways[way]().number = model[key] = number

    @rule(place=places, key=KEYS, way=st.sampled_from(["pop", "del"]))
    def remove(self, place: int, key: str, way: str) -> None:
        records, model = self.pairs[place]
        expected = model.pop(key, None)
        if way == "pop":
            removed = records.pop(key, None)
            assert (removed and removed.number) == expected
        elif expected is not None:
            del records[key]

    @invariant()
    def each_holds_what_it_ought_to(self) -> None:
        for records, model in self.pairs.values():
            assert {key: record.number for key, record in dict.items(records)} == model
            assert list(records) == list(model)


TestForks = Forks.TestCase


def test_the_origin_keeps_its_records_and_the_fork_takes_copies() -> None:
    records = Records(a=Record(1))
    ours = records["a"]
    fork = records.fork(copy)

    assert records["a"] is ours
    assert fork["a"] is not ours
    assert fork["a"] is fork["a"]


def test_only_what_is_looked_at_is_copied() -> None:
    copied: list[Record] = []
    records = Records({str(number): Record(number) for number in range(100)})

    def copy_and_tell(record: Record) -> Record:
        copied.append(record)
        return copy(record)

    fork = records.fork(copy_and_tell)
    assert (len(fork), "7" in fork, list(fork)) == (100, True, list(records))
    assert copied == []

    fork["7"].number = 0
    records["8"].number = 0

    assert len(copied) == 2


def test_without_forks_it_is_a_plain_dictionary_again() -> None:
    records = Records(a=Record(1))
    fork = records.fork(copy)
    assert type(records) is type(fork) is Shared
    del fork
    gc.collect()
    records.get("a")

    assert type(records) is Records
    assert Records.__getitem__ is dict.__getitem__  # so it costs nothing


def test_missing_keys_are_missing() -> None:
    fork = Records(a=Record(1)).fork(copy)

    assert fork.get("b") is None
    assert fork.get("b", 3) == fork.pop("b", 3) == 3
