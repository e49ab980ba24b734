"""From text to a validated element tree: the only module that calls the XML parser.

A document is refused before anything in it is expanded: first for its length in UTF-8, then for a DOCTYPE (without one
there are no entities to expand and nothing to fetch), then by libxml2's own limit on nesting. A str needs no encoding,
so a declared one is ignored: recorded answer documents declare ASCII (ASN-36).
"""

import re
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Final, cast

from mturk_sim.documents import namespaces, validity, wellformed
from mturk_sim.documents.errors import DocumentError, Kind

if TYPE_CHECKING:
    from lxml.etree import XMLParser, XMLSchema, _Element

_PROLOG: Final = re.compile(rb"\s*(?:(?:<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)\s*)*", re.DOTALL)
_NO_DOCTYPE: Final = (
    'DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.'
)

_SCHEMAS: Final = {
    namespaces.QUESTION_FORM_2005: ("QuestionForm-2005-10-01.xsd", "QuestionForm"),
    namespaces.QUESTION_FORM_2017: ("QuestionForm-2017-11-06.xsd", "QuestionForm"),
    namespaces.HTML_QUESTION: ("HTMLQuestion-2011-11-11.xsd", "HTMLQuestion"),
    namespaces.EXTERNAL_QUESTION: ("ExternalQuestion-2006-07-14.xsd", "ExternalQuestion"),
    namespaces.ANSWERS: ("QuestionFormAnswers-2005-10-01.xsd", "QuestionFormAnswers"),
    namespaces.ANSWER_KEY: ("AnswerKey-2005-10-01.xsd", "AnswerKey"),
    namespaces.XHTML: ("FormattedContent.xsd", "FormattedContent"),
}

_reporting = Lock()  # a schema has one error log, which all threads write to


def read(text: str, allowed: frozenset[str], *, legacy: bool = True, limit: int = namespaces.MAX_BYTES) -> "_Element":
    """The root of a document that is valid against the schema of its namespace (XML-04).

    Args:
        text: The document.
        allowed: The namespaces it may have.
        legacy: Whether QuestionForm 2005-10-01 keeps the parts that were retired in December 2017 (XML-17, C38).
        limit: The most bytes it may have in UTF-8.

    Raises:
        DocumentError: It is too long, not well-formed or not valid; of kind "size" or "xml".
    """
    root = parse(text, limit=limit)
    namespace, _, name = str(root.tag)[1:].rpartition("}")
    if namespace not in allowed or _SCHEMAS[namespace][1] != name:
        raise DocumentError(validity.unknown_root(root), line=line_of(root), path=path_of(root))
    validate(root, schema(namespace, legacy=legacy))
    return root


def parse(text: str, *, kind: Kind = "xml", limit: int = namespaces.MAX_BYTES) -> "_Element":
    """The root of a well-formed document, without comments and processing instructions.

    Raises:
        DocumentError: It is too long or not well-formed.
    """
    from lxml import etree

    data = _encoded(text, kind, limit)
    if text.startswith("\ufeff"):
        raise DocumentError("Content is not allowed in prolog.", kind=kind, line=1)
    if b"<!DOCTYPE" in data:
        _refuse_doctype(data, kind)
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        mistake = wellformed.first_mistake(text)
        if mistake is not None:
            raise DocumentError(mistake.details, kind=kind, line=mistake.line, path=mistake.path) from None
        if getattr(error, "code", None) == etree.ErrorTypes.WAR_NS_URI:  # to Xerces any text could be a namespace
            return etree.fromstring(data, _parser(recover=True))
        details = f"The document is not well-formed: {error.msg}"
        raise DocumentError(details, kind=kind, line=error.lineno or 0) from None


def validate(root: "_Element", against: "XMLSchema", *, kind: Kind = "xml") -> None:
    """See to it that a tree is as its schema demands.

    Raises:
        DocumentError: It is not; the text is Xerces' for the first mistake.
    """
    with _reporting:
        if against.validate(root):
            return
        complaints = [*cast("list[validity.Complaint]", against.error_log)]
    chosen = validity.first(complaints)
    found = cast("list[_Element]", root.getroottree().xpath(chosen.path)) if chosen.path else []
    element = found[0] if found else root
    raise DocumentError(validity.describe(chosen, element), kind=kind, line=line_of(element), path=path_of(element))


@cache
def schema(namespace: str, *, legacy: bool = True) -> "XMLSchema":
    """The compiled schema of a namespace.

    The form of 2005 without its retired parts is the form of 2017 under another name (C38).
    """
    from lxml import etree

    source = namespace
    if namespace == namespaces.QUESTION_FORM_2005 and not legacy:
        source = namespaces.QUESTION_FORM_2017
    text = files(__package__).joinpath("schemas", _SCHEMAS[source][0]).read_text(encoding="utf-8")
    return etree.XMLSchema(etree.fromstring(text.replace(source, namespace).encode()))


def path_of(element: "_Element") -> str:
    """The place of an element, e.g. "/QuestionForm/Question[2]": numbered only where there are several of the name."""
    steps = []
    node: _Element | None = element
    while node is not None:
        parent = node.getparent()
        local = str(node.tag).rpartition("}")[2]
        same = [child for child in parent if child.tag == node.tag] if parent is not None else [node]
        steps.append(f"{local}[{same.index(node) + 1}]" if len(same) > 1 else local)
        node = parent
    return "/" + "/".join(reversed(steps))


def line_of(element: "_Element") -> int:
    """The line of an element's start tag, from 1; 0 if it is not known."""
    return cast("int | None", element.sourceline) or 0


def _encoded(text: str, kind: Kind, limit: int) -> bytes:
    if len(text) <= limit:
        try:
            data = text.encode()
        except UnicodeEncodeError as error:  # half of a surrogate pair: no character at all
            details = wellformed.invalid_character(text[error.start])
            raise DocumentError(details, kind=kind, line=text.count("\n", 0, error.start) + 1) from None
        if len(data) <= limit:
            return data
    raise DocumentError(f"The document is longer than {limit} bytes.", kind="size")


def _refuse_doctype(data: bytes, kind: Kind) -> None:
    """Refuse a DOCTYPE of the document's own; a page quoted in CDATA may well have one."""
    prolog = _PROLOG.match(data)
    if prolog and data.startswith(b"<!DOCTYPE", prolog.end()):
        raise DocumentError(_NO_DOCTYPE, kind=kind, line=data.count(b"\n", 0, prolog.end()) + 1)


@cache
def _parser(*, recover: bool = False) -> "XMLParser":
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
