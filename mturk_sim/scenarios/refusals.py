"""What the service refuses of a scenario, told as a mistake in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from botocore.exceptions import ClientError, ParamValidationError

from mturk_sim.marketplace.errors import INSUFFICIENT_FUNDS
from mturk_sim.scenarios.checks import shown
from mturk_sim.scenarios.complaints import ScenarioError, below
from mturk_sim.scenarios.parts import HITs, Qualification
from mturk_sim.scenarios.scenario import Scenario

_SETTINGS: Final = (
    ("name", re.compile("with this name")),
    ("requirements", re.compile("Qualification|IntegerValue|Locale|Comparator", re.IGNORECASE)),
    ("question", re.compile("XML question")),
    ("answer_key", re.compile("AnswerKey|required parameters")),
    ("test", re.compile("XML question")),
)
"""Of which setting a refusal speaks that has such words."""


@contextmanager
def asking(scenario: Scenario, place: str, part: HITs | Qualification) -> Iterator[None]:
    """Ask the service in the block for what a part of a scenario says.

    Raises:
        ScenarioError: It refuses that, or a file cannot be read.
    """
    try:
        yield
    except (ClientError, ParamValidationError, OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{scenario.origin or scenario.name}: {_told(error, scenario, place, part)}") from None


def _told(error: Exception, scenario: Scenario, place: str, part: HITs | Qualification) -> str:
    said = error.response["Error"]["Message"] if isinstance(error, ClientError) else " ".join(str(error).split())
    if INSUFFICIENT_FUNDS.text in said:
        return f"balance = {_balance(scenario)}: expected enough for {place}; the service says: {said}"
    for setting, words in _SETTINGS:
        if words.search(said) and (value := getattr(part, setting, None)):
            return f"{below(place, setting)} = {shown(value)}: expected what the service takes; it says: {said}"
    return f"{place} = {shown(part)}: expected what the service takes; it says: {said}"


def _balance(scenario: Scenario) -> str:
    return "10000.00 (left out)" if scenario.balance is None else shown(scenario.balance)
