"""What goes over the wire, byte by byte: answers, refusals, headers, instants."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from helpers import api, post, shown
from hypothesis import given
from hypothesis import strategies as st
from questions import HIT, QUESTION

from mturk_sim import Simulation, simulate
from mturk_sim.marketplace import errors
from mturk_sim.transport.wire import dump, headers, java_double, refusal_body

RECORDED = datetime(2019, 5, 20, 23, 8, 23, tzinfo=UTC)
"""When CreateHITWithHITType was recorded."""


@pytest.fixture(params=[False, True], ids=["early", "wire"])
def sim(request: pytest.FixtureRequest) -> Iterator[Simulation]:
    with simulate(start=RECORDED, wire=request.param) as made:
        yield made


def bodies(client: Any) -> list[bytes]:
    """The bodies botocore parses from now on."""
    seen: list[bytes] = []
    client.meta.events.register(
        "response-received.mturk", lambda response_dict, **_: seen.append(response_dict["body"])
    )
    return seen


# --- numbers -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-07")
@pytest.mark.parametrize(
    ("number", "java"),
    [
        (0, "0.0"),
        (7, "7.0"),
        (1234567, "1234567.0"),
        (9999999, "9999999.0"),
        (10000000, "1.0E7"),
        (12345678, "1.2345678E7"),
        (1558393704, "1.558393704E9"),
        (1558393700, "1.5583937E9"),
        (2000000000, "2.0E9"),
    ],
)
def test_instants_are_written_as_java_writes_a_double(number: int, java: str) -> None:
    assert java_double(str(number)) == java
    assert dump({"T": float(number)}) == f'{{"T":{java}}}'
    assert float(java) == number


@pytest.mark.rule("HIT-07", "HIT-09")
def test_an_answer_of_the_recorded_length(sim: Simulation) -> None:
    """1336 bytes as recorded; with plain integers it would be 1330, with ``.0`` 1334."""
    client = api(sim)
    hit_type_id = client.create_hit_type(
        Title="Word game", Description="x", Reward="0.01", AssignmentDurationInSeconds=3600, Keywords="game"
    )["HITTypeId"]
    request = {"HITTypeId": hit_type_id, "LifetimeInSeconds": 86400, "Question": QUESTION, "MaxAssignments": 9}
    short = int(_length(client.create_hit_with_hit_type(**request, RequesterAnnotation="x")))
    longer = QUESTION.replace("<form>", "<form>" + "y" * (1336 - short))
    answer = client.create_hit_with_hit_type(**request | {"Question": longer}, RequesterAnnotation="x")
    assert _length(answer) == "1336"

    def written(stamp: str) -> int:
        members = {name: member for name, member in answer.items() if name != "ResponseMetadata"}
        return len(json.dumps(members, separators=(",", ":"), default=lambda when: stamp)) - 2 * len('""')

    assert (written("1558393704"), written("1558393704.0"), written("1.558393704E9")) == (1330, 1334, 1336)


def _length(answer: dict[str, Any]) -> str:
    length: str = answer["ResponseMetadata"]["HTTPHeaders"]["content-length"]
    return length


# --- answers -----------------------------------------------------------------------------------------------------
LEAVES = st.one_of(st.text(), st.integers(), st.booleans(), st.integers(0, 2**31).map(float))
MEMBERS = st.dictionaries(st.text("Abc", min_size=1), LEAVES | st.lists(st.text()), max_size=4)


@pytest.mark.rule("HIT-09")
@given(st.dictionaries(st.text("Abc", min_size=1), LEAVES | st.lists(MEMBERS) | MEMBERS, max_size=4))
def test_what_is_written_reads_the_same(members: dict[str, Any]) -> None:
    text = dump(members)
    assert json.loads(text) == members
    assert text.isascii()


@pytest.mark.parametrize("text", ['":5.0', 'x":1558393704.0,"', '\\":5.0', "\\", '"', '{"T":12345678.0}'])
def test_text_that_looks_like_an_instant_stays_text(text: str) -> None:
    assert json.loads(dump({"A": text, "T": 12345678.0})) == {"A": text, "T": 12345678.0}


@pytest.mark.rule("HIT-09")
def test_what_is_unset_is_left_out_and_nothing_to_tell_is_an_empty_object() -> None:
    with simulate(wire=True) as sim:
        seen = bodies(sim.client)
        hit_id = post(sim)
        api(sim).update_expiration_for_hit(HITId=hit_id, ExpireAt=0)
        api(sim).list_hits(MaxResults=1)
        api(sim).list_reviewable_hits(Status="Reviewing")
    created, expired, listed, none = seen
    assert b"null" not in created
    assert b'": ' not in created
    assert b'", ' not in created
    assert expired == b"{}"
    assert b'"QualificationRequirements":[]' in listed
    assert none == b'{"NumResults":0,"HITs":[]}'


@pytest.mark.rule("HIT-10", "ENV-01")
def test_answers_carry_the_recorded_headers(sim: Simulation) -> None:
    metadata = api(sim).get_account_balance()["ResponseMetadata"]
    assert metadata["HTTPHeaders"] == {
        "x-amzn-requestid": metadata["RequestId"],
        "content-type": "application/x-amz-json-1.1",
        "content-length": str(len('{"AvailableBalance":"10000.00"}')),
        "date": "Mon, 20 May 2019 23:08:23 GMT",
    }
    assert (metadata["HTTPStatusCode"], metadata["RetryAttempts"]) == (200, 0)
    parts = metadata["RequestId"].split("-")
    assert [len(part) for part in parts] == [8, 4, 4, 4, 12]
    assert api(sim).get_account_balance()["ResponseMetadata"]["RequestId"] != metadata["RequestId"]


@pytest.mark.rule("HIT-01", "ENV-01")
def test_a_request_is_json_for_an_operation_named_in_a_header(sim: Simulation) -> None:
    sent: list[Any] = []
    client = api(sim)
    client.meta.events.register_first("before-send.mturk", lambda request, **_: sent.append(request))
    with pytest.raises(client.exceptions.RequestError):
        client.get_hit(HITId="3NOSUCH")
    (request,) = sent
    assert (request.method, request.url) == ("POST", "https://mturk-requester-sandbox.us-east-1.amazonaws.com/")
    assert request.headers["X-Amz-Target"] in (
        "MTurkRequesterServiceV20170117.GetHIT",
        b"MTurkRequesterServiceV20170117.GetHIT",
    )
    assert request.headers["Content-Type"] in ("application/x-amz-json-1.1", b"application/x-amz-json-1.1")
    assert "Authorization" not in request.headers


# --- refusals ----------------------------------------------------------------------------------------------------
@pytest.mark.rule("ERR-01", "ERR-03", "ENV-01", "ENV-04")
@pytest.mark.parametrize(("sandbox", "suffix"), [(True, " (1767603600000 s)"), (False, " (1767603600000)")])
@pytest.mark.parametrize("wire", [True, False])
def test_a_refusal_byte_by_byte(sandbox: bool, suffix: str, wire: bool) -> None:
    with simulate(sandbox=sandbox, wire=wire) as sim:
        client = api(sim)
        seen = bodies(client)
        with pytest.raises(client.exceptions.RequestError) as caught:
            client.get_hit(HITId="3NOSUCH")
        assert seen == [
            b'{"__type":"RequestError","Message":"Hit 3NOSUCH does not exist.%s",'
            b'"TurkErrorCode":"AWS.MechanicalTurk.HITDoesNotExist"}' % suffix.encode()
        ]
        metadata = caught.value.response["ResponseMetadata"]
        assert metadata["HTTPStatusCode"] == 400
        assert metadata["HTTPHeaders"]["content-length"] == str(len(seen[0]))
        assert metadata["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"


@pytest.mark.rule("ERR-06", "C12")
def test_the_code_of_a_value_error_is_sent_and_dropped_by_botocore(sim: Simulation) -> None:
    client = api(sim)
    seen = bodies(client)
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.create_hit(**HIT | {"Reward": "0"})
    sent = json.loads(seen[-1])
    assert list(sent) == ["__type", "Message", "TurkErrorCode"]
    assert sent["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidParameterValue"
    assert "TurkErrorCode" not in caught.value.response
    with pytest.raises(client.exceptions.ClientError):
        client.create_hit(**HIT | {"Question": "<p>"})
    assert json.loads(seen[-1])["TurkErrorCode"] == "AWS.MechanicalTurk.XMLParseError"


@pytest.mark.rule("ERR-01")
def test_a_refusal_without_a_code_sends_none() -> None:
    body = refusal_body(errors.BAD_COMBINATION(names="A, B"), 1_000_000, sandbox=False)
    assert body == (
        b'{"__type":"InvalidParameterCombinationError",'
        b'"Message":"The combination of parameters supplied to the request is invalid: A, B. (1000)"}'
    )


def test_headers_count_bytes() -> None:
    assert headers("id", 12, 0)["content-length"] == "12"
    assert headers("id", 12, 0)["date"] == "Thu, 01 Jan 1970 00:00:00 GMT"


# --- the environment ---------------------------------------------------------------------------------------------
@pytest.mark.rule("HIT-01")
def test_environments_share_no_objects() -> None:
    with simulate() as sandbox, simulate(sandbox=False, seed=1) as production:
        hit_id = post(sandbox)
        assert shown(sandbox, hit_id)["HITId"] == hit_id
        with pytest.raises(api(production).exceptions.RequestError, match=r"does not exist\. \(\d{13}\)$"):
            api(production).get_hit(HITId=hit_id)
