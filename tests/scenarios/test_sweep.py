"""A sweep runs every point of its grid with every seed, and gives the same whoever runs it."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from mturk_sim.report import Campaign
from mturk_sim.scenarios import Point, ScenarioError, sweep
from mturk_sim.scenarios.sweep import begin

VALUES: dict[str, Any] = {
    "name": "s",
    "horizon": "6 hours",
    "hits": [{"title": "Label", "reward": "0.05", "count": 3, "max_assignments": 3}],
    "workers": {"arrivals_per_hour": 20, "acceptance": 1.0},
}
GRID: dict[str, list[Any]] = {"workers.p_abandon": [0.0, 0.5], "hits.0.count": [2, 4]}


class Here(Executor):
    """Runs everything at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture(scope="module")
def points() -> list[Point]:
    return sweep(VALUES, GRID, seeds=2, executor=Here())


def test_every_point_is_run_with_every_seed(points: list[Point]) -> None:
    assert [tuple(point.settings.values()) for point in points] == [(0.0, 2), (0.0, 4), (0.5, 2), (0.5, 4)]
    assert {len(estimate.values) for point in points for estimate in point.estimates.values()} == {2}
    assert [point.estimates["submitted"].mean for point in points[:2]] == [6.0, 12.0]
    assert points[0].estimates["abandoned"].mean == 0.0 < points[2].estimates["abandoned"].mean


@pytest.mark.parametrize(
    "make",
    [
        lambda: ThreadPoolExecutor(2),
        lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    ],
    ids=["threads", "processes"],
)
def test_any_executor_gives_the_same(points: list[Point], make: Callable[[], Executor]) -> None:
    with make() as executor:
        assert sweep(VALUES, GRID, seeds=2, executor=executor) == points


def test_without_an_executor_processes_do_it(points: list[Point]) -> None:
    assert sweep(VALUES, GRID, seeds=2) == points


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_does_it_too(points: list[Point]) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra 'sweep' is not installed")
    with (
        distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):
        assert sweep(VALUES, GRID, seeds=2, executor=executor) == points


def test_seeds_can_be_chosen(points: list[Point]) -> None:
    one = sweep(VALUES, {}, seeds=[7, 8], executor=Here())

    assert one == sweep(VALUES, {}, seeds=[7, 8], executor=Here())
    assert one[0].settings == {}
    assert one != sweep(VALUES, {}, seeds=[8, 9], executor=Here())


def test_what_is_measured_can_be_chosen() -> None:
    def hits(campaign: Campaign) -> dict[str, float]:
        return {"hits": len(campaign.hits)}

    (point,) = sweep(VALUES, {}, seeds=2, executor=Here(), measures=hits)
    assert {name: estimate.mean for name, estimate in point.estimates.items()} == {"hits": 3.0, "failed": 0.0}


