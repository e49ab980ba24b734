"""The switches: frozen, and of values that mean something."""

from datetime import timedelta
from typing import Any

import attrs
import pytest

from mturk_sim import Behavior

DURATIONS = [field.name for field in attrs.fields(Behavior) if isinstance(field.default, timedelta)]


@pytest.mark.parametrize("name", DURATIONS)
def test_a_duration_is_not_negative(name: str) -> None:
    none: dict[str, Any] = {name: timedelta(0)}
    negative: dict[str, Any] = {name: timedelta(microseconds=-1)}
    assert getattr(Behavior(**none), name) == timedelta(0)
    with pytest.raises(ValueError, match=name):
        Behavior(**negative)


def test_credentials_are_rejected_in_a_known_way() -> None:
    given: dict[str, Any] = {"reject_credentials": True}
    with pytest.raises(ValueError, match=r"^reject_credentials is one of unlinked, unknown, or None, not 'expired'$"):
        Behavior(reject_credentials="expired")
    with pytest.raises(TypeError, match=r"^True is no way to reject credentials: give reject_credentials='unlinked'"):
        Behavior(**given)


@pytest.mark.parametrize("name", DURATIONS)
def test_a_number_is_no_duration(name: str) -> None:
    given: dict[str, Any] = {name: 5}
    with pytest.raises(TypeError, match=r"^5 is no length of time: give a timedelta"):
        Behavior(**given)


def test_every_switch_is_described_and_none_can_be_turned_later() -> None:
    behavior = Behavior()
    for field in attrs.fields(Behavior):
        assert f"{field.name}:" in (Behavior.__doc__ or "")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(behavior, field.name, field.default)
