"""Explore what a requester's program does on days of all kinds, and show the smallest day that breaks it."""

import contextlib
import inspect
import io
from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs
import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis.strategies import SearchStrategy

from mturk_sim.core.arguments import expect, expect_one_of
from mturk_sim.marketplace.facts import Fact
from mturk_sim.report.diary import Diary
from mturk_sim.simulation import Simulation, simulate
from mturk_sim.strategies.events import Schedule, Works
from mturk_sim.strategies.schedules import schedules as any_schedules
from mturk_sim.virtual_time import virtual_time

if TYPE_CHECKING:
    from types_boto3_mturk import MTurkClient

__all__ = ["BrokenDay", "explore", "replay"]

T = TypeVar("T")
Program = Callable[["MTurkClient"], object]
Invariant = Callable[[Simulation], bool | None]

WEEK: Final = timedelta(days=7)
_ONE_FAILURE: Final[dict[str, Any]] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "report_multiple_bugs": False,
}
"""Settings that hold in any case: a day takes as long as it takes, and its error is the only one."""
_AS_EVER: Final = hypothesis.settings(
    derandomize=True,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    verbosity=Verbosity.quiet,
    print_blob=False,
    **_ONE_FAILURE,
)

_ORDINARY: Final = Schedule((Works(crowd=12),))


def __dir__() -> list[str]:
    return sorted(__all__)


class BrokenDay(AssertionError):
    """A program failed, or left things as they should not be; the text tells the day and how to have it again.

    Attributes:
        schedule: What happened around the program.
        events: The facts of the journal.
        day: The day to read: requester calls and what the crowd did, in order.
        example: A test that has the same day again.
    """

    def __init__(self, reason: str, schedule: Schedule, events: tuple[Fact, ...], day: str, example: str) -> None:
        super().__init__(f"{reason}\n\nThe day (UTC):\n{day}\n\nTo have it again:\n\n{example}")
        self.schedule = schedule
        self.events = events
        self.day = day
        self.example = example


@attrs.frozen
class _Trial:
    """A program, what is to hold after it, and in what marketplace it runs."""

    program: Program
    invariant: Invariant | None
    allow: tuple[type[Exception], ...]
    horizon: timedelta
    settings: dict[str, Any]

    def run(self, schedule: Schedule) -> None:
        """Have one day.

        Raises:
            BrokenDay: The program failed, or the invariant does not hold.
            TypeError: Something was given that is no schedule, or the program or the invariant is none.
        """
        __tracebackhide__ = True
        expect(schedule, Schedule, "schedule", "Schedule([...]) of mturk_sim.strategies")
        with simulate(**self.settings) as sim, Diary(sim).kept() as diary:
            schedule.plan(sim, diary.remark)
            failure = self._failure(sim)
        if failure is not None:
            reason = f"{type(failure).__name__}: {failure}" if str(failure) else repr(failure)
            events = tuple(sim.journal)
            raise BrokenDay(reason, schedule, events, diary.text(reason), self._example(schedule)) from failure

    def changes_on(self, schedule: Schedule) -> tuple[str, ...]:
        """The operations that the program calls on a day to change something, in the order of their first call."""
        with simulate(**self.settings) as sim:
            schedule.plan(sim)
            self._failure(sim)
        called = dict.fromkeys(call.operation for call in sim.calls)
        return tuple(name for name in called if not name.startswith(("Get", "List")))

    def _failure(self, sim: Simulation) -> Exception | None:
        """What went wrong, if anything."""
        failure = self._failure_of_program(sim)
        return self._failure_of_invariant(sim) if failure is None else failure

    def _failure_of_program(self, sim: Simulation) -> Exception | None:
        """What goes wrong while it runs to its end, which may be ``sys.exit()``."""
        came: object = None
        limited = virtual_time(sim.clock, limit=self.horizon, setting="horizon=timedelta(...)")
        try:
            with sim.everywhere(), limited, contextlib.suppress(*self.allow):
                came = _closed(self.program(sim.client))
        except SystemExit as end:
            return AssertionError(f"the program exits with {end.code!r}") if end.code else None
        except Exception as error:
            return error
        if inspect.isawaitable(came) or isinstance(came, Generator | AsyncGenerator):
            raise TypeError(
                f"{_name(self.program, 'the program')} gives {came!r}, of which nothing has run: "
                "give a function that runs it, such as lambda client: asyncio.run(program(client))"
            )
        return None

    def _failure_of_invariant(self, sim: Simulation) -> Exception | None:
        """What it raises, or that it does not hold."""
        try:
            came = None if self.invariant is None else _closed(self.invariant(sim))
        except Exception as error:
            return error
        name = _name(self.invariant, "the invariant")
        if came is not None and not isinstance(came, bool):
            raise TypeError(f"{name} gives {came!r}, which is no answer: raise AssertionError or return False")
        return AssertionError(f"{name} does not hold") if came is False else None

    def _example(self, schedule: Schedule) -> str:
        """A test that has the day again, as its reader would write it."""
        given = [_name(self.program, "program"), repr(schedule)]
        given += [_name(self.invariant, "invariant")] if self.invariant else []
        allowed = [error.__name__ for error in self.allow]
        given += [f"allow=({', '.join(allowed)}{',' * (len(allowed) == 1)})"] if allowed else []
        given += [f"horizon={self.horizon!r}"] if self.horizon != WEEK else []
        given += [f"{name}={value!r}" for name, value in self.settings.items() if (name, value) != ("seed", 0)]
        used = sorted({"Schedule", *(type(event).__name__ for event in schedule.events)})
        lines = ["import datetime"] if "datetime." in "".join(given) else []
        lines += [_import(self.program, "program")]
        lines += [_import(self.invariant, "invariant")] if self.invariant else []
        lines += [_import(error, "error") for error in self.allow]
        lines += ["from mturk_sim.explore import replay", f"from mturk_sim.strategies import {', '.join(used)}", "", ""]
        lines += ["def test_this_day():", "    replay(", *(f"        {each}," for each in given), "    )"]
        return "\n".join(lines)


