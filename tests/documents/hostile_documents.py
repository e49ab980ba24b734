"""Documents that would do harm if they were read without care."""

from typing import Final

from documents.sample_documents import ANSWERS, EXTERNAL, HTML, spoil

BOMB: Final = "<!DOCTYPE lolz [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
FILE: Final = "file://bait"
PAGE: Final = "http://bait"
"""They stand for the addresses of a file and of a page that no document may touch."""

ENTITIES: Final = {
    "entity bomb": BOMB + EXTERNAL.replace("600", "&a9;"),
    "entity bomb behind a comment": f"<?xml version='1.0'?>\n<!-- x -->\n{BOMB}{EXTERNAL.replace('600', '&a9;')}",
    "file as an entity": f"<!DOCTYPE x [<!ENTITY f SYSTEM '{FILE}'>]>{EXTERNAL.replace('600', '&f;')}",
    "page as an entity": f"<!DOCTYPE x [<!ENTITY f SYSTEM '{PAGE}'>]>{EXTERNAL.replace('600', '&f;')}",
    "file as a parameter entity": f"<!DOCTYPE x [<!ENTITY % f SYSTEM '{FILE}'> %f;]>{EXTERNAL}",
    "file as a DTD": f"<!DOCTYPE x SYSTEM '{FILE}'>{EXTERNAL}",
    "page as a DTD": f"<!DOCTYPE x PUBLIC 'x' '{PAGE}'>{EXTERNAL}",
}
HOSTILE: Final = ENTITIES | {
    "a megabyte": spoil(HTML, "<form>", "x" * 2**20),
    "a megabyte of answers": spoil(ANSWERS, "<FreeText/>", f"<FreeText>{'x' * 2**20}</FreeText>"),
    "a megabyte that is no XML": "<" * 2**20,
    "deep nesting": "<a>" * 20_000,
    "deep and closed nesting": "<a>" * 8_000 + "</a>" * 8_000,
    "deep nesting in a valid root": spoil(HTML, "<HTMLContent>", "<HTMLContent>" + "<a>" * 15_000),
}
