"""Acts: what nobody can do is refused where it is given."""

from typing import Any

import pytest

from mturk_sim import Simulation
from mturk_sim.strategies import Call, Join, Refused, Trouble


def test_operations_may_be_named_like_the_clients_methods() -> None:
    assert Call("get_account_balance", {}) == Call("GetAccountBalance", {})
    assert Trouble("throttle", "create_hit") == Trouble("throttle", "CreateHIT")


@pytest.mark.parametrize(
    ("make", "given", "says"),
    [
        (Call, ("CreateHat", {}), "no operation of the service: CreateHat; did you mean 'CreateHIT'"),
        (Trouble, ("throttle", "CreateHat"), "no operation of the service: CreateHat; did you mean 'CreateHIT'"),
        (Trouble, ("slow",), "'slow' is no value for kind of Trouble; there are throttle, "),
    ],
)
def test_what_cannot_be_done_is_refused_where_it_is_given(make: Any, given: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make(*given)


def test_a_call_without_an_answer_gives_the_error_of_the_network_instead(mturk: Simulation) -> None:
    mturk.faults.timeout("GetAccountBalance", times=None)
    refused = Call("GetAccountBalance", {}).do(mturk)

    assert isinstance(refused, Refused)
    assert (refused.kind, refused.code) == ("ReadTimeoutError", None)


def test_who_joins_again_stays_as_they_are(mturk: Simulation) -> None:
    assert Join("A1", "GB", approved=5).do(mturk) == Join("A1", "US").do(mturk) == "A1"
    assert [(worker.account.country, worker.account.approved) for worker in mturk.workers] == [("GB", 5)]