def _closed(came: T) -> T:
    """What a call gave; a coroutine is closed, lest Python warn that it was never awaited."""
    if inspect.iscoroutine(came):
        came.close()
    return came


def _name(thing: Any, otherwise: str) -> str:
    """What to call a function in an example."""
    name = getattr(thing, "__name__", "")
    return name if name.isidentifier() else otherwise


def _import(thing: Any, otherwise: str) -> str:
    """The line that imports something, or one that says that it cannot be imported."""
    name, module = _name(thing, otherwise), getattr(thing, "__module__", "__main__")
    if module in (None, "__main__") or getattr(thing, "__qualname__", "") != name:
        return f"# {name}: from where you have it"
    return f"from {module} import {name}"


# --- what is given -----------------------------------------------------------------------------------------------
def _trial(
    program: Program, invariant: Invariant | None, allow: Any, horizon: timedelta, settings: dict[str, Any]
) -> _Trial:
    """What was given, looked at before any day."""
    _check_call(program, "program", "the client")
    if invariant is not None:
        _check_call(invariant, "invariant", "the simulation")
    expect(horizon, timedelta, "horizon", "a timedelta such as timedelta(days=7)")
    with simulate(**settings):  # says what is wrong with its settings
        return _Trial(program, invariant, _errors(allow), horizon, settings)


def _check_call(given: Callable[[Any], object], what: str, argument: str) -> None:
    """See to it that something can be called with one argument, as far as can be known before."""
    instead = f"a function of one argument, {argument}"
    expect(given, Callable, what, instead)
    try:
        inspect.signature(given).bind(argument)
    except TypeError as error:
        raise TypeError(f"{given!r} is no {what}: give {instead} ({error})") from None
    except ValueError:  # of some that are written in C nobody knows
        return


def _errors(given: Any) -> tuple[type[Exception], ...]:
    several = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    for error in several:
        if not (isinstance(error, type) and issubclass(error, Exception)):
            raise TypeError(f"{error!r} is no error to allow: give classes of errors, such as allow=(ClientError,)")
    return several


def _check_names(function: Callable[..., object], given: Iterable[str]) -> None:
    """See to it that a function, or `simulate`, has parameters of these names."""
    known = [*inspect.signature(function).parameters, *inspect.signature(simulate).parameters]
    known.remove("simulate_settings")
    for name in given:
        try:
            expect_one_of(name, dict.fromkeys(known), f"argument of {function.__name__}() or simulate()")
        except ValueError as error:
            raise TypeError(str(error)) from None


