"""Hints for whoever looks at what went wrong: what the service takes, but is hardly what was meant."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from mturk_sim.core.clock import DAY, SECOND
from mturk_sim.core.system_clock import SystemClock
from mturk_sim.documents import HTMLQuestion, QuestionForm, parse_question, question_answers
from mturk_sim.report.timeline import said
from mturk_sim.simulation import Simulation

_FAR: Final = 30
"""How many days ahead an expiration is hardly meant to be."""
_MOST: Final = 3
"""How many hints of a kind are given."""


def hints(sim: Simulation) -> Iterator[str]:
    """What is odd about a simulation, a line each."""
    yield from islice(_late_expirations(sim), _MOST)
    yield from islice(_unasked_answers(sim), _MOST)


def _late_expirations(sim: Simulation) -> Iterator[str]:
    """HITs that were extended by months, as "now" is months ahead while the program's time is not the simulation's."""
    if sim.clock.was_watched or isinstance(sim.clock, SystemClock):
        return
    for call in sim.calls.of("UpdateExpirationForHIT"):
        days = round((call.parameters["ExpireAt"] * SECOND - call.micros) / DAY)
        if days > _FAR and not call.error:
            yield (
                f"{said(call)} is {days} days ahead of the simulation; datetime.now() of your program is the "
                "simulation's only inside virtual_time(), or in a test whose time is frozen"
            )


def _unasked_answers(sim: Simulation) -> Iterator[str]:
    """Work of which no answer is to anything that its question asks for (the service takes it, XML-24)."""
    for work in sim.assignments():
        asked = _asked(sim.world.store.hits[work.hit_id].question)
        given = list(question_answers(work.answer or ""))
        if given and asked and not set(given) & set(asked):
            yield f"assignment {work.id} answers {_listed(given)}; its HIT asks for {_listed(asked)}"


def _asked(document: str) -> list[str]:
    """The names that a question asks for, as far as they can be known: a script may make others."""
    question: Any = parse_question(document, legacy_file_upload=True)
    match question:
        case QuestionForm(questions=questions):
            return [each.id for each in questions]
        case HTMLQuestion(content=content) if "<script" not in content.lower():
            return [each.name for each in question.fields]
    return []


def _listed(names: list[str]) -> str:
    return ", ".join(map(repr, names))
