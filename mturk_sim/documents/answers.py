"""QuestionFormAnswers: what a worker handed in (ASN-34 to ASN-37, XML-40 to XML-43).

Answers are held to the schema of answers, not to what the form asks for (XML-24).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from mturk_sim.documents import namespaces, reading
from mturk_sim.documents.content import int_of, local, text_of
from mturk_sim.documents.html_question import RESERVED
from mturk_sim.documents.writing import element, leaf, require_characters

if TYPE_CHECKING:
    from lxml.etree import _Element


@attrs.frozen
class Selected:
    """What was chosen from a list.

    Attributes:
        ids: The SelectionIdentifiers, in order; empty if nothing was chosen.
        other: What the worker typed instead or besides (OtherSelectionText).
    """

    ids: tuple[str, ...] = ()
    other: str | None = None


@attrs.frozen
class UploadedFile:
    """An uploaded file: its size in bytes and the key under which the service keeps it."""

    size: int
    key: str


@attrs.frozen
class Answer:
    """The answer to one question: a text, what was selected, or a file."""

    question: str
    value: str | Selected | UploadedFile


@attrs.frozen
class Answers:
    """Everything that one worker answered, in the order of the document; at least one answer (XML-40)."""

    answers: tuple[Answer, ...]

    def values(self) -> dict[str, str | Selected | UploadedFile]:
        """Question or field name -> value; of two answers to one question, the first."""
        values: dict[str, str | Selected | UploadedFile] = {}
        for answer in self.answers:
            values.setdefault(answer.question, answer.value)
        return values


AnswerValue: TypeAlias = str | Sequence[str] | Selected | UploadedFile
"""A text, a list of selection ids, a selection with text of the worker's own, or an uploaded file."""

GivenAnswers: TypeAlias = Mapping[str, AnswerValue] | Iterable[tuple[str, AnswerValue]]
"""Question or field name -> answer; or such pairs, in order."""

_ROOT: Final = f'<QuestionFormAnswers xmlns="{namespaces.ANSWERS}">'
_ANSWERS: Final = frozenset({namespaces.ANSWERS})


def parse_answers(text: str) -> Answers:
    """The answers in a QuestionFormAnswers document.

    Raises:
        DocumentError: It is no valid one.
    """
    return _answers(text)


@lru_cache(maxsize=256)
def _answers(text: str) -> Answers:
    return Answers(
        tuple(_read_answer(element) for element in reading.read(text, _ANSWERS, limit=namespaces.MAX_ANSWER_BYTES))
    )


def question_answers(document: str | Answers) -> dict[str, str | list[str] | Selected | UploadedFile]:
    """The answers as plain Python values: what `answers_document` was given, or would be given, to write the document.

    A text is a str, chosen ids are a list of str (`Selected` if the worker also typed something), a file is an
    `UploadedFile`. An empty string, which is how no answers at all are recorded, gives an empty dict (XML-40).

    Raises:
        DocumentError: The document is no valid QuestionFormAnswers.
    """
    if document == "":
        return {}
    answers = parse_answers(document) if isinstance(document, str) else document
    return {
        question: list(value.ids) if isinstance(value, Selected) and value.other is None else value
        for question, value in answers.values().items()
    }


def answers_document(answers: GivenAnswers, *, style: Literal["form", "questions"]) -> str:
    """The document that the service records for these answers.

    Args:
        answers: Question or field name -> text, list of selection ids, `Selected` or `UploadedFile`.
        style: "form" for the fields that an ExternalQuestion's or HTMLQuestion's page posts: every field is a text, a
            list is a field posted several times, of which the first value is kept, and `assignmentId` and `hitId` are
            dropped (ASN-34 to ASN-36). "questions" for a QuestionForm (XML-42).

    Raises:
        ValueError: There is no answer left to record, or one holds a character that XML 1.0 cannot carry, or all is
            too long.
        TypeError: These are no answers, one is none of these values, or a form field is given what no form can post.
    """
    if not isinstance(answers, Iterable):
        raise TypeError(f"answers map question or field names to what was answered; {answers!r} does not")
    pairs = list(answers.items() if isinstance(answers, Mapping) else answers)
    recorded = list(_posted(pairs) if style == "form" else _given(pairs))
    if not recorded:
        raise ValueError("there are no answers: give at least one, besides assignmentId and hitId")
    for answer in recorded:
        _check(answer)
    document = _form_document(recorded) if style == "form" else _questions_document(recorded)
    if len(document.encode()) > namespaces.MAX_ANSWER_BYTES:
        raise ValueError(f"the answers are longer than {namespaces.MAX_ANSWER_BYTES} bytes")
    return document


