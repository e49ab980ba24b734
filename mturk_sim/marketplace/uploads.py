"""Files that workers uploaded with an answer: not their contents, but the addresses they are fetched from (ASN-27)."""

from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from mturk_sim.core.clock import MINUTE, SECOND
from mturk_sim.documents import UploadedFile, parse_answers
from mturk_sim.marketplace.records import Assignment
from mturk_sim.marketplace.state import State

VALID_FOR: Final = MINUTE
"""How long an address is good for (ASN-27)."""
_HOST: Final = "https://mturk-uploads.s3.amazonaws.com"


class UploadUnavailable(LookupError):
    """An address gives no file, or none any more; the text says why."""


def uploaded_file(assignment: Assignment, question: str) -> UploadedFile | None:
    """The file that the worker uploaded in answer to a question, if that is what the answer is (ASN-37)."""
    value = parse_answers(assignment.answer).values().get(question) if assignment.answer else None
    return value if isinstance(value, UploadedFile) else None


def address(state: State, assignment: Assignment, question: str, file: UploadedFile) -> str:
    """Where the file can be fetched from for the next 60 seconds."""
    expires = (state.second + VALID_FOR) // SECOND
    query = {
        "AssignmentId": assignment.id,
        "QuestionIdentifier": question,
        "Expires": expires,
        "Signature": _signature(state, assignment.id, question, expires),
    }
    return f"{_HOST}/{file.key}?{urlencode(query)}"


def fetch(state: State, url: str) -> UploadedFile:
    """What an address gives now.

    Raises:
        UploadUnavailable: It is not one of this marketplace's, its time is over, or the HIT is disposed of.
    """
    given = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assignment_id, question = given.get("AssignmentId", ""), given.get("QuestionIdentifier", "")
    expires = int(given["Expires"]) if given.get("Expires", "").isdecimal() else 0
    if given.get("Signature") != _signature(state, assignment_id, question, expires):
        raise UploadUnavailable(f"GetFileUploadURL never answered {url}")
    if expires * SECOND <= state.clock.micros:
        raise UploadUnavailable("the address was good for 60 seconds, which are over; ask for a new one (ASN-27)")
    assignment = state.store.assignments.get(assignment_id)
    file = None if assignment is None else uploaded_file(assignment, question)
    if file is None:
        raise UploadUnavailable("the HIT is disposed of, and its files with it (HIT-55)")
    return file


def _signature(state: State, assignment_id: str, question: str, expires: int) -> str:
    return state.draws.digest(20, "upload", assignment_id, question, expires).hex()
