"""A population: workers who come, choose, work, answer, stay and go by themselves, as has been published of real ones.

Sources: Difallah'15 (WWW), Difallah'18 (WSDM), Hara'18 (CHI), Horton'10 (Horton and Chilton, EC), Ipeirotis'10
(XRDS), Ipeirotis'15 (behind-the-enemy-lines.com), Peer'14 (Behavior Research Methods), Snow'08 (EMNLP), Stewart'15
(Judgment and Decision Making), TurkPrime (its blog), logs (1,535 assignments of 34 HITs, 2015-16), labels (public
label sets).
"""

from collections.abc import Mapping
from typing import Final

import attrs

from mturk_sim.core.keywords import telling_settings
from mturk_sim.workers import checking
from mturk_sim.workers.abilities import ABILITIES, Ability
from mturk_sim.workers.answering import AnswerModel
from mturk_sim.workers.dayshape import DayShape
from mturk_sim.workers.plans import Policy

DAY_SHAPES: Final[Mapping[str, DayShape]] = {"US": DayShape(0.8, 0.583, 21), "IN": DayShape(0.2, 0.667, 9)}


@telling_settings
@attrs.frozen(kw_only=True)
class Population:
    """Workers who act by themselves; every default is what was published, or says that it is an assumption.

    Attributes:
        name: Part of the key of every draw; two populations of one simulation have different names.
        arrivals_per_hour: How many workers look at a group of HITs in its first hour (assumption).
        day_shapes: Each country's share by hour: four fifths US and one fifth India on average, half of them from
            India at 9 UTC and one in twenty at 21 UTC (Ipeirotis'15).
        weekend_factor: Arrivals on Saturday and Sunday against other days; work was hardly affected (Ipeirotis'10).
        v_inf: What is left of a group's attraction when it is old: new work was ten times as attractive (Difallah'15).
        tau_hours: How fast it ages (the resolution of Difallah'15, so an assumption).
        attractiveness: The shape of a gamma distribution of mean 1 by which groups differ; 0.48 gives the completion
            times' power law of exponent 1.48 (Ipeirotis'10). None: all alike.
        size: How many workers there are at a time: what one laboratory could reach (Stewart'15).
        half_life_months: After how long half of them are replaced by others (Difallah'18: 12 to 18 months).
        activity_sigma: How unevenly they come: standard deviation of the logarithm of assignments per worker (Hara'18).
        abilities: The kinds of workers (labels; the shares are rounded, so an assumption).
        difficulty_sd: How much HITs differ in difficulty: standard deviation of the probability of a right answer
            (RTE of Snow'08).
        reservation_wage: The hourly pay in dollars at which half of the workers take a HIT (Horton'10).
        reservation_sigma: Standard deviation of the logarithm of that: elasticity 0.43 at the median (Horton'10).
        acceptance: The share of arrivals that take a HIT whatever it pays; None: it follows from pay.
        expected_seconds: How long a HIT takes in the median; None: `seconds_per_question` for each question or field.
        seconds_per_question: Seconds for one question (TurkPrime).
        work_sigma: Standard deviation of the logarithm of work times (logs).
        p_queue: The share of assignments that are held for a while before work begins (logs).
        queue_median: How long, as a multiple of the work time, in the median (fitted to the quantiles in logs).
        queue_sigma: Standard deviation of its logarithm (fitted likewise).
        p_return: The share of accepted assignments that are returned (with `p_abandon`: 13 %, Hara'18).
        p_abandon: The share that are held until their time is up (logs: 7 to 10 %).
        stay: Parameters of the beta distribution, over workers, of the probability to do another HIT of the group
            (labels).
        approved_median: Approved assignments a worker has behind them, in the median (Peer'14).
        approved_sigma: Standard deviation of the logarithm of that (Peer'14).
        approval: Parameters of the beta distribution of approval rates: mean 0.993 (Hara'18); its width is an
            assumption.
        accepts_a_day: How many assignments a worker may accept between two midnights in Pacific Standard Time (ASN-25,
            C43: 3,800 on the service); None: any number.
        p_dispute: The share of rejections that the worker disputes (assumption); the journal tells it.
        dispute_hours: How long after the rejection, in the median (assumption).
        gold: Item (a HIT's annotation, or else its id) -> question or field -> the right answer; the others are drawn.
        fields: What the pages of ExternalQuestions post: field name -> choices, none for a text.
        policy: What decides instead of this model, if anything.
        answers: What answers instead of this model, if anything.

    Raises:
        ValueError: A number is not what its attribute can be.
        TypeError: There is no such parameter.
    """

    name: str = "crowd"
    arrivals_per_hour: float = attrs.field(default=60.0, validator=checking.number())
    day_shapes: Mapping[str, DayShape] = attrs.field(factory=lambda: dict(DAY_SHAPES))
    weekend_factor: float = attrs.field(default=1.0, validator=checking.number())
    v_inf: float = attrs.field(default=0.1, validator=checking.share())
    tau_hours: float = attrs.field(default=1.0, validator=checking.number(1e-9, "a number of hours"))
    attractiveness: float | None = attrs.field(
        default=None, validator=checking.number(1e-9, "the shape of a distribution")
    )
    size: int = attrs.field(default=7300, validator=checking.number(what="a number of workers"))
    half_life_months: float = attrs.field(default=15.0, validator=checking.number(1e-9, "a number of months"))
    activity_sigma: float = attrs.field(default=1.63, validator=checking.number(what="a standard deviation"))
    abilities: tuple[Ability, ...] = ABILITIES
    difficulty_sd: float = attrs.field(default=0.11, validator=checking.between(0, 0.5, "a standard deviation"))
    reservation_wage: float = attrs.field(default=1.38, validator=checking.number(what="an hourly pay"))
    reservation_sigma: float = attrs.field(default=1.8555, validator=checking.number(what="a standard deviation"))
    acceptance: float | None = attrs.field(default=None, validator=checking.share())
    expected_seconds: float | None = attrs.field(default=None, validator=checking.number(1e-9, "a number of seconds"))
    seconds_per_question: float = attrs.field(default=10.3, validator=checking.number(1e-9, "a number of seconds"))
    work_sigma: float = attrs.field(default=0.593, validator=checking.number(what="a standard deviation"))
    p_queue: float = attrs.field(default=0.45, validator=checking.share())
    queue_median: float = attrs.field(default=1.55, validator=checking.number(what="a multiple"))
    queue_sigma: float = attrs.field(default=1.41, validator=checking.number(what="a standard deviation"))
    p_return: float = attrs.field(default=0.05, validator=checking.share())
    p_abandon: float = attrs.field(default=0.08, validator=checking.share())
    stay: tuple[float, float] = attrs.field(default=(18.6, 0.96), validator=checking.parameters)
    approved_median: float = attrs.field(default=250.0, validator=checking.number())
    approved_sigma: float = attrs.field(default=2.34, validator=checking.number(what="a standard deviation"))
    approval: tuple[float, float] = attrs.field(default=(49.65, 0.35), validator=checking.parameters)
    accepts_a_day: int | None = attrs.field(default=None, validator=checking.number(what="a number of assignments"))
    p_dispute: float = attrs.field(default=0.5, validator=checking.share())
    dispute_hours: float = attrs.field(default=12.0, validator=checking.number(what="a number of hours"))
    gold: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    fields: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    policy: Policy | None = None
    answers: AnswerModel | None = None

    def __attrs_post_init__(self) -> None:
        if self.p_return + self.p_abandon > 1:
            raise ValueError(f"p_return and p_abandon together are a share, not {self.p_return + self.p_abandon:g}")
        if not self.abilities or not self.day_shapes:
            raise ValueError("abilities and day_shapes say who the workers are; there must be at least one of each")
