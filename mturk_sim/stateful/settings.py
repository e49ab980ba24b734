"""The settings of a machine, which stand in the body of its class: misspelt ones would do nothing."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

from mturk_sim.core.keywords import expect_keywords

_SETTING: Final = "marketplace"
_KEYWORDS: Final = ("seed", "sandbox", "wire", "behavior")
_ALIKE: Final = 0.8


def check_settings(machine: type[Any]) -> None:
    """See to it that a class's settings are spelt as they are known.

    Raises:
        TypeError: ``marketplace`` is misspelt, or a keyword in it.
    """
    for name, value in vars(machine).items():
        if isinstance(value, Mapping) and name != _SETTING and get_close_matches(name, [_SETTING], cutoff=_ALIKE):
            raise TypeError(f"{name!r} is no setting of {machine.__name__}; did you mean {_SETTING!r}?")
    expect_keywords(getattr(machine, _SETTING), _KEYWORDS, f"{machine.__name__}.{_SETTING}")