# --- having days -------------------------------------------------------------------------------------------------
def _silence() -> contextlib.AbstractContextManager[object]:
    return contextlib.redirect_stdout(io.StringIO())


def replay(
    program: Program,
    schedule: Schedule,
    invariant: Invariant | None = None,
    *,
    allow: type[Exception] | Iterable[type[Exception]] = (),
    horizon: timedelta = WEEK,
    seed: int = 0,
    **simulate_settings: Any,
) -> None:
    """Run a program through one schedule, as `explore` does.

    Raises:
        BrokenDay: The program failed, or the invariant does not hold.
        TypeError: Something is not of its type, nothing of the program runs when it is called, or there is no argument
            of a name.
    """
    __tracebackhide__ = True
    _check_names(replay, simulate_settings)
    _trial(program, invariant, allow, horizon, {"seed": seed, **simulate_settings}).run(schedule)


def explore(
    program: Program,
    invariant: Invariant | None = None,
    *,
    schedules: SearchStrategy[Schedule] | None = None,
    max_examples: int = 200,
    settings: hypothesis.settings | None = None,
    allow: type[Exception] | Iterable[type[Exception]] = (),
    horizon: timedelta = WEEK,
    seed: int = 0,
    **simulate_settings: Any,
) -> None:
    """Run a program through many schedules, each in a marketplace of its own, in virtual time; a day takes no time.

    The same arguments have the same days.  What the program prints is not shown.

    Args:
        program: A function that is called with a boto3 client; it may sleep, poll, and make clients of its own.
        invariant: Looks at the simulation when the program has ended; raises `AssertionError`, or returns False, if
            things are amiss.
        schedules: What may happen; by default ``strategies.schedules()`` with faults that strike what the program
            calls, apart from looking, on a day on which a dozen workers come.
        max_examples: How many days are tried.
        settings: Hypothesis settings to use instead, `max_examples` among them; deadlines and health checks are off
            in any case.
        allow: Errors that the program may end with: a class or several.
        horizon: How far the program may sleep; a program that sleeps on fails with `VirtualTimeLimit`.
        seed: Decides which days are tried, and all ids.
        simulate_settings: What else `mturk_sim.simulate` takes, such as ``sandbox`` and ``balance``.

    Raises:
        BrokenDay: A day breaks the program; it is the smallest that was found.
        TypeError: Something is not of its type, nothing of the program runs when it is called, or there is no argument
            of a name.
    """
    __tracebackhide__ = True
    _check_names(explore, simulate_settings)
    trial = _trial(program, invariant, allow, horizon, {"seed": seed, **simulate_settings})
    instead = "schedules(...) of mturk_sim.strategies, or use replay(program, schedule) for a single schedule"
    expect(schedules, SearchStrategy | None, "strategy", instead)
    search = _search_settings(settings, max_examples)
    _search(trial, _usual_days(trial) if schedules is None else schedules, seed, search)


def _usual_days(trial: _Trial) -> SearchStrategy[Schedule]:
    """What may happen to a program: faults strike whatever it calls to change something."""
    with _silence():
        return any_schedules(operations=trial.changes_on(_ORDINARY))


def _search_settings(given: hypothesis.settings | None, max_examples: int) -> hypothesis.settings:
    """How Hypothesis is to search."""
    expect(given, hypothesis.settings | None, "settings", "settings(...) of hypothesis")
    if given is None:
        return hypothesis.settings(_AS_EVER, max_examples=max_examples)
    return hypothesis.settings(given, **_ONE_FAILURE)


def _search(trial: _Trial, days: SearchStrategy[Schedule], seed: int, settings: hypothesis.settings) -> None:
    """Try days until one breaks the program, and then smaller ones.

    Raises:
        BrokenDay: The smallest that was found.
    """
    __tracebackhide__ = True

    @hypothesis.seed(seed)
    @settings
    @hypothesis.given(days)
    def have_a_day(schedule: Schedule) -> None:
        with _silence():
            trial.run(schedule)

    try:
        have_a_day()
    except BrokenDay as broken:
        broken.__dict__.pop("__notes__", None)  # Hypothesis's own words for what the example says
        raise broken.with_traceback(None) from broken.__cause__
