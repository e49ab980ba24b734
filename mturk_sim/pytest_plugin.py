"""The pytest plugin: fixtures, one marker, and the timeline of what happened in the report of a test that failed.

At load it imports pytest alone; the simulation comes with the first test that asks for it.
"""

import inspect
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types_boto3_mturk import MTurkClient

    from mturk_sim.simulation import Simulation

_ITEM = pytest.StashKey[pytest.Item]()
"""The test that runs."""
_USED = pytest.StashKey[dict[str, tuple["Simulation | None", str]]]()
"""The marketplaces of a test whose timelines its report has, by what that calls them, each with how calls reach it."""
_MADE = "mturk timeline", "mturk timeline of the last marketplace made"
"""What a report calls the timeline of the test's own marketplace, and of a factory's."""
_FREEZING = {"freezer", "time_machine"}
"""The fixtures of pytest-freezer and time-machine."""
_MARKER = (
    "mturk(seed=…, start=…, sandbox=…, balance=…, clock=…, wire=…, behavior=…, everywhere=True, virtual_time=True): "
    "how the simulated marketplace of this test is made; the keywords of mturk_sim.simulate, everywhere, virtual_time"
)
_AROUND = "everywhere", "virtual_time"
"""What else the marker takes: the methods of a simulation whose blocks are around the test."""
_LINES = 120
"""How many lines of a timeline a report has."""
_OWN = (
    "it answers its own client, others after attach(client), and with {}(everywhere=True) every client of the process"
)
_BLOCK = "inside `with mturk_factory() as sim:`"
_HINTS = {
    (False, False): _OWN.format("@pytest.mark.mturk"),
    (False, True): "it answers every client of this process; the test called none, or a mock or a Stubber answered",
    (True, False): f"{_BLOCK} {_OWN.format('mturk_factory')}",
    (True, True): f"of mturk_factory everywhere=True holds {_BLOCK} alone; for the whole test take the fixture mturk",
}
"""How calls reach a marketplace that none has reached: by whether a factory made it, and whether it answers everywhere.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--mturk-timeline``, the same as an ini setting, and ``--mturk-timeline-lines``."""
    group = parser.getgroup("mturk_sim", "simulated Mechanical Turk")
    choices = ("failed", "all", "off")
    group.addoption(
        "--mturk-timeline",
        choices=choices,
        default=None,
        help="show what happened in the simulated marketplace: for tests that failed (default), for all, or never",
    )
    group.addoption(
        "--mturk-timeline-lines",
        type=_number_or_all,
        default=_LINES,
        metavar="N",
        help="how much of a timeline is shown: this many lines of its beginning and its end, 120 by default, or all",
    )
    parser.addini("mturk_timeline", "default of --mturk-timeline: failed, all or off", default="failed")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", _MARKER)


def _number_or_all(text: str) -> int | None:
    return None if text == "all" else int(text)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the marker's ``everywhere=True`` and ``virtual_time=True`` take effect before all fixtures.

    They do so whether a test names ours or not.
    """
    item.config.stash[_ITEM] = item
    names: list[str] | None = getattr(item, "fixturenames", None)
    around = () if names is None else _settings(item)[1]
    if names is None or not around:
        return
    if "mturk" in names:
        names.remove("mturk")
    elif "mturk_factory" in names:
        _use(item, None, factory=True, around=around)  # if the test fails before it makes one
        return
    names.insert(0, "mturk")


@pytest.fixture
def mturk(request: pytest.FixtureRequest) -> Iterator["Simulation"]:
    """A fresh simulated marketplace, a `mturk_sim.Simulation`, made as the marker ``mturk(...)`` says.

    All examples of a ``@given`` would share it: use `mturk_factory` there.

    In a test whose time is frozen it follows that, unless a clock or a start is given.
    """
    settings, around = _settings(request.node)
    _follow(settings, request.node, request.getfixturevalue)
    sim = _simulate(**settings)
    _use(request.node, sim, factory=False, around=around)
    with _within(sim, around):
        yield sim


@pytest.fixture
def mturk_client(mturk: "Simulation") -> "MTurkClient":
    """The boto3 client of the simulated marketplace's default requester."""
    return mturk.client


