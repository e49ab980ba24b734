"""The log of calls: all in order, bounded, and the newest with their results."""

import boto3
import pytest

from mturk_sim import Simulation, simulate
from mturk_sim.simulation import calls
from mturk_sim.simulation.calls import Calls
from mturk_sim.transport.clients import PRODUCTION, SANDBOX


def test_each_call_is_noted_with_its_result_or_error(mturk: Simulation) -> None:
    mturk.client.get_account_balance()
    with pytest.raises(mturk.client.exceptions.RequestError):
        mturk.client.get_hit(HITId="3X")

    balance, refused = mturk.calls

    assert (balance.operation, balance.parameters, balance.requester) == ("GetAccountBalance", {}, "default")
    assert balance.result is not None
    assert balance.result["AvailableBalance"] == "10000.00"
    assert (refused.operation, refused.parameters, refused.result) == ("GetHIT", {"HITId": "3X"}, None)
    assert "does not exist" in str(refused.error)
    assert balance.at < refused.at
    assert [call.operation for call in mturk.calls.of("GetHIT")] == ["GetHIT"]
    assert list(mturk.calls.of("get_hit", "GetAccountBalance")) == list(mturk.calls)


@pytest.mark.parametrize("wire", [False, True])
def test_each_call_tells_what_endpoint_its_client_was_made_for(wire: bool) -> None:
    production = boto3.client("mturk", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    with simulate(wire=wire) as sim:
        sim.attach(production)
        sim.client.list_hits()
        production.list_hits()
        with pytest.raises(production.exceptions.RequestError):
            production.get_hit(HITId="3X")
        sim.faults.throttle()
        production.list_hits()

        first, *others = sim.calls
        assert first.endpoint == SANDBOX
        assert [(call.endpoint, call.operation) for call in others] == [
            (PRODUCTION, operation) for operation in ("ListHITs", "GetHIT", "ListHITs", "ListHITs")
        ]


def test_calls_of_what_is_no_operation_are_not_asked_for_in_vain(mturk: Simulation) -> None:
    with pytest.raises(ValueError, match="no operation of the service: CreateHITs; did you mean 'CreateHIT'"):
        mturk.calls.of("GetHIT", "CreateHITs")


def test_very_old_calls_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "KEPT", 5)
    log = Calls()
    for number in range(8):
        log.note((number, "default", "GetHIT", {}, {"number": number}))

    assert (log.made, len(log)) == (8, 5)
    assert [call.micros for call in log] == [3, 4, 5, 6, 7]
    assert [call.result for call in log] == [{"number": number} for number in (3, 4, 5, 6, 7)]
    assert (log[-1].micros, log[0].micros) == (7, 3)


def test_of_long_lists_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "RESULTS", 4)
    log = Calls()
    for number in (3, 2, 0, 1):
        log.note((number, "default", "ListHITs", {}, {"NumResults": number}))
        log.note((number, "default", "GetHIT", {}, {"HIT": {}}))

    assert [call.result and call.result["NumResults"] for call in log.of("ListHITs")] == [None, 2, 0, 1]
    assert [call.result for call in log.of("GetHIT")] == [{"HIT": {}}] * 4


def test_what_is_kept_of_lists_counts_once_very_old_calls_have_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "KEPT", 2)
    monkeypatch.setattr(calls, "RESULTS", 4)
    log = Calls()
    for number in range(8):
        log.note((number, "default", "ListHITs", {}, {"NumResults": 2}))

    assert [call.result for call in log] == [{"NumResults": 2}] * 2
