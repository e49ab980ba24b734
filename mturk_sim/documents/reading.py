"""From text to a validated element tree: the only module that calls the XML parser.

A document is refused before anything in it is expanded: first for its length in UTF-8, then for a DOCTYPE (without one there are no entities to
expand and nothing to fetch), then by libxml2's own limit on nesting. A str needs no encoding, so a declared one is ignored: recorded
answer documents declare ASCII (rule ASN-36).
"""

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mturk_sim.documents import namespaces, validity, wellformed
from mturk_sim.documents.errors import DocumentError, Kind

if TYPE_CHECKING:
    from lxml.etree import XMLParser, XMLSchema, _Element

_PROLOG = re.compile(rb"\s*(?:(?:<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)\s*)*", re.DOTALL)
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

_SCHEMAS = {
    namespaces.QUESTION_FORM_2005: ("QuestionForm-2005-10-01.xsd", "QuestionForm"),
    namespaces.QUESTION_FORM_2017: ("QuestionForm-2017-11-06.xsd", "QuestionForm"),
    namespaces.HTML_QUESTION: ("HTMLQuestion-2011-11-11.xsd", "HTMLQuestion"),
    namespaces.EXTERNAL_QUESTION: ("ExternalQuestion-2006-07-14.xsd", "ExternalQuestion"),
    namespaces.ANSWERS: ("QuestionFormAnswers-2005-10-01.xsd", "QuestionFormAnswers"),
    namespaces.ANSWER_KEY: ("AnswerKey-2005-10-01.xsd", "AnswerKey"),
    namespaces.XHTML: ("FormattedContent.xsd", "FormattedContent"),
}


def read(text: str, allowed: frozenset[str], *, legacy: bool = True) -> "_Element":
    """The root of `text`, valid against the schema of its namespace, which must be one of `allowed`.

    `legacy=False`: QuestionForm 2005-10-01 is held to what is left of it since December 2017 (rule XML-17, choice C38).
    Raises DocumentError of kind "size" or "xml".
    """
    root = parse(text)
    namespace, _, local = str(root.tag)[1:].rpartition("}")
    if namespace not in allowed or _SCHEMAS[namespace][1] != local:
        raise DocumentError(validity.unknown_root(_raw_root(root)), line=_line(root), path=path_of(root))
    validate(root, schema(namespace, legacy=legacy))
    return root


def parse(text: str, *, kind: Kind = "xml") -> "_Element":
    """The root of a well-formed `text`. Raises DocumentError; comments and processing instructions are left out."""
    from lxml import etree

    data = _encoded(text)
    if text.startswith("\ufeff"):
        raise DocumentError("Content is not allowed in prolog.", kind=kind, line=1)
    prolog = _PROLOG.match(data)
    if prolog and data.startswith(b"<!DOCTYPE", prolog.end()):
        line = data.count(b"\n", 0, prolog.end()) + 1
        raise DocumentError(
            'DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.',
            kind=kind,
            line=line,
        )
    parser = _parser()
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        complaint = parser.error_log[0]
        details = wellformed.describe(complaint, text)
        raise DocumentError(details, kind=kind, line=complaint.line, path=_open_elements(data)) from error


def validate(root: "_Element", against: "XMLSchema", *, kind: Kind = "xml", line_offset: int = 0) -> None:
    """Raise DocumentError for the first mistake in the tree, in Xerces' words."""
    _forget_schema_locations(root)
    if against.validate(root):
        return
    complaints = list(against.error_log)
    chosen = complaints[validity.first(complaints, [entry.path or "" for entry in complaints])]
    found = root.xpath(chosen.path) if chosen.path else []
    element = found[0] if isinstance(found, list) and found else root
    assert not isinstance(element, (str, float, bool, tuple))
    details = validity.describe(chosen, element)
    raise DocumentError(details, kind=kind, line=_line(element) + line_offset, path=path_of(element))


@cache
def schema(namespace: str, *, legacy: bool = True) -> "XMLSchema":
    """The compiled schema of a namespace. The 2005 form without its retired parts is the 2017 form under another name."""
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


def _encoded(text: str) -> bytes:
    if len(text) <= namespaces.MAX_BYTES:
        try:
            data = text.encode()
        except UnicodeEncodeError as error:  # half of a surrogate pair: no character at all
            details = f"An invalid XML character (Unicode: 0x{ord(text[error.start]):x}) was found in the element content of the document."
            raise DocumentError(details, line=text.count("\n", 0, error.start) + 1) from error
        if len(data) <= namespaces.MAX_BYTES:
            return data
    raise DocumentError(f"The document is longer than {namespaces.MAX_BYTES} bytes.", kind="size")


def _parser() -> "XMLParser":
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _open_elements(data: bytes) -> str:
    """The elements that were open where the parser gave up."""
    from lxml import etree

    pull = etree.XMLPullParser(events=("start", "end"), encoding="utf-8", resolve_entities=False, no_network=True)
    names: list[str] = []
    try:
        pull.feed(data)
        pull.close()
    except etree.XMLSyntaxError:
        pass
    try:
        for event, element in pull.read_events():
            if event == "start":
                names.append(str(getattr(element, "tag", "")).rpartition("}")[2])
            else:
                names.pop()
    except etree.XMLSyntaxError:
        pass
    return "/" + "/".join(names) if names else ""


def _forget_schema_locations(root: "_Element") -> None:
    """libxml2 would open the files that these hints name."""
    for element in root.iter():
        for hint in ("schemaLocation", "noNamespaceSchemaLocation"):
            element.attrib.pop(_XSI + hint, None)


def _raw_root(root: "_Element") -> str:
    local = str(root.tag).rpartition("}")[2]
    return f"{root.prefix}:{local}" if root.prefix else local


def _line(element: "_Element") -> int:
    return element.sourceline or 0
