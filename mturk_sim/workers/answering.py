"""What workers answer: to any kind of question, rightly or wrongly, by ability and difficulty.

A question becomes fields, each with its choices or its limits.  Every field of an item has a right answer: the one that
`gold` names, or else one drawn for the item.  A worker gives it with the probability that ability and the item's
difficulty make, and otherwise one of the others.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Protocol

import attrs

from mturk_sim.documents import AnswerValue, HTMLQuestion, QuestionForm, UploadedFile, parse_question
from mturk_sim.documents.question_form import FileUploadAnswer, FreeTextAnswer, Numeric, Question, SelectionAnswer
from mturk_sim.workers.abilities import FIRST, Ability
from mturk_sim.workers.luck import Luck
from mturk_sim.workers.plans import Profile

_WORDS: Final = (
    "a",
    "photo",
    "of",
    "some",
    "kind",
    "with",
    "the",
    "usual",
    "details",
    "in",
    "it",
    "nothing",
    "unusual",
)
_NO_ANSWER: Final = ("submit", "hidden")


@attrs.frozen
class Field:
    """Something to answer.

    Attributes:
        name: The question's or field's name.
        options: What there is to choose from; empty for a text.
        several: Whether the answer is a list of choices, of at least `lowest`.
        required: Whether there must be an answer.
        lowest: The smallest number, if the text must be a number; `highest` likewise.
        shortest: The least length of a text; `longest` the greatest.
        fixed: The one value that a page posts by itself, such as a hidden field's.
        is_file: Whether a file is asked for, of at least `shortest` bytes.
    """

    name: str
    options: tuple[str, ...] = ()
    several: bool = False
    required: bool = True
    lowest: int | None = None
    highest: int | None = None
    shortest: int = 0
    longest: int | None = None
    fixed: str | None = None
    is_file: bool = False


@attrs.frozen
class Task:
    """An assignment to be answered.

    Attributes:
        fields: What is asked.
        item: What tells this HIT's content from others': its annotation, or else its id.
        luck: The draws of the item; those of the worker on it are `luck.of(worker.worker_id)`.
        worker: Who answers.
        kind: What kind of worker that is.
    """

    fields: tuple[Field, ...]
    item: str
    luck: Luck
    worker: Profile
    kind: Ability


class AnswerModel(Protocol):
    """Whoever answers for the workers of a population."""

    def answer(self, task: Task) -> Mapping[str, Any]:
        """Question or field name -> text or list of selection ids."""


@lru_cache(maxsize=4096)
def fields_of(document: str) -> tuple[Field, ...]:
    """What a question asks, whichever kind it is; of a page elsewhere nothing is known."""
    match parse_question(document, legacy_file_upload=True):
        case QuestionForm() as form:
            return tuple(_form_field(each) for each in form.questions)
        case HTMLQuestion() as page:
            return tuple(_page_fields(page))
        case _:
            return ()


def _form_field(question: Question) -> Field:
    match question.answer:
        case SelectionAnswer() as answer:
            ids = tuple(selection.id for selection in answer.selections)
            return Field(question.id, ids, True, True, answer.min_count, answer.max_count)
        case FreeTextAnswer(numeric=numeric, length=length):
            return Field(
                question.id,
                required=question.must_be_answered,
                lowest=_lowest(numeric) if numeric else None,
                highest=numeric.max_value if numeric else None,
                shortest=(length.min_length or 0) if length else 0,
                longest=length.max_length if length else None,
            )
        case FileUploadAnswer(min_bytes=size):
            return Field(question.id, shortest=size, is_file=True)


def _lowest(numeric: Numeric) -> int:
    return min(0, numeric.max_value or 0) if numeric.min_value is None else numeric.min_value


def _page_fields(page: HTMLQuestion) -> Iterator[Field]:
    for field in page.fields:
        if field.type == "submit":
            continue
        if field.type == "hidden":
            yield Field(field.name, fixed="".join(field.options[:1]))
        else:
            number = 0 if field.type in ("number", "range") else None
            yield Field(field.name, field.options, False, field.required or bool(field.options), lowest=number)


@attrs.frozen(kw_only=True)
class Answerer:
    """The answer model of a population.

    Attributes:
        difficulty_sd: How much items differ: standard deviation over items of the probability of a right answer.
        gold: Item -> field -> the right answer; what is missing is drawn.
        fields: What pages elsewhere (ExternalQuestion) post: field name -> choices, none for a text.
    """

    difficulty_sd: float = 0.11
    gold: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    fields: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    def answer(self, task: Task) -> dict[str, Any]:
        """The answers to all fields; optional texts are left empty."""
        asked = task.fields or tuple(Field(name, options) for name, options in self.fields.items())
        luck = task.luck.of(task.worker.worker_id)
        answers = {field.name: self._one(task, field, luck) for field in asked}
        return answers or {"answer": _text(Field("answer"), luck)}

    def truth(self, item: str, field: Field, luck: Luck) -> str | None:
        """The right answer to a field of an item, if it has choices or is in the gold."""
        known = self.gold.get(item, {}).get(field.name)
        if known is None and field.options:
            return luck.choice(field.options, f"truth {field.name}")
        return known

    def _one(self, task: Task, field: Field, luck: Luck) -> AnswerValue:
        if field.fixed is not None:
            return field.fixed
        if field.is_file:
            return UploadedFile(field.shortest, f"{task.item}/{field.name}/{task.worker.worker_id}")
        if not field.options:
            return self._free(task, field, luck)
        chosen = self._choice(task, field, luck)
        if not field.several:
            return chosen
        others = [option for option in field.options if option != chosen]
        return [chosen, *others[: (field.lowest or 1) - 1]]

    def _choice(self, task: Task, field: Field, luck: Luck) -> str:
        kind = task.kind
        if not kind.looks:
            return field.options[0] if kind.habit == FIRST else luck.choice(field.options, f"blind {field.name}")
        truth = self.truth(task.item, field, task.luck) or ""
        if kind.confusion is not None:
            return _drawn(kind.confusion.get(truth, {truth: 1.0}), luck.uniform(f"right {field.name}"))
        if luck.uniform(f"right {field.name}") < self._chance(task, field):
            return truth
        others = [option for option in field.options if option != truth]
        return luck.choice(others or field.options, f"wrong {field.name}")

    def _chance(self, task: Task, field: Field) -> float:
        """How likely this worker is right on this item: a beta number over items, the worker's accuracy its mean."""
        mean, sd = task.worker.accuracy, self.difficulty_sd
        width = mean * (1 - mean) / sd**2 - 1 if sd else 0
        if width <= 0:
            return mean
        return task.luck.beta(mean * width, (1 - mean) * width, f"difficulty {field.name}")

    def _free(self, task: Task, field: Field, luck: Luck) -> str:
        truth = self.truth(task.item, field, task.luck)
        if truth is not None and task.kind.looks and luck.uniform(f"right {field.name}") < self._chance(task, field):
            return truth
        return _text(field, luck)


def _drawn(chances: Mapping[str, float], u: float) -> str:
    """The value at the place `u` when each takes up a stretch as long as its chance."""
    place = u * sum(chances.values())
    for value, chance in chances.items():
        place -= chance
        if place < 0:
            return value
    return list(chances)[-1]


def _text(field: Field, luck: Luck) -> str:
    """A text that keeps to the field's limits."""
    if field.lowest is not None:
        highest = field.lowest + 100 if field.highest is None else field.highest
        return str(field.lowest + luck.integer(max(1, highest - field.lowest + 1), field.name))
    if not field.required and not field.shortest:
        return ""
    text = " ".join(luck.choice(_WORDS, f"word {field.name}", n) for n in range(3 + field.shortest // 2))
    return text if field.longest is None else text[: field.longest]
