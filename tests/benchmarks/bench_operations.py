"""Every operation against its own call of botocore's Stubber."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count, cycle, repeat
from typing import Any

from benchmarks import floors
from benchmarks.bench_calls import bare
from benchmarks.measure import Bar, medians
from helpers import expire, hand_in, post
from notices import TYPE, specification
from qualifications import make_type, need, post_for
from questions import HIT
from review_requests import plurality

from mturk_sim import Behavior, Simulation, simulate
from mturk_sim.documents import FileUploadAnswer, Question, QuestionForm, Text, UploadedFile, question_form_document
from mturk_sim.operations import OPERATIONS

CALLS, ROUNDS, WARM = 30, 7, 3
NEEDED = CALLS * (ROUNDS + WARM) + WARM * ROUNDS + 1
"""How many calls are made of an operation, all rounds together, and one to see what it answers."""
UPLOAD = question_form_document(QuestionForm((Question("photo", (Text("Send one."),), FileUploadAnswer(1000, 1)),)))

Params = dict[str, Any]


class Shop:
    """A marketplace with something in it for every operation."""

    def __init__(self) -> None:
        self.sim: Simulation = simulate(behavior=Behavior(legacy_file_upload=True))
        self.client: Any = self.sim.client
        self.hits = [post(self.sim, MaxAssignments=10) for _ in range(100)]
        self.hit_types = [self.client.create_hit_type(**TYPE | {"Title": title})["HITTypeId"] for title in "ab"]
        self.workers = [self.sim.worker().id for _ in range(NEEDED)]
        self.worker = self.workers[0]
        self.type = make_type(self.sim)
        self.client.associate_qualification_with_worker(QualificationTypeId=self.type, WorkerId=self.worker)
        self.done = self.sim.worker(self.worker).accept(self.hits[0]).submit({"label": "cat"}).id
        self.client.approve_assignment(AssignmentId=self.done)
        self._list()

    def _list(self) -> None:
        """Let every list have something in it."""
        self.client.send_bonus(WorkerId=self.worker, AssignmentId=self.done, BonusAmount="0.05", Reason="x")
        self.client.create_worker_block(WorkerId=self.workers[1], Reason="x")
        self.sim.worker(self.workers[2]).request_qualification(self.type)
        post_for(self.sim, need(self.type))
        expire(self.sim, post(self.sim))
        self.reviewed = post(self.sim, HITReviewPolicy=plurality(["label"], 50), MaxAssignments=2)
        hand_in(self.sim, self.reviewed, 2)

    def upload(self) -> Params:
        """A file that a worker uploaded."""
        (assignment_id,) = hand_in(self.sim, post(self.sim, Question=UPLOAD), answers={"photo": UploadedFile(9, "k")})
        return {"AssignmentId": assignment_id, "QuestionIdentifier": "photo"}

    def submitted(self) -> Iterator[Params]:
        """Work that waits for its review."""
        while True:
            yield from ({"AssignmentId": id_} for id_ in hand_in(self.sim, post(self.sim, MaxAssignments=50), 50))

    def expired(self) -> Iterator[Params]:
        """HITs that can be deleted."""
        while True:
            hit_id = post(self.sim)
            expire(self.sim, hit_id)
            yield {"HITId": hit_id}

    def requested(self) -> Iterator[Params]:
        """Requests for a Qualification that wait for an answer."""
        type_id = make_type(self.sim, "Asked for")
        for worker_id in self.workers:
            yield {"QualificationRequestId": self.sim.worker(worker_id).request_qualification(type_id).id}

    def holders(self) -> Iterator[Params]:
        """Workers who hold a Qualification."""
        type_id = make_type(self.sim, "Held")
        for worker_id in self.workers:
            self.client.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId=worker_id)
            yield {"QualificationTypeId": type_id, "WorkerId": worker_id}


def _with(params: Iterable[Params], **more: Any) -> Iterator[Params]:
    return (each | more for each in params)


def _none(shop: Shop) -> Iterable[Params]:
    return repeat({})


def _hit(shop: Shop) -> Iterable[Params]:
    return repeat({"HITId": shop.hits[0]})


def _done(shop: Shop) -> Iterable[Params]:
    return repeat({"AssignmentId": shop.done})


def _type(shop: Shop) -> Iterable[Params]:
    return repeat({"QualificationTypeId": shop.type})


def _held(shop: Shop) -> Iterable[Params]:
    return repeat({"QualificationTypeId": shop.type, "WorkerId": shop.worker})


def _blocked(shop: Shop) -> Iterable[Params]:
    return repeat({"WorkerId": shop.worker, "Reason": "x"})


def _reviews(shop: Shop) -> Iterable[Params]:
    hit_id = hit_to_review(shop)
    return ({"HITId": hit_id, "Revert": revert} for revert in cycle((False, True)))


def hit_to_review(shop: Shop) -> str:
    """A HIT that is reviewable, and stays so."""
    hit_id = post(shop.sim)
    expire(shop.sim, hit_id)
    return hit_id


REQUESTS: dict[str, Callable[[Shop], Iterable[Params]]] = {
    "AcceptQualificationRequest": Shop.requested,
    "ApproveAssignment": Shop.submitted,
    "AssociateQualificationWithWorker": lambda shop: _with(_type(shop), WorkerId=shop.worker, IntegerValue=7),
    "CreateAdditionalAssignmentsForHIT": lambda shop: _with(_hit(shop), NumberOfAdditionalAssignments=1),
    "CreateHIT": lambda shop: repeat(HIT),
    "CreateHITType": lambda shop: repeat(TYPE),
    "CreateHITWithHITType": lambda shop: repeat(
        {"HITTypeId": shop.hit_types[0], "LifetimeInSeconds": 86400, "Question": HIT["Question"]}
    ),
    "CreateQualificationType": lambda shop: (
        {"Name": f"Type {number}", "Description": "x", "QualificationTypeStatus": "Active"} for number in count()
    ),
    "CreateWorkerBlock": _blocked,
    "DeleteHIT": Shop.expired,
    "DeleteQualificationType": lambda shop: (
        {"QualificationTypeId": make_type(shop.sim, f"To delete {number}")} for number in count()
    ),
    "DeleteWorkerBlock": lambda shop: repeat({"WorkerId": shop.worker}),
    "DisassociateQualificationFromWorker": Shop.holders,
    "GetAccountBalance": _none,
    "GetAssignment": _done,
    "GetFileUploadURL": lambda shop: repeat(shop.upload()),
    "GetHIT": _hit,
    "GetQualificationScore": _held,
    "GetQualificationType": _type,
    "ListAssignmentsForHIT": _hit,
    "ListBonusPayments": _hit,
    "ListHITs": _none,
    "ListHITsForQualificationType": _type,
    "ListQualificationRequests": _none,
    "ListQualificationTypes": lambda shop: repeat({"MustBeRequestable": True}),
    "ListReviewPolicyResultsForHIT": lambda shop: repeat({"HITId": shop.reviewed}),
    "ListReviewableHITs": _none,
    "ListWorkerBlocks": _none,
    "ListWorkersWithQualificationType": _type,
    "NotifyWorkers": lambda shop: repeat({"Subject": "x", "MessageText": "x", "WorkerIds": [shop.worker]}),
    "RejectAssignment": lambda shop: _with(shop.submitted(), RequesterFeedback="No"),
    "RejectQualificationRequest": Shop.requested,
    "SendBonus": lambda shop: _with(_done(shop), WorkerId=shop.worker, BonusAmount="0.01", Reason="x"),
    "SendTestEventNotification": lambda shop: repeat({"Notification": specification(), "TestEventType": "Ping"}),
    "UpdateExpirationForHIT": lambda shop: (
        {"HITId": shop.hits[1], "ExpireAt": 1_790_000_000 + 60 * number} for number in count()
    ),
    "UpdateHITReviewStatus": _reviews,
    "UpdateHITTypeOfHIT": lambda shop: _with(
        ({"HITTypeId": each} for each in cycle(shop.hit_types)), HITId=shop.hits[2]
    ),
    "UpdateNotificationSettings": lambda shop: repeat(
        {"HITTypeId": shop.hit_types[0], "Notification": specification(), "Active": True}
    ),
    "UpdateQualificationType": lambda shop: _with(_type(shop), Description="y"),
}
"""For each operation, requests that are answered, one after the other."""


def bars() -> Iterable[Bar]:
    """One bar for each operation."""
    assert set(REQUESTS) == set(OPERATIONS)
    for operation, requests in REQUESTS.items():
        shop = Shop()
        call = floors.method(shop.client, operation)
        prepared = [params for params, _ in zip(requests(shop), range(NEEDED), strict=False)]
        first, waiting = prepared[0], iter(prepared)
        answer = bare(call(**next(waiting)))
        variants = {
            "ours": lambda call=call, waiting=waiting: call(**next(waiting)),
            "Stubber": floors.stubbed(operation, first, answer),
        }
        took = medians(variants, calls=CALLS, rounds=ROUNDS, warm=WARM)
        note = f"ours {took['ours']:.0f} µs, Stubber {took['Stubber']:.0f} µs"
        yield Bar(f"{operation} / its Stubber call", took["ours"] / took["Stubber"], 1.0, note=note)
