"""A population's numbers are what was published, and what they cannot be is refused."""

import inspect
import re
from typing import Any

import attrs
import pytest

from mturk_sim import Population
from mturk_sim.workers import Ability, DayShape

ENTRIES = dict(
    re.findall(r"^    (\w+): (.*?)(?=^    \w|^$)", str(inspect.getdoc(Population)), re.DOTALL | re.MULTILINE)
)
SOURCES = re.compile(r"'\d\d\b|TurkPrime|logs|labels|assumption|fitted")


@pytest.mark.parametrize("attribute", attrs.fields(Population), ids=lambda attribute: attribute.name)
def test_every_attribute_is_described_and_every_number_has_its_source(attribute: "attrs.Attribute[Any]") -> None:
    assert ENTRIES[attribute.name]
    if isinstance(attribute.default, float | int | tuple):
        assert SOURCES.search(ENTRIES[attribute.name])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"p_abandon": 1.5}, "p_abandon is a share, from 0 to 1, and not 1.5"),
        ({"p_queue": -0.1}, "p_queue is a share, from 0 to 1, and not -0.1"),
        ({"p_return": 0.6, "p_abandon": 0.6}, "p_return and p_abandon together are a share, not 1.2"),
        ({"arrivals_per_hour": -1}, "arrivals_per_hour is a number, from 0 up, and not -1"),
        ({"half_life_months": 0}, "half_life_months is a number of months"),
        ({"stay": (0.0, 0.0)}, "stay is two parameters of a beta distribution"),
        ({"stay": (1.0, -1.0)}, "stay is two parameters of a beta distribution"),
        ({"difficulty_sd": 0.6}, "difficulty_sd is a standard deviation, from 0 to 0.5"),
        ({"abilities": ()}, "there must be at least one of each"),
        ({"day_shapes": {}}, "there must be at least one of each"),
    ],
)
def test_what_a_number_cannot_be_is_refused_with_what_it_is(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refusal:
        Population(**changes)

    assert message in str(refusal.value)


@pytest.mark.parametrize("accuracy", [0.0, 1.0, None, (1.0, 2.0)])
def test_accuracy_is_a_probability_its_parameters_or_nothing(accuracy: Any) -> None:
    assert Ability(name="a", share=1, accuracy=accuracy).looks == (accuracy is not None)


@pytest.mark.parametrize("accuracy", [1.1, -0.1, (0.0, 0.0), (1.0, 2.0, 3.0)])
def test_what_is_no_accuracy_is_refused(accuracy: Any) -> None:
    with pytest.raises(ValueError, match="accuracy is"):
        Ability(name="a", share=1, accuracy=accuracy)


@pytest.mark.parametrize("changes", [{"share": -1}, {"swing": 2}, {"peak": 25}])
def test_what_is_no_shape_of_a_day_is_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(changes))):
        DayShape(**{"share": 1.0, **changes})
