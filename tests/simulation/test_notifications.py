"""The inbox, and what befalls messages on their way: lost, late, twice, out of order, together."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notices import EVENTS, QUEUE, TOPIC, TYPE, post, specification, told, watch

from mturk_sim import Behavior, DestinationRefused, simulate

CREATED = {"EventTypes": ["HITCreated"]}


def ids(sim):
    return [note.events[0]["HITId"] for note in sim.notifications]


# --- the inbox ---------------------------------------------------------------------------------------------------
def test_the_inbox_is_a_sequence_and_finds_by_kind_and_destination(mturk):
    labels, surveys = watch(mturk, QUEUE), watch(mturk, TOPIC, "SNS", title="A survey")
    first, second = post(mturk, labels), post(mturk, surveys)
    mturk.worker().accept(second)
    inbox = mturk.notifications
    assert len(inbox) == 3
    assert [note.events[0]["HITId"] for note in inbox.of("HITCreated")] == [first, second]
    assert inbox.of("HITCreated", "AssignmentAccepted") == list(inbox) == inbox[:]
    assert inbox.to(TOPIC) == inbox[1:]
    assert (inbox[0].destination, inbox[0].transport, inbox[-1].transport) == (QUEUE, "SQS", "SNS")
    assert repr(inbox) == "<3 notifications>"


def test_the_inbox_shows_what_is_due_by_now(mturk):
    post(mturk, watch(mturk, EventTypes=["HITExpired"]), LifetimeInSeconds=60)
    mturk.clock.advance(seconds=60)
    assert told(mturk) == ["HITExpired"]


def test_a_notification_is_there_when_the_act_that_caused_it_is_done(mturk):
    hit_id = post(mturk, watch(mturk))
    seen = []
    mturk.notifications.deliver_to(call=lambda note: seen.append(note.events[0]["EventType"]))
    handle = mturk.worker().accept(hit_id)
    assert seen == ["AssignmentAccepted"]
    handle.return_()
    assert seen == ["AssignmentAccepted", "AssignmentReturned"]
    mturk.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=0)
    assert seen[2:] == ["HITExpired", "HITReviewable"]


# --- troubles ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("NTF-13", "NTF-18")
def test_a_lost_message_never_comes_and_is_a_fact(mturk):
    hit_type = watch(mturk, **CREATED)
    mturk.notifications.lose(times=2)
    posted = [post(mturk, hit_type) for _ in range(3)]
    mturk.clock.advance(days=1)
    assert ids(mturk) == posted[2:]
    lost = mturk.journal.of("NotificationLost")
    assert [(fact.hit_id, fact.detail["reason"], fact.detail["events"]) for fact in lost] == [
        (hit_id, "lost", "HITCreated") for hit_id in posted[:2]
    ]


@pytest.mark.rule("NTF-13")
def test_a_late_message_comes_on_the_virtual_clock_with_the_time_of_its_event(mturk):
    hit_type = watch(mturk, **CREATED)
    mturk.notifications.delay(timedelta(minutes=3))
    late, prompt = post(mturk, hit_type), post(mturk, hit_type)
    assert ids(mturk) == [prompt]
    mturk.clock.advance(minutes=5)
    assert ids(mturk) == [prompt, late]
    last = mturk.notifications[-1]
    assert last.events[0]["EventTimestamp"] == "2026-01-05T09:00:00Z"
    assert last.at - mturk.notifications[0].at == timedelta(minutes=3) - mturk.world.behavior.latency


@pytest.mark.rule("NTF-13")
def test_a_message_that_comes_twice_has_the_same_body(mturk):
    mturk.notifications.duplicate()
    mturk.notifications.duplicate(after=timedelta(minutes=1), event="HITExtended")
    hit_id = post(mturk, watch(mturk))
    assert told(mturk) == ["HITCreated", "HITCreated"]
    assert mturk.notifications[0].body == mturk.notifications[1].body
    mturk.client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    assert told(mturk)[2:] == ["HITExtended"]
    mturk.clock.advance(minutes=1)
    assert told(mturk)[2:] == ["HITExtended", "HITExtended"]


@pytest.mark.rule("NTF-13")
def test_shuffled_messages_come_in_another_order_in_time_and_alike_for_the_same_seed():
    def arrivals(seed):
        with simulate(seed=seed) as sim:
            hit_type = watch(sim, **CREATED)
            sim.notifications.shuffle(timedelta(minutes=1))
            posted = [post(sim, hit_type) for _ in range(12)]
            sim.clock.advance(minutes=1, seconds=1)
            order = [posted.index(hit_id) for hit_id in ids(sim)]
            assert all((note.at - sim.notifications[0].at) < timedelta(minutes=1) for note in sim.notifications)
            return order

    assert sorted(arrivals(1)) == list(range(12)) != arrivals(1)
    assert arrivals(1) == arrivals(1) != arrivals(2)


@pytest.mark.rule("NTF-13")
def test_troubles_add_up(mturk):
    hit_type = watch(mturk, **CREATED)
    mturk.notifications.duplicate()
    mturk.notifications.delay(timedelta(seconds=30))
    post(mturk, hit_type)
    assert told(mturk) == []
    mturk.clock.advance(seconds=30)
    assert told(mturk) == ["HITCreated"] * 2


@pytest.mark.rule("NTF-13")
def test_a_trouble_can_be_for_one_event_type_only_and_for_all_messages(mturk):
    hit_type = watch(mturk)
    mturk.notifications.lose(event="AssignmentAccepted", times=None)
    for _ in range(3):
        mturk.worker().accept(post(mturk, hit_type)).submit({"label": "cat"})
    assert told(mturk) == ["HITCreated", "AssignmentSubmitted", "HITReviewable"] * 3


@pytest.mark.rule("NTF-12")
def test_bundled_events_of_one_instant_come_in_one_message(mturk):
    hit_id = post(mturk, watch(mturk))
    handle = mturk.worker().accept(hit_id)
    mturk.notifications.bundle()
    handle.submit({"label": "cat"})
    last = mturk.notifications[-1]
    assert [event["EventType"] for event in last.events] == ["AssignmentSubmitted", "HITReviewable"]
    assert mturk.notifications.of("HITReviewable") == [last]
    assert mturk.journal.of("NotificationSent")[-1].detail["events"] == "AssignmentSubmitted,HITReviewable"
    mturk.client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    assert [event["EventType"] for event in mturk.notifications[-1].events] == ["HITExtended"]


@pytest.mark.rule("NTF-12")
def test_events_are_not_bundled_unless_that_is_asked(mturk):
    mturk.worker().accept(post(mturk, watch(mturk))).submit({"label": "cat"})
    assert {len(note.events) for note in mturk.notifications} == {1}


@pytest.mark.rule("NTF-13")
def test_a_trouble_can_befall_a_share_of_the_messages_by_lot(mturk):
    hit_type = watch(mturk, **CREATED)
    mturk.notifications.lose(times=None, rate=0.25)
    posted = [post(mturk, hit_type) for _ in range(200)]
    assert 25 < len(posted) - len(mturk.notifications) < 75
    assert ids(mturk) == [hit_id for hit_id in posted if hit_id in set(ids(mturk))]
    mturk.notifications.clear()
    mturk.notifications.lose(times=None, rate=0)
    assert post(mturk, hit_type) == ids(mturk)[-1]


def test_clear_ends_every_trouble(mturk):
    inbox = mturk.notifications
    inbox.lose(times=None)
    inbox.delay(times=None)
    inbox.bundle()
    inbox.clear()
    mturk.worker().accept(post(mturk, watch(mturk))).submit({"label": "cat"})
    assert told(mturk) == ["HITCreated", "AssignmentAccepted", "AssignmentSubmitted", "HITReviewable"]
    assert {len(note.events) for note in inbox} == {1}


@pytest.mark.parametrize(
    ("mistake", "text"),
    [
        (lambda inbox: inbox.lose(times=0), "from 1 up, or None"),
        (lambda inbox: inbox.duplicate("HITDone"), "'HITDone' is no event type; there are AssignmentAccepted, "),
        (lambda inbox: inbox.lose(rate=1.5), "a share of the messages, from 0 to 1"),
        (lambda inbox: inbox.delay(timedelta(seconds=-1)), "negative"),
        (lambda inbox: inbox.shuffle(timedelta(seconds=-1)), "negative"),
    ],
)
def test_mistakes_with_troubles_are_python_errors(mturk, mistake, text):
    with pytest.raises(ValueError, match=text):
        mistake(mturk.notifications)


TROUBLES = {
    "lose": lambda inbox: inbox.lose(),
    "delay": lambda inbox: inbox.delay(),
    "duplicate": lambda inbox: inbox.duplicate(after=timedelta(seconds=5)),
    "shuffle": lambda inbox: inbox.shuffle(times=2),
    "bundle": lambda inbox: inbox.bundle(),
}


@pytest.mark.rule("NTF-13", "NTF-18")
@given(st.lists(st.sampled_from(sorted(TROUBLES))), st.integers(0, 5), st.integers(0, 99))
def test_whatever_befalls_them_messages_tell_of_events_that_happened_and_only_lost_ones_are_missing(
    troubles, workers, seed
):
    with simulate(seed=seed) as sim:
        hit_type = watch(sim)
        for name in troubles:
            TROUBLES[name](sim.notifications)
        hit_id = post(sim, hit_type, MaxAssignments=3)
        for _ in range(min(workers, 3)):
            sim.worker().accept(hit_id).submit({"label": "cat"})
        sim.clock.advance(days=2)
        happened = {(fact.kind, fact.assignment_id) for fact in sim.journal if fact.kind in EVENTS}
        arrived = {(e["EventType"], e.get("AssignmentId")) for note in sim.notifications for e in note.events}
        assert arrived <= happened
        if "lose" not in troubles:
            assert arrived == happened
        assert not sim.world.store.outbox


# --- callables ---------------------------------------------------------------------------------------------------
def test_a_callable_may_answer_an_event_with_a_call(mturk):
    def approve(note):
        for event in note.events:
            mturk.client.approve_assignment(AssignmentId=event["AssignmentId"])

    mturk.notifications.deliver_to(call=approve)
    handle = mturk.worker().accept(post(mturk, watch(mturk, EventTypes=["AssignmentSubmitted"])))
    handle.submit({"label": "cat"})
    assert handle.status == "Approved"


@pytest.mark.rule("ASN-06", "NTF-13")
def test_work_that_is_approved_at_once_is_so_when_its_submission_is_heard_of(mturk):
    """Whatever else happened at that instant: what is due already comes before messages that come now."""
    kind = mturk.client.create_hit_type(**TYPE, AutoApprovalDelayInSeconds=0)["HITTypeId"]
    asked = specification(EventTypes=["AssignmentSubmitted"])
    mturk.client.update_notification_settings(HITTypeId=kind, Notification=asked, Active=True)
    hit_id, heard = post(mturk, kind, MaxAssignments=3), []
    mturk.notifications.deliver_to(call=lambda _: heard.append([work.status for work in mturk.assignments()]))

    for _ in range(3):
        mturk.worker().accept(hit_id).submit({"label": "cat"})

    assert heard == [["Approved"] * number for number in (1, 2, 3)]


def test_a_callable_is_called_when_time_passes_too(mturk):
    seen = []
    mturk.notifications.deliver_to(call=lambda note: seen.append((note.events[0]["EventType"], mturk.clock.now)))
    post(mturk, watch(mturk, EventTypes=["HITExpired"]), LifetimeInSeconds=60)
    posted = mturk.clock.now.replace(microsecond=0)
    mturk.clock.advance(hours=1)
    assert seen == [("HITExpired", posted + timedelta(seconds=60))]


@pytest.mark.rule("NTF-18")
def test_what_is_refused_is_lost_silently_and_is_a_fact_with_the_reason(mturk):
    def refuse(_):
        raise DestinationRefused("the queue is full")

    mturk.notifications.deliver_to(call=refuse)
    post(mturk, watch(mturk, **CREATED))
    assert told(mturk) == []
    assert [fact.detail["reason"] for fact in mturk.journal.of("NotificationLost")] == ["the queue is full"]


def test_any_other_error_of_a_callable_comes_out(mturk):
    def fail(_):
        raise AssertionError("not what was expected")

    mturk.notifications.deliver_to(call=fail)
    hit_type = watch(mturk, **CREATED)
    with pytest.raises(AssertionError, match="not what was expected"):
        post(mturk, hit_type)


def test_deliver_to_gives_the_function_that_ends_it(mturk):
    seen = []
    end = mturk.notifications.deliver_to(call=seen.append)
    hit_type = watch(mturk, **CREATED)
    post(mturk, hit_type)
    end()
    post(mturk, hit_type)
    assert seen == mturk.notifications[:1]
    assert len(mturk.notifications) == 2


def test_deliver_to_says_what_it_takes(mturk):
    with pytest.raises(TypeError, match="sqs=client, sns=client, or call=callable"):
        mturk.notifications.deliver_to()
    with pytest.raises(TypeError, match="is no boto3 client of the service 'sqs'"):
        mturk.notifications.deliver_to(sqs=mturk.client)


# --- seen too early ----------------------------------------------------------------------------------------------
@pytest.mark.rule("ASN-20", "ASN-21", "NTF-20", "C10")
def test_submitted_work_is_notified_before_the_interface_shows_it_if_there_is_a_lag():
    with simulate(behavior=Behavior(submission_lag=timedelta(seconds=10))) as sim:
        client = sim.client
        hit_id = post(sim, watch(sim, EventTypes=["AssignmentSubmitted"]))
        sim.worker().accept(hit_id).submit({"label": "cat"})
        (event,) = sim.notifications[0].events
        for call, members in (
            (client.approve_assignment, {}),
            (client.reject_assignment, {"RequesterFeedback": "no"}),
        ):
            with pytest.raises(client.exceptions.RequestError, match="with a status of: null"):
                call(AssignmentId=event["AssignmentId"], **members)
        with pytest.raises(client.exceptions.RequestError, match="status of: Reviewable,Approved,Rejected"):
            client.get_assignment(AssignmentId=event["AssignmentId"])
        assert client.list_assignments_for_hit(HITId=hit_id)["Assignments"] == []
        sim.clock.advance(seconds=10)
        assert len(client.list_assignments_for_hit(HITId=hit_id)["Assignments"]) == 1
        client.approve_assignment(AssignmentId=event["AssignmentId"])


@pytest.mark.rule("ASN-21", "NTF-20", "C10")
def test_without_a_lag_it_can_be_approved_on_the_event(mturk):
    mturk.worker().accept(post(mturk, watch(mturk))).submit({"label": "cat"})
    (note,) = mturk.notifications.of("AssignmentSubmitted")
    mturk.client.approve_assignment(AssignmentId=note.events[0]["AssignmentId"])


def test_a_test_event_from_inside_a_callable_is_sent_at_once(mturk):
    def ping_back(note):
        if note.events[0]["EventType"] != "Ping":
            mturk.client.send_test_event_notification(Notification=specification(), TestEventType="Ping")

    mturk.notifications.deliver_to(call=ping_back)
    post(mturk, watch(mturk, **CREATED))
    assert told(mturk) == ["HITCreated", "Ping"]
