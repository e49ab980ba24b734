"""Headers made up at the first look are those of the wire, however one looks."""

import ast
import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from mturk_sim import simulate
from mturk_sim.transport.headers import UNREAD, AnswerHeaders

ANSWER = {"AvailableBalance": "10000.00"}
PLAIN = {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": "id-1",
    "content-length": "31",
    "date": "Thu, 01 Jan 1970 00:00:01 GMT",
}


def fresh(request_id: str = "id-1") -> AnswerHeaders:
    headers = AnswerHeaders(UNREAD)
    headers.source = ANSWER, request_id, 1_000_000
    return headers


def after(headers: dict[str, str], method: str, *args: Any) -> dict[str, str]:
    getattr(headers, method)(*args)
    return dict(headers)


LOOKS: dict[str, Callable[[dict[str, str]], Any]] = {
    "[]": lambda headers: headers["date"],
    "in": lambda headers: ("date" in headers, "x" in headers),
    "len": len,
    "bool": bool,
    "iter": lambda headers: sorted(headers),
    "reversed": lambda headers: dict.fromkeys(reversed(headers)),
    "get": lambda headers: (headers.get("date"), headers.get("x", "y")),
    "keys": lambda headers: sorted(headers.keys()),
    "values": lambda headers: sorted(headers.values()),
    "items": lambda headers: sorted(headers.items()),
    "copy": lambda headers: headers.copy(),
    "==": lambda headers: (headers == PLAIN, headers == {}),
    "==, from the right": lambda headers: [PLAIN, headers].index(headers),
    "!=": lambda headers: (headers != PLAIN, headers != {}),
    "dict": dict,
    "**": lambda headers: {**headers},
    "|": lambda headers: headers | {"x": "y"},
    "r|": lambda headers: {"x": "y"} | headers,
    "update from": lambda headers: {"x": "y", **headers},
    "pop": lambda headers: (headers.pop("date"), dict(headers)),
    "setdefault": lambda headers: (headers.setdefault("date", "x"), headers.setdefault("y", "z")),
    "[]=": lambda headers: after(headers, "__setitem__", "date", "x"),
    "del": lambda headers: after(headers, "__delitem__", "date"),
    "update": lambda headers: after(headers, "update", {"date": "x"}),
    "clear": lambda headers: after(headers, "clear"),
    "json": lambda headers: json.loads(json.dumps(headers)),
    "pickle": lambda headers: pickle.loads(pickle.dumps(headers)),
    "deepcopy": copy.deepcopy,
    "shallow copy": copy.copy,
    "repr": lambda headers: ast.literal_eval(repr(headers)),
}


@pytest.mark.rule("HIT-10")
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_look_is_like_a_plain_dicts(look: Callable[[dict[str, str]], Any]) -> None:
    assert look(fresh()) == look(dict(PLAIN))


def test_every_way_to_look_at_a_dict_is_tried() -> None:
    orders = {"__lt__", "__le__", "__gt__", "__ge__"}
    about_the_class = {"__new__", "__init__", "__class_getitem__", "__sizeof__", "__getattribute__", "fromkeys"}
    inherited = set(vars(dict)) - set(vars(AnswerHeaders)) - orders - about_the_class
    assert inherited == set()


def test_two_of_them_compare() -> None:
    assert fresh() == fresh()
    assert fresh() != fresh("id-2")
    with pytest.raises(TypeError):
        hash(fresh())


def test_the_length_is_counted_once_and_late() -> None:
    with simulate() as sim:
        answer: Any = sim.client.get_account_balance()
        headers = answer["ResponseMetadata"]["HTTPHeaders"]
        assert headers["content-length"] == headers["content-length"] == "31"
