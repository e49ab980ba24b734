"""What is published about workers, and what the simulation makes of it: the rows of docs/published.md.

Each row has the number that was published, the number that the simulation gives, and the interval in which the one
would be, but for one case in a million, if the other were right.  Run this file to see the table.
"""

import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from statistics import NormalDist, fmean, median, pstdev

import attrs
import exact
from groups import post

from mturk_sim import Population, simulate
from mturk_sim.core.clock import HOUR, micros
from mturk_sim.core.draws import Draws
from mturk_sim.workers import (
    Ability,
    Answerer,
    DayShape,
    Field,
    Luck,
    Moment,
    Offer,
    Plan,
    Profile,
    Return,
    Submit,
    Task,
    Wait,
)
from mturk_sim.workers.arrivals import Arrivals
from mturk_sim.workers.habits import Habits
from mturk_sim.workers.pool import MONTH, Pool

NOW = datetime(2026, 1, 5, tzinfo=UTC)
FLAT = {"US": DayShape(1.0)}
DRAWS = Draws(2017)
MANY = 5000

INDEPENDENT = "independent"
DEFAULT = "a default"


@attrs.frozen
class Row:
    """One comparison."""

    what: str
    source: str
    published: float
    simulated: float
    low: float
    high: float
    evidence: str = DEFAULT

    @property
    def holds(self) -> bool:
        return self.low <= self.simulated <= self.high

    @property
    def id(self) -> str:
        return self.what


def share(what: str, source: str, published: float, hits: int, n: int, evidence: str = DEFAULT) -> Row:
    """A share of `n` cases."""
    bounds = exact.binomial(n, published)
    return Row(what, source, published, hits / n, bounds.start / n, (bounds.stop - 1) / n, evidence)


def about(what: str, source: str, published: float, simulated: float, error: float, evidence: str = DEFAULT) -> Row:
    """An estimate with a standard error."""
    width = -NormalDist().inv_cdf(exact.TAIL) * error
    return Row(what, source, published, simulated, published - width, published + width, evidence)


# --- arrivals ----------------------------------------------------------------------------------------------------
def arrivals() -> Iterator[Row]:
    people = Arrivals(Population(v_inf=1.0), DRAWS)
    for hour, part in ((9, 0.5), (21, 0.05)):
        at = micros(NOW) + hour * HOUR
        found = [people.country(f"group {hour}", n, at, at) for n in range(2 * MANY)]
        came = [each[0] for each in found if each is not None]
        yield share(f"workers from India at {hour} UTC", "Ipeirotis 2015", part, came.count("IN"), len(came))
    yield _aging()


def _aging() -> Row:
    """New work against old: arrivals at the instant of posting and a day later."""
    people = Arrivals(Population(day_shapes=FLAT), DRAWS)
    at = micros(NOW)
    new = sum(people.country("new", n, at, at) is not None for n in range(MANY))
    old = sum(people.country("old", n, at + 24 * HOUR, at) is not None for n in range(10 * MANY))
    bounds = exact.binomial(new + old, 0.5)
    low, high = (10 * k / (new + old - k) for k in (bounds.start, bounds.stop - 1))
    return Row("attraction of new work, as a multiple of old", "Difallah 2015", 10, 10 * new / old, low, high)


def completion() -> Iterator[Row]:
    """Completion times of one-HIT groups that differ in attractiveness have a power law's tail."""
    groups, rate, horizon = 3000, 0.1, timedelta(days=30)
    sure = Population(day_shapes=FLAT, v_inf=1.0, acceptance=1.0, p_return=0.0, p_abandon=0.0)
    people = attrs.evolve(sure, attractiveness=0.48, arrivals_per_hour=rate)
    with simulate(seed=11) as sim:
        sim.populate(people)
        start = {post(sim, f"Group {n}", LifetimeInSeconds=31 * 86400): sim.clock.now for n in range(groups)}
        sim.clock.advance(horizon)
        taken = sim.journal.of("AssignmentAccepted")
    times = [(fact.at - start[str(fact.hit_id)]) / timedelta(hours=1) for fact in taken]
    scale, censored = 0.48 / rate, groups - len(times)
    logs = sum(math.log1p(time / scale) for time in times) + censored * math.log1p(720 / scale)
    exponent = 1 + len(times) / logs
    yield about("exponent of completion times", "Ipeirotis 2010", 1.48, exponent, 0.48 / math.sqrt(len(times)))


