"""Answers as HTTP: compact JSON in the recorded order, status, headers (HIT-07, HIT-09, HIT-10, ERR-01, ENV-01)."""

from collections.abc import Iterator
from email.utils import formatdate
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import Any, Final

from botocore.awsrequest import AWSResponse

from mturk_sim.marketplace.errors import ServiceError
from mturk_sim.transport.stamps import SECOND, JavaDouble

CONTENT_TYPE: Final = "application/x-amz-json-1.1"


def dump(value: Any) -> str:
    """A value as compact JSON, with Java's way of writing a double (HIT-07): the standard encoder has no place for it."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{encode_basestring_ascii(name)}:{dump(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dump, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, JavaDouble)):
        return str(value)
    raise TypeError(f"the wire cannot carry {value!r}")


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
    return AWSResponse(url, status, headers(request_id, len(body), now), _Body(body))  # type: ignore[arg-type]
