"""HTMLQuestion: a page of the requester's that the service keeps and shows in a frame (XML-49, XML-50, ASN-38)."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from lxml.etree import _Element

RESERVED: Final = ("assignmentId", "hitId")
"""Fields that a page posts for the service, which does not return them as answers (ASN-34, XML-43)."""

_CONTROLS: Final = ("input", "select", "textarea", "button")
_NEVER_POSTED: Final = ("button", "image", "reset")
_ONE_OF_SEVERAL: Final = ("radio", "checkbox", "crowd-radio-button")


@attrs.frozen
class FormField:
    """A named control of a page: what a worker's browser may post under the name.

    Attributes:
        name: The name, under which the answer comes back (ASN-35).
        type: "text", "radio", "checkbox", "hidden", … as in `<input type>`; "textarea", "select" or "submit"; or the
            tag of a crowd element, e.g. "crowd-input".
        options: The values it can have, in order; empty if any text will do.
        required: Whether the browser insists on a value.
        multiple: Whether several values can be posted at once; the service keeps one (ASN-35).
    """

    name: str
    type: str
    options: tuple[str, ...] = ()
    required: bool = False
    multiple: bool = False


@attrs.frozen
class HTMLQuestion:
    """A page the service keeps.

    Attributes:
        content: The page's HTML; that it is any good, or posts to the service, is not checked (XML-49, XML-50).
        frame_height: Height of the frame in pixels; 0 fits the window (XML-46).
    """

    content: str
    frame_height: int

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The named controls of the page, in order, without those reserved for the service."""
        return form_fields(self.content)


@lru_cache(maxsize=256)
def form_fields(html: str) -> tuple[FormField, ...]:
    """The named controls in HTML, in order; radio buttons, or check boxes, of one name are one field."""
    fields: dict[str, FormField] = {}
    for element in _elements(html):
        field = _field(element)
        if field is not None and field.name not in RESERVED:
            known = fields.setdefault(field.name, field)
            if known is not field and known.type == field.type:
                fields[field.name] = _merged(known, field)
    return tuple(fields.values())


def _elements(html: str) -> Iterator["_Element"]:
    """The elements of a page, however broken: of libxml2, whose time does not explode on a hostile page."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    return iter(()) if root is None else root.iter()


def _field(element: "_Element") -> FormField | None:
    """The field that one control makes; None if nothing is posted for it."""
    tag, name = str(element.tag), element.get("name")
    if not name or element.get("disabled") is not None or not (tag in _CONTROLS or tag.startswith("crowd-")):
        return None
    kind = tag
    if tag in ("input", "button"):
        kind = element.get("type", "text" if tag == "input" else "submit").lower()
    if kind in _NEVER_POSTED:
        return None
    options: tuple[str, ...] = ()
    if kind in _ONE_OF_SEVERAL:
        options = (element.get("value", "on"),)
    elif kind in ("hidden", "submit"):
        options = (element.get("value", ""),)
    elif kind == "select":
        options = tuple(_option(option) for option in element.iter("option") if option.get("disabled") is None)
    required = element.get("required") is not None
    return FormField(name, kind, options, required, kind == "select" and element.get("multiple") is not None)


def _option(element: "_Element") -> str:
    return element.get("value", " ".join("".join(map(str, element.itertext())).split()))


def _merged(known: FormField, again: FormField) -> FormField:
    """One field of two controls with the same name and type."""
    return attrs.evolve(
        known,
        options=known.options + again.options,
        required=known.required or again.required,
        multiple=known.multiple or known.type == "checkbox",
    )
