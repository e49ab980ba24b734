"""A botocore that no longer describes the service: everything works as ever, by our own description of it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import botocore
import pytest
from botocore.exceptions import ClientError, DataNotFoundError, ParamValidationError, UnknownServiceError
from botocore.loaders import Loader
from description import BOTOCORES_OWN
from helpers import hand_in
from questions import HIT

from mturk_sim import Simulation, simulate
from mturk_sim.operations import model
from mturk_sim.operations.interface import descriptions
from mturk_sim.transport import clients


@pytest.fixture(autouse=True)
def _botocore_without_the_service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """botocore's data are its general files alone, and those know nothing of the service's endpoints."""
    data = tmp_path / "data"
    data.mkdir()
    for file in Path(botocore.__file__).with_name("data").glob("*.json"):
        shutil.copy(file, data)
    endpoints = json.loads((data / "endpoints.json").read_text())
    for partition in endpoints["partitions"]:
        partition["services"].pop("mturk-requester", None)
    (data / "endpoints.json").write_text(json.dumps(endpoints))

    monkeypatch.setattr(Loader, "BUILTIN_DATA_PATH", str(data))
    monkeypatch.setattr(Loader, "load_service_model", BOTOCORES_OWN)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setattr(model, "find_spec", lambda name: SimpleNamespace(submodule_search_locations=[str(tmp_path)]))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DATA_PATH"):
        monkeypatch.delenv(name, raising=False)
    _forget()
    yield
    _forget()


def _forget() -> None:
    model.description.cache_clear()
    clients._session.cache_clear()


@pytest.fixture(params=[False, True], ids=["early", "wire"])
def sim(request: pytest.FixtureRequest) -> Iterator[Simulation]:
    with simulate(wire=request.param) as made:
        yield made


@pytest.fixture(params=["its own", "the user's"])
def client(request: pytest.FixtureRequest, sim: Simulation) -> Iterator[Any]:
    """A client of each kind: the simulation's, and one that its user makes while the simulation answers everywhere."""
    if request.param == "its own":
        yield sim.client
        return
    with sim.everywhere():
        yield boto3.client("mturk", region_name="us-east-1")


def test_botocore_itself_knows_nothing_of_the_service() -> None:
    assert model.description() is descriptions()["service-2"]
    with pytest.raises(UnknownServiceError, match="Unknown service: 'mturk'"):
        boto3.client("mturk", region_name="us-east-1")


def test_a_campaign_from_the_hit_to_the_bonus(sim: Simulation, client: Any) -> None:
    hit_id = client.create_hit(**HIT, MaxAssignments=3)["HIT"]["HITId"]
    hand_in(sim, hit_id, count=3)

    listing = client.get_paginator("list_assignments_for_hit")
    pages = list(listing.paginate(HITId=hit_id, PaginationConfig={"PageSize": 2}))
    assignments = [assignment for page in pages for assignment in page["Assignments"]]
    for assignment in assignments:
        client.approve_assignment(AssignmentId=assignment["AssignmentId"])
    paid = {"WorkerId": assignments[0]["WorkerId"], "AssignmentId": assignments[0]["AssignmentId"]}
    client.send_bonus(**paid, BonusAmount="0.05", Reason="well done", UniqueRequestToken="once")

    assert [len(page["Assignments"]) for page in pages][:2] == [2, 1]
    assert assignments[0]["SubmitTime"] == sim.clock.now.replace(microsecond=0)
    assert client.get_hit(HITId=hit_id)["HIT"]["HITStatus"] == "Reviewable"
    (bonus,) = client.get_paginator("list_bonus_payments").paginate(HITId=hit_id).build_full_result()["BonusPayments"]
    assert bonus.items() >= (paid | {"BonusAmount": "0.05", "Reason": "well done"}).items()


def test_a_refusal_has_its_type_and_its_code(client: Any) -> None:
    with pytest.raises(client.exceptions.RequestError, match="does not exist") as caught:
        client.get_hit(HITId="3" + "A" * 29)

    response: Any = caught.value.response
    assert response["TurkErrorCode"] == "AWS.MechanicalTurk.HITDoesNotExist"
    assert issubclass(client.exceptions.RequestError, ClientError)
    assert issubclass(client.exceptions.ServiceFault, ClientError)


def test_botocore_looks_at_the_request_first(client: Any) -> None:
    with pytest.raises(ParamValidationError, match='Missing required parameter in input: "HITId"'):
        client.get_hit()


def test_the_client_has_every_operation_and_its_paginators(client: Any) -> None:
    assert sorted(client.meta.method_to_api_mapping.values()) == list(model.operation_names())
    paged = {client.meta.method_to_api_mapping[name] for name in dir(client) if _pages(client, name)}
    assert paged == set(descriptions()["paginators-1"]["pagination"])
    assert client.waiter_names == []


def _pages(client: Any, name: str) -> bool:
    return name in client.meta.method_to_api_mapping and client.can_paginate(name)


def test_a_users_client_has_the_services_address() -> None:
    with simulate() as sim, sim.everywhere():
        assert boto3.client("mturk", region_name="us-east-1").meta.endpoint_url == clients.PRODUCTION


def test_only_this_service_and_this_version_are_described() -> None:
    with simulate() as sim, sim.everywhere():
        boto3.client("mturk", region_name="us-east-1", api_version="2017-01-17")
        with pytest.raises(DataNotFoundError):
            boto3.client("mturk", region_name="us-east-1", api_version="2014-08-15")
        with pytest.raises(UnknownServiceError, match="Unknown service: 's3'"):
            boto3.client("s3", region_name="us-east-1")


def test_the_way_out_takes_the_description_along() -> None:
    with simulate() as sim, sim.everywhere():
        boto3.client("mturk", region_name="us-east-1")

    with pytest.raises(UnknownServiceError):
        boto3.session.Session().client("mturk", region_name="us-east-1")
