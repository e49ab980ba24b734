"""Attempts: the marketplace is asked exactly once for each, early or by wire, for good or ill."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from helpers import api, digest, post
from questions import HIT

from mturk_sim import Behavior, simulate
from mturk_sim.transport.clients import PRODUCTION, SANDBOX, is_sandbox


@pytest.mark.parametrize("wire", [False, True])
def test_each_attempt_asks_once(wire: bool) -> None:
    with simulate(wire=wire) as sim:
        start = sim.clock.micros
        post(sim)
        with pytest.raises(ClientError):
            api(sim).get_hit(HITId="3NOSUCH")
        with pytest.raises(ClientError):
            api(sim).get_hit(HITId="lower")
        api(sim).get_account_balance()
        operations = [call.operation for call in sim.calls]
        assert operations == ["CreateHIT", "GetHIT", "GetHIT", "GetAccountBalance"]
        assert sim.clock.micros == start + 4


@pytest.mark.parametrize("wire", [False, True])
def test_what_botocore_refuses_does_not_arrive(wire: bool) -> None:
    with simulate(wire=wire) as sim:
        before, start = digest(sim), sim.clock.micros
        for call, params in (
            (api(sim).create_hit, {}),
            (api(sim).create_hit, HIT | {"Titel": "x"}),
            (api(sim).create_hit, HIT | {"Reward": 0.05}),
            (api(sim).get_hit, {"HITId": ""}),
            (api(sim).list_hits, {"MaxResults": 0}),
        ):
            with pytest.raises(Exception, match="Parameter validation failed"):
                call(**params)
        assert (digest(sim), sim.clock.micros, len(sim.calls)) == (before, start, 0)


@pytest.mark.rule("ERR-02", "ENV-02", "ENV-03")
@pytest.mark.parametrize("wire", [False, True])
def test_only_modelled_errors_are_typed(wire: bool) -> None:
    with simulate(wire=wire) as sim:
        client = api(sim)
        with pytest.raises(client.exceptions.RequestError) as typed:
            client.get_hit(HITId="3NOSUCH")
        response: Any = typed.value.response
        assert isinstance(typed.value, ClientError)
        assert response["Error"] == {"Code": "RequestError", "Message": response["Message"]}
        assert response["TurkErrorCode"] == "AWS.MechanicalTurk.HITDoesNotExist"

        for params, code in (
            (HIT | {"LifetimeInSeconds": 1}, "ParameterValidationError"),
            (HIT | {"HITLayoutId": "3L"}, "InvalidParameterCombinationError"),
            (HIT | {"UniqueRequestToken": "x" * 65}, "ValidationException"),
        ):
            with pytest.raises(ClientError) as plain:
                client.create_hit(**params)
            assert type(plain.value) is ClientError
            assert plain.value.response["Error"]["Code"] == code
            assert set(plain.value.response) == {"Error", "ResponseMetadata"}


@pytest.mark.rule("ERR-10", "C45")
@pytest.mark.parametrize("wire", [False, True])
@pytest.mark.parametrize(
    ("rejected", "typed", "kind", "code", "text"),
    [
        (
            "unlinked",
            "RequestError",
            "RequestError",
            "AWS.AccountNotLinked",
            "To use the MTurk API, you will need an Amazon Web Services (AWS) Account. Your AWS account must be linked "
            "to your Amazon Mechanical Turk Account. Visit "
            "https://requestersandbox.mturk.com/developer to get started.",
        ),
        (
            "unknown",
            "ClientError",
            "UnrecognizedClientException",
            None,
            "The security token included in the request is invalid.",
        ),
    ],
)
def test_credentials_are_rejected_if_that_is_wanted(
    wire: bool, rejected: str, typed: str, kind: str, code: str | None, text: str
) -> None:
    with simulate(wire=wire, behavior=Behavior(reject_credentials=rejected)) as sim:
        before = digest(sim)
        for call, params in ((api(sim).get_account_balance, {}), (api(sim).create_hit, HIT), (post, {"sim": sim})):
            with pytest.raises(ClientError) as caught:
                call(**params)
            response: Any = caught.value.response
            assert (type(caught.value).__name__, response.get("TurkErrorCode")) == (typed, code)
            assert response["Error"] == {"Code": kind, "Message": text}
        assert digest(sim) == before


@pytest.mark.rule("C45")
def test_credentials_are_not_looked_at_otherwise() -> None:
    with simulate() as sim:
        assert api(sim).get_account_balance()["AvailableBalance"] == "10000.00"


@pytest.mark.rule("HIT-01", "ERR-03")
@pytest.mark.parametrize(
    ("url", "otherwise", "sandbox"),
    [
        (SANDBOX, False, True),
        (PRODUCTION, True, False),
        ("http://localhost:5000", True, True),
        ("http://localhost:5000", False, False),
    ],
)
def test_the_endpoint_tells_the_environment_if_it_is_one_of_the_services(
    url: str, otherwise: bool, sandbox: bool
) -> None:
    assert is_sandbox(url, otherwise) is sandbox
