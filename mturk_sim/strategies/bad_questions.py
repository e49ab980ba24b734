"""Question documents that the service would refuse, each with one mistake and the place where it is.

A valid document is taken to pieces, one element is spoilt, and it is written again with each element on a line of its
own.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from mturk_sim.documents.errors import Kind
from mturk_sim.documents.namespaces import MAX_BYTES
from mturk_sim.strategies.lifting import one_of
from mturk_sim.strategies.questions import questions

Element = ElementTree.Element

_INTEGERS: Final = ("FrameHeight", "MinSelectionCount", "MaxSelectionCount", "NumberOfLinesSuggestion")
_SEQUENCES: Final = ("Question", "Selection", "Binary", "HTMLQuestion", "ExternalQuestion")
"""Elements whose children are fixed, so that none may be missing and none more may come."""
_CONTAINERS: Final = (*_SEQUENCES, "QuestionForm", "Overview", "QuestionContent", "AnswerSpecification", "Selections")
"""Elements with nothing but elements inside."""


@attrs.frozen
class BadQuestion:
    """A document with one mistake.

    Attributes:
        text: The document.
        details: How the service's word for the mistake begins: what stands behind "Details: " (XML-01, XML-60).
        kind: ``xml``, ``xhtml`` for a mistake in formatted content, or ``size``.
        line: The line of the mistake, from 1; 0 for the document as a whole.
        path: The element, e.g. ``/QuestionForm/Question[2]``; empty outside the root element.
    """

    text: str
    details: str
    kind: Kind = "xml"
    line: int = 0
    path: str = ""


def bad_questions() -> SearchStrategy[BadQuestion]:
    """Question documents with one mistake, of every kind of question and of mistake."""
    return _BAD


# --- mistakes of the document as a whole ---------------------------------------------------------------------------
_WHOLE: Final[tuple[Callable[[str], BadQuestion], ...]] = (
    lambda text: BadQuestion("", "Premature end of file.", line=1),
    lambda text: BadQuestion(f"who what? {text}", "Content is not allowed in prolog.", line=1),
    lambda text: BadQuestion(f"<!DOCTYPE x>\n{text}", "DOCTYPE is disallowed", line=1),
    lambda text: BadQuestion(text + " " * MAX_BYTES, f"The document is longer than {MAX_BYTES} bytes.", "size"),
)


# --- mistakes of one element ---------------------------------------------------------------------------------------
@attrs.frozen
class _Mistake:
    """A way to spoil an element.

    Attributes:
        details: How the word for it begins; ``{name}`` is the element's, ``{text}`` what it holds in its stead.
        at: The names of elements it can be done to; None for every element that has only text.
        spoil: Does it, and gives the element that the mistake is found at.
        kind: Of which kind the mistake is.
        inside: Where inside the element, if that is text with markup of its own.
    """

    details: str
    at: tuple[str, ...] | None
    spoil: Callable[[Element], Element]
    kind: Kind = "xml"
    inside: str = ""


def _without_last(element: Element) -> Element:
    del element[-1]
    return element


def _with_stranger(place: int) -> Callable[[Element], Element]:
    def spoil(element: Element) -> Element:
        stranger = Element(f"{_namespace(element)}Stranger")
        element.insert(len(element) if place < 0 else place, stranger)
        return stranger

    return spoil


def _saying(text: str) -> Callable[[Element], Element]:
    def spoil(element: Element) -> Element:
        element.text = text
        return element

    return spoil


def _with_tag(element: Element) -> Element:
    element.append(Element(f"{_namespace(element)}p"))
    return element


def _elsewhere(element: Element) -> Element:
    for each in element.iter():
        each.tag = f"{{http://example.org/}}{_name(each)}"
    return element


def _marked(name: str) -> Callable[[Element], Element]:
    """Leave a mark for the writer, which makes the mistake."""

    def spoil(element: Element) -> Element:
        element.set(name, "")
        return element

    return spoil


_AMPERSAND: Final = "#ampersand"
_END: Final = "#end"
_STRAY: Final = "cvc-complex-type.2.3: Element '{name}' cannot have character [children]"
_NO_VALUE: Final = "cvc-datatype-valid.1.2.1: '{text}' is not a valid value for "
_INVALID: Final = "cvc-complex-type.2.4.{letter}: Invalid content was found starting with element "
_MISTAKES: Final = (
    _Mistake("cvc-complex-type.2.4.b: The content of element '{name}' is not complete.", _SEQUENCES, _without_last),
    _Mistake(_INVALID.format(letter="a"), _CONTAINERS, _with_stranger(0)),
    _Mistake(_INVALID.format(letter="d"), _SEQUENCES, _with_stranger(-1)),
    _Mistake(_STRAY, _CONTAINERS, _saying("stray")),
    _Mistake(f"{_NO_VALUE}'integer'.", _INTEGERS, _saying("tall")),
    _Mistake(f"{_NO_VALUE}'boolean'.", ("IsRequired",), _saying("yes")),
    _Mistake("cvc-enumeration-valid: Value '{text}' is not facet-valid", ("StyleSuggestion", "Type"), _saying("radio")),
    _Mistake("cvc-pattern-valid: Value '{text}' is not facet-valid", ("DataURL",), _saying("ftp://example.org/a")),
    _Mistake("cvc-type.3.1.2: Element '{name}' is a simple type", ("HTMLContent", "ExternalURL", "Title"), _with_tag),
    _Mistake(
        "cvc-elt.1.a: Cannot find the declaration of element '{name}'.",
        ("QuestionForm", "HTMLQuestion", "ExternalQuestion"),
        _elsewhere,
    ),
    _Mistake("The reference to entity \"b\" must end with the ';' delimiter.", None, _marked(_AMPERSAND)),
    _Mistake('The element type "{name}" must be terminated by the matching end-tag "</{name}>".', None, _marked(_END)),
    _Mistake("cvc-complex-type.2.4.a: ", ("FormattedContent",), _saying("<div>in a div</div>"), "xhtml", "/div"),
)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _namespace(element: Element) -> str:
    return element.tag.rpartition("}")[0] + "}"


def _places(root: Element) -> Iterator[tuple[_Mistake, Element]]:
    """Every mistake with every element that it can be done to."""
    for mistake in _MISTAKES:
        for element in root.iter():
            if _name(element) in mistake.at if mistake.at is not None else not len(element):
                yield mistake, element


@st.composite
def _bad_questions(draw: DrawFn, documents: SearchStrategy[str]) -> BadQuestion:
    text = draw(documents)
    if whole := draw(_HOW):
        return whole(text)
    root = ElementTree.fromstring(text)
    mistake, element = one_of(draw, list(_places(root)))
    found = mistake.spoil(element)
    written = _Written(root)
    details = mistake.details.replace("{name}", _name(element)).replace("{text}", element.text or "")
    path = written.paths[found] + mistake.inside
    if mistake.at is None:
        path = re.sub(r"\[\d+\]", "", path)  # what is not well-formed is not read to the end, so nothing is numbered
    return BadQuestion(written.text, details, mistake.kind, written.lines[found], path)


_HOW: Final = st.sampled_from((None, None, None, None, None, *_WHOLE))
_BAD: Final = _bad_questions(questions())


# --- writing -----------------------------------------------------------------------------------------------------
class _Written:
    """A document, with the line and the path of each of its elements."""

    def __init__(self, root: Element) -> None:
        self.lines: dict[Element, int] = {}
        self.paths: dict[Element, str] = {}
        self._parts: list[str] = []
        self._line = 1
        self._element(root, f"/{_name(root)}", f' xmlns="{_namespace(root)[1:-1]}"')
        self.text = "".join(self._parts)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._line += text.count("\n")

    def _element(self, element: Element, path: str, namespace: str = "") -> None:
        self.lines[element], self.paths[element] = self._line, path
        name, given = _name(element), dict(element.attrib)
        ampersand, end = (given.pop(mark, None) is not None for mark in (_AMPERSAND, _END))
        attributes = "".join(f" {key}={_quoted(value)}" for key, value in given.items())
        self._put(f"<{name}{namespace}{attributes}>{escape((element.text or '').strip())}")
        if ampersand or end:
            self.lines[element] = self._line
        self._put("?a=1&b=2" if ampersand else "")
        for child in element:
            self._put("\n")
            self._element(child, f"{path}/{self._step(element, child)}")
        self._put(("\n" if len(element) else "") + f"</{'Wrong' if end else name}>")

    @staticmethod
    def _step(parent: Element, child: Element) -> str:
        same = [each for each in parent if each.tag == child.tag]
        return _name(child) if len(same) == 1 else f"{_name(child)}[{same.index(child) + 1}]"


def _quoted(value: Any) -> str:
    return f'"{escape(str(value), {chr(34): "&quot;"})}"'
