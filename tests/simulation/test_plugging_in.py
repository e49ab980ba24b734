"""Ways to plug the simulation in: its own client, one you have, or every one of the process; and out again."""

import gc
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from weakref import ref

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError, NoRegionError, ParamValidationError
from questions import HIT

from mturk_sim import Simulation, Stubber, simulate
from mturk_sim.transport.clients import PRODUCTION, SANDBOX

KEYS: dict[str, Any] = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails the test."""

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """No keys anywhere, so that a client that looked for some would have to ask the network."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))


def own_client(**settings: Any) -> Any:
    settings = KEYS | {"region_name": "us-east-1"} | settings
    settings.setdefault("config", Config(retries={"max_attempts": 0}))
    return boto3.session.Session().client("mturk", **settings)


@pytest.fixture
def sim() -> Iterator[Simulation]:
    with simulate() as made:
        yield made


def unanswered(client: Any) -> bool:
    """Whether a call of this client goes to the network (which is refused here)."""
    with pytest.raises(HTTPClientError, match="a connection was opened"):
        client.get_account_balance()
    return True


def test_the_client_is_a_real_one(sim: Simulation) -> None:
    assert type(sim.client).__mro__[1].__module__ == "botocore.client"
    assert sim.client.meta.service_model.service_name == "mturk"
    with pytest.raises(ParamValidationError, match="Missing required parameter"):
        sim.client.get_hit()  # type: ignore[call-arg]  # on purpose
    assert issubclass(sim.client.exceptions.RequestError, ClientError)


def test_an_attached_client_is_answered_until_it_is_detached(sim: Simulation) -> None:
    client = own_client()

    assert sim.attach(client) is client
    assert client.get_account_balance()["AvailableBalance"] == "10000.00"
    assert sim.attach(client) is client  # once more changes nothing
    sim.detach(client)
    sim.detach(client)

    assert unanswered(client)


def test_leaving_the_block_lets_go_of_every_attached_client() -> None:
    client = own_client()
    with simulate() as sim:
        sim.attach(client)

    assert unanswered(client)


@pytest.mark.parametrize("wire", [False, True])
def test_the_simulations_own_clients_are_answered_for_good(wire: bool) -> None:
    """Whenever they are first asked for, of whichever requester, and of copies, too."""
    with simulate(sandbox=False, wire=wire) as sim:
        clients = [sim.client, sim.requester("acme", balance=5).client]
        clients[0].create_hit(**HIT)
        saved = sim.snapshot()
        with sim.fork() as other, Simulation.restore(saved) as again:
            clients += [other.client, again.requester("acme").client]
    with sim, sim.everywhere():
        pass
    sim.detach(sim.client)
    clients += [sim.client, other.requester("acme").client, again.client]

    counts = [client.list_hits()["NumResults"] for client in clients]

    assert counts == [1, 0, 1, 0, 1, 0, 1]
    with pytest.raises(clients[0].exceptions.RequestError, match="does not exist"):
        clients[0].get_hit(HITId="3" + "A" * 29)


def test_a_simulations_own_client_belongs_to_no_other(sim: Simulation) -> None:
    with simulate() as other, pytest.raises(ValueError, match="if it is that one's own"):
        other.attach(sim.client)

    assert sim.attach(sim.client) is sim.client


def test_a_simulation_goes_with_its_client() -> None:
    """Nothing in the process remembers a client that nobody holds."""
    with simulate() as sim:
        gone = ref(sim.client)
        sim.client.list_hits()
    del sim
    gc.collect()

    assert gone() is None


def test_only_mturk_clients_can_be_attached(sim: Simulation) -> None:
    with pytest.raises(TypeError, match="no boto3 client of the service 'mturk'"):
        sim.attach(boto3.client("s3", region_name="us-east-1", **KEYS))
    with pytest.raises(TypeError, match="no boto3 client of the service 'mturk'"):
        sim.attach(object())


def test_a_client_belongs_to_one_simulation_at_a_time(sim: Simulation) -> None:
    client = sim.attach(own_client())
    with simulate() as other:
        with pytest.raises(ValueError, match="detach it there first"):
            other.attach(client)
        sim.detach(client)
        other.attach(client).get_account_balance()

        assert (len(sim.calls), len(other.calls)) == (0, 1)


def test_a_client_can_be_handed_in() -> None:
    client = own_client()
    with simulate(client=client) as sim:
        assert sim.client is client
        assert client.list_hits()["NumResults"] == 0


def test_a_client_you_have_is_answered_in_every_block_of_its_simulation() -> None:
    client = own_client()
    sim = simulate(client=client)
    for _ in range(2):
        with sim as entered:
            assert entered is sim
            client.list_hits()
        assert unanswered(client)
    assert sim.calls.made == 2


def test_a_client_that_another_simulation_answers_by_now_is_left_to_it() -> None:
    client = own_client()
    sim = simulate(client=client)
    sim.close()
    with simulate(client=client) as other:
        with pytest.raises(ValueError, match="answered by another simulation"), sim:
            pass
        client.list_hits()
    assert (sim.calls.made, other.calls.made) == (0, 1)


