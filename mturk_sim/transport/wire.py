"""Answers as HTTP: compact JSON in the recorded order, status, headers (HIT-07, HIT-09, HIT-10, ERR-01, ENV-01)."""

import json
import re
from collections.abc import Iterator
from email.utils import formatdate
from functools import lru_cache
from typing import Any, Final

from botocore.awsrequest import AWSResponse

from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.transport.stamps import SECOND

CONTENT_TYPE: Final = "application/x-amz-json-1.1"


_encode: Final = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_END: Final = re.compile(r"\.0(?=[,}])")
"""Where a float ends, or something in a text that looks like one: there are few of these, so they are soon found."""


def dump(members: dict[str, Any]) -> str:
    """An answer as compact JSON, its instants in Java's way of writing a double (HIT-07).

    Instants are the only floats of an answer; everything else is strings, whole numbers, lists and structures.
    """
    *ended, rest = _END.split(_encode(members))
    return "".join([_as_java(text) for text in ended]) + rest


def _as_java(text: str) -> str:
    """A text that a float ended, with that in Java's way; inside a string every quote has a backslash before it."""
    start, _, digits = text.rpartition('":')
    if digits.isdecimal() and start[-1:] != "\\":
        return f'{start}":{java_double(digits)}'
    return f"{text}.0"


@lru_cache(maxsize=4096)
def java_double(digits: str) -> str:
    """A whole number as Java writes a double: ``1.558393704E9``."""
    if len(digits) < 8:
        return f"{digits}.0"
    return f"{digits[0]}.{digits[1:].rstrip('0') or '0'}E{len(digits) - 1}"


def refusal_body(error: ServiceError, now: int, sandbox: bool) -> bytes:
    """The body of a refusal, its keys in the recorded order (ERR-01)."""
    members = {"__type": error.type, "Message": error.message(now // 1000, sandbox)}
    if error.code is not None:
        members["TurkErrorCode"] = error.code
    return dump(members).encode()


@lru_cache(maxsize=256)
def http_date(seconds: int) -> str:
    """An instant as the HTTP Date header has it."""
    return formatdate(seconds, usegmt=True)


def headers(request_id: str, length: int, now: int) -> dict[str, str]:
    """The headers that were recorded (HIT-10)."""
    return {
        "x-amzn-requestid": request_id,
        "content-type": CONTENT_TYPE,
        "content-length": str(length),
        "date": http_date(now // SECOND),
    }


class _Body:
    """A whole body in the form in which botocore reads one."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        """The content, in one piece."""
        yield self._content


def http_response(url: str, status: int, body: bytes, request_id: str, now: int) -> AWSResponse:
    """An HTTP response for botocore's own parser."""
    given: Any = headers(request_id, len(body), now), _Body(body)  # which do what botocore's own types do
    return AWSResponse(url, status, *given)
