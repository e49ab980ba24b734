"""The log of calls: all in order, bounded, and the newest with their results."""

import pytest

from mturk_sim import Simulation
from mturk_sim.simulation import calls
from mturk_sim.simulation.calls import Calls


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


def test_old_results_are_let_go_and_very_old_calls_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "KEPT", 5)
    monkeypatch.setattr(calls, "RESULTS", 2)
    log = Calls()
    for number in range(8):
        log.note((number, "default", "GetHIT", {}), {"number": number})

    log.note((8, "default", "ListHITs", {}), {"NumResults": 2})
    assert [call.result for call in log][-2:] == [None, {"NumResults": 2}]

    log = Calls()
    for number in range(8):
        log.note((number, "default", "GetHIT", {}), {"number": number})

    assert (log.made, len(log)) == (8, 5)
    assert [call.micros for call in log] == [3, 4, 5, 6, 7]
    assert [call.result for call in log] == [None, None, None, {"number": 6}, {"number": 7}]
    assert [log[place].result for place in (-1, -2, -3, 4, 2)] == [
        {"number": 7},
        {"number": 6},
        None,
        {"number": 7},
        None,
    ]
