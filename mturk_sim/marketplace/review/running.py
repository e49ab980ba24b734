"""Running the policies: on work as it is submitted, and on HITs as they become reviewable (RVP-04, RVP-05)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mturk_sim.marketplace.records import HIT, REJECTED, Assignment
from mturk_sim.marketplace.review import results
from mturk_sim.marketplace.review.actions import Actions
from mturk_sim.marketplace.review.policies import KNOWN_ANSWERS, PLURALITY, Plurality
from mturk_sim.marketplace.review.records import ASSIGNMENT_LEVEL, HIT_LEVEL, Reviews, Run
from mturk_sim.marketplace.review.scoring import agreement, compare, correct, percent, sheet

if TYPE_CHECKING:
    from mturk_sim.marketplace.world import World


class Reviewer:
    """Runs the policies of the HITs of one world; whoever asks knows that the HIT has policies."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def review_work(self, assignment: Assignment) -> None:
        """Score an assignment that was just submitted, before anything else becomes of it (RVP-04, RVP-11)."""
        reviews = self._world.store.reviews[assignment.hit_id]
        policy = reviews.known_answers
        if policy is None:
            return
        marks = correct(policy.key, sheet(assignment.answer))
        right, asked = sum(marks.values()), len(marks)
        score = reviews.scores[assignment.id] = percent(right, asked)
        hit = self._world.store.hits[assignment.hit_id]
        told = {"policy": KNOWN_ANSWERS, "score": score}
        self._world.tell("ReviewPolicyRun", hit.id, assignment.id, assignment.worker_id, told)
        actions = Actions(self._world, hit, KNOWN_ANSWERS)
        what = "one known answer" if asked == 1 else f"{asked} known answers"
        review = actions.review(assignment, f"{what}; {right}/{asked} correct")
        actions.judge(assignment, policy.verdict, score)
        actions.extend(policy.extension, score)
        found = results.known_answers(review, assignment.id, marks, score)
        reviews.runs.append(Run(ASSIGNMENT_LEVEL, tuple(found), tuple(actions.done)))

    def review_hit(self, hit: HIT) -> None:
        """Compare the work on a HIT that just became reviewable (RVP-05, RVP-25, RVP-32)."""
        reviews = self._world.store.reviews[hit.id]
        policy = reviews.plurality
        if policy is None:
            return
        work = list(self._considered(reviews, policy, hit))
        sheets = {each.id: sheet(each.answer) for each in work}
        questions = [compare(question, policy.threshold, sheets) for question in policy.questions]
        agreed, asked = sum(question.agreed is not None for question in questions), len(questions)
        score = percent(agreed, asked)
        self._world.tell("ReviewPolicyRun", hit.id, None, None, {"policy": PLURALITY, "score": score})
        actions = Actions(self._world, hit, PLURALITY)
        review = actions.review(None, f"{len(work)} assignments; {agreed}/{asked} questions agreed")
        found = list(results.agreement(review, hit.id, questions, score))
        for assignment in work:
            same, other = agreement(assignment.id, questions)
            found += results.worker_agreement(review, assignment.id, same, other)
            if same + other:
                actions.judge(assignment, policy.verdict, percent(same, same + other))
        actions.extend(policy.extension, score)
        reviews.runs.append(Run(HIT_LEVEL, tuple(found), tuple(actions.done)))

    def _considered(self, reviews: Reviews, policy: Plurality, hit: HIT) -> Iterator[Assignment]:
        """The work that counts, in the order of its submission (RVP-28, RVP-29)."""
        for work_id in hit.submissions or ():
            assignment = self._world.store.assignments[work_id]
            rejected = policy.without_rejected and assignment.status == REJECTED
            low = policy.known_from is not None and reviews.scores.get(work_id, policy.known_from) < policy.known_from
            if not rejected and not low:
                yield assignment
