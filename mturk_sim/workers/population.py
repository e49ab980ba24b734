"""A population: workers who come, choose, work, answer, stay and go by themselves, as has been published of real ones.

Sources: Difallah'15 (WWW), Difallah'18 (WSDM), Hara'18 (CHI), Horton'10 (Horton and Chilton, EC), Ipeirotis'10
(XRDS), Ipeirotis'15 (behind-the-enemy-lines.com), Peer'14 (Behavior Research Methods), Snow'08 (EMNLP), Stewart'15
(Judgment and Decision Making), TurkPrime (its blog), logs (1,535 assignments of 34 HITs, 2015-16), labels (public
label sets).
"""

from collections.abc import Mapping
from typing import Final

import attrs

from mturk_sim.workers.abilities import ABILITIES, Ability
from mturk_sim.workers.answering import AnswerModel
from mturk_sim.workers.dayshape import DayShape
from mturk_sim.workers.plans import Policy

DAY_SHAPES: Final[Mapping[str, DayShape]] = {"US": DayShape(0.8, 0.583, 21), "IN": DayShape(0.2, 0.667, 9)}


@attrs.frozen(kw_only=True)
class Population:
    """Workers who act by themselves. Every default is what was published, or says that it is an assumption.

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
        p_dispute: The share of rejections that the worker disputes (assumption); the journal tells it.
        dispute_hours: How long after the rejection, in the median (assumption).
        gold: Item (a HIT's annotation, or else its id) -> question or field -> the right answer; the others are drawn.
        fields: What the pages of ExternalQuestions post: field name -> choices, none for a text.
        policy: What decides instead of this model, if anything.
        answers: What answers instead of this model, if anything.
    """

    name: str = "crowd"
    arrivals_per_hour: float = 60.0
    day_shapes: Mapping[str, DayShape] = attrs.field(factory=lambda: dict(DAY_SHAPES))
    weekend_factor: float = 1.0
    v_inf: float = 0.1
    tau_hours: float = 1.0
    attractiveness: float | None = None
    size: int = 7300
    half_life_months: float = 15.0
    activity_sigma: float = 1.63
    abilities: tuple[Ability, ...] = ABILITIES
    difficulty_sd: float = 0.11
    reservation_wage: float = 1.38
    reservation_sigma: float = 1.8555
    acceptance: float | None = None
    expected_seconds: float | None = None
    seconds_per_question: float = 10.3
    work_sigma: float = 0.593
    p_queue: float = 0.45
    queue_median: float = 1.55
    queue_sigma: float = 1.41
    p_return: float = 0.05
    p_abandon: float = 0.08
    stay: tuple[float, float] = (18.6, 0.96)
    approved_median: float = 250.0
    approved_sigma: float = 2.34
    approval: tuple[float, float] = (49.65, 0.35)
    p_dispute: float = 0.5
    dispute_hours: float = 12.0
    gold: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    fields: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    policy: Policy | None = None
    answers: AnswerModel | None = None
