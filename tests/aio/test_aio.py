"""The same marketplace answers clients of aiobotocore."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import ClientError, ParamValidationError, ReadTimeoutError
from questions import HIT

from mturk_sim import Simulation, simulate
from mturk_sim.simulation.faults import KINDS

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
ATTEMPTS = {"legacy": 5, "standard": 3, "adaptive": 3}


@asynccontextmanager
async def attached(sim: Simulation, mode: str = "standard") -> AsyncIterator[Any]:
    """A client that the simulation answers."""
    async with new_client(AioConfig(retries={"mode": mode})) as client:
        yield sim.attach(client)
        sim.detach(client)


def new_client(config: AioConfig) -> Any:
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}  # else it would look for some in the network
    return get_session().create_client("mturk", region_name="us-east-1", config=config, **keys)


def run(program: Callable[[Simulation], Coroutine[Any, Any, None]], **settings: Any) -> None:
    with simulate(**settings) as sim:
        asyncio.run(asyncio.wait_for(program(sim), timeout=60))


@pytest.mark.parametrize("wire", [False, True])
def test_it_answers_as_it_does_a_boto3_client(wire: bool) -> None:
    async def program(sim: Simulation) -> None:
        async with attached(sim) as client:
            hit = (await client.create_hit(**HIT))["HIT"]
            theirs: Any
            ours: Any
            theirs, ours = await client.get_hit(HITId=hit["HITId"]), sim.client.get_hit(HITId=hit["HITId"])
            for answer in (theirs, ours):
                del answer["ResponseMetadata"]
            assert theirs == ours
            assert theirs["HIT"]["CreationTime"].isoformat() == ours["HIT"]["CreationTime"].isoformat()

    run(program, wire=wire)


def test_pages_are_walked_through() -> None:
    async def program(sim: Simulation) -> None:
        async with attached(sim) as client:
            made = [(await client.create_hit(**HIT))["HIT"]["HITId"] for _ in range(5)]
            pages = client.get_paginator("list_hits").paginate(PaginationConfig={"PageSize": 2})
            assert [hit["HITId"] async for page in pages for hit in page["HITs"]] == made[::-1]

    run(program)


@pytest.mark.parametrize("wire", [False, True])
def test_a_refusal_is_the_modelled_exception(wire: bool) -> None:
    async def program(sim: Simulation) -> None:
        async with attached(sim) as client:
            with pytest.raises(client.exceptions.RequestError, match="does not exist") as caught:
                await client.get_hit(HITId="3" * 30)
            assert caught.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.HITDoesNotExist"
            assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
            with pytest.raises(ParamValidationError):
                await client.get_hit(HitId="x")

    run(program, wire=wire)


@pytest.mark.parametrize("mode", ATTEMPTS)
def test_faults_are_retried_and_the_waits_are_virtual(mode: str) -> None:
    async def program(sim: Simulation) -> None:
        async with attached(sim, mode) as client:
            sim.faults.throttle()
            sim.faults.timeout()
            assert (await client.list_hits())["ResponseMetadata"]["RetryAttempts"] == 2
            assert sim.clock.now - START > timedelta(seconds=60)
            sim.faults.throttle(times=None)
            with pytest.raises(ClientError, match="ThrottlingException"):
                await client.list_hits()
            assert len(sim.calls) == 3 + ATTEMPTS[mode]

    run(program)


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_reaches_the_program(kind: str) -> None:
    async def program(sim: Simulation) -> None:
        async with attached(sim) as client:
            getattr(sim.faults, kind)(times=None)
            with pytest.raises(Exception, match=r".") as caught:
                await client.create_hit(**HIT)
            assert isinstance(caught.value, ReadTimeoutError) == (kind in ("timeout", "lose_response"))
            assert (len(sim.hits()) > 0) == (kind == "lose_response")

    run(program)


def test_polling_programs_run_in_virtual_time() -> None:
    async def poll(sim: Simulation) -> None:
        async with attached(sim) as client:
            hit_id = (await client.create_hit(**HIT))["HIT"]["HITId"]
            while (await client.get_hit(HITId=hit_id))["HIT"]["HITStatus"] != "Reviewable":
                await asyncio.sleep(60)
            assert START + timedelta(days=1) <= sim.clock.now < START + timedelta(days=1, minutes=2)
            assert datetime.now(UTC) == sim.clock.now

    with simulate() as sim, sim.virtual_time():
        asyncio.run(poll(sim))


def test_many_tasks_share_a_client() -> None:
    async def program(sim: Simulation) -> None:
        async with attached(sim) as client:
            sim.faults.random(0.2, seed=1, kinds=["throttle"], times=10)
            made = await asyncio.gather(*(client.create_hit(**HIT) for _ in range(50)), return_exceptions=True)
            assert len([hit for hit in made if isinstance(hit, dict)]) == len(sim.hits())

    run(program)


def test_a_client_that_is_let_go_is_as_it_was() -> None:
    async def program(sim: Simulation) -> None:
        async with new_client(AioConfig(retries={"mode": "standard", "total_max_attempts": 2})) as client:
            sim.attach(client)
            sim.faults.throttle()
            await client.list_hits()
            sim.detach(client)
            seen: list[str] = []

            async def refuse(event_name: str, **_: Any) -> None:
                seen.append(event_name)
                raise ReadTimeoutError(endpoint_url="x")

            client.meta.events.register("before-send.mturk", refuse)
            with pytest.raises(ReadTimeoutError):
                await client.list_hits()
            assert seen
            assert sim.calls.made == 2

    run(program)


def test_every_client_of_the_process_is_answered() -> None:
    async def program(sim: Simulation) -> None:
        with sim.everywhere():
            async with get_session().create_client("mturk", region_name="us-east-1") as client:
                await client.create_hit(**HIT)
            assert len(sim.hits()) == 1

    run(program)