# --- choosing and working ----------------------------------------------------------------------------------------
def moment(n: int, reward: int = 5, wage: float = 0.0, seconds: int = 10**6) -> Moment:
    offer = Offer("group", "A task", reward, seconds, 1, NOW, 1)
    return Moment(NOW, Profile("A1", "US", "careful", 0.9, wage), offer, Luck(DRAWS, ("visit", n)), 0, 0, None, None)


def acceptance() -> Iterator[Row]:
    """Who takes a HIT at which pay: a probit fit over wages from 0.10 to 12 dollars an hour."""
    habits = Habits(Population(expected_seconds=3600.0))
    pool = Pool(Population(size=9 * 600, day_shapes=FLAT), DRAWS, 0)
    cases = []
    for place, wage in enumerate((0.10, 0.25, 0.50, 1.00, 1.38, 2.00, 4.80, 7.25, 12.00)):
        for n in range(600):
            worker = pool.on_seat("US", 600 * place + n, 0)
            took = bool(habits.plan(moment(n, reward=round(100 * wage), wage=worker.reservation_wage)))
            cases.append((math.log(wage), took))
    constant, slope, errors = probit(cases)
    middle = math.exp(-constant / slope)
    normal = 2 * NormalDist().pdf(0)
    yield about("median reservation wage, dollars an hour", "Horton 2010", 1.38, middle, 1.38 * errors[0] / slope)
    yield about("elasticity of labour supply at the median", "Horton 2010", 0.43, normal * slope, normal * errors[1])


def probit(cases: list[tuple[float, bool]]) -> tuple[float, float, tuple[float, float]]:
    """Constant, slope and their standard errors, by Fisher scoring."""
    normal, a, b = NormalDist(), 0.0, 0.5
    for _ in range(30):
        gradient = [0.0, 0.0]
        information = [[0.0, 0.0], [0.0, 0.0]]
        for x, took in cases:
            p = min(max(normal.cdf(a + b * x), 1e-12), 1 - 1e-12)
            density = normal.pdf(a + b * x)
            score, weight = density * (took - p) / (p * (1 - p)), density**2 / (p * (1 - p))
            for i, xi in enumerate((1.0, x)):
                gradient[i] += score * xi
                for j, xj in enumerate((1.0, x)):
                    information[i][j] += weight * xi * xj
        (p, q), (r, s) = information
        size = p * s - q * r
        a += (s * gradient[0] - q * gradient[1]) / size
        b += (p * gradient[1] - r * gradient[0]) / size
    return a, b, (math.sqrt(s / size), math.sqrt(p / size))


def working() -> Iterator[Row]:
    """Times and ends of 1,535 assignments in logs, and what Hara and others found of 3.8 million."""
    people = Population(acceptance=1.0, expected_seconds=600.0, p_return=0.0, p_abandon=0.0)
    at_once = Habits(attrs.evolve(people, p_queue=0.0))
    queueing = Habits(people)
    active, ratios = [], []
    for n in range(MANY):
        worked, elapsed = (_seconds(habits.plan(moment(n))) for habits in (at_once, queueing))
        active.append(math.log(worked))
        ratios.append(elapsed / worked)
    logs = "logs 2015-16"
    yield about("deviation of the logarithm of work times", logs, 0.593, pstdev(active), 0.593 / math.sqrt(2 * 1535))
    for above, part in ((1.05, 0.5), (2.0, 0.28), (2.38, 0.25), (5.57, 0.10)):
        yield _of_logs(f"elapsed time above {above} times work time", part, sum(r > above for r in ratios) / MANY)
    plans = [Habits(attrs.evolve(people, p_return=0.05, p_abandon=0.08)).plan(moment(n)) for n in range(MANY)]
    lost = sum(Submit() not in plan for plan in plans)
    yield share("accepted assignments never handed in", "Hara 2018", 0.13, lost, MANY)
    forgotten = sum(Submit() not in plan and Return() not in plan for plan in plans)
    yield share("accepted assignments forgotten", logs, 0.08, forgotten, MANY)


