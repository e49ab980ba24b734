"""What a worker's browser loads, and what comes of the form it posts."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from helpers import api, hand_in, post

from mturk_sim import Simulation, WorkerRefused, simulate
from mturk_sim.documents import (
    FreeTextAnswer,
    Question,
    QuestionForm,
    Selected,
    Selection,
    SelectionAnswer,
    Text,
    external_question_document,
    question_answers,
    question_form_document,
)

URL = "https://example.com/task?batch=7&x=a%20b"
EXTERNAL = external_question_document(URL, 600)


def query(url: str | None) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(str(url)).query)


def answer_to(sim: Simulation, assignment_id: str) -> str:
    text: str = api(sim).get_assignment(AssignmentId=assignment_id)["Assignment"]["Answer"]
    return text


# --- the frame ---------------------------------------------------------------------------------------------------
@pytest.mark.rule("ASN-31", "ASN-33", "XML-47")
@pytest.mark.parametrize(
    ("sandbox", "site"), [(True, "https%3A%2F%2Fworkersandbox.mturk.com"), (False, "https%3A%2F%2Fwww.mturk.com")]
)
def test_the_frame_of_an_accepted_hit(sandbox: bool, site: str) -> None:
    with simulate(sandbox=sandbox) as sim:
        hit_id = post(sim, Question=EXTERNAL)
        handle = sim.worker().accept(hit_id)
        assert handle.frame_url == (
            f"{URL}&assignmentId={handle.id}&hitId={hit_id}&workerId={handle.worker.id}&turkSubmitTo={site}"
        )


@pytest.mark.rule("ASN-32", "XML-47")
def test_the_frame_of_a_preview(mturk: Simulation) -> None:
    hit_id = post(mturk, Question=external_question_document("https://example.com/task", 600))
    worker = mturk.worker()
    assert worker.preview_url(hit_id) == (
        f"https://example.com/task?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId={hit_id}"
    )
    assert worker.preview(hit_id).frame_height == 600
    mturk.clock.advance(days=2)
    with pytest.raises(WorkerRefused, match="expired"):
        worker.preview_url(hit_id)


@pytest.mark.rule("ASN-38", "ASN-30")
def test_an_html_question_is_served_by_the_site_with_the_same_parameters(mturk: Simulation) -> None:
    hit_id = post(mturk)
    handle = mturk.worker().accept(hit_id)
    url = urlsplit(str(handle.frame_url))
    assert (url.scheme, url.hostname) == ("https", "www.mturkcontent.com")
    assert query(handle.frame_url) == [
        ("assignmentId", handle.id),
        ("hitId", hit_id),
        ("workerId", handle.worker.id),
        ("turkSubmitTo", "https://workersandbox.mturk.com"),
    ]
    other = mturk.worker().preview_url(post(mturk))
    assert [name for name, _ in query(other)] == ["assignmentId", "hitId"]


FORM = question_form_document(
    QuestionForm(
        (
            Question(
                "colour",
                (Text("Which?"),),
                SelectionAnswer((Selection("r", Text("red")), Selection("b", Text("blue")))),
            ),
            Question("why", (Text("Why?"),), FreeTextAnswer()),
        )
    )
)


@pytest.mark.rule("ASN-30", "ASN-37")
def test_a_form_has_no_frame_and_takes_texts_and_selections(mturk: Simulation) -> None:
    hit_id = post(mturk, Question=FORM)
    worker = mturk.worker()
    assert worker.preview_url(hit_id) is None
    handle = worker.accept(hit_id)
    assert handle.frame_url is None
    handle.submit({"colour": Selected(("r",), other="or so"), "why": "because"})
    assert question_answers(answer_to(mturk, handle.id)) == {
        "colour": Selected(("r",), other="or so"),
        "why": "because",
    }


# --- what is posted ----------------------------------------------------------------------------------------------
@pytest.mark.rule("ASN-34", "ASN-35", "XML-43")
def test_fields_come_back_in_the_forms_order_without_the_reserved_ones(mturk: Simulation) -> None:
    fields = [
        ("zebra", "1"),
        ("assignmentId", "3X"),
        ("apple", ""),
        ("hitId", "3Y"),
        ("submit", "Send"),
        ("mango", "é"),
    ]
    (assignment_id,) = hand_in(mturk, post(mturk, Question=EXTERNAL), answers=fields)
    answers = question_answers(answer_to(mturk, assignment_id))
    assert list(answers.items()) == [("zebra", "1"), ("apple", ""), ("submit", "Send"), ("mango", "é")]


@pytest.mark.rule("ASN-35")
def test_of_a_repeated_name_one_value_survives(mturk: Simulation) -> None:
    fields = [("tag", "cat"), ("other", "x"), ("tag", "dog")]
    (assignment_id,) = hand_in(mturk, post(mturk), answers=fields)
    assert answer_to(mturk, assignment_id).count("<QuestionIdentifier>tag<") == 1


@pytest.mark.rule("ASN-34")
@pytest.mark.parametrize("fields", [{}, {"assignmentId": "3X"}, [("hitId", "3Y"), ("assignmentId", "3X")]])
def test_a_submission_needs_a_field_besides_the_reserved_ones(mturk: Simulation, fields: Any) -> None:
    hit_id = post(mturk, Question=EXTERNAL)
    handle = mturk.worker().accept(hit_id)
    with pytest.raises(ValueError, match="at least one"):
        handle.submit(fields)
    assert handle.status == "Accepted"


@pytest.mark.rule("ASN-36")
def test_an_answer_is_one_line_of_ascii(mturk: Simulation) -> None:
    (assignment_id,) = hand_in(mturk, post(mturk), answers={"täg": "a — b\nc <&>"})
    text = answer_to(mturk, assignment_id)
    assert text.isascii()
    assert text.startswith('<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://')
    assert "a &#8212; b" in text
    assert "<QuestionIdentifier>t&#228;g</QuestionIdentifier>" in text
    assert question_answers(text) == {"täg": "a — b\nc <&>"}


# --- who works ---------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-06")
def test_worker_ids_have_the_services_form(mturk: Simulation) -> None:
    names = [mturk.worker().id for _ in range(5)]
    assert all(len(name) == 14 and name[0] == "A" and name.isalnum() and name.upper() == name for name in names)
    assert len(set(names)) == 5
    assert mturk.worker("A143XRCI1YXAFE") is mturk.worker("A143XRCI1YXAFE")
    for bad in ("B143", "a143", "A1,A1", "A" * 65, ""):
        with pytest.raises(ValueError, match="is no worker id"):
            mturk.worker(bad)


@pytest.mark.rule("ASN-26")
def test_blocked_and_unqualified_workers_cannot_accept(mturk: Simulation) -> None:
    need = {"QualificationTypeId": "00000000000000000071", "Comparator": "EqualTo", "LocaleValues": [{"Country": "DE"}]}
    hit_id = post(mturk, QualificationRequirements=[need])
    foreign, blocked = mturk.worker(country="US"), mturk.worker(country="DE")
    api(mturk).create_worker_block(WorkerId=blocked.id, Reason="spam")
    for worker, reason in ((foreign, "unqualified"), (blocked, "blocked")):
        with pytest.raises(WorkerRefused) as caught:
            worker.accept(hit_id)
        assert caught.value.reason == reason
    mturk.worker(country="DE").accept(hit_id)
