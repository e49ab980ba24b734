"""What is raised about a document that the service would refuse."""

from collections.abc import Iterable
from typing import Literal

Kind = Literal["xml", "xhtml", "size"]


class DocumentError(ValueError):
    """A document that the service would refuse, and the place of the first mistake.

    Attributes:
        details: What stands behind "Details: " in the service's message (XML-01); for the common mistakes Xerces'
            wording, letter for letter (XML-60).
        kind: "xml" (TurkErrorCode XMLParseError), "xhtml" (a FormattedContent that breaks its own schema:
            XHTMLParseError, XML-03) or "size" (too many bytes, XML-05).
        line: The line, from 1; 0 if it is not known.
        path: The element, e.g. "/QuestionForm/Question[2]/AnswerSpecification"; "" outside the root element.
    """

    def __init__(self, details: str, *, kind: Kind = "xml", line: int = 0, path: str = "") -> None:
        super().__init__(details)
        self.details = details
        self.kind = kind
        self.line = line
        self.path = path

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else ""
        place = f"{place} {self.path}".strip()
        return f"{self.details} [{place}]" if place else self.details

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.details, self.kind, self.line, self.path)


def _rebuild(details: str, kind: Kind, line: int, path: str) -> DocumentError:
    return DocumentError(details, kind=kind, line=line, path=path)


class LayoutError(ValueError):
    """A HITLayout and the parameters given for it do not fit together (ASN-39, XML-51).

    Attributes:
        missing: Placeholders of the layout for which no parameter came.
        unknown: Parameters that no placeholder asks for.
    """

    def __init__(self, missing: Iterable[str] = (), unknown: Iterable[str] = ()) -> None:
        self.missing = tuple(missing)
        self.unknown = tuple(unknown)
        parts = []
        if self.missing:
            parts.append("missing layout parameters: " + ", ".join(self.missing))
        if self.unknown:
            parts.append("parameters that the layout does not use: " + ", ".join(self.unknown))
        super().__init__("; ".join(parts))

    def __reduce__(self) -> tuple[object, ...]:
        return LayoutError, (self.missing, self.unknown)
