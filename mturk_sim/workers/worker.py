"""A worker driven by hand, and the handle of an assignment it holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from mturk_sim.core.arguments import expect, expect_id
from mturk_sim.core.clock import instant
from mturk_sim.documents import (
    ExternalQuestion,
    HTMLQuestion,
    frame_url,
    parse_question,
    parse_test,
    preview_url,
)
from mturk_sim.marketplace import door, eligibility
from mturk_sim.marketplace.inbox import Message
from mturk_sim.marketplace.qualifications import door as qualification_door
from mturk_sim.marketplace.qualifications.records import GRANTED
from mturk_sim.marketplace.records import HIT, Assignment, WorkerAccount, dollars
from mturk_sim.marketplace.requirement import Value
from mturk_sim.marketplace.world import World
from mturk_sim.workers.handing_in import document_of, test_document
from mturk_sim.workers.qualification_request import QualificationRequestHandle, see_to_skill

Answers = Mapping[str, Any] | Sequence[tuple[str, Any]] | str
"""Question or field name -> text or list of selection ids; or a ready QuestionFormAnswers document."""

_OWN_PAGES: Final = "https://www.mturkcontent.com/dynamic/hit"
"""Where the service serves the page of an HTMLQuestion from (ASN-38)."""


def _parsed(world: World, question: str) -> Any:
    """A question that the service took, parsed."""
    return parse_question(question, legacy_file_upload=world.behavior.legacy_file_upload)


def _page(question: Any) -> str | None:
    """The page that shows a question in a frame, if one does."""
    match question:
        case ExternalQuestion(url=url):
            return url
        case HTMLQuestion():
            return _OWN_PAGES
    return None


class Worker:
    """Somebody who works on HITs, and does just what the test tells them.

    Every act first lets happen what is due by now. An act the service would not allow raises `WorkerRefused`, which
    says why, and changes nothing.
    """

    def __init__(self, world: World, account: WorkerAccount) -> None:
        self._world = world
        self.account = account

    @property
    def id(self) -> str:
        """The worker's id (HIT-06)."""
        return self.account.id

    @property
    def earned(self) -> Decimal:
        """Rewards and bonuses paid so far, in dollars."""
        return dollars(self._world.books.paid_to(self.id))

    @property
    def inbox(self) -> list[Message]:
        """What the worker was told by now, in order."""
        with self._world.lock:
            self._world.settle()
            return list(self.account.inbox)

    def search(self, keywords: str | None = None) -> list[HIT]:
        """The HITs the worker finds, the newest first; with words that title, description or keywords must hold."""
        expect(keywords, str | None, "search", "the words to look for in one text, or nothing")
        return door.search(self._world, self.account, keywords)

    def preview(self, hit_id: str) -> Any:
        """The parsed question of a HIT, seen without accepting it.

        Raises:
            WorkerRefused: The HIT is not on the market, or the worker may not see it.
        """
        expect_id(hit_id, "HITId")
        return _parsed(self._world, door.preview(self._world, self.account, hit_id).question)

    def preview_url(self, hit_id: str) -> str | None:
        """The address that the worker's browser loads for a preview; None for a form, which is no page (ASN-32).

        Raises:
            WorkerRefused: The HIT is not on the market.
        """
        page = _page(self.preview(hit_id))
        return None if page is None else preview_url(page, hit_id=hit_id)

    def accept(self, hit_id: str) -> "AssignmentHandle":
        """Accept a HIT; the handle is for handing the work in or giving it back (ASN-02).

        Raises:
            WorkerRefused: The service would not let this worker have it; the text says why.
        """
        expect_id(hit_id, "HITId")
        return AssignmentHandle(self._world, self, door.accept(self._world, self.account, hit_id))

    def submit(self, assignment: "AssignmentHandle | str", answers: Answers) -> "AssignmentHandle":
        """Hand in answers for an assignment the worker holds.

        Args:
            assignment: The handle, or the assignment's id.
            answers: Question or field name -> text or list of selection ids; or a ready document.

        Raises:
            WorkerRefused: The worker does not hold the assignment, or its deadline has passed.
            ValueError: The answers are empty, hold a character XML cannot carry, or are no valid document.
        """
        handle = self._handle(assignment)
        document = document_of(handle.question, answers)
        door.submit(self._world, self.account, handle.id, document)
        return handle

    def return_(self, assignment: "AssignmentHandle | str") -> None:
        """Give an assignment back (HIT-29).

        Raises:
            WorkerRefused: The worker does not hold it.
        """
        handle = self._handle(assignment)
        door.return_(self._world, self.account, handle.id)

    def request_qualification(
        self, type_id: str, answers: Answers | None = None, *, skill: float | None = None
    ) -> QualificationRequestHandle:
        """Ask for a Qualification, and take its test, if it has one, at once or later with the handle (QTY-07, QRQ-01).

        Args:
            type_id: The QualificationTypeId.
            answers: Answers to the test: question id -> text or list of selection ids; or a ready document.
            skill: Instead of answers, how likely each question that the test's key scores is answered best, 0 to 1.

        Raises:
            WorkerRefused: The type is unknown or takes no requests, or not again, or not yet (QRQ-12).
            ValueError: Answers or a skill are given for a type to which they do not apply, or are not valid.
        """
        if answers is not None and skill is not None:
            raise ValueError("answers or skill decide how the test is taken, not both")
        expect_id(type_id, "QualificationTypeId")
        with self._world.lock:
            self._world.settle()
            wanted = qualification_door.requestable(self._world, self.account, type_id)
            if wanted.test is None and (answers is not None or skill is not None):
                raise ValueError(f"{wanted.name} ({type_id}) has no test to be answered")
            document = None if answers is None else test_document(parse_test(wanted.test or ""), answers)
            if skill is not None:
                see_to_skill(skill, wanted.key, type_id)
            handle = QualificationRequestHandle(
                self._world, self, qualification_door.request(self._world, self.account, type_id)
            )
            if document is not None:
                handle.submit(document)
            return handle if skill is None else handle.take(skill)

    @property
    def qualifications(self) -> dict[str, int]:
        """What the worker holds by now, granted by requesters: QualificationTypeId -> value, first granted first."""
        with self._world.lock:
            self._world.settle()
            held = self._world.store.qualifications.held.get(self.id, {}).values()
            return {each.type_id: each.value for each in held if each.status == GRANTED}

    def value_of(self, type_id: str) -> Value | None:
        """The worker's value of a Qualification type by now, the system's included; None without it (REQ-16).

        A `Locale` for the worker's country, an integer for everything else.
        """
        with self._world.lock:
            self._world.settle()
            return eligibility.value_of(self._world, self.account, type_id)

    def _handle(self, assignment: "AssignmentHandle | str") -> "AssignmentHandle":
        if isinstance(assignment, AssignmentHandle):
            return assignment
        expect_id(assignment, "AssignmentId")
        record = self._world.store.assignments.get(assignment)
        if record is None:
            raise door.WorkerRefused("not_held", door.unknown(self._world, "assignment", assignment))
        if record.worker_id != self.id:
            raise door.WorkerRefused("not_held", f"worker {self.id} does not hold assignment {assignment}")
        return AssignmentHandle(self._world, self, record)

    def __repr__(self) -> str:
        return f"Worker({self.id!r})"


