"""Xerces' words for text that is not well-formed XML (rules XML-02, XML-60).

The parser is libxml2, which words its complaints differently. What is used of them is the code and the place; the names that Xerces
prints are read from the text once more.
"""

import re
from typing import Protocol


class Complaint(Protocol):
    """The part of an lxml log entry that is read here."""

    @property
    def type_name(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def describe(complaint: Complaint, text: str) -> str:
    """The message of Xerces where libxml2 made `complaint` about `text`."""
    code, message = complaint.type_name, complaint.message
    if code == "ERR_DOCUMENT_EMPTY":
        return "Content is not allowed in prolog." if text.strip(_SPACE) else "Premature end of file."
    if code == "ERR_DOCUMENT_END":
        return _after_the_root(text, complaint)
    if code == "ERR_ENTITYREF_SEMICOL_MISSING" and (found := _HALF_REFERENCE.search(_without_hidden(text))):
        return f"The reference to entity \"{found[1]}\" must end with the ';' delimiter."
    for wanted, pattern, words in _WORDS:
        if code == wanted and (found := re.search(pattern, message)):
            return words.format(*found.groups(), **_names_before(text, complaint))
    return f"The document is not well-formed: {message.strip().rstrip('.')}."


_SPACE = " \t\r\n"
_NAME = r"[^\W\d][\w.\-:]*"
_HIDDEN = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_HALF_REFERENCE = re.compile(rf"&({_NAME})(?![\w.\-:;])")
_START_TAG = re.compile(rf"<({_NAME})((?:\s*{_NAME}\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*({_NAME})?)")

_FOLLOWED = 'must be followed by either attribute specifications, ">" or "/>".'
_TRUNCATED = "XML document structures must start and end within the same entity."
_REFERENCE = "The character reference must end with the ';' delimiter."

# (code of libxml2, what its message must contain, words of Xerces)
_WORDS = [
    (
        "ERR_TAG_NAME_MISMATCH",
        r"mismatch: (\S+) line",
        'The element type "{0}" must be terminated by the matching end-tag "</{0}>".',
    ),
    ("ERR_TAG_NOT_FINISHED", "", _TRUNCATED),
    ("ERR_COMMENT_NOT_FINISHED", "", _TRUNCATED),
    ("ERR_CDATA_NOT_FINISHED", "", _TRUNCATED),
    ("ERR_UNDECLARED_ENTITY", r"Entity '(\S+)' not", 'The entity "{0}" was referenced, but not declared.'),
    ("ERR_NAME_REQUIRED", "EntityRef", "The entity name must immediately follow the '&' in the entity reference."),
    ("ERR_NAME_REQUIRED", "", "The content of elements must consist of well-formed character data or markup."),
    ("ERR_INVALID_CHAR", r"CharRef", "A character reference names a character that XML does not allow."),
    (
        "ERR_INVALID_CHAR",
        "",
        "An invalid XML character (Unicode: 0x{bad}) was found in the element content of the document.",
    ),
    ("ERR_INVALID_DEC_CHARREF", "", _REFERENCE),
    ("ERR_INVALID_HEX_CHARREF", "", _REFERENCE),
    ("ERR_GT_REQUIRED", r"Start Tag (\S+) line", f'Element type "{{0}}" {_FOLLOWED}'),
    ("ERR_GT_REQUIRED", "expected '>'", _TRUNCATED),
    ("ERR_SPACE_REQUIRED", "attributes construct", f'Element type "{{tag}}" {_FOLLOWED}'),
    (
        "ERR_ATTRIBUTE_WITHOUT_VALUE",
        r"for attribute (\S+)",
        'Attribute name "{0}" associated with an element type "{tag}" must be followed by the \' = \' character.',
    ),
    (
        "ERR_ATTRIBUTE_NOT_STARTED",
        "",
        'Open quote is expected for attribute "{attribute}" associated with an  element type  "{tag}".',
    ),
    (
        "ERR_LT_IN_ATTRIBUTE",
        "",
        'The value of attribute "{attribute}" associated with an element type "{tag}" must not contain the \'<\' character.',
    ),
    ("ERR_ATTRIBUTE_NOT_FINISHED", "", _TRUNCATED),
    (
        "ERR_ATTRIBUTE_REDEFINED",
        r"Attribute (\S+) redefined",
        'Attribute "{0}" was already specified for element "{tag}".',
    ),
    ("NS_ERR_UNDEFINED_NAMESPACE", r"prefix (\S+) on (\S+) is", 'The prefix "{0}" for element "{0}:{1}" is not bound.'),
    (
        "NS_ERR_UNDEFINED_NAMESPACE",
        r"prefix (\S+) for (\S+) on",
        'The prefix "{0}" for attribute "{0}:{1}" associated with an element type "{tag}" is not bound.',
    ),
    (
        "ERR_MISPLACED_CDATA_END",
        "",
        'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.',
    ),
    ("ERR_HYPHEN_IN_COMMENT", "", 'The string "--" is not permitted within comments.'),
    ("ERR_RESERVED_XML_NAME", "", 'The processing instruction target matching "[xX][mM][lL]" is not allowed.'),
    ("ERR_VERSION_MISSING", "", "The version is required in the XML declaration."),
    ("ERR_UNKNOWN_VERSION", r"version '(\S+)'", 'XML version "{0}" is not supported, only XML 1.0 is supported.'),
    ("ERR_RESOURCE_LIMIT", "", "The document is nested too deeply."),
]


def _after_the_root(text: str, complaint: Complaint) -> str:
    if text[_offset(text, complaint) :].lstrip(_SPACE).startswith("<"):
        return "The markup in the document following the root element must be well-formed."
    return "Content is not allowed in trailing section."


def _offset(text: str, complaint: Complaint) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: complaint.line - 1]) + max(complaint.column - 1, 0)


def _without_hidden(text: str) -> str:
    """`text` with comments, CDATA sections and instructions blanked out, so that offsets still hold."""
    return _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _names_before(text: str, complaint: Complaint) -> dict[str, str]:
    """The start tag in which the parser stopped, the attribute it was at, and the character it stood on (hexadecimal)."""
    at = _offset(text, complaint)
    tag = attribute = ""
    for found in _START_TAG.finditer(_without_hidden(text), 0):
        if found.start() >= at:
            break
        tag, attribute = found[1], found[3] or ""
    return {"tag": tag, "attribute": attribute, "bad": f"{ord(text[at]):x}" if at < len(text) else "0"}
