"""Xerces' words for well-formed documents that break their schema (XML-02, XML-60).

libxml2 reports the same clauses of the XML Schema standard under other words. Its report gives the clause and the
element; the value, and the name that the message needs, are read from the element itself.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from lxml.etree import _Element


class Complaint(Protocol):
    """The part of an entry in libxml2's log that is read here; `path` is an XPath to the element, if it is known."""

    type_name: str
    message: str
    path: str | None


def unknown_root(element: "_Element") -> str:
    """The message for a root element that no schema declares (XML-04)."""
    return f"cvc-elt.1.a: Cannot find the declaration of element '{_raw(element)}'."


def first(complaints: Sequence[Complaint]) -> Complaint:
    """The complaint Xerces would make first: it notices stray text (2.3) only at the end of the element around it."""
    chosen = complaints[0]
    for complaint in complaints[1:]:
        if chosen.type_name != "SCHEMAV_CVC_COMPLEX_TYPE_2_3":
            break
        if (complaint.path or "").startswith(f"{chosen.path}/"):
            chosen = complaint
    return chosen


def describe(complaint: Complaint, element: "_Element") -> str:
    """The message of Xerces where libxml2 made `complaint` about `element`."""
    code = complaint.type_name
    if code == "SCHEMAV_ELEMENT_CONTENT":
        return _content(complaint.message, element)
    if code in _ELEMENTS:
        return _ELEMENTS[code].format(element=_raw(element))
    if code in _ATTRIBUTES:
        return _ATTRIBUTES[code].format(element=_raw(element), name=_attribute(complaint.message, element))
    return _value(complaint.message, element, code)


_ELEMENTS: Final = {
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": "cvc-complex-type.2.1: Element '{element}' must have no character or element "
    "information item [children], because the type's content type is empty.",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "cvc-complex-type.2.3: Element '{element}' cannot have character [children], "
    "because the type's content type is element-only.",
    "SCHEMAV_CVC_TYPE_3_1_2": "cvc-type.3.1.2: Element '{element}' is a simple type, so it must have no element "
    "information item [children].",
}
_ATTRIBUTES: Final = {
    "SCHEMAV_CVC_TYPE_3_1_1": "cvc-type.3.1.1: Element '{element}' is a simple type, so it cannot have attributes, "
    "excepting those whose namespace name is identical to 'http://www.w3.org/2001/XMLSchema-instance' and whose [local "
    "name] is one of 'type', 'nil', 'schemaLocation' or 'noNamespaceSchemaLocation'. However, the attribute, '{name}' "
    "was found.",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "cvc-complex-type.3.2.2: Attribute '{name}' is not allowed to appear in element "
    "'{element}'.",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "cvc-complex-type.4: Attribute '{name}' must appear on element '{element}'.",
}

_EXPECTED: Final = re.compile(r"Expected is (?:one of )?\( (.*) \)\.$")
_REPORTED_AT_MOST: Final = 10
_ATTRIBUTE: Final = re.compile(r"[Tt]he attribute '(?:\{([^}]*)\})?([^']+)'")
_ATTRIBUTE_VALUE: Final = re.compile(r"', attribute '((?:\{[^}]*\})?[^']+)':")
_ATOMIC: Final = re.compile(r"atomic type '(?:xs:)?(\w+)'")
_BASE_TYPES: Final = {"int": "integer", "nonNegativeInteger": "integer", "positiveInteger": "integer"}
_LEAST: Final = {"int": -(2**31), "nonNegativeInteger": 0, "positiveInteger": 1}
_MOST: Final = {"int": 2**31 - 1}


def _raw(element: "_Element") -> str:
    """The name of an element as it is written."""
    local = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def _expanded(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return f'"{namespace[1:]}":{local}' if namespace else local


def _content(message: str, element: "_Element") -> str:
    found = _EXPECTED.search(message)
    names = [_expanded(name.strip()) for name in found[1].split(",")] if found else []
    expected = ", ".join(names + ["…"] * (len(names) >= _REPORTED_AT_MOST))
    if "Missing child" in message:
        problem = f"cvc-complex-type.2.4.b: The content of element '{_raw(element)}' is not complete."
        return f"{problem} One of '{{{expected}}}' is expected."
    problem = "Invalid content was found starting with element"
    if not names:
        return f"cvc-complex-type.2.4.d: {problem} '{_raw(element)}'. No child element is expected at this point."
    name = _expanded(str(element.tag))
    shown = f"{{{name}}}" if name.startswith('"') else name
    return f"cvc-complex-type.2.4.a: {problem} '{shown}'. One of '{{{expected}}}' is expected."


def _attribute(message: str, element: "_Element") -> str:
    """The name of the attribute that a message is about, as it is written."""
    found = _ATTRIBUTE.search(message)
    if not found:
        return ""
    prefix = next((prefix for prefix, namespace in element.nsmap.items() if namespace == found[1]), None)
    return f"{prefix}:{found[2]}" if found[1] and prefix else found[2]


def _value(message: str, element: "_Element", code: str) -> str:
    named = _ATTRIBUTE_VALUE.search(message)
    value = str(element.get(named[1], "")) if named else "".join(map(str, element.itertext()))
    invalid = f"Value '{value}' is not facet-valid with respect to"
    if code == "SCHEMAV_CVC_ENUMERATION_VALID":
        allowed = ", ".join(re.findall(r"'([^']*)'", message.rpartition("set {")[2]))
        return f"cvc-enumeration-valid: {invalid} enumeration '[{allowed}]'. It must be a value from the enumeration."
    if code == "SCHEMAV_CVC_PATTERN_VALID":
        if _raw(element).endswith("ExternalURL"):  # our schema says by a pattern what an anyURI is
            return _datatype(value, "anyURI")
        pattern = message.rpartition("by the pattern '")[2].rstrip(".").removesuffix("'")
        return f"cvc-pattern-valid: {invalid} pattern '{pattern}' for type 'URLType'."
    if code == "SCHEMAV_CVC_DATATYPE_VALID_1_2_1" and (found := _ATOMIC.search(message)):
        return _datatype(value, found[1])
    return message.partition("': ")[2] or message


def _datatype(value: str, kind: str) -> str:
    """The message for a value that is none of its type.

    A number of the right form but out of bounds breaks a facet of the type; anything else is no value of its base type.
    """
    value = re.sub("[ \t\r\n]+", " ", value).strip(" ")
    if kind in _LEAST and re.fullmatch(r"[+-]?[0-9]+", value):
        below = value.startswith("-") or not value.strip("+0")
        facet, bound = ("minInclusive", _LEAST[kind]) if below else ("maxInclusive", _MOST.get(kind))
        if bound is not None:
            problem = f"Value '{value}' is not facet-valid with respect to {facet} '{bound}' for type '{kind}'."
            return f"cvc-{facet}-valid: {problem}"
    return f"cvc-datatype-valid.1.2.1: '{value}' is not a valid value for '{_BASE_TYPES.get(kind, kind)}'."
