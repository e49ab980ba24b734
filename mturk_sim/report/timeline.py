"""The timeline of a marketplace: what the requester asked, and what happened, in order."""

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from typing import Any, Final

from mturk_sim.core.clock import SECOND, instant
from mturk_sim.documents import question_answers
from mturk_sim.marketplace.facts import Fact
from mturk_sim.marketplace.world import DEFAULT_REQUESTER
from mturk_sim.simulation import Simulation
from mturk_sim.simulation.calls import RequesterCall

READS: Final = ("Get", "List")
"""How the operations that only look begin."""
_LONGEST: Final = 40
_DULL: Final = ("Title", "Description", "Keywords", "Question", "Reason")
"""Parameters that say nothing about what happens."""
_TOLD: Final = ("RequesterFeedback",)
"""Parameters that are shown shortened, if they are long; of the others, none that is."""
_LOOKS: Final = 3
"""How many of the looks that are taken one after the other are shown."""

Row = list[RequesterCall] | Fact
"""One line: a fact, a call, or the looks that were taken until something happened."""


def timeline(sim: Simulation, lines: int | None = None) -> str:
    """What the requesters asked and what happened, a line each; looks at what there is are one line, however many.

    Args:
        sim: The simulation; only its newest calls are known.
        lines: How many lines at most, a sixth of them from the beginning and the others from the end; None for all.
    """
    rows: list[Row] = list(_rows(sim))
    if lines is None or len(rows) <= lines:
        return "\n".join(_line(sim, row) for row in rows)
    first = lines // 6
    last = len(rows) - (lines - first)
    begun, ended = ([_line(sim, row) for row in part] for part in (rows[:first], rows[last:]))
    return "\n".join([*begun, f"... {last - first} more ...", *ended])


def is_look(call: RequesterCall) -> bool:
    """Whether a call only looked at what there is, and got to see it."""
    return call.operation.startswith(READS) and not call.error and not call.fault


def said(call: RequesterCall) -> str:
    """A call in short: who asked, unless it was the default requester, what was asked, and how that was refused."""
    who = "" if call.requester == DEFAULT_REQUESTER else f"{call.requester}: "
    return f"{who}{call.operation}({_shown(call.parameters)}){_outcome(call)}"


def _rows(sim: Simulation) -> Iterator[Row]:
    calls: Iterator[Any] = iter(sim.calls)
    facts: Iterator[Any] = iter(sim.world.journal)
    both = merge(calls, facts, key=lambda each: each.micros)  # of the same instant, a call comes before what it did
    for looks, each in groupby(both, lambda each: isinstance(each, RequesterCall) and is_look(each)):
        if looks:
            yield list(each)
        else:
            yield from ([one] if isinstance(one, RequesterCall) else one for one in each)


def _line(sim: Simulation, row: Row) -> str:
    if isinstance(row, Fact):
        return f"{row}{_answers(sim, row)}"
    distinct = list(dict.fromkeys(map(said, row)))
    shown = [*distinct[:_LOOKS], *(["..."] if len(distinct) > _LOOKS else [])]
    until = f"  ×{len(row)}, until {instant(row[-1].micros):%Y-%m-%d %H:%M:%S}" if len(row) > 1 else ""
    return f"{instant(row[0].micros):%Y-%m-%d %H:%M:%S}  {', '.join(shown)}{until}"


def _answers(sim: Simulation, fact: Fact) -> str:
    """What was handed in, if that is what happened and it is still known."""
    work = sim.world.store.assignments.get(fact.assignment_id or "")
    if fact.kind != "AssignmentSubmitted" or work is None:
        return ""
    answers = question_answers(work.answer or "")
    return f"  {_short(', '.join(f'{name}={value!r}' for name, value in answers.items()))}"


def _shown(parameters: dict[str, Any]) -> str:
    shown = {name: _value(name, value) for name, value in parameters.items() if name not in _DULL}
    return ", ".join(f"{name}={value}" for name, value in shown.items() if len(value) <= _LONGEST)


def _value(name: str, value: Any) -> str:
    """A parameter's value; an instant comes over the wire as seconds since the epoch."""
    if name == "ExpireAt":
        return _instant(value)
    return _short(str(value)) if name in _TOLD else str(value)


def _instant(seconds: float) -> str:
    try:
        return f"{instant(int(seconds * SECOND)):%Y-%m-%dT%H:%M:%SZ}"
    except OverflowError:  # the last microsecond of the year 9999, rounded up
        return str(seconds)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _outcome(call: RequesterCall) -> str:
    if call.fault:
        return f" meets {call.fault}"
    return f" refused: {call.error}" if call.error else ""
