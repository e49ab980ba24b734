"""Where the records of Qualifications are kept, and the orders in which lists show them. No record ever leaves."""

from collections import defaultdict
from collections.abc import Iterable

from mturk_sim.core.index import KeysetIndex
from mturk_sim.marketplace.qualifications.records import (
    REQUESTED,
    SUBMITTED,
    Qualification,
    QualificationRequest,
    QualificationType,
)

Submission = tuple[int, int]
"""A request's place among those that wait for the owner: SubmitTime, then number (QRQ-04)."""


class QualificationStore:
    """All types, requests and Qualifications, and the indexes over them.

    Attributes:
        types: The types by id; `numbered_types` in the order of their making. Requests and Qualifications likewise.
        names: (requester, name) -> the id of the type that has the name, or keeps it for a while yet (QTY-03).
        by_name: (name, number) of the types that searches may find (QTY-23).
        latest: (type, worker) -> the worker's latest request.
        waiting: The requests that wait for an owner, for (requester,) and for (requester, type) (QRQ-02, QRQ-03).
        held: worker -> type -> what the worker holds or held.
        holders: (type, status) -> the numbers of its Qualifications.
        hit_types: type -> the HIT types that require it; `hits`: HIT type -> its HITs that are not deleted (QTY-31).
    """

    def __init__(self, system_types: Iterable[QualificationType]) -> None:
        self.types: dict[str, QualificationType] = {}
        self.numbered_types: list[QualificationType] = []
        self.names: dict[tuple[str, str], str] = {}
        self.by_name: KeysetIndex[tuple[str, int]] = KeysetIndex()
        self.requests: dict[str, QualificationRequest] = {}
        self.numbered_requests: list[QualificationRequest] = []
        self.latest: dict[tuple[str, str], QualificationRequest] = {}
        self.waiting: defaultdict[tuple[str, ...], KeysetIndex[Submission]] = defaultdict(KeysetIndex)
        self.held: defaultdict[str, dict[str, Qualification]] = defaultdict(dict)
        self.numbered: list[Qualification] = []
        self.holders: defaultdict[tuple[str, str], KeysetIndex[int]] = defaultdict(KeysetIndex)
        self.hit_types: defaultdict[str, list[str]] = defaultdict(list)
        self.hits: defaultdict[str, KeysetIndex[int]] = defaultdict(KeysetIndex)
        for qualification_type in system_types:
            self.add_type(qualification_type)

    def add_type(self, qualification_type: QualificationType) -> None:
        """Keep a new type, whose number is the next."""
        self.types[qualification_type.id] = qualification_type
        self.numbered_types.append(qualification_type)
        self.names[qualification_type.requester, qualification_type.name] = qualification_type.id
        self.by_name.add((qualification_type.name, qualification_type.number))

    def add_request(self, request: QualificationRequest) -> None:
        """Keep a new request, whose number is the next."""
        self.requests[request.id] = self.latest[request.type_id, request.worker_id] = request
        self.numbered_requests.append(request)

    def add(self, qualification: Qualification) -> None:
        """Keep a new Qualification, whose number is the next."""
        self.held[qualification.worker_id][qualification.type_id] = qualification
        self.numbered.append(qualification)
        self.holders[qualification.type_id, qualification.status].add(qualification.number)

    def of(self, worker_id: str, type_id: str) -> Qualification | None:
        """What the worker holds or held of the type."""
        return self.held[worker_id].get(type_id) if worker_id in self.held else None

    def wait_lists(self, request: QualificationRequest) -> tuple[KeysetIndex[Submission], KeysetIndex[Submission]]:
        """The lists in which a request stands while it waits for the owner."""
        owner = self.types[request.type_id].requester
        return self.waiting[owner,], self.waiting[owner, request.type_id]

    def open_requests(self, type_id: str) -> list[QualificationRequest]:
        """The requests for a type that are not decided, in the order of their making."""
        of_type = (request for request in self.numbered_requests if request.type_id == type_id)
        return [request for request in of_type if request.status in (REQUESTED, SUBMITTED)]

    def in_use(self, type_id: str) -> bool:
        """Whether a HIT that is not deleted requires the type (QTY-25)."""
        return any(self.hits[hit_type_id] for hit_type_id in self.hit_types[type_id])
