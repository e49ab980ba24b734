"""Xerces' words for well-formed documents that break their schema (rules XML-02, XML-60).

libxml2 reports the same clauses of the XML Schema standard under other words. Its report gives the clause and the element; the value, and
the name that the message needs, are read from the element itself.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

    from mturk_sim.documents.wellformed import Complaint

_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*) \)\.$")
_QUOTED = re.compile(r"'([^']*)'")
_ATTRIBUTE = re.compile(r"', attribute '(?:\{[^}]*\})?([^']+)':")
_ATOMIC = re.compile(r"atomic type '(?:xs:)?(\w+)'")
_BASE_TYPES: Final = {"int": "integer", "nonNegativeInteger": "integer", "positiveInteger": "integer"}
_BOUNDS: Final = {
    "int": (-(2**31), 2**31 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
}


def unknown_root(name: str) -> str:
    """The message for a root element that no schema declares (rule XML-04)."""
    return f"cvc-elt.1.a: Cannot find the declaration of element '{name}'."


def describe(complaint: "Complaint", element: "_Element") -> str:
    """The message of Xerces where libxml2 made `complaint` about `element`."""
    code = complaint.type_name
    if code == "SCHEMAV_CVC_ELT_1":
        return unknown_root(_raw(element))
    if code == "SCHEMAV_ELEMENT_CONTENT":
        return _content(complaint.message, element)
    if code == "SCHEMAV_CVC_COMPLEX_TYPE_2_3":
        return (
            f"cvc-complex-type.2.3: Element '{_raw(element)}' cannot have character [children], because the type's content type is "
            "element-only."
        )
    if code == "SCHEMAV_CVC_TYPE_3_1_2":
        return f"cvc-type.3.1.2: Element '{_raw(element)}' is a simple type, so it must have no element information item [children]."
    if code in _ATTRIBUTES:
        return _attribute(complaint.message, element, code)
    return _value(complaint.message, element, code)


def first(complaints: "Sequence[Complaint]", paths: Sequence[str]) -> int:
    """Which complaint Xerces would make first: it notices stray text (2.3) only at the end of the element around it."""
    chosen = 0
    while complaints[chosen].type_name == "SCHEMAV_CVC_COMPLEX_TYPE_2_3":
        inside = [i for i, path in enumerate(paths) if i > chosen and path.startswith(paths[chosen] + "/")]
        if not inside:
            break
        chosen = inside[0]
    return chosen


def _raw(element: "_Element") -> str:
    local = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def _expanded(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return f'"{namespace[1:]}":{local}' if namespace else local


def _content(message: str, element: "_Element") -> str:
    found = _EXPECTED.search(message)
    expected = ", ".join(_expanded(name.strip()) for name in found[1].split(",")) if found else ""
    if "Missing child" in message:
        return f"cvc-complex-type.2.4.b: The content of element '{_raw(element)}' is not complete. One of '{{{expected}}}' is expected."
    start = "Invalid content was found starting with element"
    if not expected:
        return f"cvc-complex-type.2.4.d: {start} '{_raw(element)}'. No child element is expected at this point."
    name = _expanded(str(element.tag))
    shown = f"{{{name}}}" if name.startswith('"') else name
    return f"cvc-complex-type.2.4.a: {start} '{shown}'. One of '{{{expected}}}' is expected."


_ATTRIBUTES: Final = {
    "SCHEMAV_CVC_TYPE_3_1_1": "cvc-type.3.1.1: Element '{element}' is a simple type, so it cannot have attributes, excepting those whose "
    "namespace name is identical to 'http://www.w3.org/2001/XMLSchema-instance' and whose [local name] is one of 'type', 'nil', "
    "'schemaLocation' or 'noNamespaceSchemaLocation'. However, the attribute, '{name}' was found.",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "cvc-complex-type.3.2.2: Attribute '{name}' is not allowed to appear in element '{element}'.",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "cvc-complex-type.3.2.2: Attribute '{name}' is not allowed to appear in element '{element}'.",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "cvc-complex-type.4: Attribute '{name}' must appear on element '{element}'.",
}


def _attribute(message: str, element: "_Element", code: str) -> str:
    found = re.search(r"[Tt]he attribute '(?:\{[^}]*\})?([^']+)'", message)
    return _ATTRIBUTES[code].format(name=found[1] if found else "", element=_raw(element))


def _value(message: str, element: "_Element", code: str) -> str:
    named = _ATTRIBUTE.search(message)
    value = str(element.get(named[1], "")) if named else "".join(map(str, element.itertext()))
    if code == "SCHEMAV_CVC_ENUMERATION_VALID":
        allowed = ", ".join(_QUOTED.findall(message.rpartition("set {")[2]))
        return (
            f"cvc-enumeration-valid: Value '{value}' is not facet-valid with respect to enumeration '[{allowed}]'. It must be a value "
            "from the enumeration."
        )
    if code == "SCHEMAV_CVC_PATTERN_VALID":
        pattern = message.rpartition("by the pattern '")[2].rstrip(".").removesuffix("'")
        return f"cvc-pattern-valid: Value '{value}' is not facet-valid with respect to pattern '{pattern}' for type 'URLType'."
    if code == "SCHEMAV_CVC_DATATYPE_VALID_1_2_1" and (found := _ATOMIC.search(message)):
        return _datatype(value.strip(" \t\r\n"), found[1])
    return message.partition("': ")[2] or message


def _datatype(value: str, kind: str) -> str:
    """A number of the right form but out of bounds breaks a facet of the type; anything else is no value of its base type."""
    if kind in _BOUNDS and re.fullmatch(r"[+-]?[0-9]+", value):
        low, high = _BOUNDS[kind]
        below = int(value) < low
        facet, bound = ("minInclusive", low) if below else ("maxInclusive", high)
        return f"cvc-{facet}-valid: Value '{value}' is not facet-valid with respect to {facet} '{bound}' for type '{kind}'."
    return f"cvc-datatype-valid.1.2.1: '{value}' is not a valid value for '{_BASE_TYPES.get(kind, kind)}'."