def test_programs_that_fail_are_counted(tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text("import sys\nsys.exit(len(sys.argv) - 1)\n")
    values = {"name": "s", "horizon": "1 hour", "requester": {"path": "p.py"}}
    points = sweep(values, {"requester.arguments": [[], ["x"]]}, seeds=[4, 5], executor=Here(), folder=tmp_path)

    assert [point.estimates["failed"].mean for point in points] == [0.0, 1.0]
    assert [point.failure for point in points] == [None, (4, "p.py ended with 1")]


def test_of_several_runs_the_first_that_fails_is_told(tmp_path: Path) -> None:
    before = tmp_path / "before"  # each run leaves a letter there, and those after the first fail
    (tmp_path / "p.py").write_text(
        "import sys\nwith open(sys.argv[1], 'a+') as file:\n    file.seek(0)\n    runs = len(file.read())\n"
        "    file.write('x')\nif runs:\n    raise ValueError(f'run {runs}')\n"
    )
    values = {"name": "s", "horizon": "1 hour", "requester": {"path": "p.py", "arguments": [str(before)]}}
    (point,) = sweep(values, {}, seeds=[4, 5, 6], executor=Here(), folder=tmp_path)

    assert point.failure == (5, "ValueError: run 1")


def test_a_setting_that_no_scenario_has_is_refused_before_anything_runs() -> None:
    with pytest.raises(ScenarioError, match=r"workers\.p_abandonn = 1: no such setting; did you mean p_abandon"):
        sweep(VALUES, {"workers.p_abandonn": [1]}, executor=Here())


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("hits.3.reward", 1, "hits.3.reward = 1: no such setting; hits is a list of 1: say which, as in hits[0]"),
        (
            "hits.first.reward",
            1,
            "hits.first.reward = 1: no such setting; hits is a list of 1: say which, as in hits[0]",
        ),
        ("hits.0.title.size", 5, "hits.0.title.size = 5: no such setting; title is 'Label', and no table"),
        ("faults[0].times", 1, "faults[0].times = 1: no such setting; the scenario has no [[faults]]"),
        ("faults.times", 1, "faults.times = 1: no such setting; the scenario has no [[faults]]"),
        ("p_abandon", 1, "p_abandon = 1: no such setting; did you mean workers.p_abandon?"),
        ("seed", 1, "seed is no setting to compare: use --seeds N, or from Python seeds=[7, 8]"),
    ],
)
def test_a_place_that_no_scenario_has_is_refused(path: str, value: Any, expected: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        sweep(VALUES, {path: [value]}, executor=Here(), origin="s.toml")

    assert str(caught.value) == f"s.toml: {expected}"


def test_what_the_service_refuses_comes_back_from_other_processes_as_a_mistake_in_the_scenario() -> None:
    needs = [{"QualificationTypeId": "nope", "Comparator": "Exists"}]
    with pytest.raises(ScenarioError, match=r"s\.toml: hits\[0\]\.requirements = .* does not exist"):
        sweep(VALUES, {"hits.0.requirements": [needs]}, seeds=1, origin="s.toml")


class Interrupted(Executor):
    """Runs the first that it is given, in which somebody presses Ctrl-C, and lets the others wait."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if not self.futures:
            try:
                future.set_result(fn(*args, **kwargs))
            except KeyboardInterrupt as error:
                future.set_exception(error)
        self.futures.append(future)
        return future


def test_a_run_that_is_interrupted_ends_the_sweep_and_calls_off_what_waits(tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text("raise KeyboardInterrupt\n")
    values = {"name": "s", "horizon": "1 hour", "requester": {"path": "p.py"}}
    executor = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        sweep(values, {}, seeds=20, executor=executor, folder=tmp_path)

    first, *others = executor.futures
    assert not first.cancelled()
    assert others
    assert all(future.cancelled() for future in others)


class OneLost(Here):
    """Runs everything but the one of a number, as if a process were killed."""

    def __init__(self, lost: int) -> None:
        self.lost, self.given = lost, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given += 1
        if self.given - 1 != self.lost:
            return super().submit(fn, *args, **kwargs)
        lost: Future[Any] = Future()
        lost.set_exception(BrokenExecutor())
        return lost


def test_what_is_complete_and_what_is_not_is_known_wherever_a_sweep_stops(
    points: list[Point], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)  # 8 runs in batches of one
    begun = begin(OneLost(3), VALUES, GRID, seeds=2, origin="s.toml", folder=None)
    with pytest.raises(BrokenExecutor):
        begun.finish()

    assert begun.points == [points[0], *points[2:]]
    assert begun.unfinished == [(points[1].settings, 1)]


def test_runs_that_share_a_batch_belong_to_their_own_points(
    points: list[Point], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: None)  # 12 runs in batches of three
    begun = begin(OneLost(1), VALUES, {**GRID, "hits.0.count": [2, 4, 6]}, seeds=2, origin="s.toml", folder=None)

    assert begun.size == 3
    assert begun.points[0] == points[0]
    assert [(tuple(settings.values()), done) for settings, done in begun.unfinished] == [((0.0, 4), 1), ((0.0, 6), 0)]


def test_tables_that_are_not_there_are_made() -> None:
    values = {"name": "s", "horizon": "1 hour"}
    (point,) = sweep(values, {"workers.gold.item.label": ["cat"]}, seeds=1, executor=Here())

    assert point.settings == {"workers.gold.item.label": "cat"}
