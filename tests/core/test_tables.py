"""Tables: rows decide, and rows that contradict each other fail at once."""

import attrs
import pytest

from mturk_sim.core.tables import Arrow, Settling, Table


@attrs.define
class Door:
    status: str = "shut"
    locked: bool = False
    wind: bool = False


def unlocked(_context: None, door: Door) -> bool:
    return not door.locked


def the_wind_blows(_context: None, door: Door) -> bool:
    return door.wind


def table(*arrows: Arrow[None, Door], settlings: tuple[Settling[None, Door], ...] = ()) -> Table[None, Door]:
    return Table("door", ("shut", "open"), "shut", arrows, settlings)


def test_an_arrow_is_found_by_state_and_event() -> None:
    arrow = Arrow("shut", "push", "open", "R-1")

    assert table(arrow).arrow(None, Door(), "push") is arrow
    assert table(arrow).arrow(None, Door("open"), "push") is None
    assert table(arrow).arrow(None, Door(), "pull") is None


def test_a_guard_keeps_an_arrow_shut() -> None:
    arrow = Arrow("shut", "push", "open", "R-1", guard=unlocked)

    assert table(arrow).arrow(None, Door(locked=True), "push") is None
    assert table(arrow).arrow(None, Door(), "push") is arrow


def test_two_unguarded_arrows_for_one_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="second arrow"):
        table(Arrow("shut", "push", "open", "R-1"), Arrow("shut", "push", "shut", "R-2"))


def test_an_arrow_behind_an_unguarded_one_is_refused() -> None:
    with pytest.raises(ValueError, match="second arrow"):
        table(Arrow("shut", "push", "open", "R-1"), Arrow("shut", "push", "shut", "R-2", guard=unlocked))


def test_the_first_arrow_whose_guard_holds_is_taken() -> None:
    first = Arrow("shut", "push", "open", "R-1", guard=unlocked)
    second = Arrow("shut", "push", "shut", "R-2")

    assert table(first, second).arrow(None, Door(locked=True), "push") is second


def test_a_row_with_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="'ajar' is no state"):
        table(Arrow("shut", "push", "ajar", "R-1"))


def test_a_settling_is_found_when_its_condition_holds() -> None:
    row = Settling("open", the_wind_blows, "shut", "R-3")
    doors = table(settlings=(row,))

    assert doors.settling(None, Door("open", wind=True)) is row
    assert doors.settling(None, Door("open")) is None
    assert doors.settling(None, Door("shut", wind=True)) is None


def test_sources_and_events_come_in_the_order_of_the_rows() -> None:
    doors = table(
        Arrow("open", "push", "shut", "R-1"), Arrow("shut", "push", "open", "R-1"), Arrow("shut", "look", "shut", "R-2")
    )

    assert doors.sources("push") == ("open", "shut")
    assert doors.events == ("push", "look")


def test_diagram_and_markdown_show_every_row() -> None:
    doors = table(
        Arrow("shut", "push", "open", "R-1", guard=unlocked),
        settlings=(Settling("open", the_wind_blows, "shut", "R-3"),),
    )

    assert doors.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> shut",
        "    shut --> open: push",
        "    open --> shut: [the wind blows]",
    ]
    assert "| shut | push, if unlocked | open | R-1 |" in doors.markdown()
    assert "| open | as soon as the wind blows | shut | R-3 |" in doors.markdown()
