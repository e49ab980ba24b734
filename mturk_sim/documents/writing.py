"""From text to XML: elements, escaping, and the characters that XML cannot carry."""

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_TEXT: Final = str.maketrans(_IN_TEXT)
_ATTRIBUTE: Final = str.maketrans(_IN_TEXT | {'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


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


def escaped(text: str) -> str:
    """Text as it stands between tags; a carriage return as a reference, which alone survives a parser."""
    return text.translate(_TEXT)


def cdata(text: str) -> str:
    """Text as CDATA; what would end or change it there stands outside."""
    inside = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
    return f"<![CDATA[{inside}]]>"


def leaf(name: str, text: str) -> str:
    """An element with nothing but text."""
    return f"<{name}>{escaped(text)}</{name}>"


def element(name: str, *inside: str, **attributes: str | int | None) -> str:
    """An element with finished XML inside; an attribute that is None is left out."""
    given = "".join(
        f' {key}="{str(value).translate(_ATTRIBUTE)}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"
