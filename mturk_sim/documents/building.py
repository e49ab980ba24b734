"""From values to documents. What is built is parsed before it is handed out: it is valid, or an error says why not."""

from collections.abc import Iterable, Iterator

from mturk_sim.documents import namespaces
from mturk_sim.documents.answer_key import (
    AnswerKey,
    KeyQuestion,
    Mapping,
    PercentageMapping,
    RangeMapping,
    ScaleMapping,
    parse_answer_key,
)
from mturk_sim.documents.content import (
    Binary,
    BulletedList,
    Content,
    EmbeddedBinary,
    Flash,
    FormattedContent,
    JavaApplet,
    Text,
    Title,
)
from mturk_sim.documents.question_form import (
    DEFAULT_ERROR_TEXT,
    FileUploadAnswer,
    FreeTextAnswer,
    Overview,
    Question,
    QuestionForm,
    Selection,
    SelectionAnswer,
)
from mturk_sim.documents.questions import parse_question
from mturk_sim.documents.writing import cdata, element, leaf


def question_form_document(form: QuestionForm) -> str:
    """The QuestionForm document: edition 2017-11-06, or 2005-10-01 if the form has parts that were retired (XML-17).

    Raises:
        DocumentError: The values make no valid form, e.g. one without questions.
    """
    namespace = namespaces.QUESTION_FORM_2005 if _has_retired_parts(form) else namespaces.QUESTION_FORM_2017
    return _checked(element("QuestionForm", *map(_item, form.items), xmlns=namespace))


def html_question_document(html: str, frame_height: int = 0) -> str:
    """The HTMLQuestion document with a page, in CDATA (XML-49).

    Args:
        html: The page.
        frame_height: In pixels; 0 fits the window (XML-46).

    Raises:
        DocumentError: It is too long, or the page has a character that XML cannot carry.
    """
    height = leaf("FrameHeight", str(frame_height))
    return _checked(
        element("HTMLQuestion", element("HTMLContent", cdata(html)), height, xmlns=namespaces.HTML_QUESTION)
    )


def external_question_document(url: str, frame_height: int = 0) -> str:
    """The ExternalQuestion document with an address, escaped (XML-45, XML-48).

    Args:
        url: The address.
        frame_height: In pixels; 0 fits the window (XML-46).

    Raises:
        DocumentError: It is too long, or the address is no URI.
    """
    inside = leaf("ExternalURL", url), leaf("FrameHeight", str(frame_height))
    return _checked(element("ExternalQuestion", *inside, xmlns=namespaces.EXTERNAL_QUESTION))


def answer_key_document(key: AnswerKey) -> str:
    """The AnswerKey document (XML-30 to XML-33).

    Raises:
        DocumentError: The values make no valid key, or one that cannot score (C28).
    """
    questions = [_key_question(question) for question in key.questions]
    mapping = [element("QualificationValueMapping", _mapping(key.mapping))] if key.mapping else []
    document = element("AnswerKey", *questions, *mapping, xmlns=namespaces.ANSWER_KEY)
    parse_answer_key(document)
    return document


def _checked(document: str) -> str:
    parse_question(document, legacy_file_upload=True)
    return document


def _has_retired_parts(form: QuestionForm) -> bool:
    shown = (content for item in form.items for content in item.content)
    return any(isinstance(content, JavaApplet | Flash) for content in shown) or any(
        isinstance(question.answer, FileUploadAnswer) for question in form.questions
    )


def _item(item: Overview | Question) -> str:
    content = [_content(content) for content in item.content]
    if isinstance(item, Overview):
        return element("Overview", *content)
    return element(
        "Question",
        leaf("QuestionIdentifier", item.id),
        *_optional("DisplayName", item.display_name),
        *_optional("IsRequired", "true" if item.required else None),
        element("QuestionContent", *content),
        element("AnswerSpecification", _specification(item.answer)),
    )


