"""What workers answer to a question, and the keys that score a test."""

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from mturk_sim.documents import (
    AnswerKey,
    AnswerOption,
    DocumentError,
    ExternalQuestion,
    FileUploadAnswer,
    FormField,
    FreeTextAnswer,
    HTMLQuestion,
    KeyQuestion,
    PercentageMapping,
    Question,
    QuestionForm,
    RangeMapping,
    ScaleMapping,
    ScoreRange,
    Selected,
    SelectionAnswer,
    UploadedFile,
    answer_key_document,
    parse_question,
)
from mturk_sim.strategies.lifting import takes_strategies
from mturk_sim.strategies.values import SNIPPETS, spelt_out

Parsed = QuestionForm | HTMLQuestion | ExternalQuestion

_TEXT: Final = st.sampled_from(SNIPPETS)
_TYPED: Final = st.sampled_from(("", *SNIPPETS))
_NUMBERS: Final = 1000
_FILLER: Final = "a word or two "


@takes_strategies
def answers_for(question: str | Parsed) -> SearchStrategy[dict[str, Any]]:
    """Answers that a worker could hand in, as `mturk_sim.Worker.submit` takes them.

    They keep to the limits of a form's questions, and always answer something; of a page elsewhere nothing is known, so
    its fields are called ``answer`` and the like.

    Args:
        question: A question document, or one that is parsed.

    Raises:
        InvalidArgument: It is no valid question.
    """
    parsed = _parsed(question)
    match parsed:
        case QuestionForm():
            return _form_answers(parsed) if parsed.questions else _ELSEWHERE
        case HTMLQuestion():
            return _page_answers(parsed)
        case _:
            return _ELSEWHERE


@takes_strategies
def answer_keys_for(question: str | QuestionForm) -> SearchStrategy[str]:
    """AnswerKey documents that can score a test: for some of its questions, with every kind of mapping (XML-33).

    Args:
        question: The test: a QuestionForm document, or one that is parsed, with nothing to type (QTY-30).

    Raises:
        InvalidArgument: It is no valid form, or an answer to it is typed.
    """
    parsed = _parsed(question)
    if not isinstance(parsed, QuestionForm) or not parsed.questions:
        raise InvalidArgument("only a QuestionForm with a question can be scored (QTY-29)")
    chosen = {asked.id: asked.answer for asked in parsed.questions}
    for name, answer in chosen.items():
        if not isinstance(answer, SelectionAnswer) or answer.other is not None:
            raise InvalidArgument(f"question {name!r} is answered by typing, which no key can score (QTY-30)")
    scored = [_key_question(asked) for asked in parsed.questions]
    return st.integers(1, len(scored)).flatmap(
        lambda size: st.builds(AnswerKey, st.tuples(*scored[:size]), _MAPPINGS).map(answer_key_document)
    )


def _parsed(question: str | Parsed) -> Parsed:
    if not isinstance(question, str):
        return question
    try:
        return parse_question(question, legacy_file_upload=True)
    except DocumentError as error:
        raise InvalidArgument(f"this is no valid question: {error}") from None


# --- answers -----------------------------------------------------------------------------------------------------
@lru_cache(maxsize=64)
def _form_answers(form: QuestionForm) -> SearchStrategy[dict[str, Any]]:
    asked = {question.id: _answers(question) for question in form.questions}
    needed = [question.id for question in form.questions if _needs_answer(question)] or [*asked][:1]
    return st.fixed_dictionaries(
        {name: asked[name] for name in needed},
        optional={name: answer for name, answer in asked.items() if name not in needed},
    )


def _needs_answer(question: Question) -> bool:
    answer = question.answer
    return question.must_be_answered or (isinstance(answer, SelectionAnswer) and answer.min_count > 0)


def _answers(question: Question) -> SearchStrategy[Any]:
    match question.answer:
        case SelectionAnswer() as answer:
            return _selections(answer)
        case FileUploadAnswer(max_bytes=largest, min_bytes=smallest):
            return st.builds(UploadedFile, st.integers(smallest, max(smallest, largest)), st.just("file"))
        case FreeTextAnswer() as answer:
            return _typed(answer, required=question.must_be_answered)


