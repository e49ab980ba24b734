"""FormattedContent: XHTML inside a QuestionForm, checked in a second stage (XML-03, XML-55 to XML-59)."""

from functools import lru_cache
from typing import TYPE_CHECKING

from mturk_sim.documents import namespaces, reading
from mturk_sim.documents.content import text_of
from mturk_sim.documents.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element


def check_formatted_contents(root: "_Element") -> None:
    """Check every FormattedContent of a form.

    Raises:
        DocumentError: One is refused; of kind "xhtml", with the place in the whole document.
    """
    namespace = str(root.tag).partition("}")[0]
    for element in root.iter(namespace + "}FormattedContent"):
        try:
            check_xhtml(text_of(element))
        except DocumentError as error:
            path = reading.path_of(element) + error.path.removeprefix("/FormattedContent")
            line = reading.line_of(element) + error.line - 1
            raise DocumentError(error.details, kind="xhtml", line=line, path=path) from None


@lru_cache(maxsize=256)
def check_xhtml(xhtml: str) -> None:
    """Check a piece of XHTML.

    Wrapped in a FormattedContent (XML-55) it must be well-formed and have no elements, attributes and addresses but
    those of the subset (XML-56, XML-58, XML-59), and it must not have comments (XML-57).

    Raises:
        DocumentError: Of kind "xhtml"; line and path are those inside the wrapping.
    """
    root = reading.parse(
        f'<?xml version="1.0"?><FormattedContent xmlns="{namespaces.XHTML}">{xhtml}</FormattedContent>', kind="xhtml"
    )
    if "<!--" in xhtml:
        line = xhtml.count("\n", 0, xhtml.index("<!--")) + 1
        raise DocumentError("Comments are not allowed in FormattedContent.", kind="xhtml", line=line)
    reading.validate(root, reading.schema(namespaces.XHTML), kind="xhtml")
