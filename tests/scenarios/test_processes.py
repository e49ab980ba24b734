"""The processes of a sweep: they do not hear of Ctrl-C, and end at once where their block fails."""

import signal
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import SpawnProcess
from time import sleep

import pytest

from mturk_sim.scenarios.processes import Processes


def hears_of_ctrl_c() -> bool:
    return signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


def asked() -> bool:
    with Processes(1) as pool:
        return pool.submit(hears_of_ctrl_c).result()


def test_they_do_not_hear_of_ctrl_c_and_who_starts_them_still_does() -> None:
    assert not asked()
    assert hears_of_ctrl_c()


def test_another_thread_than_the_main_one_can_start_them() -> None:
    with ThreadPoolExecutor(1) as thread:
        assert not thread.submit(asked).result()


def fail(started: list[SpawnProcess]) -> None:
    with Processes(2) as pool:
        for _ in range(2):
            pool.submit(sleep, 600)
        started += pool._context.made
        started[0].kill()
        started[0].join()
        raise ZeroDivisionError


def test_an_error_in_the_block_ends_those_that_run_and_passes_over_those_that_have_ended() -> None:
    started: list[SpawnProcess] = []
    with pytest.raises(ZeroDivisionError):
        fail(started)
    assert len(started) == 2
    assert all(process.exitcode for process in started)
