"""Errors: they say what and where, and survive a trip to another process."""

import pickle

from mturk_sim.documents import DocumentError, LayoutError


def test_a_document_error_shows_its_place() -> None:
    assert str(DocumentError("Bad.", line=3, path="/A/B[2]")) == "Bad. [line 3 /A/B[2]]"
    assert str(DocumentError("Bad.", path="/A")) == "Bad. [/A]"
    assert str(DocumentError("Bad.", kind="size")) == "Bad."


def test_a_layout_error_names_the_parameters() -> None:
    assert str(LayoutError(["a", "b"])) == "missing layout parameters: a, b"
    assert str(LayoutError([], ["c"])) == "parameters that the layout does not use: c"


def test_errors_can_be_sent_to_another_process() -> None:
    error = pickle.loads(pickle.dumps(DocumentError("Bad.", kind="xhtml", line=3, path="/A")))
    assert (error.details, error.kind, error.line, error.path) == ("Bad.", "xhtml", 3, "/A")
    layout = pickle.loads(pickle.dumps(LayoutError(["a"], ["b"])))
    assert (layout.missing, layout.unknown) == (("a",), ("b",))
