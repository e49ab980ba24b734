"""ExternalQuestions: what the frame's address becomes, and which addresses workers' browsers show."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mturk_sim.documents import ExternalQuestion, frame_url, preview_url, submit_url


@pytest.mark.rule("ASN-31", "ASN-33", "XML-47")
def test_the_frame_is_told_assignment_hit_worker_and_where_to_submit() -> None:
    question = ExternalQuestion("https://example.com/task", 0)
    assert frame_url(question, assignment_id="3A", hit_id="3H", worker_id="AW", sandbox=False) == (
        "https://example.com/task?assignmentId=3A&hitId=3H&workerId=AW&turkSubmitTo=https%3A%2F%2Fwww.mturk.com"
    )
    assert frame_url(question, assignment_id="3A", hit_id="3H", worker_id="AW").endswith(
        "&turkSubmitTo=https%3A%2F%2Fworkersandbox.mturk.com"
    )


@pytest.mark.rule("ASN-32", "XML-47")
def test_a_preview_has_neither_assignment_nor_worker_nor_a_place_to_submit_to() -> None:
    assert preview_url(ExternalQuestion("https://example.com/", 0), hit_id="3H") == (
        "https://example.com/?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=3H"
    )


@pytest.mark.rule("ASN-31")
@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://e.com", "https://e.com?"),
        ("https://e.com/?", "https://e.com/?"),
        ("https://e.com/?a=1", "https://e.com/?a=1&"),
        ("https://e.com/?a=1&", "https://e.com/?a=1&"),
        ("https://e.com/?q=a%20b&empty=", "https://e.com/?q=a%20b&empty=&"),
    ],
)
def test_a_query_the_address_has_is_kept(url: str, start: str) -> None:
    assert preview_url(url, hit_id="3H") == f"{start}assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=3H"


@pytest.mark.rule("ASN-31")
def test_a_fragment_stays_at_the_end() -> None:
    assert preview_url("https://e.com/#/task?x", hit_id="3H").endswith("&hitId=3H#/task?x")


@given(st.text(max_size=8), st.text(max_size=8))
def test_what_the_frame_is_told_can_be_read_back(assignment_id: str, worker_id: str) -> None:
    url = frame_url("https://e.com/?a=1", assignment_id=assignment_id, hit_id="3H", worker_id=worker_id)
    told = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    assert (told["assignmentId"], told["workerId"], told["a"]) == (assignment_id, worker_id, "1")


@pytest.mark.rule("ASN-33")
def test_forms_post_to_external_submit() -> None:
    assert submit_url() == "https://workersandbox.mturk.com/mturk/externalSubmit"
    assert submit_url(sandbox=False) == "https://www.mturk.com/mturk/externalSubmit"


@pytest.mark.rule("C39", "XML-45")
@pytest.mark.parametrize(
    ("url", "secure"),
    [
        ("https://example.com/", True),
        ("HTTPS://EXAMPLE.COM", True),
        ("http://localhost:5000/ad?x=1", True),
        ("http://127.0.0.1/", True),
        ("http://example.com/", False),
        ("http://localhost.example.com/", False),
        ("http://example.com/?localhost", False),
        ("http://localhost@example.com/", False),
        ("http://127.0.0.2/", False),
        ("ftp://example.com/", False),
        ("javascript:alert(1)", False),
        ("/relative", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_plain_http_is_for_this_machine_alone(url: str, secure: bool) -> None:
    assert ExternalQuestion(url, 0).is_secure is secure