def _selections(answer: SelectionAnswer) -> SearchStrategy[Any]:
    ids = [selection.id for selection in answer.selections]
    least, most = min(answer.min_count, len(ids)), min(answer.max_count, len(ids))
    chosen = st.lists(st.sampled_from(ids), unique=True, min_size=least, max_size=max(least, most))
    if answer.other is None:
        return chosen
    fewer = st.lists(st.sampled_from(ids), unique=True, min_size=max(0, least - 1), max_size=max(0, most - 1)).map(
        tuple
    )
    return chosen | st.builds(Selected, fewer, _typed(answer.other, required=True))


def _typed(answer: FreeTextAnswer, *, required: bool) -> SearchStrategy[str]:
    """Texts that the worker's page would take, as far as regular expressions are the same in Python and a browser."""
    if answer.numeric is not None:
        least = answer.numeric.min_value
        most = answer.numeric.max_value
        low = least if least is not None else min(0, most or 0)
        return st.integers(low, most if most is not None else low + _NUMBERS).map(str)
    if answer.formats:
        return _formatted(answer)
    if answer.length is not None:
        shortest = answer.length.min_length or 0
        longest = answer.length.max_length or shortest + len(_FILLER)
        return spelt_out(
            "texts", st.integers(shortest, max(shortest, longest)), lambda size: (_FILLER * (size // 8 + 1))[:size]
        )
    return _TEXT if required else _TYPED


def _formatted(answer: FreeTextAnswer) -> SearchStrategy[str]:
    first, *others = answer.formats
    flags = re.ASCII | (re.IGNORECASE if first.flags else 0)
    try:
        texts = st.from_regex(re.compile(first.regex, flags), fullmatch=True, alphabet=st.characters(codec="ascii"))
        rest = [re.compile(other.regex, re.ASCII | (re.IGNORECASE if other.flags else 0)) for other in others]
    except re.error:
        return _TEXT
    return texts.filter(lambda text: "\n" not in text and all(form.search(text) for form in rest))


@lru_cache(maxsize=64)
def _page_answers(page: HTMLQuestion) -> SearchStrategy[dict[str, Any]]:
    posted = {field.name: _field(field) for field in page.fields if field.type != "submit"}
    return st.fixed_dictionaries(posted) if posted else _ELSEWHERE


def _field(field: FormField) -> SearchStrategy[str]:
    if field.options:
        return st.sampled_from(field.options)
    if field.type in ("number", "range"):
        return st.integers(0, _NUMBERS).map(str)
    return _TEXT if field.required else _TYPED


_ELSEWHERE: Final[SearchStrategy[dict[str, Any]]] = st.fixed_dictionaries(
    {"answer": _TEXT}, optional={"comment": _TYPED, "seconds": st.integers(0, _NUMBERS).map(str)}
)

# --- keys --------------------------------------------------------------------------------------------------------
_SCORES: Final = st.integers(-10, 20)


@st.composite
def _range_mappings(draw: DrawFn) -> RangeMapping:
    cuts = sorted(draw(st.lists(st.integers(-50, 50), min_size=2, max_size=4, unique=True)))
    ranges = [ScoreRange(low, high - 1, draw(st.integers(0, 100))) for low, high in pairwise(cuts)]
    return RangeMapping(tuple(ranges), draw(st.integers(0, 100)))


_MAPPINGS: Final = st.one_of(
    st.none(),
    st.builds(PercentageMapping, st.integers(1, 100)),
    st.builds(ScaleMapping, st.sampled_from(("1", "0.5", "3", "-1")).map(Decimal)),
    _range_mappings(),
)


def _key_question(question: Question) -> SearchStrategy[KeyQuestion]:
    assert isinstance(question.answer, SelectionAnswer)
    ids = [selection.id for selection in question.answer.selections]
    picked = st.lists(st.sampled_from(ids), unique=True, min_size=1, max_size=len(ids)).map(tuple)
    options = st.lists(st.builds(AnswerOption, picked, _SCORES), min_size=1, max_size=2).map(tuple)
    return st.builds(KeyQuestion, st.just(question.id), options, _SCORES)
