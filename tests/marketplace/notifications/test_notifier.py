"""Which events are told, when, to whom, and in what words."""

import json
import re
from datetime import timedelta

import pytest
from notices import EVENTS, QUEUE, TOPIC, TYPE, post, specification, told, watch
from questions import HIT
from review_requests import known

from mturk_sim import Behavior, simulate


def submitted(sim, hit_id):
    return sim.worker().accept(hit_id).submit({"label": "cat"})


def accept(sim, hit_id):
    sim.worker().accept(hit_id)


def return_(sim, hit_id):
    sim.worker().accept(hit_id).return_()


def abandon(sim, hit_id):
    sim.worker().accept(hit_id)
    sim.clock.advance(minutes=10)


def submit(sim, hit_id):
    submitted(sim, hit_id)


def approve(sim, hit_id):
    sim.client.approve_assignment(AssignmentId=submitted(sim, hit_id).id)


def auto_approve(sim, hit_id):
    submitted(sim, hit_id)
    sim.clock.advance(days=30)


def reject(sim, hit_id):
    sim.client.reject_assignment(AssignmentId=submitted(sim, hit_id).id, RequesterFeedback="no")


def override(sim, hit_id):
    handle = submitted(sim, hit_id)
    sim.client.reject_assignment(AssignmentId=handle.id, RequesterFeedback="no")
    sim.client.approve_assignment(AssignmentId=handle.id, OverrideRejection=True)


def create(sim, hit_id):
    pass


def expire(sim, hit_id):
    sim.clock.advance(days=1)


def expire_by_hand(sim, hit_id):
    sim.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=0)


def more_assignments(sim, hit_id):
    sim.client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)


def more_time(sim, hit_id):
    sim.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=sim.clock.now + timedelta(days=2))


def delete(sim, hit_id):
    sim.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=0)
    sim.client.delete_hit(HITId=hit_id)


def auto_dispose(sim, hit_id):
    sim.clock.advance(days=121)


MOMENTS = [
    (create, []),
    (accept, ["AssignmentAccepted"]),
    (return_, ["AssignmentAccepted", "AssignmentReturned"]),
    (abandon, ["AssignmentAccepted", "AssignmentAbandoned"]),
    (submit, ["AssignmentAccepted", "AssignmentSubmitted", "HITReviewable"]),
    (approve, ["AssignmentAccepted", "AssignmentSubmitted", "HITReviewable", "AssignmentApproved"]),
    (reject, ["AssignmentAccepted", "AssignmentSubmitted", "HITReviewable", "AssignmentRejected"]),
    (
        override,
        ["AssignmentAccepted", "AssignmentSubmitted", "HITReviewable", "AssignmentRejected", "AssignmentApproved"],
    ),
    (
        auto_approve,
        ["AssignmentAccepted", "AssignmentSubmitted", "HITReviewable", "HITExpired", "AssignmentApproved"],
    ),
    (expire, ["HITExpired", "HITReviewable"]),
    (expire_by_hand, ["HITExpired", "HITReviewable"]),
    (more_assignments, ["HITExtended"]),
    (more_time, ["HITExtended"]),
    (delete, ["HITExpired", "HITReviewable", "HITDisposed"]),
    (auto_dispose, ["HITExpired", "HITReviewable", "HITDisposed"]),
]


@pytest.mark.rule("NTF-07", "NTF-09", "NTF-10", "NTF-19", "NTF-21", "C36")
@pytest.mark.parametrize(("act", "events"), MOMENTS, ids=[act.__name__ for act, _ in MOMENTS])
def test_every_event_is_told_at_its_moment(mturk, act, events):
    hit_id = post(mturk, watch(mturk))
    act(mturk, hit_id)
    assert told(mturk) == ["HITCreated", *events]
    facts = [fact for fact in mturk.journal if fact.kind in EVENTS]
    for notification, fact in zip(mturk.notifications, facts, strict=True):
        (event,) = notification.events
        assert event["EventTimestamp"] == f"{fact.at:%Y-%m-%dT%H:%M:%SZ}"
        assert (event["HITId"], event.get("AssignmentId")) == (fact.hit_id, fact.assignment_id)
        assert ("AssignmentId" in event) is event["EventType"].startswith("Assignment")
        assert notification.at == fact.at


@pytest.mark.rule("NTF-07")
def test_what_a_review_policy_does_is_told_too(mturk):
    rule = known({"label": "dog"}, RejectIfKnownAnswerScoreIsLessThan=50, ExtendIfKnownAnswerScoreIsLessThan=50)
    submitted(mturk, post(mturk, watch(mturk), AssignmentReviewPolicy=rule))
    assert told(mturk)[1:] == ["AssignmentAccepted", "AssignmentSubmitted", "AssignmentRejected", "HITExtended"]


@pytest.mark.rule("NTF-07")
def test_hits_of_types_without_settings_are_not_told_of(mturk):
    watch(mturk)
    submitted(mturk, mturk.client.create_hit(**HIT | {"Title": "Another type"})["HIT"]["HITId"])
    assert told(mturk) == []


@pytest.mark.rule("NTF-04", "NTF-07")
def test_only_the_events_that_were_asked_for_are_told(mturk):
    submitted(mturk, post(mturk, watch(mturk, EventTypes=["AssignmentSubmitted", "HITReviewable"])))
    assert told(mturk) == ["AssignmentSubmitted", "HITReviewable"]