class AssignmentHandle:
    """An assignment in the hands of the worker who accepted it."""

    def __init__(self, world: World, worker: Worker, record: Assignment) -> None:
        self._world = world
        self._record = record
        self._question = world.store.hits[record.hit_id].question
        self.worker = worker

    @property
    def id(self) -> str:
        """The AssignmentId."""
        return self._record.id

    @property
    def hit_id(self) -> str:
        """The HITId."""
        return self._record.hit_id

    @property
    def status(self) -> str:
        """The state by now: Accepted, Submitted, Approved, Rejected, Returned or Abandoned."""
        with self._world.lock:
            self._world.settle()
            return self._record.status

    @property
    def deadline(self) -> datetime:
        """When the work must be in, as an aware UTC datetime (ASN-02)."""
        return instant(self._record.deadline)

    @property
    def question(self) -> Any:
        """The HIT's question, parsed."""
        return _parsed(self._world, self._question)

    @property
    def frame_url(self) -> str | None:
        """The address that the worker's browser loads to work; None for a form, which is no page (ASN-31, ASN-38)."""
        page, world = _page(self.question), self._world
        if page is None:
            return None
        return frame_url(
            page, assignment_id=self.id, hit_id=self.hit_id, worker_id=self.worker.id, sandbox=world.sandbox
        )

    def submit(self, answers: Answers) -> "AssignmentHandle":
        """Hand in answers, as `Worker.submit` does."""
        return self.worker.submit(self, answers)

    def return_(self) -> None:
        """Give the assignment back, as `Worker.return_` does."""
        self.worker.return_(self)

    def __repr__(self) -> str:
        return f"<assignment {self.id} of HIT {self.hit_id}, {self._record.status}, worker {self.worker.id}>"
