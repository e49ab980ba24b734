"""What a QuestionForm shows: titles, text, lists, formatted text, pictures and players (XML-13 to XML-16)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from mturk_sim.documents.errors import DocumentError
from mturk_sim.documents.reading import line_of, path_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_DIGITS: Final = 24


@attrs.frozen
class Title:
    """A heading."""

    text: str


@attrs.frozen
class Text:
    """A paragraph of plain text."""

    text: str


@attrs.frozen
class BulletedList:
    """A list of plain texts; at least one (`List`)."""

    items: tuple[str, ...]


@attrs.frozen
class FormattedContent:
    """Text with markup: a piece of XHTML that is checked against a schema of its own (XML-55 to XML-59)."""

    xhtml: str


@attrs.frozen
class Binary:
    """A picture, sound or film at an http or https address (XML-14).

    Attributes:
        media: "image", "audio" or "video".
        url: Where it is.
        alt: What it shows, in words.
        subtype: The second half of the MIME type, e.g. "png".
    """

    media: str
    url: str
    alt: str
    subtype: str | None = None


@attrs.frozen
class EmbeddedBinary:
    """Something played by a plug-in, of any MIME type (XML-15).

    Attributes:
        media: The first half of the MIME type, e.g. "application".
        subtype: The second half.
        url: Where it is: http or https.
        alt: What it shows, in words.
        width: As written, e.g. "320".
        height: As written.
        parameters: Name and value of each parameter, in order.
    """

    media: str
    subtype: str
    url: str
    alt: str
    width: str
    height: str
    parameters: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class JavaApplet:
    """A Java applet; retired in December 2017 (XML-16, XML-17)."""

    path: str
    filename: str
    width: str
    height: str
    parameters: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Flash:
    """A Flash film; retired in December 2017 (XML-16, XML-17)."""

    url: str
    width: str
    height: str
    parameters: tuple[tuple[str, str], ...] = ()


Content: TypeAlias = Title | Text | BulletedList | FormattedContent | Binary | EmbeddedBinary | JavaApplet | Flash
"""One thing that is shown (XML-13)."""


def local(element: "_Element") -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: "_Element") -> str:
    """The text of an element that has no children."""
    return element.text or ""


def int_of(element: "_Element", attribute: str | None = None) -> int:
    """The integer in an element of a valid document, or in an attribute that it has.

    Raises:
        DocumentError: It has more than 24 digits, which some releases of libxml2 take and some refuse.
    """
    value = text_of(element) if attribute is None else element.get(attribute, "")
    digits = value.strip(" \t\r\n")
    if len(digits) > _MOST_DIGITS:
        details = f"cvc-datatype-valid.1.2.1: '{digits}' is not a valid value for 'integer'."
        raise DocumentError(details, line=line_of(element), path=path_of(element))
    return int(digits)


def read_content(parent: "_Element") -> tuple[Content, ...]:
    """The content inside an Overview or a QuestionContent of a valid document."""
    return tuple([read_item(child) for child in parent])


def read_item(element: "_Element") -> Content:
    """One item of content of a valid document."""
    return _READERS[local(element)](element)


def _list(element: "_Element") -> BulletedList:
    return BulletedList(tuple(text_of(item) for item in element))


def _binary(element: "_Element") -> Binary:
    mime, url, alt = element
    media, *subtype = mime
    return Binary(text_of(media), text_of(url), text_of(alt), text_of(subtype[0]) if subtype else None)


def _embedded_binary(element: "_Element") -> EmbeddedBinary:
    mime, url, alt, width, height, *parameters = element
    media, subtype = mime
    what = text_of(media), text_of(subtype), text_of(url), text_of(alt)
    return EmbeddedBinary(*what, text_of(width), text_of(height), _parameters(parameters))


def _application(element: "_Element") -> JavaApplet | Flash:
    (application,) = element
    if local(application) == "Flash":
        url, width, height, *parameters = application
        return Flash(text_of(url), text_of(width), text_of(height), _parameters(parameters))
    path, filename, width, height, *parameters = application
    return JavaApplet(text_of(path), text_of(filename), text_of(width), text_of(height), _parameters(parameters))


def _parameters(elements: "list[_Element]") -> tuple[tuple[str, str], ...]:
    return tuple((text_of(name), text_of(value)) for name, value in elements)


_READERS: Final[dict[str, Callable[["_Element"], Content]]] = {
    "Title": lambda element: Title(text_of(element)),
    "Text": lambda element: Text(text_of(element)),
    "List": _list,
    "FormattedContent": lambda element: FormattedContent(text_of(element)),
    "Binary": _binary,
    "EmbeddedBinary": _embedded_binary,
    "Application": _application,
}
