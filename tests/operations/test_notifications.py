"""UpdateNotificationSettings and SendTestEventNotification: what is taken, what is refused, what is sent."""

import json

import pytest
from botocore.exceptions import ClientError
from notices import EVENTS, QUEUE, TOPIC, TYPE, post, specification, told, watch

from mturk_sim import Behavior, DestinationRefused, simulate

PING = "Ping"


@pytest.fixture
def hit_type(mturk):
    """A HIT type without settings."""
    return mturk.client.create_hit_type(**TYPE)["HITTypeId"]


def settings(sim, hit_type, **members):
    answer = sim.client.update_notification_settings(HITTypeId=hit_type, **members)
    assert set(answer) == {"ResponseMetadata"}


def refused(call, **members):
    with pytest.raises(ClientError) as caught:
        call(**members)
    return caught.value.response["Error"]


# --- settings ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("NTF-01")
def test_a_new_specification_replaces_the_old_one(mturk, hit_type):
    settings(mturk, hit_type, Notification=specification(QUEUE, EventTypes=["HITCreated"]))
    settings(mturk, hit_type, Notification=specification(TOPIC, "SNS", EventTypes=["HITExtended"]))
    hit_id = post(mturk, hit_type)
    mturk.client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    assert [(note.destination, note.events[0]["EventType"]) for note in mturk.notifications] == [(TOPIC, "HITExtended")]


@pytest.mark.rule("NTF-02")
def test_active_alone_switches_what_there_is_off_and_on(mturk, hit_type):
    settings(mturk, hit_type, Notification=specification())
    for active, count in ((False, 0), (True, 1)):
        settings(mturk, hit_type, Active=active)
        post(mturk, hit_type)
        assert len(mturk.notifications) == count


@pytest.mark.rule("NTF-02")
def test_a_specification_without_active_leaves_the_flag_alone(mturk, hit_type):
    settings(mturk, hit_type, Notification=specification(), Active=False)
    settings(mturk, hit_type, Notification=specification(TOPIC, "SNS"))
    post(mturk, hit_type)
    assert told(mturk) == []
    settings(mturk, hit_type, Active=True)
    post(mturk, hit_type)
    assert [note.destination for note in mturk.notifications] == [TOPIC]


@pytest.mark.rule("NTF-02")
@pytest.mark.parametrize(
    ("members", "name"),
    [({}, "Notification, Active"), ({"Active": True}, "Notification"), ({"Active": False}, "Notification")],
)
def test_settings_need_a_specification_or_a_flag_for_one_that_is_there(mturk, hit_type, members, name):
    error = refused(mturk.client.update_notification_settings, HITTypeId=hit_type, **members)
    assert error["Code"] == "ParameterValidationError"
    assert error["Message"].startswith(
        f"Your request is missing required parameters. Required parameters include {name}. ("
    )


@pytest.mark.rule("NTF-03", "NTF-02", "C10")
def test_active_alone_is_taken_for_a_specification_that_does_not_count_yet():
    from datetime import timedelta

    with simulate(behavior=Behavior(notification_lag=timedelta(minutes=5))) as sim:
        hit_type = watch(sim)
        settings(sim, hit_type, Active=False)
        sim.clock.advance(minutes=5)
        post(sim, hit_type)
        assert told(sim) == []


@pytest.mark.rule("NTF-05", "C37")
@pytest.mark.parametrize(
    ("transport", "destination"),
    [
        ("SQS", QUEUE),
        ("SQS", "http://localhost:4566/000000000000/events"),
        ("SNS", TOPIC),
        ("Email", "requester@example.com"),
    ],
)
def test_every_transport_reaches_the_inbox(mturk, hit_type, transport, destination):
    settings(mturk, hit_type, Notification=specification(destination, transport))
    post(mturk, hit_type)
    assert [(note.transport, note.destination) for note in mturk.notifications] == [(transport, destination)]


@pytest.mark.rule("NTF-06", "C36")
@pytest.mark.parametrize("version", ["2006-05-05", "2014-08-15"])
def test_both_versions_are_taken_and_echoed(mturk, hit_type, version):
    settings(mturk, hit_type, Notification=specification(Version=version))
    post(mturk, hit_type)
    assert json.loads(mturk.notifications[0].body)["EventDocVersion"] == version


