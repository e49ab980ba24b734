"""The journal: rows in order, read as facts, dumped as the same bytes each time."""

from typing import ClassVar

import attrs
import pytest

from mturk_sim.core.journal import Journal


@attrs.frozen
class Note:
    at: int
    kind: str
    a: str | None = None
    b: str | None = None
    c: str | None = None
    detail: dict[str, str] | None = None


def journal() -> Journal[Note]:
    made = Journal(Note)
    for at, kind, text in ((1, "a", "x"), (2, "b", "y"), (3, "a", "z")):
        made.write(at, (kind, text, None, None, None))
    return made


def test_facts_are_read_in_order() -> None:
    assert list(journal()) == [Note(1, "a", "x"), Note(2, "b", "y"), Note(3, "a", "z")]
    assert journal()[-1] == Note(3, "a", "z")
    assert len(journal()) == 3


def test_facts_of_some_kinds() -> None:
    assert journal().of("a") == [Note(1, "a", "x"), Note(3, "a", "z")]
    assert journal().of("b", "c") == [Note(2, "b", "y")]


class Known(Note):
    KINDS: ClassVar = ("apple", "pear")


def test_kinds_that_do_not_exist_are_not_asked_for_in_vain() -> None:
    made = Journal(Known)
    made.write(1, ("quince", None, None, None, None))

    assert made.of("apple") == []
    assert [fact.kind for fact in made.of("quince", "pear")] == ["quince"]  # somebody else's, but it is there
    with pytest.raises(ValueError, match=r"^'appel' is no kind of fact; did you mean 'apple'\?$"):
        made.of("pear", "appel")
    with pytest.raises(ValueError, match=r"^5 is no kind of fact; there are apple, pear$"):
        made.of(5)  # type: ignore[arg-type]  # on purpose


def test_its_repr_counts_the_facts() -> None:
    assert repr(journal()) == "<Journal: 2 a, 1 b>"
    assert repr(Journal(Note)) == "<Journal: nothing happened>"


def test_the_dump_is_one_json_line_a_fact() -> None:
    assert journal().dump() == ('[1,"a","x",null,null,null]\n[2,"b","y",null,null,null]\n[3,"a","z",null,null,null]\n')


def test_the_text_is_one_line_a_fact() -> None:
    assert str(journal()).count("\n") == 2


def test_a_copy_is_written_on_its_own() -> None:
    first = journal()
    twin = first.copy()

    twin.write(4, ("d", None, None, None, None))

    assert (len(first), len(twin)) == (3, 4)
    assert twin[0] == first[0]