@pytest.fixture(scope="session")
def mturk_factory(request: pytest.FixtureRequest) -> Callable[..., AbstractContextManager["Simulation"]]:
    """Makes marketplaces, for use inside ``@given``, each for the length of a ``with`` block.

    ``with mturk_factory(seed=7) as sim:`` takes the keywords of the marker ``mturk(...)``; what they leave out is as
    the test's marker says, and ``everywhere=True`` and ``virtual_time=True`` hold inside the block. A report has the
    timeline of the last marketplace made, which with ``@given`` is the smallest example's that fails.

    What is loaded at first use is loaded here, so that no example has to pay for it and miss its deadline.
    """
    from mturk_sim.documents import html_question_document, parse_question

    with _simulate() as sim:
        sim.client.list_hits()
    parse_question(html_question_document("<p></p>", 0))

    def factory(**given: Any) -> AbstractContextManager["Simulation"]:
        item = request.config.stash[_ITEM]
        settings, around = _settings(item, given)
        _follow(settings, item, getattr(item, "funcargs", {}).__getitem__)
        sim = _simulate(**settings)
        _use(item, sim, factory=True, around=around)
        return _within(sim, around) if around else sim

    return factory


def _simulate(**settings: Any) -> "Simulation":
    from mturk_sim.simulation import simulate

    return simulate(**settings)


def _use(item: pytest.Item, sim: "Simulation | None", *, factory: bool, around: Collection[str]) -> None:
    """Let a test's report have the timeline of a marketplace; None: of the one that it has not made yet."""
    item.stash.setdefault(_USED, {})[_MADE[factory]] = sim, _HINTS[factory, "everywhere" in around]


@contextmanager
def _within(sim: "Simulation", around: Collection[str]) -> Iterator["Simulation"]:
    with sim, ExitStack() as blocks:
        for name in around:
            blocks.enter_context(getattr(sim, name)())
        yield sim


def _settings(node: pytest.Item, given: dict[str, Any] | None = None) -> tuple[dict[str, Any], list[str]]:
    """What is given and the keywords of all `mturk` markers on the test, the nearest first, and what is around it."""
    settings: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers("mturk"))):
        if marker.args:
            raise pytest.UsageError("the marker mturk(...) takes keywords only, those of mturk_sim.simulate")
        settings |= marker.kwargs
    _check_names(settings, "the marker mturk(...)")
    _check_names(given or {}, "mturk_factory()")
    settings |= given or {}
    return settings, [name for name in _AROUND if settings.pop(name, False)]


def _check_names(settings: dict[str, Any], what: str) -> None:
    if settings:
        from mturk_sim.core.keywords import expect_keywords
        from mturk_sim.simulation import simulate

        expect_keywords(settings, (*inspect.signature(simulate).parameters, *_AROUND), what)


def _follow(settings: dict[str, Any], item: pytest.Item, fixture_value: Callable[[str], Any]) -> None:
    """Let a marketplace follow a test whose time is frozen, by a fixture, by a decorator or around it."""
    from mturk_sim.core.system_clock import SystemClock, is_travelling

    if settings.keys() & {"clock", "start"}:
        return
    for fixture in _FREEZING & set(getattr(item, "fixturenames", ())):
        settings["clock"] = SystemClock(fixture_value(fixture))
    if "clock" not in settings and (is_travelling() or _frozen_by_decorator(getattr(item, "obj", None))):
        settings["clock"] = SystemClock()


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
    wanted = _wanted(item.config)
    if (wanted == "failed" and report.failed) or (wanted == "all" and report.when == "call"):
        report.sections.extend(_sections(item))
    if report.when == "teardown" and _USED in item.stash:
        del item.stash[_USED]
    return report


def pytest_terminal_summary(
    terminalreporter: "pytest.TerminalReporter", exitstatus: int, config: pytest.Config
) -> None:
    """Show the timeline of a test that somebody interrupted: there is no report of it."""
    item = config.stash.get(_ITEM, None)
    if item is not None and exitstatus == pytest.ExitCode.INTERRUPTED and _wanted(config) != "off":
        for section, text in _sections(item):
            terminalreporter.section(f"{section} of {item.nodeid}")
            terminalreporter.line(text)


def _wanted(config: pytest.Config) -> str:
    wanted: str = config.getoption("--mturk-timeline") or config.getini("mturk_timeline")
    return wanted


def _sections(item: pytest.Item) -> Iterator[tuple[str, str]]:
    """The timelines of the marketplaces of a test that is not over, each with what a report calls it."""
    lines = item.config.getoption("--mturk-timeline-lines")
    for section, (sim, hint) in item.stash.get(_USED, {}).items():
        yield section, _timeline(sim, hint, lines)


def _timeline(sim: "Simulation | None", hint: str, lines: int | None) -> str:
    from mturk_sim.report.hints import hints
    from mturk_sim.report.timeline import timeline

    told = (timeline(sim, lines) if sim else "") or "nothing happened"
    if not sim or not sim.calls.made:
        told = f"{told}; no call reached the marketplace: {hint}"
    return "\n".join([told, *(f"note: {each}" for each in (hints(sim) if sim else ()))])
