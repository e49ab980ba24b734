"""Reading: what is refused before it can do harm, the verdict of the schemas, and that threads do not disturb it."""

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import pytest
from documents.hostile_documents import ENTITIES, FILE, HOSTILE, PAGE
from documents.mistakes import EVERYTHING
from documents.sample_documents import ANSWERS, EXTERNAL, FORM, HTML, KEY, LEGACY, VALID, spoil
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mturk_sim.documents import (
    DocumentError,
    HTMLQuestion,
    namespaces,
    parse_answer_key,
    parse_answers,
    parse_question,
    parse_test,
    reading,
)

PARSERS = [parse_question, parse_test, parse_answers, parse_answer_key]

IN_OPEN = 0x20  # of inotify


class Bait:
    """A file and a port of this machine that no document may touch; libxml2 would do so without Python's knowing."""

    def __init__(self, directory: Path) -> None:
        self.file = directory / "bait"
        self.file.write_text("<!-- caught -->")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self.events = ctypes.CDLL(None).inotify_init1(os.O_NONBLOCK)
        ctypes.CDLL(None).inotify_add_watch(self.events, os.fsencode(self.file), IN_OPEN)

    def placed(self, document: str) -> str:
        page = f"http://127.0.0.1:{self.listener.getsockname()[1]}/"
        return document.replace(FILE, f"file://{self.file}").replace(PAGE, page)

    def touched(self) -> bool:
        """Whether the file was opened or the port called since this was last asked."""
        try:
            return bool(os.read(self.events, 4096))
        except BlockingIOError:
            pass
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        os.close(self.events)
        self.listener.close()


@pytest.fixture
def bait(tmp_path: Path) -> Iterator[Bait]:
    if sys.platform != "linux":
        pytest.skip("who opens a file is seen through inotify, which only Linux has")
    bait = Bait(tmp_path)
    yield bait
    bait.close()


def test_the_bait_feels_what_touches_it(bait: Bait) -> None:
    assert not bait.touched()
    etree.XMLParser(load_dtd=True).feed(bait.placed(f"<!DOCTYPE x SYSTEM '{FILE}'><x/>"))
    assert bait.touched()
    assert not bait.touched()
    socket.create_connection(bait.listener.getsockname()).close()
    assert bait.touched()


@pytest.mark.rule("XML-05")
@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("document", [pytest.param(document, id=name) for name, document in HOSTILE.items()])
def test_a_hostile_document_is_refused_and_opens_nothing(
    parse: Callable[[str], object], document: str, bait: Bait
) -> None:
    with pytest.raises(DocumentError) as caught:
        parse(bait.placed(document))
    assert not bait.touched()
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("name", ENTITIES)
def test_a_doctype_is_refused_as_such_with_its_line(name: str) -> None:
    with pytest.raises(DocumentError, match=r"^DOCTYPE is disallowed") as caught:
        parse_question(ENTITIES[name])
    assert caught.value.line == ENTITIES[name][: ENTITIES[name].index("<!DOCTYPE")].count("\n") + 1


def test_deep_nesting_is_refused_as_such() -> None:
    with pytest.raises(DocumentError, match="nested too deeply") as caught:
        parse_question(HOSTILE["deep nesting"])
    assert caught.value.path == "/a" * 16 + "/…"


def test_the_doctype_of_a_page_in_cdata_is_no_doctype_of_the_document() -> None:
    assert "<!DOCTYPE html>" in HTML
    parse_question(HTML)