@pytest.mark.rule("NTF-10", "NTF-11", "NTF-19")
@pytest.mark.parametrize("sandbox", [True, False], ids=["sandbox", "production"])
@pytest.mark.parametrize("version", ["2014-08-15", "2006-05-05"])
def test_a_body_is_compact_json_with_its_keys_in_the_order_that_was_seen(sandbox, version):
    with simulate(sandbox=sandbox) as sim:
        hit_type = watch(sim, EventTypes=["AssignmentSubmitted"], Version=version)
        handle = submitted(sim, post(sim, hit_type))
        (notification,) = sim.notifications
        body = json.loads(notification.body)
        assert list(body) == ["Events", "EventDocId", "SourceAccount", "CustomerId", "EventDocVersion"]
        assert re.fullmatch("[0-9a-f]{40}", body["EventDocId"])
        assert re.fullmatch("[0-9]{12}", body["SourceAccount"])
        assert re.fullmatch("A[A-Z0-9]+", body["CustomerId"])
        assert notification.body == (
            '{"Events":[{"EventType":"AssignmentSubmitted","EventTimestamp":"2026-01-05T09:00:00Z",'
            f'"HITId":"{handle.hit_id}","AssignmentId":"{handle.id}","HITTypeId":"{hit_type}"}}],'
            f'"EventDocId":"{body["EventDocId"]}","SourceAccount":"{body["SourceAccount"]}",'
            f'"CustomerId":"{body["CustomerId"]}","EventDocVersion":"{version}"}}'
        )


@pytest.mark.rule("NTF-11")
def test_each_requester_has_its_own_account_in_the_bodies(mturk):
    other = mturk.requester("other").client
    for client in (mturk.client, other, mturk.client):
        post(mturk, watch(mturk, client=client), client=client)
    accounts = [
        (json.loads(each.body)["SourceAccount"], json.loads(each.body)["CustomerId"]) for each in mturk.notifications
    ]
    assert accounts[0] == accounts[2] != accounts[1]
    assert len({each.id for each in mturk.notifications}) == 3


@pytest.mark.rule("NTF-14")
def test_hit_types_may_go_to_different_queues(mturk):
    labels, surveys = watch(mturk, QUEUE), watch(mturk, QUEUE + "-2", title="A survey")
    first, second = post(mturk, labels), post(mturk, surveys)
    assert [event["HITId"] for note in mturk.notifications.to(QUEUE) for event in note.events] == [first]
    assert [event["HITId"] for note in mturk.notifications.to(QUEUE + "-2") for event in note.events] == [second]


@pytest.mark.rule("NTF-01", "NTF-14")
def test_a_hit_that_gets_another_type_is_told_of_as_that_type_says(mturk):
    here, there = watch(mturk, QUEUE), watch(mturk, TOPIC, "SNS", title="Another title")
    hit_id = post(mturk, here)
    mturk.client.update_hit_type_of_hit(HITId=hit_id, HITTypeId=there)
    mturk.worker().accept(hit_id)
    last = mturk.notifications[-1]
    assert (last.destination, last.transport, last.events[0]["HITTypeId"]) == (TOPIC, "SNS", there)


@pytest.mark.rule("NTF-03", "C10")
def test_new_settings_count_after_the_lag_and_old_ones_until_then():
    with simulate(behavior=Behavior(notification_lag=timedelta(minutes=5))) as sim:
        hit_type = watch(sim, QUEUE)
        post(sim, hit_type)
        sim.clock.advance(minutes=5)
        post(sim, hit_type)
        sim.client.update_notification_settings(HITTypeId=hit_type, Notification=specification(QUEUE + "-2"))
        sim.clock.advance(minutes=2)
        sim.client.update_notification_settings(HITTypeId=hit_type, Active=False)
        post(sim, hit_type)
        sim.clock.advance(minutes=3)
        post(sim, hit_type)
        sim.clock.advance(minutes=2)
        post(sim, hit_type)
        assert [note.destination for note in sim.notifications] == [QUEUE, QUEUE, QUEUE + "-2"]


@pytest.mark.rule("NTF-18")
def test_sent_messages_are_facts_in_the_timeline(mturk):
    hit_id = post(mturk, watch(mturk, EventTypes=["HITCreated"]))
    (fact,) = mturk.journal.of("NotificationSent")
    assert (fact.hit_id, fact.assignment_id) == (hit_id, None)
    assert fact.detail == {
        "events": "HITCreated",
        "transport": "SQS",
        "destination": QUEUE,
        "document": mturk.notifications[0].id,
    }
    assert f"NotificationSent      HIT {hit_id}" in str(mturk.journal)


@pytest.mark.rule("NTF-10")
def test_without_settings_the_journal_is_as_if_there_were_no_notifications():
    def journal(watched):
        with simulate() as sim:
            hit_type = watch(sim) if watched else sim.client.create_hit_type(**TYPE)["HITTypeId"]
            sim.clock.advance(seconds=1)
            submitted(sim, post(sim, hit_type))
            return [fact for fact in sim.journal if fact.kind != "NotificationSent"]

    kinds = [[(fact.kind, fact.hit_id, fact.assignment_id) for fact in journal(watched)] for watched in (True, False)]
    assert kinds[0] == kinds[1]


@pytest.mark.rule("NTF-11")
def test_the_same_seed_gives_the_same_messages():
    def bodies(seed):
        with simulate(seed=seed) as sim:
            auto_approve(sim, post(sim, watch(sim)))
            return [note.body for note in sim.notifications]

    assert bodies(1) == bodies(1)
    assert bodies(1) != bodies(2)
