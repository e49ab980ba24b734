"""The pytest plugin: fixtures, one marker, and the timeline of what happened in the report of a test that failed.

At load it imports pytest alone; the simulation comes with the first test that asks for it.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types_boto3_mturk import MTurkClient

    from mturk_sim.simulation import Simulation

_USED = pytest.StashKey[list["Simulation"]]()
_FREEZING = {"freezer", "time_machine"}
"""The fixtures of pytest-freezer and time-machine."""
_MARKER = (
    "mturk(seed=…, start=…, sandbox=…, balance=…, clock=…, wire=…, behavior=…, everywhere=True): "
    "how the simulated marketplace of this test is made; the keywords of mturk_sim.simulate, and everywhere"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--mturk-timeline``, and the same as an ini setting."""
    group = parser.getgroup("mturk_sim", "simulated Mechanical Turk")
    choices = ("failed", "all", "off")
    group.addoption(
        "--mturk-timeline",
        choices=choices,
        default=None,
        help="show what happened in the simulated marketplace: for tests that failed (default), for all, or never",
    )
    parser.addini("mturk_timeline", "default of --mturk-timeline: failed, all or off", default="failed")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture
def mturk(request: pytest.FixtureRequest) -> Iterator["Simulation"]:
    """A fresh simulated marketplace; see `mturk_sim.Simulation`. The marker ``mturk(...)`` says how it is made.

    In a test whose time is frozen it follows that, unless the marker gives a clock or a start.
    """
    settings, everywhere = _settings(request.node)
    if not settings.keys() & {"clock", "start"} and (clock := _followed(request)) is not None:
        settings["clock"] = clock
    with ExitStack() as stack:
        sim = stack.enter_context(_simulate(**settings))
        request.node.stash.setdefault(_USED, []).append(sim)
        if everywhere:
            stack.enter_context(sim.everywhere())
        yield sim


@pytest.fixture
def mturk_client(mturk: "Simulation") -> "MTurkClient":
    """The boto3 client of the simulated marketplace's default requester."""
    return mturk.client


@pytest.fixture(scope="session")
def mturk_factory() -> Callable[..., "Simulation"]:
    """Makes marketplaces, for use inside ``@given``: ``with mturk_factory(seed=7) as sim:``.

    What is loaded at first use is loaded here, so that no example has to pay for it and miss its deadline.
    """
    from mturk_sim.documents import html_question_document, parse_question

    with _simulate() as sim:
        sim.client.list_hits()
    parse_question(html_question_document("<p></p>", 0))
    return _simulate


def _simulate(**settings: Any) -> "Simulation":
    from mturk_sim.simulation import simulate

    return simulate(**settings)


def _settings(node: pytest.Item) -> tuple[dict[str, Any], bool]:
    """The keywords of all `mturk` markers on the test, the nearest first, and whether it is everywhere."""
    settings: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers("mturk"))):
        if marker.args:
            raise pytest.UsageError("the marker mturk(...) takes keywords only, those of mturk_sim.simulate")
        settings |= marker.kwargs
    everywhere = settings.pop("everywhere", False)
    return settings, bool(everywhere)


def _followed(request: pytest.FixtureRequest) -> Any | None:
    """The clock of a test whose time is frozen: by a fixture, by a decorator or around it; None for virtual time."""
    from mturk_sim.core.system_clock import SystemClock, is_travelling

    for fixture in _FREEZING & set(request.fixturenames):
        return SystemClock(request.getfixturevalue(fixture))
    frozen = is_travelling() or _frozen_by_decorator(getattr(request.node, "obj", None))
    return SystemClock() if frozen else None


def _frozen_by_decorator(function: Any) -> bool:
    """Whether one of a test's decorators is freezegun's or time-machine's: they freeze only after the fixtures."""
    while function is not None:
        for cell in getattr(function, "__closure__", None) or ():
            if type(cell.cell_contents).__module__.partition(".")[0] in ("freezegun", "time_machine"):
                return True
        function = getattr(function, "__wrapped__", None)
    return False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the timeline into the report."""
    report = yield
    wanted = item.config.getoption("--mturk-timeline") or item.config.getini("mturk_timeline")
    if report.when == "call" and (wanted == "all" or (wanted == "failed" and report.failed)):
        for sim in item.stash.get(_USED, []):
            report.sections.append(("mturk timeline", str(sim.world.journal) or "nothing happened"))
    return report