@pytest.mark.rule("NTF-04", "NTF-05", "NTF-06", "NTF-08", "NTF-17")
@pytest.mark.parametrize(
    ("members", "code", "text"),
    [
        (
            {"Version": "2017-01-17"},
            "ParameterValidationError",
            'The value "2017-01-17" is not valid for the parameter Version.',
        ),
        (
            {"EventTypes": ["HITCreated", PING]},
            "ParameterValidationError",
            'The value "Ping" is not valid for the parameter EventTypes.',
        ),
        (
            {"EventTypes": ["HITCreate"]},
            "ValidationException",
            "1 validation error detected: Value 'HITCreate' at 'notification.eventTypes.1.member' failed",
        ),
        (
            {"Transport": "SOAP"},
            "ValidationException",
            "1 validation error detected: Value 'SOAP' at 'notification.transport' failed",
        ),
        ({"Destination": TOPIC}, "RequestError", f"The Destination {TOPIC} is not valid for the Transport SQS. ("),
        ({"Transport": "SNS"}, "RequestError", f"The Destination {QUEUE} is not valid for the Transport SNS. ("),
        ({"Transport": "Email"}, "RequestError", f"The Destination {QUEUE} is not valid for the Transport Email. ("),
        ({"Destination": "my-queue"}, "RequestError", "The Destination my-queue is not valid for the Transport SQS. ("),
    ],
)
def test_what_a_specification_may_not_be_is_refused_and_changes_nothing(mturk, hit_type, members, code, text):
    error = refused(
        mturk.client.update_notification_settings, HITTypeId=hit_type, Notification=specification(**members)
    )
    assert error["Code"] == code
    assert error["Message"].startswith(text)
    post(mturk, hit_type)
    assert told(mturk) == []


@pytest.mark.rule("NTF-17")
def test_a_bad_destination_has_the_code_that_sdks_know(mturk, hit_type):
    with pytest.raises(mturk.client.exceptions.RequestError) as caught:
        settings(mturk, hit_type, Notification=specification("nowhere"))
    assert caught.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidTransportEndpoint"


@pytest.mark.rule("C17", "C42")
def test_settings_are_for_hit_types_of_ones_own(mturk, hit_type):
    unknown = refused(mturk.client.update_notification_settings, HITTypeId="3ABC", Active=True)
    assert unknown["Message"].startswith("HITType 3ABC does not exist.")
    foreign = refused(mturk.requester("other").client.update_notification_settings, HITTypeId=hit_type, Active=True)
    assert foreign["Message"].startswith("This user is not authorized to perform the requested operation.")


# --- the test event ----------------------------------------------------------------------------------------------
@pytest.mark.rule("NTF-08", "NTF-16", "NTF-21")
@pytest.mark.parametrize("kind", [*EVENTS, PING])
def test_a_test_event_of_any_type_goes_out_at_once_whatever_the_specification_names(mturk, kind):
    answer = mturk.client.send_test_event_notification(
        Notification=specification(EventTypes=["HITCreated"]), TestEventType=kind
    )
    assert set(answer) == {"ResponseMetadata"}
    (note,) = mturk.notifications
    (event,) = note.events
    ids = {"HITId", "HITTypeId"} if kind.startswith("HIT") else {"HITId", "HITTypeId", "AssignmentId"}
    assert event.pop("EventType") == kind
    assert event.pop("EventTimestamp") == "2026-01-05T09:00:00Z"
    assert set(event) == (set() if kind == PING else ids)
    assert (note.destination, note.at.replace(microsecond=0)) == (QUEUE, mturk.clock.now.replace(microsecond=0))


@pytest.mark.rule("NTF-08")
def test_ping_may_stand_in_the_specification_of_a_test(mturk):
    mturk.client.send_test_event_notification(Notification=specification(EventTypes=[PING]), TestEventType=PING)
    assert told(mturk) == [PING]


@pytest.mark.rule("NTF-04", "NTF-06", "NTF-17")
@pytest.mark.parametrize(
    ("members", "text"),
    [({"Version": "1"}, 'The value "1" is not valid'), ({"Destination": "x"}, "The Destination x is not valid")],
)
def test_the_specification_of_a_test_is_looked_at_too(mturk, members, text):
    error = refused(
        mturk.client.send_test_event_notification,
        Notification=specification(**members),
        TestEventType=PING,
    )
    assert error["Message"].startswith(text)
    assert told(mturk) == []


@pytest.mark.rule("NTF-17")
def test_a_test_that_the_destination_refuses_is_an_internal_failure_without_a_text(mturk):
    def refuse(_):
        raise DestinationRefused("no permission")

    mturk.notifications.deliver_to(call=refuse)
    with mturk.virtual_time():  # botocore sleeps between its attempts
        error = refused(mturk.client.send_test_event_notification, Notification=specification(), TestEventType=PING)
    assert error == {"Code": "InternalFailure", "Message": ""}
    attempts = mturk.calls.of("SendTestEventNotification")
    assert len(attempts) > 1
    assert {attempt.error.status for attempt in attempts} == {500}
    assert told(mturk) == []


@pytest.mark.rule("NTF-16", "NTF-18")
def test_a_test_that_gets_lost_or_is_late_is_no_error(mturk):
    mturk.notifications.lose()
    mturk.notifications.delay()
    for _ in range(2):
        mturk.client.send_test_event_notification(Notification=specification(), TestEventType=PING)
    assert told(mturk) == []
    mturk.clock.advance(minutes=1)
    assert told(mturk) == [PING]