def _content(content: Content) -> str:
    match content:
        case Title(text) | Text(text):
            return leaf(type(content).__name__, text)
        case FormattedContent(xhtml):
            return element("FormattedContent", cdata(xhtml))
        case BulletedList(items):
            return element("List", *(leaf("ListItem", item) for item in items))
        case Binary(media, url, alt, subtype):
            mime = element("MimeType", leaf("Type", media), *_optional("SubType", subtype))
            return element("Binary", mime, leaf("DataURL", url), leaf("AltText", alt))
        case EmbeddedBinary(media, subtype, url, alt):
            mime = element("EmbeddedMimeType", leaf("Type", media), leaf("SubType", subtype))
            return element("EmbeddedBinary", mime, leaf("DataURL", url), leaf("AltText", alt), *_sized(content))
        case JavaApplet(path, filename):
            where = leaf("AppletPath", path), leaf("AppletFilename", filename)
            return element("Application", element("JavaApplet", *where, *_sized(content)))
        case Flash(url):
            return element("Application", element("Flash", leaf("FlashMovieURL", url), *_sized(content)))


def _sized(content: EmbeddedBinary | JavaApplet | Flash) -> Iterator[str]:
    yield leaf("Width", content.width)
    yield leaf("Height", content.height)
    for name, value in content.parameters:
        yield element("ApplicationParameter", leaf("Name", name), leaf("Value", value))


def _specification(answer: FreeTextAnswer | SelectionAnswer | FileUploadAnswer) -> str:
    match answer:
        case FreeTextAnswer():
            return element("FreeTextAnswer", *_free_text(answer))
        case SelectionAnswer(selections, min_count, max_count, style, other):
            shown = [_selection(selection) for selection in selections]
            return element(
                "SelectionAnswer",
                *_optional("MinSelectionCount", None if min_count == 1 else str(min_count)),
                *_optional("MaxSelectionCount", None if max_count == 1 else str(max_count)),
                *_optional("StyleSuggestion", style),
                element("Selections", *shown, *([element("OtherSelection", *_free_text(other))] if other else [])),
            )
        case FileUploadAnswer(largest, smallest):
            sizes = leaf("MaxFileSizeInBytes", str(largest)), leaf("MinFileSizeInBytes", str(smallest))
            return element("FileUploadAnswer", *sizes)


def _selection(selection: Selection) -> str:
    return element("Selection", leaf("SelectionIdentifier", selection.id), _content(selection.content))


def _free_text(answer: FreeTextAnswer) -> Iterator[str]:
    if constraints := list(_constraints(answer)):
        yield element("Constraints", *constraints)
    yield from _optional("DefaultText", answer.default_text)
    yield from _optional("NumberOfLinesSuggestion", None if answer.lines is None else str(answer.lines))


def _constraints(answer: FreeTextAnswer) -> Iterator[str]:
    if answer.numeric is not None:
        yield element("IsNumeric", minValue=answer.numeric.min_value, maxValue=answer.numeric.max_value)
    if answer.length is not None:
        yield element("Length", minLength=answer.length.min_length, maxLength=answer.length.max_length)
    for form in answer.formats:
        error_text = None if form.error_text == DEFAULT_ERROR_TEXT else form.error_text
        yield element("AnswerFormatRegex", regex=form.regex, errorText=error_text, flags=form.flags)


def _optional(name: str, text: str | None) -> Iterable[str]:
    return () if text is None else (leaf(name, text),)


def _key_question(question: KeyQuestion) -> str:
    options = [
        element(
            "AnswerOption",
            *(leaf("SelectionIdentifier", selection) for selection in option.selections),
            leaf("AnswerScore", str(option.score)),
        )
        for option in question.options
    ]
    default = _optional("DefaultScore", str(question.default_score) if question.default_score else None)
    return element("Question", leaf("QuestionIdentifier", question.id), *options, *default)


def _mapping(mapping: Mapping) -> str:
    match mapping:
        case PercentageMapping(maximum):
            return element("PercentageMapping", leaf("MaximumSummedScore", str(maximum)))
        case ScaleMapping(multiplier):
            return element("ScaleMapping", leaf("SummedScoreMultiplier", str(multiplier)))
        case RangeMapping(ranges, otherwise):
            shown = [
                element(
                    "SummedScoreRange",
                    leaf("InclusiveLowerBound", str(item.lower)),
                    leaf("InclusiveUpperBound", str(item.upper)),
                    leaf("QualificationValue", str(item.value)),
                )
                for item in ranges
            ]
            return element("RangeMapping", *shown, leaf("OutOfRangeQualificationValue", str(otherwise)))
