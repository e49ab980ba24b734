"""Real boto3 clients of SQS and SNS, answered by moto: the bodies as a requester's program gets them."""

import json
import re

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from notices import QUEUE, post, specification, told, watch

from mturk_sim import Notification, simulate

KEYS = {"region_name": "us-east-1", "aws_access_key_id": "testing", "aws_secret_access_key": "testing"}


@pytest.fixture
def aws():
    """Simulated SQS and SNS."""
    with mock_aws():
        yield {service: boto3.client(service, **KEYS) for service in ("sqs", "sns")}


@pytest.fixture
def queue(aws):
    return aws["sqs"].create_queue(QueueName="events")["QueueUrl"]


@pytest.fixture
def topic(aws, queue):
    """A topic to which the queue is subscribed."""
    arn = aws["sns"].create_topic(Name="events")["TopicArn"]
    queue_arn = aws["sqs"].get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    aws["sns"].subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue_arn)
    return arn


def received(aws, queue):
    """Every message in the queue, taken out."""
    messages = []
    while found := aws["sqs"].receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        messages += found
        for message in found:
            aws["sqs"].delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return messages


@pytest.mark.rule("NTF-05", "NTF-10", "NTF-11")
@pytest.mark.parametrize("wire", [False, True])
def test_a_queue_gets_the_bodies_of_the_inbox(aws, queue, wire):
    with simulate(wire=wire) as sim:
        sim.notifications.deliver_to(sqs=aws["sqs"])
        handle = sim.worker().accept(post(sim, watch(sim, queue))).submit({"label": "cat"})
        messages = received(aws, queue)
        assert [message["Body"] for message in messages] == [note.body for note in sim.notifications]
        assert [json.loads(message["Body"])["Events"][0]["EventType"] for message in messages] == told(sim)
        assert json.loads(messages[2]["Body"])["Events"][0]["AssignmentId"] == handle.id


@pytest.mark.rule("NTF-12")
@pytest.mark.parametrize("sandbox", [True, False])
def test_behind_a_topic_the_body_is_the_message_and_the_subject_is_milliseconds(aws, queue, topic, sandbox):
    with simulate(sandbox=sandbox) as sim:
        sim.notifications.deliver_to(sns=aws["sns"])
        post(sim, watch(sim, topic, "SNS"))
        (message,) = received(aws, queue)
        envelope = json.loads(message["Body"])
        (note,) = sim.notifications
        assert (envelope["Type"], envelope["TopicArn"]) == ("Notification", topic)
        assert envelope["Message"] == note.body
        assert envelope["Subject"] == note.subject == "1767603600000"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", envelope["Timestamp"])


@pytest.mark.rule("NTF-13")
def test_a_copy_has_the_same_document_in_another_message(aws, queue):
    with simulate() as sim:
        sim.notifications.deliver_to(sqs=aws["sqs"])
        sim.notifications.duplicate()
        post(sim, watch(sim, queue))
        first, second = received(aws, queue)
        assert first["Body"] == second["Body"]
        assert first["MessageId"] != second["MessageId"]


@pytest.mark.rule("NTF-05", "C37")
def test_each_transport_goes_its_own_way_and_the_rest_to_the_callable(aws, queue, topic):
    with simulate() as sim:
        called = []
        sim.notifications.deliver_to(sqs=aws["sqs"], call=called.append)
        post(sim, watch(sim, queue, title="one"))
        post(sim, watch(sim, topic, "SNS", title="two"))
        post(sim, watch(sim, "me@example.com", "Email", title="three"))
        assert len(received(aws, queue)) == 1
        assert [type(note) for note in called] == [Notification, Notification]
        assert [note.transport for note in called] == ["SNS", "Email"]
        assert [note.transport for note in sim.notifications] == ["SQS", "SNS", "Email"]


@pytest.mark.rule("NTF-18")
def test_a_queue_that_is_gone_loses_messages_silently(aws, queue):
    with simulate() as sim:
        sim.notifications.deliver_to(sqs=aws["sqs"])
        hit_type = watch(sim, queue)
        aws["sqs"].delete_queue(QueueUrl=queue)
        post(sim, hit_type)
        assert told(sim) == []
        (fact,) = sim.journal.of("NotificationLost")
        assert "NonExistentQueue" in fact.detail["reason"]


@pytest.mark.rule("NTF-17")
def test_a_test_event_to_a_queue_that_is_not_there_fails(aws):
    with simulate() as sim, sim.virtual_time():
        sim.notifications.deliver_to(sqs=aws["sqs"])
        with pytest.raises(ClientError) as caught:
            sim.client.send_test_event_notification(Notification=specification(QUEUE), TestEventType="Ping")
        assert caught.value.response["Error"] == {"Code": "InternalFailure", "Message": ""}


def test_refusals_reach_the_caller_beside_moto(aws):
    with simulate() as sim, pytest.raises(sim.client.exceptions.RequestError, match="Hit 3X does not exist"):
        sim.client.get_hit(HITId="3X")


def test_a_program_that_makes_all_its_clients_itself_gets_its_events(aws, queue):
    with simulate() as sim, sim.everywhere():
        sim.notifications.deliver_to(sqs=aws["sqs"])
        mturk, sqs = boto3.client("mturk", **KEYS), boto3.client("sqs", **KEYS)
        post(sim, watch(sim, queue, client=mturk), client=mturk)
        assert len(sqs.receive_message(QueueUrl=queue)["Messages"]) == 1
