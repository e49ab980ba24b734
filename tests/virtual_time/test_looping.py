"""Event loops in a block of virtual time: when every task waits, the clock moves on, and not before."""

import asyncio
import socket
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from mturk_sim import simulate
from mturk_sim.simulation import Simulation
from mturk_sim.virtual_time import VirtualTimeLimit

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_program_that_sleeps_takes_no_time(mturk: Simulation) -> None:
    async def program() -> datetime:
        await asyncio.sleep(30 * 86_400)
        return datetime.now(UTC)

    with mturk.virtual_time():
        assert asyncio.run(program()) == mturk.clock.now == START + timedelta(days=30)


def test_a_running_loop_that_waits_by_other_means_is_refused(
    mturk: Simulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def program() -> None:
        monkeypatch.delattr(asyncio.get_running_loop(), "_selector")
        with pytest.raises(RuntimeError, match=r"has no selector; enter the block, then asyncio\.run"):
            mturk.virtual_time().__enter__()
        monkeypatch.undo()

    asyncio.run(program())


def test_tasks_wake_in_the_order_of_their_instants(mturk: Simulation) -> None:
    woken: list[tuple[str, datetime]] = []

    async def every(name: str, seconds: float, times: int) -> None:
        for _ in range(times):
            await asyncio.sleep(seconds)
            woken.append((name, mturk.clock.now))

    async def program() -> None:
        await asyncio.gather(every("hourly", 3600, 3), every("quick", 2400.5, 3))

    with mturk.virtual_time():
        asyncio.run(program())

    seconds = [("quick", 2400.5), ("hourly", 3600), ("quick", 4801), ("hourly", 7200), ("quick", 7201.5)]
    assert [(name, (at - START).total_seconds()) for name, at in woken] == [*seconds, ("hourly", 10_800)]


def test_what_is_planned_in_the_marketplace_happens_while_tasks_wait(mturk: Simulation) -> None:
    async def program() -> None:
        done = asyncio.Event()
        mturk.at(START + timedelta(minutes=10), done.set)
        await asyncio.wait_for(asyncio.gather(done.wait(), asyncio.sleep(600)), timeout=3600)

    with mturk.virtual_time():
        asyncio.run(program())

    assert mturk.clock.now == START + timedelta(minutes=10)


def test_time_runs_out_where_it_should(mturk: Simulation) -> None:
    async def program() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.sleep(10), timeout=5)

    with mturk.virtual_time():
        asyncio.run(program())

    assert mturk.clock.now == START + timedelta(seconds=5)


def test_time_does_not_jump_while_a_thread_works(mturk: Simulation) -> None:
    def work() -> str:
        time.sleep(0.1)  # for real: only the thread that entered the block moves time
        return "done"

    async def program() -> str:
        return await asyncio.wait_for(asyncio.to_thread(work), timeout=30)

    with mturk.virtual_time():
        assert asyncio.run(program()) == "done"

    assert mturk.clock.now == START


def test_a_thread_that_takes_too_long_is_not_waited_for(mturk: Simulation) -> None:
    release = threading.Event()

    async def program() -> None:
        try:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.to_thread(release.wait), timeout=0.05)
        finally:
            release.set()

    with mturk.virtual_time():
        asyncio.run(program())

    assert mturk.clock.now == START + timedelta(seconds=0.05)


def test_time_does_not_jump_while_a_socket_is_open(mturk: Simulation) -> None:
    ours, theirs = socket.socketpair()

    async def program() -> bytes:
        reader, writer = await asyncio.open_connection(sock=ours)
        threading.Timer(0.1, theirs.send, [b"late"]).start()
        try:
            return await asyncio.wait_for(reader.read(4), timeout=60)
        finally:
            writer.close()
            await writer.wait_closed()

    with theirs, mturk.virtual_time():
        assert asyncio.run(program()) == b"late"

    assert mturk.clock.now == START


def test_an_endless_poll_ends_in_an_error_that_names_the_place_of_its_sleep(mturk: Simulation) -> None:
    async def poll() -> None:
        while not mturk.client.list_reviewable_hits()["HITs"]:
            await asyncio.sleep(3600)

    with mturk.virtual_time(limit=timedelta(days=3)), pytest.raises(VirtualTimeLimit) as caught:
        asyncio.run(poll())

    assert str(caught.value).startswith(f"{__file__}:{poll.__code__.co_firstlineno + 2} sleeps 3600")


def test_a_loop_that_runs_already_is_taken_over_and_given_back() -> None:
    async def program() -> float:
        loop = asyncio.get_running_loop()
        before = loop.time()
        with simulate() as sim, sim.virtual_time():
            await asyncio.sleep(86_400)
            assert sim.clock.now == START + timedelta(days=1)
            assert 86_400 <= loop.time() - before < 86_500
        began = time.monotonic()
        await asyncio.sleep(0.05)
        assert loop.time() - before > 86_400  # it never goes back
        return time.monotonic() - began

    assert asyncio.run(program()) >= 0.04


def test_loops_are_as_before_when_the_block_has_ended(mturk: Simulation) -> None:
    maker = asyncio.new_event_loop
    with mturk.virtual_time():
        assert asyncio.new_event_loop is not maker

    assert asyncio.new_event_loop is asyncio.events.new_event_loop is maker


def test_a_loop_in_another_thread_waits_for_real(mturk: Simulation) -> None:
    elapsed: list[float] = []

    def other() -> None:
        began = time.monotonic()
        asyncio.run(asyncio.sleep(0.05))
        elapsed.append(time.monotonic() - began)

    with mturk.virtual_time():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    assert elapsed[0] >= 0.04
    assert mturk.clock.now == START