def test_stubber_in_botocores_manner() -> None:
    client = own_client()
    stubber = Stubber(client, seed=3)

    stubber.activate()
    hit_id = client.create_hit(**HIT)["HIT"]["HITId"]
    stubber.deactivate()

    assert [hit.id for hit in stubber.simulation.hits()] == [hit_id]
    assert unanswered(client)


def test_stubber_as_a_block_ends_after_an_exception() -> None:
    client = own_client()
    with pytest.raises(KeyError), Stubber(client):
        {}["missing"]

    assert unanswered(client)


def test_everywhere_answers_clients_made_before_and_after(sim: Simulation) -> None:
    before = own_client(endpoint_url="http://localhost:1")
    with sim.everywhere():
        after = boto3.client("mturk", region_name="us-east-1")
        for client in (before, after, own_client(endpoint_url=SANDBOX)):
            assert client.get_account_balance()["AvailableBalance"] == "10000.00"

    assert sim.calls.made == 3
    assert unanswered(before)
    assert sim.client.get_account_balance()["AvailableBalance"] == "10000.00"


def test_everywhere_leaves_other_services_and_real_errors_alone(
    sim: Simulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    with sim.everywhere():
        with pytest.raises(NoRegionError):
            boto3.session.Session().client("sqs", **KEYS)
        sqs = boto3.client("sqs", region_name="us-east-1", config=Config(retries={"max_attempts": 0}), **KEYS)
        with pytest.raises(HTTPClientError, match="a connection was opened"):
            sqs.list_queues()


@pytest.mark.parametrize("region", [None, "eu-west-1"])
def test_everywhere_a_client_needs_no_region(
    sim: Simulation, region: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    with sim.everywhere():
        named = boto3.session.Session(region_name=region).client("mturk", endpoint_url="http://localhost:9")
        by_place = boto3.session.Session().client("mturk", region, endpoint_url="http://localhost:9")

        assert named.meta.region_name == by_place.meta.region_name == (region or "us-east-1")
        assert named.list_hits()["NumResults"] == by_place.list_hits()["NumResults"] == 0


def test_everywhere_is_undone_after_an_exception(sim: Simulation) -> None:
    client = own_client()

    def fail() -> None:
        client.get_account_balance()
        raise KeyError

    with pytest.raises(KeyError), sim.everywhere():
        fail()

    assert unanswered(client)


def test_everywhere_cannot_be_nested(sim: Simulation) -> None:
    with (
        sim.everywhere(),
        simulate() as other,
        pytest.raises(RuntimeError, match="cannot be nested"),
        other.everywhere(),
    ):
        pass
    with sim.everywhere():
        pass


@pytest.mark.rule("ERR-03", "HIT-01")
@pytest.mark.parametrize("wire", [False, True])
@pytest.mark.parametrize(
    ("endpoint", "sandbox", "ending"),
    [
        (SANDBOX, False, " s)"),
        (PRODUCTION, True, ")"),
        ("http://localhost:8080", True, " s)"),
        ("http://localhost:8080", False, ")"),
    ],
)
def test_the_endpoint_decides_how_messages_end(endpoint: str, sandbox: bool, ending: str, wire: bool) -> None:
    with simulate(sandbox=sandbox, wire=wire) as sim:
        client = sim.attach(own_client(endpoint_url=endpoint))
        with pytest.raises(ClientError) as caught:
            client.get_hit(HITId="3" + "A" * 29)

        milliseconds = int(sim.clock.now.timestamp() * 1000)
        assert caught.value.response["Error"]["Message"] == f"Hit 3{'A' * 29} does not exist. ({milliseconds}{ending}"


@pytest.mark.rule("HIT-10")
@pytest.mark.parametrize("wire", [False, True])
def test_response_metadata(wire: bool) -> None:
    with simulate(wire=wire) as sim:
        metadata = sim.client.get_account_balance()["ResponseMetadata"]

    headers = metadata["HTTPHeaders"]
    assert (metadata["HTTPStatusCode"], metadata["RetryAttempts"]) == (200, 0)
    assert headers["x-amzn-requestid"] == metadata["RequestId"]
    assert headers == {
        "x-amzn-requestid": metadata["RequestId"],
        "content-type": "application/x-amz-json-1.1",
        "content-length": str(len('{"AvailableBalance":"10000.00"}')),
        "date": "Mon, 05 Jan 2026 09:00:00 GMT",
    }


def test_a_users_own_hooks_still_run(sim: Simulation) -> None:
    seen: list[str] = []
    client = sim.attach(own_client(config=Config(retries={"mode": "legacy"})))
    client.meta.events.register("before-call.mturk.GetAccountBalance", lambda model, **_: seen.append(model.name))
    client.meta.events.register(
        "after-call.mturk", lambda http_response, **_: seen.append(str(http_response.status_code))
    )

    client.get_account_balance()

    assert seen == ["GetAccountBalance", "200"]


def test_start_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        simulate(start=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_a_sandbox_has_no_balance_of_its_own() -> None:
    with pytest.raises(ValueError, match=r"always 10000\.00"):
        simulate(balance=5)
