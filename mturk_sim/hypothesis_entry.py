"""What Hypothesis calls when it is imported, so that ``st.from_type`` knows our types.

It imports nothing then.  Our types are registered as soon as the module they are in is imported, by whomever; their
strategies are made when they are first drawn from.
"""

import sys
from collections.abc import Callable
from typing import Any

STRATEGIES: dict[str, dict[str, Callable[[Any, Any], Any]]] = {
    "mturk_sim.documents": {
        "QuestionForm": lambda ours, documents: ours.question_forms(),
        "HTMLQuestion": lambda ours, documents: ours.html_questions().map(documents.parse_question),
        "ExternalQuestion": lambda ours, documents: ours.external_questions().map(documents.parse_question),
        "AnswerKey": lambda ours, documents: ours.answer_keys_for(ours.qualification_tests(scored=True)).map(
            documents.parse_answer_key
        ),
    },
    "mturk_sim.simulation": {"Simulation": lambda ours, simulation: ours.marketplaces()},
}
"""The types of a module by name, each with its strategy, made of the module of strategies and the type's own."""


def register() -> None:
    """Tell Hypothesis of the types in modules that are imported, and wait for the others."""
    for name in STRATEGIES:
        if name in sys.modules:
            _tell(sys.modules[name])
        else:
            sys.meta_path.insert(0, _Awaited(name))


class _Awaited:
    """A finder that waits for one module, and leaves finding it to the others."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        """Let the awaited module be told of once it has been executed; for any other module this is not the finder."""
        if name != self._name:
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec: Any = find_spec(name)
        spec.loader = _Telling(spec.loader)
        return spec


class _Telling:
    """A module's loader, which also tells of the module when that has been executed, and then steps aside."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def exec_module(self, module: Any) -> None:
        """Execute the module, and tell of it."""
        module.__loader__ = module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        _tell(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


def _tell(module: Any) -> None:
    """Register the types of a module."""
    from hypothesis import strategies as st

    def resolver(make: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
        def strategy(_: Any) -> Any:
            from mturk_sim import strategies

            return make(strategies, module)

        return strategy

    for name, make in STRATEGIES[module.__name__].items():
        st.register_type_strategy(getattr(module, name), resolver(make))
