"""HTMLQuestion: a page of the requester's that the service keeps and shows in a frame (XML-49, XML-50, ASN-38)."""

from collections.abc import Sequence
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

import attrs

RESERVED: Final = ("assignmentId", "hitId")
"""Fields that a page posts for the service, which does not return them as answers (ASN-34, XML-43)."""

_NEVER_POSTED: Final = ("button", "image", "reset")
_FIXED: Final = ("hidden", "submit")


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
    reader = _FieldReader()
    reader.feed(html)
    reader.close()
    return tuple(field for field in reader.fields.values() if field.name not in RESERVED)


class _FieldReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, FormField] = {}
        self._select: str | None = None  # the name of the select that is open
        self._option: str | None = None  # the text so far of an open option that has no value

    def handle_starttag(self, tag: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "option":
            self._begin_option(given)
        elif given.get("name") and "disabled" not in given:
            self._begin_control(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("option", "select"):
            self._end_option()
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._option is not None:
            self._option += data

    def _begin_control(self, tag: str, given: dict[str, str]) -> None:
        kind = {"input": given.get("type", "text").lower(), "button": given.get("type", "submit").lower()}.get(tag, tag)
        if kind in _NEVER_POSTED or not (tag in ("input", "button", "select", "textarea") or tag.startswith("crowd-")):
            return
        options: tuple[str, ...] = ()
        if kind in ("radio", "checkbox", "crowd-radio-button"):
            options = (given.get("value", "on"),)
        elif kind in _FIXED:
            options = (given.get("value", ""),)
        multiple = kind == "select" and "multiple" in given
        self._add(FormField(given["name"], kind, options, "required" in given, multiple))
        if kind == "select":
            self._select = given["name"]

    def _add(self, field: FormField) -> None:
        known = self.fields.setdefault(field.name, field)
        if known is not field and known.type == field.type and field.options:
            self.fields[field.name] = attrs.evolve(
                known,
                options=known.options + field.options,
                required=known.required or field.required,
                multiple=field.type == "checkbox",
            )

    def _begin_option(self, given: dict[str, str]) -> None:
        self._end_option()
        if self._select is None or "disabled" in given:
            return
        if "value" in given:
            self._add_option(given["value"])
        else:
            self._option = ""

    def _end_option(self) -> None:
        if self._option is not None:
            self._add_option(" ".join(self._option.split()))
        self._option = None

    def _add_option(self, value: str) -> None:
        if self._select is not None:
            field = self.fields[self._select]
            self.fields[self._select] = attrs.evolve(field, options=(*field.options, value))