@pytest.mark.rule("XML-05", "HIT-20")
@pytest.mark.parametrize("letter", ["x", "é", "😀"])
def test_the_limit_counts_bytes_of_utf_8(letter: str) -> None:
    room = namespaces.MAX_BYTES - len(HTML.encode())
    fits = spoil(
        HTML, "<form>", "<form>" + letter * (room // len(letter.encode())) + "x" * (room % len(letter.encode()))
    )
    assert len(fits.encode()) == 65_535
    parse_question(fits)
    with pytest.raises(DocumentError) as caught:
        parse_question(fits.replace("<form>", "<form>x"))
    assert caught.value.kind == "size"


@pytest.mark.parametrize("hint", ["schemaLocation='urn:x {}'", "noNamespaceSchemaLocation='{}'"])
@pytest.mark.parametrize("place", ["<ExternalQuestion", "<FrameHeight"])
def test_hints_at_other_schemas_are_not_followed(hint: str, place: str, bait: Bait) -> None:
    for url in (FILE, PAGE):
        instance = "xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
        parse_question(bait.placed(spoil(EXTERNAL, place, f"{place} {instance} i:{hint.format(url)}")))
        assert not bait.touched()


@pytest.mark.parametrize("encoding", ["ASCII", "UTF-8", "ISO-8859-1", "UTF-16", "windows-1252"])
def test_a_declared_encoding_does_not_matter_for_text(encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>{spoil(HTML, "<form>", "é—😀")}'
    page = parse_question(document)
    assert isinstance(page, HTMLQuestion)
    assert "é—😀" in page.content


def test_half_a_surrogate_pair_is_no_character() -> None:
    with pytest.raises(DocumentError, match=r"^An invalid XML character \(Unicode: 0xd800\)") as caught:
        parse_question(spoil(HTML, "<form>", "\ud800"))
    assert caught.value.line == 2


@pytest.mark.rule("XML-10", "XML-30", "XML-40", "XML-45", "XML-49")
@pytest.mark.parametrize("name", VALID)
def test_the_samples_are_valid(name: str) -> None:
    reading.read(VALID[name], EVERYTHING)


@pytest.mark.rule("XML-04")
@pytest.mark.parametrize(
    ("parse", "refused"),
    [
        (parse_question, [ANSWERS, KEY]),
        (parse_test, [HTML, EXTERNAL, ANSWERS, KEY]),
        (parse_answers, [FORM, KEY]),
        (parse_answer_key, [FORM, ANSWERS]),
    ],
)
def test_each_parser_takes_its_own_namespaces_alone(parse: Callable[[str], object], refused: list[str]) -> None:
    for document in refused:
        with pytest.raises(DocumentError, match="Cannot find the declaration of element"):
            parse(document)


# --- the verdict is that of the schemas, whatever the document (a sanity check against lxml alone) -------------------

PIECES = [
    "<",
    ">",
    "&",
    "&amp;",
    '"',
    "x",
    "",
    "</Question>",
    "<Text>t</Text>",
    "-1",
    "true",
    "<!-- c -->",
    "]]>",
    "\n",
]


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A valid document with a piece cut out, doubled or replaced."""
    document = VALID[draw(st.sampled_from(sorted(VALID)))]
    edges = sorted({0, len(document), *(at for at, letter in enumerate(document) if letter in "<>")})
    start = draw(st.sampled_from(edges))
    end = draw(st.sampled_from(edges[edges.index(start) : edges.index(start) + 6]))
    piece = draw(st.sampled_from([*PIECES, document[start:end] * 2]))
    return document[:start] + piece + document[end:]


def plain_verdict(document: str) -> bool:
    try:
        root = etree.fromstring(document.encode(), etree.XMLParser(encoding="utf-8"))
    except etree.XMLSyntaxError:
        return False
    namespace = str(root.tag)[1:].partition("}")[0]
    if namespace not in EVERYTHING:
        return False
    source = files("mturk_sim.documents").joinpath("schemas", reading._SCHEMAS[namespace][0]).read_bytes()
    return etree.XMLSchema(etree.fromstring(source)).validate(root)


@given(spoiled())
def test_the_verdict_is_that_of_the_schema(document: str) -> None:
    try:
        reading.read(document, EVERYTHING)
        refused = None
    except DocumentError as error:
        refused = error
    assert (refused is None) == plain_verdict(document)
    assert refused is None or (refused.details and refused.line > 0)


def test_threads_get_the_message_of_their_own_document() -> None:
    documents = [spoil(EXTERNAL, "600", f"tall{n}") for n in range(64)]

    def complaint(document: str) -> str:
        with pytest.raises(DocumentError) as caught:
            parse_question(document)
        return caught.value.details

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(complaint, documents))
    assert told == [f"cvc-datatype-valid.1.2.1: 'tall{n}' is not a valid value for 'integer'." for n in range(64)]


def test_legacy_parts_are_in_the_schema_of_2005_alone() -> None:
    reading.read(LEGACY, EVERYTHING, legacy=True)
    for document, legacy in ((LEGACY, False), (LEGACY.replace("2005-10-01", "2017-11-06"), True)):
        with pytest.raises(DocumentError, match="cvc-complex-type"):
            reading.read(document, EVERYTHING, legacy=legacy)