def _seconds(plan: Plan) -> int:
    return sum(step.seconds for step in plan if isinstance(step, Wait))


def _of_logs(what: str, published: float, simulated: float) -> Row:
    """A share of the 1,535 assignments in the logs."""
    bounds = exact.binomial(1535, published)
    return Row(what, "logs 2015-16", published, simulated, bounds.start / 1535, (bounds.stop - 1) / 1535, INDEPENDENT)


def reissue() -> Iterator[Row]:
    """Slots that come back when their holder forgets them: how late the last of a HIT's slots is accepted."""
    late = total = 0
    for slots, known, published in ((15, 14, 1.06), (60, 9, 1.60), (120, 4, 1.64)):
        last: list[float] = []
        for accepted in _accepted(slots):
            first = accepted[0]
            last.append((accepted[-1] - first) / 2400)
            late += sum(at > first + 0.97 * 2400 for at in accepted)
            total += len(accepted)
        low, high = _medians(sorted(last), known)
        middle = median(last)
        low, high = low - middle + published, high - middle + published
        what = f"last acceptance of {slots} slots, in assignment durations (median)"
        yield Row(what, "logs 2015-16", published, middle, low, high, INDEPENDENT)
    yield _of_logs("assignments accepted after one duration", 0.072, late / total)


@cache
def _accepted(slots: int, hits: int = 30) -> list[list[float]]:
    """When each slot of some well-paid HITs was accepted for good, in seconds, in order."""
    people = Population(arrivals_per_hour=1000.0, expected_seconds=420.0, stay=(0.0, 1.0), activity_sigma=0.0)
    with simulate(seed=slots) as sim:
        sim.populate(people)
        for n in range(hits):
            post(sim, f"Study {n}", Reward="0.50", MaxAssignments=slots, AssignmentDurationInSeconds=2400)
        sim.clock.advance(days=3)
        done: dict[str, list[float]] = {}
        for each in sim.assignments():
            if each.submitted is not None:
                done.setdefault(each.hit_id, []).append(each.accepted / 10**6)
    return [sorted(times) for times in done.values()]


