"""The handle of a worker's request for a Qualification, with which its test is taken."""

from datetime import datetime
from typing import TYPE_CHECKING

from mturk_sim.core.clock import instant
from mturk_sim.documents import AnswerKey, QuestionForm, parse_answer_key, parse_test
from mturk_sim.documents.answers import GivenAnswers
from mturk_sim.marketplace.qualifications import door
from mturk_sim.marketplace.qualifications.records import QualificationRequest
from mturk_sim.marketplace.world import World
from mturk_sim.workers.exam import skilled_answers
from mturk_sim.workers.handing_in import test_document
from mturk_sim.workers.luck import Luck

if TYPE_CHECKING:
    from mturk_sim.workers.worker import Worker


def see_to_skill(skill: float, key: str | None, type_id: str) -> AnswerKey:
    """The key that a skill goes by.

    Raises:
        ValueError: There is none, or the skill is no probability.
    """
    if not 0 <= skill <= 1:
        raise ValueError(f"skill is a probability, from 0 to 1, not {skill}")
    if key is None:
        raise ValueError(f"the type {type_id} has no AnswerKey that says what is right; give answers instead")
    return parse_answer_key(key)


class QualificationRequestHandle:
    """A request that a worker has made.

    Attributes:
        worker: Who asked.
    """

    def __init__(self, world: World, worker: "Worker", record: QualificationRequest) -> None:
        self._world = world
        self._record = record
        self.worker = worker

    @property
    def id(self) -> str:
        """The QualificationRequestId (QRQ-07)."""
        return self._record.id

    @property
    def type_id(self) -> str:
        """The QualificationTypeId."""
        return self._record.type_id

    @property
    def status(self) -> str:
        """The state by now: Requested (the test is under way), Submitted, Granted, Rejected or Lapsed."""
        with self._world.lock:
            self._world.settle()
            return self._record.status

    @property
    def deadline(self) -> datetime | None:
        """When the answers to the test must be in, as an aware UTC datetime; None without a test (QTY-07)."""
        return None if self._record.deadline is None else instant(self._record.deadline)

    @property
    def test(self) -> QuestionForm | None:
        """The test as it stood when the worker asked, parsed (QRQ-05)."""
        return None if self._record.test is None else parse_test(self._record.test)

    @property
    def value(self) -> int | None:
        """The value that the request earned; None unless it is granted."""
        return self._record.value if self.status == "Granted" else None

    def submit(self, answers: GivenAnswers | str) -> "QualificationRequestHandle":
        """Hand in answers to the test.

        Args:
            answers: Question id -> text or list of selection ids; or a ready QuestionFormAnswers document.

        Raises:
            WorkerRefused: The time is over, the answers are in already, or there is no test.
            ValueError: They hold a character XML cannot carry, or are no valid document.
        """
        door.submit_test(self._world, self.worker.account, self.id, test_document(self.test, answers))
        return self

    def take(self, skill: float) -> "QualificationRequestHandle":
        """Take the test: each question that its key scores is answered best with probability `skill`, 0 to 1.

        Raises:
            WorkerRefused: The time is over, or the answers are in already.
            ValueError: There is no key that says what is best, or `skill` is no probability.
        """
        record = self._record
        key = see_to_skill(skill, record.key, record.type_id)
        luck = Luck(self._world.draws, ("test", self.worker.id, record.type_id, record.attempt))
        return self.submit(skilled_answers(parse_test(record.test or ""), key, skill, luck))

    def __repr__(self) -> str:
        return f"<request {self.id} for {self.type_id}, {self._record.status}, worker {self.worker.id}>"
