"""HITLayouts: a page with placeholders `${name}` that CreateHIT fills in (ASN-39, XML-51)."""

import re
from collections.abc import Mapping
from typing import Final

from mturk_sim.documents.errors import LayoutError

_PLACEHOLDER: Final = re.compile(r"\$\{([^{}]*)\}")


def merge_layout(template: str, values: Mapping[str, str]) -> str:
    """The document that a layout becomes with the given parameters.

    Values go in as they are, so that a `<` or `&` in one can break the document, as it did live; a `${…}` inside a
    value is text, not another placeholder.

    Args:
        template: The layout's question document.
        values: Parameter name -> value. Just the names of the placeholders, each once.

    Raises:
        LayoutError: A placeholder has no value, or a value no placeholder.
    """
    names = placeholders(template)
    missing = [name for name in names if name not in values]
    unknown = [name for name in values if name not in names]
    if missing or unknown:
        raise LayoutError(missing, unknown)
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


def placeholders(template: str) -> tuple[str, ...]:
    """The names a layout asks for, each once, in the order of their first appearance."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))
