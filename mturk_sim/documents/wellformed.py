"""Xerces' words for text that is not well-formed XML (XML-02, XML-60).

The parser is libxml2, whose complaints are worded and ordered differently. So when it has refused a text, the text is
scanned once more, here, in Xerces' order and only to find what Xerces would say and where.
"""

import re
from collections.abc import Iterable
from typing import Final, NoReturn

import attrs

from mturk_sim.documents.words import WORDS

_START: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE: Final = rf"{_START}\-.0-9\xb7\u0300-\u036f\u203f-\u2040"
_NAME: Final = re.compile(f"[:{_START}][:{_MORE}]*")
_QNAME: Final = re.compile(f"[{_START}][{_MORE}]*(?::[{_START}][{_MORE}]*)?")
_SPACES: Final = re.compile(r"[ \t\r\n]*")
_ALLOWED: Final = "\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_BAD: Final = re.compile(f"[^{_ALLOWED}]")
_DATA: Final = re.compile(f"(?:(?!]]>|[<&])[{_ALLOWED}])*")
_VALUE: Final = re.compile(f"(?:(?![<&\"'])[{_ALLOWED}])*")
_RESERVED: Final = re.compile(r"<\?xml(?![-\w.:])", re.IGNORECASE)
_DECLARATION: Final = re.compile(
    r"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:'([^']*)'|"([^"]*)")"""
    r"""(?:[ \t\r\n]+(?:encoding|standalone)[ \t\r\n]*=[ \t\r\n]*(?:'[^']*'|"[^"]*"))*[ \t\r\n]*\?>"""
)
_DECLARED: Final = re.compile(r"<\?xml[ \t\r\n]")
_VERSIONED: Final = re.compile(r"<\?xml[ \t\r\n]+version")
_DECIMAL: Final = ("decimal", "&#", re.compile("[0-9]*"), 10)
_HEXADECIMAL: Final = ("hexadecimal", "&#x", re.compile("[0-9a-fA-F]*"), 16)
_DEEPEST: Final = 256  # elements in elements that libxml2 allows
_SHOWN: Final = 16
_PREDEFINED: Final = ("amp", "lt", "gt", "quot", "apos")


@attrs.frozen
class Mistake:
    """The first mistake in a text: Xerces' words, the line (from 1), and the elements open there ("" for none)."""

    details: str
    line: int
    path: str


def first_mistake(text: str) -> Mistake | None:
    """What Xerces would say about a text that is not well-formed; None where this scanner sees nothing wrong."""
    scanner = _Scanner(text)
    try:
        scanner.document()
    except _Found as found:
        steps = [name.rpartition(":")[2] for name in scanner.open[:_SHOWN]] + ["…"] * (len(scanner.open) > _SHOWN)
        path = "".join(f"/{step}" for step in steps)
        return Mistake(str(found), text.count("\n", 0, scanner.at) + 1, path)
    return None


def invalid_character(character: str, where: str = "the element content of the document") -> str:
    """The message for a character that XML 1.0 does not know."""
    return WORDS["InvalidCharacter"].format(f"{ord(character):x}", where)


class _Found(Exception):
    """The message."""


class _Cursor:
    """A place in a text, and ways to go on from it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if not found:
            return ""
        self.at = found.end()
        return found[0]

    def ahead(self, piece: str) -> bool:
        return self.text.startswith(piece, self.at)

    def name_ahead(self, further: int = 0) -> bool:
        return bool(_NAME.match(self.text, self.at + further))

    def at_end(self, further: int = 0) -> bool:
        return self.at + further >= len(self.text)

    def require_more(self, further: int = 0) -> None:
        if self.at_end(further):
            self.fail("Truncated")

    def require_valid(self, end: int, where: str) -> None:
        if found := _BAD.search(self.text, self.at, end):
            self.at = found.start()
            raise _Found(invalid_character(found[0], where))

    def fail(self, words: str, *names: str) -> NoReturn:
        raise _Found(WORDS[words].format(*names))


class _Scanner(_Cursor):
    """Reads a document; `open` are the elements begun and not ended."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.open: list[str] = []
        self._bound: list[frozenset[str]] = [frozenset({"xml", "xmlns"})]

    def document(self) -> None:
        if not self.text.strip(" \t\r\n"):
            self.fail("Premature")
        self._declaration()
        self._before_root()
        self._start_tag()
        while self.open:
            self._content()
        self._behind_root()

    def _declaration(self) -> None:
        if not _DECLARED.match(self.text):
            return
        found = _DECLARATION.match(self.text)
        if not found:
            self.fail("PseudoAttribute" if _VERSIONED.match(self.text) else "VersionRequired")
        if (version := found[1] or found[2]) != "1.0":
            self.fail("VersionNotSupported", version)
        self.at = found.end()

    def _before_root(self) -> None:
        self._miscellany()
        self.require_more(1 if self.ahead("<") else 0)
        if not self.ahead("<"):
            self.fail("ReferenceInProlog" if self.ahead("&") else "ContentInProlog")
        if not self.name_ahead(1):
            self.fail("MarkupInProlog")

    def _behind_root(self) -> None:
        self._miscellany()
        if not self.at_end():
            self.fail("MarkupInTrailing" if self.ahead("<") else "ContentInTrailing")

    def _miscellany(self) -> None:
        """White space, comments and instructions."""
        while self.skip(_SPACES) or self.ahead("<!--") or self.ahead("<?"):
            if self.ahead("<!--"):
                self._comment()
            elif self.ahead("<?"):
                self._instruction()

    def _content(self) -> None:
        """One piece of what is between tags."""
        self.skip(_DATA)
        self.require_more()
        if self.ahead("&"):
            self._reference()
        elif self.ahead("</"):
            self._end_tag()
        elif self.ahead("<!--"):
            self._comment()
        elif self.ahead("<![CDATA["):
            self._section(9, "]]>", "the CDATA section")
        elif self.ahead("<?"):
            self._instruction()
        elif self.ahead("]]>"):
            self.fail("CDEndInContent")
        elif not self.ahead("<"):
            self.require_valid(self.at + 1, "the element content of the document")
        elif self.name_ahead(1):
            self._start_tag()
        else:
            self.require_more(1)
            self.fail("MarkupInContent")

    def _start_tag(self) -> None:
        self.at += 1
        name = self._name()
        attributes: list[str] = []
        while True:
            spaced = self.skip(_SPACES)
            self.require_more()
            if self.ahead(">") or self.ahead("/>"):
                break
            if not spaced or not self.name_ahead():
                self.fail("ElementUnterminated", name)
            attributes.append(self._name())
            self._attribute_value(name, attributes[-1])
        bound = self._bound[-1].union(_declared(attributes))
        self._check_names(name, attributes, bound)
        if self.ahead(">"):
            if len(self.open) == _DEEPEST:
                self.fail("TooDeep")
            self.open.append(name)
            self._bound.append(bound)
        self.at += 1 if self.ahead(">") else 2

    def _attribute_value(self, element: str, attribute: str) -> None:
        self.skip(_SPACES)
        self.require_more()
        if not self.ahead("="):
            self.fail("EqualsRequired", element, attribute)
        self.at += 1
        self.skip(_SPACES)
        self.require_more()
        quote = self.text[self.at]
        if quote not in "'\"":
            self.fail("OpenQuoteExpected", element, attribute)
        self.at += 1
        while self.skip(_VALUE) or not self.ahead(quote):
            self.require_more()
            if self.ahead("<"):
                self.fail("LessThanInAttribute", element, attribute)
            if self.ahead("&"):
                self._reference()
            elif not self.ahead(quote):
                self.require_valid(self.at + 1, f'the value of attribute "{attribute}" and element is "{element}"')
                self.at += 1
        self.at += 1

    def _check_names(self, element: str, attributes: list[str], bound: frozenset[str]) -> None:
        if (prefix := _prefix(element)) and prefix not in bound:
            self.fail("ElementPrefixUnbound", prefix, element)
        seen: set[str] = set()
        for attribute in attributes:
            if attribute in seen:
                self.fail("AttributeNotUnique", element, attribute)
            if (prefix := _prefix(attribute)) and prefix not in bound:
                self.fail("AttributePrefixUnbound", prefix, element, attribute)
            seen.add(attribute)

    def _end_tag(self) -> None:
        name = self.open[-1]
        if not self.ahead(f"</{name}"):
            self.fail("EndTagRequired", name)
        self.at += len(name) + 2
        self.skip(_SPACES)
        self.require_more()
        if not self.ahead(">"):
            self.fail("EndTagUnterminated", name)
        self.at += 1
        self.open.pop()
        self._bound.pop()

    def _reference(self) -> None:
        """A reference to a character or to an entity; without a DOCTYPE there are but five entities."""
        self.at += 1
        if self.ahead("#"):
            self._character_reference(*(_HEXADECIMAL if self.ahead("#x") else _DECIMAL))
            return
        name = self.skip(_NAME)
        if not name:
            self.fail("EntityNameRequired")
        self.require_more()
        if not self.ahead(";"):
            self.fail("SemicolonRequired", name)
        if name not in _PREDEFINED:
            self.fail("EntityNotDeclared", name)
        self.at += 1

    def _character_reference(self, kind: str, start: str, digits: re.Pattern[str], base: int) -> None:
        self.at += len(start) - 1
        number = self.skip(digits)
        if not number:
            self.fail("DigitsRequired", kind, start)
        if not self.ahead(";"):
            self.fail("SemicolonAfterDigits")
        significant = number.lstrip("0") or "0"
        if len(significant) > 7 or int(significant, base) > 0x10FFFF or _BAD.match(chr(int(significant, base))):
            self.fail("InvalidReference", start + number)
        self.at += 1

    def _comment(self) -> None:
        self._section(4, "--", "the comment")
        if not self.ahead(">"):
            self.fail("DashDashInComment")
        self.at += 1

    def _instruction(self) -> None:
        if _RESERVED.match(self.text, self.at):
            self.fail("ReservedTarget")
        self.at += 2
        if not self.skip(_NAME):
            self.fail("TargetRequired")
        if not self.ahead("?>") and not self.skip(_SPACES):
            self.require_more()
            self.fail("SpaceRequired")
        self._section(0, "?>", "the processing instruction")

    def _section(self, opening: int, closing: str, where: str) -> None:
        end = self.text.find(closing, self.at + opening)
        self.require_valid(end if end >= 0 else len(self.text), where)
        self.at = end + len(closing) if end >= 0 else len(self.text)
        if end < 0:
            self.fail("Truncated")

    def _name(self) -> str:
        name = self.skip(_QNAME)
        if self.ahead(":") and ":" not in name:
            self.fail("NoQName", f"{name}:")
        return name


def _prefix(name: str) -> str:
    return name.partition(":")[0] if ":" in name else ""


def _declared(attributes: Iterable[str]) -> set[str]:
    """The prefixes that a start tag binds."""
    return {name.removeprefix("xmlns:") for name in attributes if name.startswith("xmlns:")}
