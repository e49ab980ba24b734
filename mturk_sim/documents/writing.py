"""From values to XML text: escaping, and the characters that XML cannot carry."""

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTES: Final = _IN_TEXT | {'"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
_TEXT_TABLE: Final = str.maketrans(_IN_TEXT)
_ATTRIBUTE_TABLE: Final = str.maketrans(_IN_ATTRIBUTES)


def require_characters(value: str, what: str) -> None:
    """Refuse what XML 1.0 has no way to write.

    Args:
        value: Any text.
        what: What to call it in the error.

    Raises:
        ValueError: It holds such a character; the error says which and where (counted from 0).
    """
    if found := _FORBIDDEN.search(value):
        code = f"U+{ord(found[0]):04X}"
        raise ValueError(f"{what} has {code} at position {found.start()}, which XML 1.0 cannot carry")


def escaped(value: str) -> str:
    """Text as it stands between tags; a carriage return as a reference, which alone survives a parser."""
    return value.translate(_TEXT_TABLE)


def quoted(value: str) -> str:
    """Text as it stands in an attribute, quotes included."""
    return f'"{value.translate(_ATTRIBUTE_TABLE)}"'
