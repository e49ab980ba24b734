"""Running a scenario: the requester's program, unmodified, in virtual time; then the rest of the time."""

import runpy
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TextIO

import attrs

from mturk_sim.core.clock import micros
from mturk_sim.scenarios.complaints import ScenarioError
from mturk_sim.scenarios.parts import Program
from mturk_sim.scenarios.scenario import Scenario
from mturk_sim.scenarios.staging import staged
from mturk_sim.simulation import Simulation
from mturk_sim.virtual_time import VirtualTimeLimit

_REGION = "us-east-1"
Progress = Callable[[float], None]
"""Told now and then how much of the horizon has passed, from 0 to 1."""


@attrs.frozen(kw_only=True)
class Outcome:
    """How a run ended.

    Attributes:
        scenario: What was run.
        seed: With which seed.
        simulation: The marketplace as it is now.
        failure: What went wrong in the requester's program, as Python shows it; None if it ended well, or was still
            at work when the horizon came.
        at_work: Where the requester's program was when the horizon came or somebody stopped it, as ``FILE:LINE``; None
            if it had ended.
        interrupted: Whether somebody stopped the run before its time.
    """

    scenario: Scenario
    seed: int
    simulation: Simulation
    failure: str | None = None
    at_work: str | None = None
    interrupted: bool = False

    @property
    def ok(self) -> bool:
        """Whether it ran to its horizon without a failure; a program may still be at work then, as services are."""
        return self.failure is None and not self.interrupted


@attrs.frozen
class Ending:
    """How a program ended: the attributes of an `Outcome`."""

    failure: str | None = None
    at_work: str | None = None
    interrupted: bool = False


def run(
    scenario: Scenario, *, seed: int | None = None, output: TextIO | None = None, progress: Progress | None = None
) -> Outcome:
    """Run a scenario to its horizon.

    Args:
        scenario: What to run.
        seed: Instead of the scenario's own.
        output: Where to put what the requester's program prints; standard output if left out.
        progress: Is told how far it is.

    Raises:
        ScenarioError: The service refuses what the scenario itself asks of it.
    """
    seed = scenario.seed if seed is None else seed
    ending = Ending()
    with staged(scenario, seed) as sim, _watched(sim, scenario.horizon, progress):
        try:
            if scenario.requester is not None:
                ending = run_program(sim, scenario.requester, scenario.horizon, output or sys.stdout)
            if ending.failure is None and not ending.interrupted:
                sim.run(until=max(scenario.end, sim.clock.now))
        except KeyboardInterrupt:
            ending = attrs.evolve(ending, interrupted=True)
    return Outcome(scenario=scenario, seed=seed, simulation=sim, **attrs.asdict(ending))


def run_program(sim: Simulation, program: Program, limit: timedelta, output: TextIO) -> Ending:
    """Run a requester's program against the simulation, as ``python program arguments`` would; gives how it ended.

    Every mturk client that it makes is answered, its sleeping takes no time, and its clock is the simulation's.  A
    program that sleeps past the limit is stopped there, which is no failure.
    """
    with (
        queues(sim) if program.queues else nullcontext(),
        sim.everywhere(),
        sim.virtual_time(limit=limit),
        _command_line(program),
        redirect_stdout(output),
    ):
        try:
            runpy.run_path(str(program.path), run_name="__main__")
        except SystemExit as end:
            return Ending(None if end.code in (None, 0) else f"{program.path.name} ended with {end.code!r}")
        except VirtualTimeLimit as error:
            return Ending(at_work=_slept(error, program))
        except KeyboardInterrupt as error:
            return Ending(at_work=_place(error.__traceback__, program), interrupted=True)
        except ScenarioError:  # HITs of the scenario's own that were due while the program slept
            raise
        except Exception:
            return Ending(_shown(program))
    return Ending()


@contextmanager
def queues(sim: Simulation) -> Iterator[None]:
    """Let moto answer SQS and SNS in the block, and notifications go there."""
    import boto3
    from moto import mock_aws

    with mock_aws():
        end = sim.notifications.deliver_to(
            sqs=boto3.client("sqs", region_name=_REGION), sns=boto3.client("sns", region_name=_REGION)
        )
        try:
            yield
        finally:
            end()


def _shown(program: Program) -> str:
    """The traceback under way, from the program's own first line on."""
    kind, error, trace = sys.exc_info()
    while trace is not None and trace.tb_frame.f_code.co_filename != str(program.path):
        trace = trace.tb_next
    text = "".join(traceback.format_exception(kind, error, trace))
    if isinstance(error, FileNotFoundError) and error.filename and not Path(str(error.filename)).is_absolute():
        return f"{text.rstrip()} (a program's paths are relative to where mturk-sim is run: {Path.cwd()})\n"
    return text


def _slept(error: VirtualTimeLimit, program: Program) -> str:
    """Where a program slept: as the limit has it if that is the program's own, which knows the places of coroutines."""
    named = str(error).partition(" sleeps ")[0]
    return named if Path(named).parent == program.path.parent else _place(error.__traceback__, program)


def _place(trace: TracebackType | None, program: Program) -> str:
    """The innermost place of a traceback that is in the program's folder; the program's file if none is."""
    place, folder = str(program.path), program.path.parent.resolve()
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_file() and file.resolve().parent == folder:
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


@contextmanager
def _command_line(program: Program) -> Iterator[None]:
    arguments, path, known = sys.argv, sys.path, set(sys.modules)
    sys.argv = [str(program.path), *program.arguments]
    sys.path = [str(program.path.parent), *path]
    try:
        yield
    finally:
        sys.argv, sys.path = arguments, path
        _forget_modules(program.path.parent, known)


def _forget_modules(folder: Path, known: set[str]) -> None:
    """Forget the modules beside a program: the next begins anew, and may have others of the same names."""
    own = {module.stem for module in (*folder.glob("*.py"), *(each.parent for each in folder.glob("*/__init__.py")))}
    for name in set(sys.modules) - known:
        if name.partition(".")[0] in own:
            del sys.modules[name]


@contextmanager
def _watched(sim: Simulation, horizon: timedelta, progress: Progress | None) -> Iterator[None]:
    if progress is None:
        yield
        return
    start, length = micros(sim.clock.now), horizon // timedelta(microseconds=1)
    told = -1.0

    def watch(at: int) -> None:
        nonlocal told
        part = min(1.0, (at - start) / length)
        if part - told >= 0.005:
            told = part
            progress(part)

    leave = sim.clock.watch(watch)
    try:
        yield
    finally:
        leave()
