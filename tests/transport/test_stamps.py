"""Instants come out as botocore's own parser gives them, whatever the time zone and whoever froze the time."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore import utils
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.core.clock import micros
from mturk_sim.transport.stamps import local_stamps, wire_stamp


def parsed(at: int) -> Any:
    """What botocore's own parser makes of the wire's number."""
    parse: Any = utils.parse_timestamp
    return parse(wire_stamp(at))


@pytest.mark.rule("HIT-07")
@given(st.integers(0, 2**32 * 1_000_000))
def test_an_instant_is_what_botocore_makes_of_the_wires_number(at: int) -> None:
    ours, theirs = local_stamps()(at), parsed(at)
    assert ours == theirs
    assert (ours.isoformat(), repr(ours.tzinfo)) == (theirs.isoformat(), repr(theirs.tzinfo))
    assert micros(ours) == at - at % 1_000_000


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata"])
def test_the_time_zone_of_the_process_counts_and_may_change(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    at = micros(datetime(2026, 7, 1, 12, tzinfo=UTC))
    local_stamps()(at)
    try:
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone)
            time.tzset()
            expected = parsed(at).isoformat()
            assert local_stamps()(at).isoformat() == expected
    finally:
        time.tzset()
    assert local_stamps()(at).isoformat() == parsed(at).isoformat()


def test_under_freezegun_instants_are_of_its_class_and_afterwards_not() -> None:
    at = micros(datetime(2026, 7, 1, 12, tzinfo=UTC))
    with freeze_time("2026-07-01"):
        frozen: Any = parsed(at)
        assert type(local_stamps()(at)) is type(frozen)
    assert type(local_stamps()(at)) is datetime


def test_the_memory_for_instants_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from mturk_sim.transport import stamps

    monkeypatch.setattr(stamps, "_REMEMBERED", 8)
    for second in range(100):
        assert local_stamps()(second * 1_000_000).timestamp() == second
    assert len(stamps._known) <= 8
