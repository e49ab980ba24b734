"""Hypothesis strategies for the requester API: requests, documents, marketplaces, and what a day may bring.

``requests(operation)`` gives the keywords of any call; for each operation there is also a function of its own, such as
``create_hit_requests()``.  Where an argument is a strategy, its examples stand in for the value.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from hypothesis.strategies import SearchStrategy

from mturk_sim.strategies.acts import Accept, Call, Join, Refused, Request, Return, Submit, Trouble, Wait
from mturk_sim.strategies.answers import answer_keys_for, answers_for
from mturk_sim.strategies.bad_questions import BadQuestion, bad_questions
from mturk_sim.strategies.events import Abandons, Pause, Returns, Schedule, Strikes, Works
from mturk_sim.strategies.invalid import InvalidRequest, invalid_requests
from mturk_sim.strategies.marketplaces import Marketplace, acts, marketplaces
from mturk_sim.strategies.questions import (
    external_questions,
    html_questions,
    qualification_tests,
    question_forms,
    questions,
)
from mturk_sim.strategies.requests import named_strategies, requests
from mturk_sim.strategies.requirements import qualification_requirements
from mturk_sim.strategies.schedules import schedules
from mturk_sim.strategies.values import entity_ids, instants, money, request_tokens, texts, worker_ids

__all__ = [
    "Abandons",
    "Accept",
    "BadQuestion",
    "Call",
    "InvalidRequest",
    "Join",
    "Marketplace",
    "Pause",
    "Refused",
    "Request",
    "Return",
    "Returns",
    "Schedule",
    "Strikes",
    "Submit",
    "Trouble",
    "Wait",
    "Works",
    "acts",
    "answer_keys_for",
    "answers_for",
    "bad_questions",
    "entity_ids",
    "external_questions",
    "html_questions",
    "instants",
    "invalid_requests",
    "marketplaces",
    "money",
    "qualification_requirements",
    "qualification_tests",
    "question_forms",
    "questions",
    "request_tokens",
    "requests",
    "schedules",
    "texts",
    "worker_ids",
]
__all__ += named_strategies()

import_module("mturk_sim.transport")  # now, and not in the first example, which would overstep its deadline


def __getattr__(name: str) -> Callable[..., SearchStrategy[dict[str, Any]]]:
    if not name.endswith("_requests") or name not in named_strategies():
        raise AttributeError(f"module 'mturk_sim.strategies' has no attribute {name!r}")
    return named_strategies()[name]


def __dir__() -> list[str]:
    return sorted(__all__)
