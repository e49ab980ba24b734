"""Scenarios that come with the library: what requesters' programs must withstand."""

from pathlib import Path

from mturk_sim.scenarios.reading import read_scenario
from mturk_sim.scenarios.scenario import Scenario

_HERE = Path(__file__).parent


def preset_names() -> list[str]:
    """The names of the presets."""
    return sorted(path.stem for path in _HERE.glob("*.toml"))


def preset(name: str) -> Scenario:
    """The preset of that name.

    Raises:
        LookupError: There is none.
    """
    return read_scenario(preset_path(name))


def preset_path(name: str) -> Path:
    """The file of the preset of that name.

    Raises:
        LookupError: There is none.
    """
    if name not in preset_names():
        raise LookupError(f"no preset {name!r}: there are {', '.join(preset_names())}")
    return _HERE / f"{name}.toml"


def preset_text(name: str) -> str:
    """The preset of that name as TOML that means the same wherever it lies.

    Raises:
        LookupError: There is none.
    """
    text = preset_path(name).read_text(encoding="utf-8")
    for program in _HERE.glob("*.py"):
        text = text.replace(f'"{program.name}"', f'"{program.as_posix()}"')
    return text