def _medians(values: list[float], known: int) -> tuple[float, float]:
    """Between which values the median of `known` such numbers lies."""
    ranks = exact.binomial(known, 0.5)
    n = len(values)
    return values[max(0, n * ranks.start // known - 1)], values[min(n - 1, n * (ranks.stop - 1) // known)]


# --- people ------------------------------------------------------------------------------------------------------
def people() -> Iterator[Row]:
    pool = Pool(Population(size=4000, day_shapes=FLAT), DRAWS, 0)
    seats = range(4000)
    first = [pool.on_seat("US", seat, 0) for seat in seats]
    history = [pool.account(worker).approved for worker in first]
    for above, part in ((250, 0.5), (500, 0.383), (1000, 0.277), (5000, 0.10)):
        more = sum(count > above for count in history)
        yield share(f"workers with more than {above} approved HITs", "Peer 2014", part, more, 4000)
    kept = sum(pool.on_seat("US", seat, round(15 * MONTH)) == first[seat] for seat in seats)
    yield share("workers who are still there after 15 months", "Difallah 2018", 0.5, kept, 4000)


def concentration() -> Iterator[Row]:
    """How unevenly work is spread over 825 workers (AdultContent2, 89,799 labels) when each stays as long as fitted."""
    tops, ginis = zip(*(_spread(seed) for seed in range(100)), strict=True)
    yield _of_groups("work done by the busiest tenth of workers", 0.713, tops)
    yield _of_groups("Gini coefficient of work", 0.807, ginis)


def _of_groups(what: str, published: float, values: tuple[float, ...]) -> Row:
    """A mean over simulated groups; the interval is as wide as they lie apart."""
    middle = fmean(values)
    low, high = published + middle - max(values), published + middle - min(values)
    return Row(what, "AdultContent2", published, middle, low, high, INDEPENDENT)


def _spread(seed: int) -> tuple[float, float]:
    a, b = Population().stay
    luck = Luck(Draws(seed), ("group",))
    counts = []
    for n in range(825):
        chance, u = luck.beta(a, b, "stay", n), luck.uniform("stop", n)
        counts.append(min(11_040, 1 + int(math.log1p(-u) / math.log(chance)) if chance < 1 else 11_040))
    counts.sort()
    total = sum(counts)
    gini = sum((2 * place - 826) * count for place, count in enumerate(counts, 1)) / (825 * total)
    return sum(counts[-82:]) / total, gini


# --- answers -----------------------------------------------------------------------------------------------------
LABELS = {
    "RTE (Snow 2008)": (800, 0.7291, 0.109, {1: 0.7291, 3: 0.8051, 5: 0.8477, 7: 0.8746, 9: 0.8969}),
    "Temporal (Snow 2008)": (462, 0.7338, 0.037, {1: 0.7338, 3: 0.8326, 5: 0.8910, 7: 0.9275, 9: 0.9361}),
    "Bluebirds (Welinder 2010)": (108, 0.6356, 0.155, {1: 0.6356, 3: 0.6852, 5: 0.7131, 7: 0.7308, 9: 0.7427}),
    "Product (CrowdER)": (8315, 0.8163, 0.111, {1: 0.8163, 3: 0.8966}),
    "Mozafari": (1000, 0.6702, 0.315, {1: 0.6702, 3: 0.6921, 5: 0.6960}),
}
"""Label sets: items, accuracy of labels, deviation of difficulty, accuracy of the majority of k."""


def majorities() -> Iterator[Row]:
    """The majority of k labels, from matrices with the same accuracy and the same spread of difficulty."""
    for name, (items, accuracy, difficulty, published) in LABELS.items():
        matrix = labels(name, items, accuracy, difficulty, max(published))
        for k, known in published.items():
            right = sum(2 * sum(votes[:k]) > k for votes in matrix)
            evidence = DEFAULT if k == 1 else INDEPENDENT
            yield share(f"majority of {k} right, {name}", "label sets", known, right, items, evidence)


@cache
def labels(name: str, items: int, accuracy: float, difficulty: float, votes: int) -> list[list[bool]]:
    """For each item whether each vote is right."""
    field, kind = Field("label", ("yes", "no")), Ability(name="one coin", share=1, accuracy=accuracy)
    model = Answerer(difficulty_sd=difficulty)
    matrix = []
    for n in range(items):
        item, luck = f"{name} {n}", Luck(DRAWS, ("item", name, n))
        truth = model.truth(item, field, luck)
        workers = [Profile(f"A{vote}", "US", kind.name, accuracy, 0.0) for vote in range(votes)]
        tasks = [Task((field,), item, luck, worker, kind) for worker in workers]
        matrix.append([model.answer(task)["label"] == truth for task in tasks])
    return matrix


# --- the table ---------------------------------------------------------------------------------------------------
FAMILIES: tuple[Callable[[], Iterator[Row]], ...] = (
    arrivals,
    completion,
    acceptance,
    working,
    reissue,
    people,
    concentration,
    majorities,
)


@cache
def rows(family: Callable[[], Iterator[Row]]) -> tuple[Row, ...]:
    """The comparisons of a family."""
    return tuple(family())


def table() -> str:
    """The comparisons as a Markdown table."""
    lines = ["| what | source | published | simulated | interval | evidence |", "|---|---|---|---|---|---|"]
    for row in [row for family in FAMILIES for row in rows(family)]:
        numbers = f"{row.published:.4g} | {row.simulated:.4g} | {row.low:.4g} to {row.high:.4g}"
        lines.append(f"| {row.what} | {row.source} | {numbers} | {row.evidence} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table())