def _given(pairs: Iterable[tuple[str, AnswerValue]]) -> Iterator[Answer]:
    for question, value in pairs:
        if isinstance(value, str | Selected | UploadedFile):
            yield Answer(question, value)
        else:
            yield Answer(question, Selected(_texts(question, value)))


def _posted(pairs: Iterable[tuple[str, AnswerValue]]) -> Iterator[Answer]:
    """The fields as the service keeps them: of a repeated name the first value (ASN-35)."""
    fields: dict[str, str] = {}
    for name, value in pairs:
        if isinstance(value, Selected | UploadedFile):
            raise TypeError(f"the field {name!r} of a form is a text or a list of texts, not {value!r}")
        for posted in (value,) if isinstance(value, str) else _texts(name, value):
            fields.setdefault(name, posted)
    return (Answer(name, value) for name, value in fields.items() if name not in RESERVED)


def _texts(question: str, value: object) -> tuple[str, ...]:
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        texts = tuple(value)
        if all(isinstance(item, str) for item in texts):
            return texts
    raise TypeError(f"an answer is a text, a list of texts, Selected or UploadedFile; for {question!r} came {value!r}")


def _check(answer: Answer) -> None:
    require_characters(answer.question, f"the name of question {answer.question!r}")
    what = f"the answer to {answer.question!r}"
    match answer.value:
        case str(value) | UploadedFile(key=value):
            require_characters(value, what)
        case Selected(ids=ids, other=other):
            for value in (*ids, other or ""):
                require_characters(value, what)


def _form_document(answers: list[Answer]) -> str:
    body = "".join(
        element("Answer", leaf("QuestionIdentifier", answer.question), leaf("FreeText", str(answer.value)))
        for answer in answers
    )
    document = f'<?xml version="1.0" encoding="ASCII"?>{_ROOT}{body}</QuestionFormAnswers>'
    return document.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _questions_document(answers: list[Answer]) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="no"?>', _ROOT]
    for answer in answers:
        lines += ["<Answer>", _line("QuestionIdentifier", answer.question)]
        lines += [_line(name, value) for name, value in _leaves(answer.value)]
        lines.append("</Answer>")
    return "\n".join([*lines, "</QuestionFormAnswers>"])


def _leaves(value: str | Selected | UploadedFile) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield "FreeText", value
        case Selected(ids=ids, other=other):
            for chosen in ids:
                yield "SelectionIdentifier", chosen
            if other is not None:
                yield "OtherSelectionText", other
        case UploadedFile(size=size, key=key):
            yield "UploadedFileSizeInBytes", str(size)
            yield "UploadedFileKey", key


def _line(name: str, text: str) -> str:
    return leaf(name, text) if text else element(name)


def _read_answer(answer: "_Element") -> Answer:
    question, *parts = answer
    names = [local(part) for part in parts]
    value: str | Selected | UploadedFile
    match names[:1]:
        case ["FreeText"]:
            value = text_of(parts[0])
        case ["UploadedFileSizeInBytes"]:
            value = UploadedFile(int_of(parts[0]), text_of(parts[1]))
        case _:
            ids = tuple(text_of(part) for part, name in zip(parts, names, strict=True) if name == "SelectionIdentifier")
            value = Selected(ids, text_of(parts[-1]) if names[-1:] == ["OtherSelectionText"] else None)
    return Answer(text_of(question), value)
