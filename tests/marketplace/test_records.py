"""Records: small, and each text kept once."""

import attrs
import pytest

from mturk_sim.marketplace.records import HIT, Assignment, HITType, kept_once


@pytest.mark.parametrize("kind", [HIT, Assignment, HITType])
def test_records_have_slots_and_no_validators(kind: type) -> None:
    assert "__dict__" not in dir(kind)
    assert "__weakref__" not in dir(kind)
    assert all(field.validator is None and field.on_setattr is None for field in attrs.fields(kind))


def test_equal_texts_are_one_object() -> None:
    first, second = "".join(["a", "b" * 100]), "".join(["a", "b" * 100])
    assert first is not second
    assert kept_once(first) is kept_once(second)


@pytest.mark.rule("HIT-32", "C2")
def test_available_is_what_is_left() -> None:
    hit = HIT(0, "3H", "3T", "me", "", 0, 0, 10, taken=7)
    assert hit.available == 3
