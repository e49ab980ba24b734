"""The policy of a population: take a HIT if it pays enough, work on it, return or forget it, stay for more."""

from typing import Final

import attrs

from mturk_sim.workers.luck import lognormal_at
from mturk_sim.workers.plans import Accept, Leave, Moment, Offer, Plan, Return, Submit, Wait
from mturk_sim.workers.population import Population

_NOTHING: Final[Plan] = ()


@attrs.frozen
class Habits:
    """Decides as the numbers of a `Population` say."""

    population: Population

    def plan(self, moment: Moment) -> Plan:
        """One more assignment, or nothing."""
        if moment.refused is not None or not (self._stays(moment) if moment.done else self._takes(moment)):
            return _NOTHING
        return self._work(moment)

    def seconds(self, offer: Offer) -> float:
        """How long one assignment takes in the median."""
        whole = self.population.expected_seconds
        return self.population.seconds_per_question * max(1, offer.questions) if whole is None else whole

    def _takes(self, moment: Moment) -> bool:
        """Whether the pay is enough for this worker, by the hour."""
        share = self.population.acceptance
        if share is not None:
            return moment.luck.uniform("take") < share
        return moment.offer.reward * 36 / self.seconds(moment.offer) >= moment.worker.reservation_wage

    def _stays(self, moment: Moment) -> bool:
        """Whether the worker does another one: geometric with a beta-distributed probability, which is this chance."""
        a, b = self.population.stay
        before = moment.done - 1
        return moment.luck.uniform("stay", moment.done) * (a + b + before) < a + before

    def _work(self, moment: Moment) -> Plan:
        people, allowed = self.population, moment.offer.assignment_seconds
        fate, queue, queued, work = moment.luck.uniforms(4, "work", moment.plans)
        seconds = max(1, round(lognormal_at(work, self.seconds(moment.offer), people.work_sigma)))
        if fate < people.p_return:
            return (Accept(), Wait(min(round(seconds * fate / people.p_return), allowed - 1)), Return(), Leave())
        if fate < people.p_return + people.p_abandon or seconds >= allowed:
            return (Accept(), Leave())
        held = 0
        if queue < people.p_queue:
            held = round(seconds * lognormal_at(queued, people.queue_median, people.queue_sigma))
        return (Accept(), Wait(min(held + seconds, allowed - 1)), Submit())
