"""The floors and the peers that our calls are held against: F, botocore's Stubber, and a plain ``before-send`` hook."""

import json
from collections.abc import Callable
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.stub import Stubber

Call = Callable[[], Any]


def default_client() -> Any:
    """A boto3 client as anybody makes one, with credentials, so that it signs."""
    session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="us-east-1")
    return session.client("mturk")


def shared_client() -> Call:
    """Making one more client on a session that is there."""
    session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="us-east-1")
    return lambda: session.client("mturk")


def method(client: Any, operation: str) -> Callable[..., Any]:
    """The client's method for an operation."""
    names = {wire: python for python, wire in client.meta.method_to_api_mapping.items()}
    return getattr(client, names[operation])


def floor(operation: str, params: dict[str, Any], answer: dict[str, Any]) -> Call:
    """F: a ``before-call`` handler that returns a ready dict, on a default client."""
    client = default_client()
    http = AWSResponse("https://x", 200, {}, None)
    client.meta.events.register("before-call.mturk", lambda **_: (http, answer))
    call = method(client, operation)
    return lambda: call(**params)


def stubbed(operation: str, params: dict[str, Any], answer: dict[str, Any]) -> Call:
    """botocore's own Stubber: queue the response, then call."""
    client = default_client()
    stubber = Stubber(client)
    stubber.activate()
    call = method(client, operation)
    name = call.__name__

    def run() -> Any:
        stubber.add_response(name, answer)
        return call(**params)

    return run


class _Body:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Any:
        yield self._content


def before_send(operation: str, params: dict[str, Any], answer: dict[str, Any]) -> Call:
    """A ``before-send`` hook on a default client, which signs: the way moto hooks in."""
    client = default_client()
    body = json.dumps(answer, default=lambda when: when.timestamp()).encode()
    headers = {"x-amzn-requestid": "x", "content-type": "application/x-amz-json-1.1"}
    client.meta.events.register("before-send.mturk", lambda **_: AWSResponse("https://x", 200, headers, _Body(body)))
    call = method(client, operation)
    return lambda: call(**params)
