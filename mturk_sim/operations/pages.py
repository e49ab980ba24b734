"""Pages: how every list is cut, and the tokens that lead from one page to the next.

A page is found by the key of the last item before it, so inserts and deletes elsewhere neither skip nor repeat
anything.  A token has the recorded form (LST-03) and is bound to the requester, the operation and the arguments
(C15, LST-04); whatever has at least one item also has a token, even the last page (LST-05, LST-06, C5).
botocore has paginators for nine of the lists, which go by these tokens (LST-14).
"""

import base64
import struct
from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeVar

from mturk_sim.marketplace import errors
from mturk_sim.operations.call import Answer, Call
from mturk_sim.operations.model import arranged

DEFAULT_PAGE = 10
"""Results on a page when MaxResults is not given (LST-01)."""

T = TypeVar("T")
Key = tuple[int, ...]
Found = Callable[[Key | None, int], list[Key]]
"""Given the key before a page, if any, and a count: the keys on it."""

_PREFIX = "p1:"
_CURSOR = struct.Struct(">qq14x")
_SEAL = 16


def page(
    call: Call,
    scope: tuple[object, ...],
    member: str,
    found: Found,
    show: Callable[[Key], Any],
    next_token: str | None,
    max_results: int | None,
) -> Answer:
    """One page of a list, as `page_at_once` cuts it, whose items are shown one by one.

    Raises:
        ServiceError: The token is not one of this list's (C15).
    """
    return page_at_once(call, scope, member, found, lambda keys: [show(key) for key in keys], next_token, max_results)


def page_at_once(
    call: Call,
    scope: tuple[object, ...],
    member: str,
    found: Found,
    show: Callable[[list[Key]], list[Any]],
    next_token: str | None,
    max_results: int | None,
) -> Answer:
    """One page of a list; NumResults counts its own items alone (LST-02).

    Args:
        call: The call that asks.
        scope: The operation's name and the arguments that define the list.
        member: The answer's member that holds the items.
        found: Finds the keys on a page.
        show: The views of all items, by their keys.
        next_token: The caller's token, if any.
        max_results: The caller's page size, if any.

    Raises:
        ServiceError: The token is not one of this list's (C15).
    """
    seal = (call.requester.name, *scope)
    start = None if next_token is None else _open(call, seal, next_token)
    size = max_results or DEFAULT_PAGE
    keys = found(start, size)
    answer: Answer = {"NumResults": len(keys), member: show(keys)}
    if keys and not (call.world.behavior.lean_pages and not found(keys[-1], 1)):
        answer["NextToken"] = _seal(call, seal, keys[-1])
    return arranged(f"{scope[0]}Response", answer)


def positions(items: Sequence[T], wanted: Callable[[T], bool]) -> Found:
    """Pages by position through a sequence that only grows, of the items that are wanted."""

    def found(start: Key | None, count: int) -> list[Key]:
        first = start[0] + 1 if start else 0
        places = (place for place in range(first, len(items)) if wanted(items[place]))
        return [(place,) for place in islice(places, count)]

    return found


def _mac(call: Call, seal: tuple[object, ...], cursor: bytes) -> bytes:
    bound = repr((call.world.draws.seed, seal)).encode("utf-8", "surrogatepass")
    return blake2b(cursor, key=blake2b(bound, digest_size=32).digest(), digest_size=_SEAL).digest()


def _mask(mac: bytes) -> bytes:
    return blake2b(mac, digest_size=_CURSOR.size).digest()


def _seal(call: Call, seal: tuple[object, ...], key: Key) -> str:
    cursor = _CURSOR.pack(*key, *(0,) * (2 - len(key)))
    mac = _mac(call, seal, cursor)
    hidden = bytes(a ^ b for a, b in zip(cursor, _mask(mac), strict=True))
    return _PREFIX + base64.b64encode(mac + hidden).decode()


def _open(call: Call, seal: tuple[object, ...], token: str) -> Key:
    try:
        raw = base64.b64decode(token.removeprefix(_PREFIX), validate=True) if token.startswith(_PREFIX) else b""
    except ValueError:
        raw = b""
    mac, hidden = raw[:_SEAL], raw[_SEAL:]
    if len(hidden) == _CURSOR.size:
        key: Key = _CURSOR.unpack(bytes(a ^ b for a, b in zip(hidden, _mask(mac), strict=True)))
        if _seal(call, seal, key) == token:
            return key
    raise errors.BAD_VALUE(value=token, name="NextToken")
