"""QuestionForm: questions that the service itself lays out (XML-10 to XML-24)."""

from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from mturk_sim.documents.content import (
    Binary,
    Content,
    FormattedContent,
    Text,
    int_of,
    local,
    read_content,
    read_item,
    text_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

DEFAULT_ERROR_TEXT: Final = "Invalid input supplied."
"""What a worker reads whose text does not match a format without an errorText of its own (XML-20)."""


@attrs.frozen
class Numeric:
    """The text must be a number; the bounds count as allowed (XML-19)."""

    min_value: int | None = None
    max_value: int | None = None


@attrs.frozen
class Length:
    """How many characters the text may have; a least length makes the answer required (XML-20)."""

    min_length: int | None = None
    max_length: int | None = None


@attrs.frozen
class AnswerFormat:
    """A JavaScript regular expression that the text must match, checked in the worker's browser alone (XML-20).

    Attributes:
        regex: The expression.
        error_text: What the worker reads if it does not match.
        flags: "i" for either case, or None.
    """

    regex: str
    error_text: str = DEFAULT_ERROR_TEXT
    flags: str | None = None


@attrs.frozen
class FreeTextAnswer:
    """An answer typed by the worker (XML-19).

    Attributes:
        numeric: Set if only numbers are asked for.
        length: Set if the length is limited.
        formats: Regular expressions; all must match.
        default_text: What the field holds at first.
        lines: How many lines high the field is to be.
    """

    numeric: Numeric | None = None
    length: Length | None = None
    formats: tuple[AnswerFormat, ...] = ()
    default_text: str | None = None
    lines: int | None = None


@attrs.frozen
class Selection:
    """One of the things a worker can choose (XML-21)."""

    id: str
    content: Text | FormattedContent | Binary


@attrs.frozen
class SelectionAnswer:
    """An answer chosen from a list (XML-21).

    Attributes:
        selections: What there is to choose from; at least one.
        min_count: How many must be chosen at least.
        max_count: How many may be chosen.
        style: "radiobutton" or "dropdown" (meant for one choice), "checkbox", "list", "combobox" or "multichooser"
            (meant for several), or None; the service does not check that it fits the counts (XML-22).
        other: Set if the worker may type an answer that is not in the list.
    """

    selections: tuple[Selection, ...]
    min_count: int = 1
    max_count: int = 1
    style: str | None = None
    other: FreeTextAnswer | None = None


@attrs.frozen
class FileUploadAnswer:
    """An uploaded file; retired in December 2017 and never allowed in a test (XML-17, XML-23).

    Attributes:
        max_bytes: The largest size in bytes, 1 to 2,000,000,000.
        min_bytes: The smallest size in bytes, 1 to 2,000,000,000.
    """

    max_bytes: int
    min_bytes: int


AnswerSpecification: TypeAlias = FreeTextAnswer | SelectionAnswer | FileUploadAnswer
"""How a question is to be answered: in exactly one of three ways (XML-18)."""


@attrs.frozen
class Overview:
    """What is shown before or between questions; at least one item."""

    content: tuple[Content, ...]


@attrs.frozen
class Question:
    """One question of a form (XML-11).

    Attributes:
        id: The QuestionIdentifier, under which the answer comes back.
        content: What is shown; at least one item.
        answer: How it is to be answered.
        display_name: The number or name before the question.
        required: IsRequired, as written; see also `must_be_answered`.
    """

    id: str
    content: tuple[Content, ...]
    answer: AnswerSpecification
    display_name: str | None = None
    required: bool = False

    @property
    def must_be_answered(self) -> bool:
        """Whether the worker's page insists on an answer: IsRequired, or a text with a least length (XML-20)."""
        length = self.answer.length if isinstance(self.answer, FreeTextAnswer) else None
        return self.required or bool(length and length.min_length)


@attrs.frozen
class QuestionForm:
    """A form: overviews and questions, in the order in which they are shown (XML-10).

    That two questions have one id is not refused (XML-12), and answers are not held to the answer specifications
    (XML-24).
    """

    items: tuple[Overview | Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions alone, in order."""
        return tuple(item for item in self.items if isinstance(item, Question))

    def question(self, question_id: str) -> Question:
        """The first question with this id.

        Raises:
            KeyError: There is none.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


def read_form(root: "_Element") -> QuestionForm:
    """The form in a valid document."""
    return QuestionForm(
        tuple([Overview(read_content(item)) if local(item) == "Overview" else _question(item) for item in root])
    )


def _question(element: "_Element") -> Question:
    identifier, *options, content, specification = element
    given = {local(option): text_of(option) for option in options}
    return Question(
        text_of(identifier),
        read_content(content),
        _specification(specification[0]),
        given.get("DisplayName"),
        given.get("IsRequired", "").strip() in ("true", "1"),
    )


def _specification(element: "_Element") -> AnswerSpecification:
    kind = local(element)
    if kind == "FreeTextAnswer":
        return _free_text(element)
    if kind == "SelectionAnswer":
        return _selection_answer(element)
    largest, smallest = element
    return FileUploadAnswer(int_of(largest), int_of(smallest))


def _free_text(element: "_Element") -> FreeTextAnswer:
    parts = {local(child): child for child in element}
    constraints = parts.get("Constraints", ())
    bounds = {local(child): child for child in constraints}
    numeric, length = bounds.get("IsNumeric"), bounds.get("Length")
    return FreeTextAnswer(
        None if numeric is None else Numeric(_bound(numeric, "minValue"), _bound(numeric, "maxValue")),
        None if length is None else Length(_bound(length, "minLength"), _bound(length, "maxLength")),
        tuple([_format(child) for child in constraints if local(child) == "AnswerFormatRegex"]),
        text_of(parts["DefaultText"]) if "DefaultText" in parts else None,
        int_of(parts["NumberOfLinesSuggestion"]) if "NumberOfLinesSuggestion" in parts else None,
    )


def _format(element: "_Element") -> AnswerFormat:
    given = element.attrib
    return AnswerFormat(str(given["regex"]), element.get("errorText", DEFAULT_ERROR_TEXT), element.get("flags"))


def _selection_answer(element: "_Element") -> SelectionAnswer:
    *options, shown = element
    given = {local(option): option for option in options}
    *selections, last = shown
    has_other = local(last) == "OtherSelection"
    return SelectionAnswer(
        tuple([_selection(child) for child in (selections if has_other else shown)]),
        int_of(given["MinSelectionCount"]) if "MinSelectionCount" in given else 1,
        int_of(given["MaxSelectionCount"]) if "MaxSelectionCount" in given else 1,
        text_of(given["StyleSuggestion"]) if "StyleSuggestion" in given else None,
        _free_text(last) if has_other else None,
    )


def _selection(element: "_Element") -> Selection:
    identifier, shown = element
    content = read_item(shown)
    assert isinstance(content, Text | FormattedContent | Binary)
    return Selection(text_of(identifier), content)


def _bound(element: "_Element", name: str) -> int | None:
    return None if element.get(name) is None else int_of(element, name)
