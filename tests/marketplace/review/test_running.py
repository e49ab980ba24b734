"""Policies at work: at the right moment, on the right work, with what follows from the scores."""

from datetime import timedelta
from decimal import Decimal

import pytest
from questions import QUESTION
from review_requests import KNOWN, PLURALITY, actions, known, plurality, post, report, results, work

from mturk_sim import Behavior, simulate
from mturk_sim.documents import answers_document, external_question_document

KEY = {"A": "1", "B": "2", "C": "3", "D": "4"}
LEVELS = {"ApproveIfKnownAnswerScoreIsAtLeast": 75, "RejectIfKnownAnswerScoreIsLessThan": 50}
EXTENDING = {"ExtendIfKnownAnswerScoreIsLessThan": 50, "ExtendMaximumAssignments": 3}
CHART = [
    {"A": "coat", "B": "blue", "C": "large", "D": "Furry"},
    {"A": "sweater", "B": "blue", "C": "large", "D": "fur"},
    {"A": "coat", "B": "green", "C": "large", "D": "furr"},
]


def hit(sim, hit_id):
    return sim.client.get_hit(HITId=hit_id)["HIT"]


def kinds(sim, *wanted):
    return [fact.kind for fact in sim.journal if fact.kind in wanted]


# --- known answers -----------------------------------------------------------------------------------------------
@pytest.mark.rule("RVP-04", "RVP-11", "RVP-12", "RVP-13", "RVP-14", "RVP-46", "RVP-48", "C30", "C35")
@pytest.mark.parametrize(
    ("answers", "score", "status", "done"),
    [
        ("1,2,3,9", "75", "Approved", [("approve", "Succeeded")]),
        ("1,2,9,9", "50", "Submitted", []),
        ("1,9,9,9", "25", "Rejected", [("reject", "Succeeded"), ("extend", "Succeeded")]),
        (" 1 ,2,9,9", "50", "Submitted", []),
        ("1|2,2,9,9", "25", "Rejected", [("reject", "Succeeded"), ("extend", "Succeeded")]),
        ("1,2", "50", "Submitted", []),
        ("1,2,3,4", "100", "Approved", [("approve", "Succeeded")]),
    ],
)
def test_the_worked_example_of_known_answers(mturk, answers, score, status, done):
    hit_id = post(mturk, AssignmentReviewPolicy=known(KEY, **LEVELS, **EXTENDING))
    handle = work(mturk, hit_id, dict(zip("ABCD", answers.split(","), strict=False)))
    assert handle.status == status
    assert results(mturk, hit_id, "Assignment", "KnownAnswerScore") == [(None, score)]
    assert actions(mturk, hit_id, "Assignment") == done


@pytest.mark.rule("RVP-14", "RVP-15")
def test_each_low_submission_extends_by_one_up_to_the_ceiling_where_nothing_is_done_with_success(mturk):
    hit_id = post(mturk, AssignmentReviewPolicy=known(KEY, **LEVELS, **EXTENDING))
    slots = []
    for _ in range(3):
        work(mturk, hit_id, {"A": "1"})
        slots.append(hit(mturk, hit_id)["MaxAssignments"])
    assert slots == [2, 3, 3]
    assert actions(mturk, hit_id, "Assignment", "extend") == [("extend", "Succeeded")] * 3
    assert hit(mturk, hit_id)["HITStatus"] == "Reviewable"


@pytest.mark.rule("RVP-04")
def test_the_policy_has_run_before_the_hit_could_become_reviewable(mturk):
    hit_id = post(mturk, AssignmentReviewPolicy=known(KEY, **LEVELS, **EXTENDING))
    work(mturk, hit_id, {"A": "9"})
    wanted = ("AssignmentSubmitted", "ReviewPolicyRun", "AssignmentRejected", "HITExtended", "HITReviewable")
    assert kinds(mturk, *wanted) == list(wanted[:4])
    assert hit(mturk, hit_id)["HITStatus"] == "Assignable"


@pytest.mark.rule("RVP-04")
def test_the_policy_runs_once_for_each_submission(mturk):
    hit_id = post(mturk, MaxAssignments=3, AssignmentReviewPolicy=known(KEY))
    done = [work(mturk, hit_id, {"A": "1"}).id for _ in range(3)]
    mturk.clock.advance(days=3)
    assert [fact.assignment_id for fact in mturk.journal.of("ReviewPolicyRun")] == done
    reviewed = report(mturk, hit_id, "Assignment")["ReviewActions"]
    assert [(action["ActionName"], action["TargetId"]) for action in reviewed] == [("review", each) for each in done]


@pytest.mark.rule("RVP-12", "RVP-13", "RVP-14", "C30")
@pytest.mark.parametrize(
    ("parameter", "always", "never"),
    [
        ("ApproveIfKnownAnswerScoreIsAtLeast", 0, 101),
        ("RejectIfKnownAnswerScoreIsLessThan", 101, 0),
        ("ExtendIfKnownAnswerScoreIsLessThan", 101, 0),
    ],
)
@pytest.mark.parametrize("answer", ["right", "wrong"])
def test_the_ends_of_the_ranges_mean_always_and_never(mturk, parameter, always, never, answer):
    done = []
    for level in (always, never):
        hit_id = post(mturk, AssignmentReviewPolicy=known({"A": ["right"]}, **{parameter: level}))
        work(mturk, hit_id, {"A": answer})
        done.append(len(actions(mturk, hit_id, "Assignment")))
    assert done == [1, 0]


@pytest.mark.rule("RVP-13", "C30")
@pytest.mark.parametrize(("level", "status"), [(50, "Submitted"), (51, "Rejected")])
def test_rejecting_is_strictly_below(mturk, level, status):
    rule = known({"A": "1", "B": "2"}, RejectIfKnownAnswerScoreIsLessThan=level)
    assert work(mturk, post(mturk, AssignmentReviewPolicy=rule), {"A": "1"}).status == status


@pytest.mark.rule("RVP-47")
@pytest.mark.parametrize(
    ("key", "level", "result"),
    [
        ({"A": "1"}, "Assignment", "Reviewed one known answer; 1/1 correct"),
        ({"A": "1", "B": "2"}, "Assignment", "Reviewed 2 known answers; 1/2 correct"),
        ({"A": "1"}, "HIT", "Reviewed 2 assignments; 1/2 questions agreed"),
    ],
)
def test_a_review_says_what_it_looked_at(mturk, key, level, result):
    policies = {"AssignmentReviewPolicy": known(key), "HITReviewPolicy": plurality(["A", "B"], 50)}
    hit_id = post(mturk, MaxAssignments=2, **policies)
    for _ in range(2):
        work(mturk, hit_id, {"A": "1", "B": "9" * 257})
    assert {action["Result"] for action in report(mturk, hit_id, level)["ReviewActions"]} == {result}


@pytest.mark.rule("RVP-12", "RVP-13")
def test_the_reasons_are_told_with_the_review(mturk):
    rule = known(KEY, **LEVELS, ApproveReason="Well done", RejectReason="Too many mistakes")
    hit_id = post(mturk, MaxAssignments=2, AssignmentReviewPolicy=rule)
    good, bad = work(mturk, hit_id, KEY), work(mturk, hit_id, {"A": "9"})
    feedback = {
        handle.id: mturk.client.get_assignment(AssignmentId=handle.id)["Assignment"]["RequesterFeedback"]
        for handle in (good, bad)
    }
    assert feedback == {good.id: "Well done", bad.id: "Too many mistakes"}


@pytest.mark.rule("RVP-17", "RVP-48", "C31")
def test_where_both_hold_approve_goes_first_and_reject_has_failed(mturk):
    rule = known({"A": "1"}, ApproveIfKnownAnswerScoreIsAtLeast=50, RejectIfKnownAnswerScoreIsLessThan=101)
    hit_id = post(mturk, AssignmentReviewPolicy=rule)
    handle = work(mturk, hit_id, {"A": "1"})
    assert handle.status == "Approved"
    assert actions(mturk, hit_id, "Assignment") == [("approve", "Succeeded"), ("reject", "Failed")]
    failed = report(mturk, hit_id, "Assignment")["ReviewActions"][-1]
    assert failed["ErrorCode"] == "AWS.MechanicalTurk.InvalidAssignmentState"
    assert failed["Result"] == "Assignment was in an invalid state for this operation."
    (fact,) = mturk.journal.of("ReviewActionFailed")
    assert fact.detail == {"action": "reject", "code": "AWS.MechanicalTurk.InvalidAssignmentState"}
    assert (fact.hit_id, fact.assignment_id, fact.worker_id) == (hit_id, handle.id, handle.worker.id)


@pytest.mark.rule("RVP-18")
@pytest.mark.parametrize(
    ("answers", "status", "slots"),
    [({"q1": "2", "q2": "4"}, "Approved", 1), ({"q1": "2", "q2": "5"}, "Submitted", 1), ({"q1": "0"}, "Rejected", 2)],
)
def test_the_sample_of_the_sdks(mturk, answers, status, slots):
    rule = known(
        {"q1": "2", "q2": "4"},
        ApproveIfKnownAnswerScoreIsAtLeast=100,
        RejectIfKnownAnswerScoreIsLessThan=50,
        ExtendIfKnownAnswerScoreIsLessThan=50,
    )
    hit_id = post(mturk, AssignmentReviewPolicy=rule)
    assert work(mturk, hit_id, answers).status == status
    assert hit(mturk, hit_id)["MaxAssignments"] == slots


FORM = """<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd">
<Question><QuestionIdentifier>A</QuestionIdentifier><QuestionContent><Text>What?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><Selections>
<Selection><SelectionIdentifier>x</SelectionIdentifier><Text>X</Text></Selection>
<Selection><SelectionIdentifier>y</SelectionIdentifier><Text>Y</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question></QuestionForm>"""


@pytest.mark.rule("RVP-06")
@pytest.mark.parametrize(
    ("question", "answer"),
    [(QUESTION, "x"), (external_question_document("https://example.org/", 400), "x"), (FORM, ["x"])],
    ids=["HTMLQuestion", "ExternalQuestion", "QuestionForm"],
)
def test_policies_work_with_questions_of_every_kind(mturk, question, answer):
    rule = known({"A": ["x"]}, ApproveIfKnownAnswerScoreIsAtLeast=100)
    hit_id = post(mturk, Question=question, AssignmentReviewPolicy=rule, HITReviewPolicy=plurality("A", 50))
    assert work(mturk, hit_id, {"A": answer}).status == "Approved"
    assert results(mturk, hit_id, "HIT", "AgreedAnswer") == [("A", "x")]


@pytest.mark.rule("RVP-04")
def test_the_policy_is_ahead_of_an_approval_without_delay(mturk):
    rule = known(KEY, RejectIfKnownAnswerScoreIsLessThan=50)
    hit_id = post(mturk, AutoApprovalDelayInSeconds=0, AssignmentReviewPolicy=rule)
    assert work(mturk, hit_id, {"A": "9"}).status == "Rejected"


# --- extending ---------------------------------------------------------------------------------------------------
@pytest.mark.rule("RVP-15")
@pytest.mark.parametrize(("created", "ceiling", "slots"), [(9, 25, 9), (8, 25, 9), (10, 12, 12), (1, None, 5)])
def test_a_hit_made_with_fewer_than_ten_never_gets_ten_and_five_is_the_ceiling_unless_set(
    mturk, created, ceiling, slots
):
    limits = {} if ceiling is None else {"ExtendMaximumAssignments": ceiling}
    rule = known({"A": "1"}, ExtendIfKnownAnswerScoreIsLessThan=101, **limits)
    hit_id = post(mturk, MaxAssignments=created, AssignmentReviewPolicy=rule)
    for _ in range(6):
        if hit(mturk, hit_id)["NumberOfAssignmentsAvailable"]:
            work(mturk, hit_id, {"A": "1"})
    assert hit(mturk, hit_id)["MaxAssignments"] == slots
    assert {status for _, status in actions(mturk, hit_id, "Assignment", "extend")} == {"Succeeded"}


@pytest.mark.rule("RVP-15")
def test_a_hit_that_the_requester_raised_above_the_ceiling_is_left_alone(mturk):
    hit_id = post(mturk, AssignmentReviewPolicy=known(KEY, **EXTENDING))
    mturk.client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=4)
    work(mturk, hit_id, {"A": "9"})
    assert hit(mturk, hit_id)["MaxAssignments"] == 5
    assert actions(mturk, hit_id, "Assignment", "extend") == [("extend", "Succeeded")]


@pytest.mark.rule("RVP-16")
@pytest.mark.parametrize("seconds", [60, None])
def test_an_extension_adds_the_time_that_is_asked_for_and_none_unless_it_is(mturk, seconds):
    more = {} if seconds is None else {"ExtendMinimumTimeInSeconds": seconds}
    hit_id = post(mturk, AssignmentReviewPolicy=known(KEY, **EXTENDING, **more))
    before = hit(mturk, hit_id)["Expiration"]
    work(mturk, hit_id, {"A": "9"})
    assert hit(mturk, hit_id)["Expiration"] - before == timedelta(seconds=seconds or 0)
    (fact,) = mturk.journal.of("HITExtended")
    assert fact.detail == {"additional_assignments": 1, "seconds": seconds, "policy": KNOWN}


@pytest.mark.rule("RVP-16", "HIT-43")
def test_work_that_comes_in_after_expiry_extends_from_now(mturk):
    more = {"ExtendMinimumTimeInSeconds": 3600}
    hit_id = post(mturk, LifetimeInSeconds=30, AssignmentReviewPolicy=known(KEY, **EXTENDING, **more))
    handle = mturk.worker().accept(hit_id)
    mturk.clock.advance(seconds=300)
    handle.submit({"A": "9"})
    assert hit(mturk, hit_id)["HITStatus"] == "Assignable"
    assert hit(mturk, hit_id)["Expiration"] == (mturk.clock.now + timedelta(seconds=3600)).replace(microsecond=0)


@pytest.mark.rule("RVP-16", "HIT-30")
def test_an_extension_without_time_leaves_an_expiry_that_was_told(mturk):
    hit_id = post(mturk, LifetimeInSeconds=30, AssignmentReviewPolicy=known(KEY, **EXTENDING))
    handle = mturk.worker().accept(hit_id)
    mturk.clock.advance(seconds=300)
    handle.submit({"A": "9"})
    mturk.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=0)
    assert hit(mturk, hit_id)["MaxAssignments"] == 2
    assert len(mturk.journal.of("HITExpired")) == 1


# --- plurality ---------------------------------------------------------------------------------------------------
def chart_hit(sim, threshold, **parameters):
    """The HIT of AWS's chart with all its work in; gives its id and the handles."""
    rule = plurality(list("ABCD"), threshold, **parameters)
    hit_id = post(sim, MaxAssignments=3, HITReviewPolicy=rule)
    return hit_id, [work(sim, hit_id, answers) for answers in CHART]


@pytest.mark.rule("RVP-20", "RVP-21", "RVP-22", "RVP-24", "RVP-25", "RVP-26", "RVP-33", "RVP-44", "C32", "C34")
@pytest.mark.parametrize(
    ("threshold", "agreed", "hit_score", "counts", "scores"),
    [
        (33, "ABC", 75, [(3, 0), (2, 1), (2, 1)], [100, 66, 66]),
        (49, "ABC", 75, [(3, 0), (2, 1), (2, 1)], [100, 66, 66]),
        (50, "ABC", 75, [(3, 0), (2, 1), (2, 1)], [100, 66, 66]),
        (65, "ABC", 75, [(3, 0), (2, 1), (2, 1)], [100, 66, 66]),
        (66, "ABC", 75, [(3, 0), (2, 1), (2, 1)], [100, 66, 66]),
        (67, "C", 25, [(1, 0), (1, 0), (1, 0)], [100, 100, 100]),
        (99, "C", 25, [(1, 0), (1, 0), (1, 0)], [100, 100, 100]),
        (100, "", 0, [(0, 0), (0, 0), (0, 0)], []),
    ],
)
def test_the_worked_example_of_plurality(mturk, threshold, agreed, hit_score, counts, scores):
    hit_id, _ = chart_hit(mturk, threshold)

    def found(key):
        return results(mturk, hit_id, "HIT", key)

    assert found("AgreedAnswerFound") == [(question, str(question in agreed).lower()) for question in "ABCD"]
    answers = {"A": ("coat", "66"), "B": ("blue", "66"), "C": ("large", "100")}
    assert found("AgreedAnswer") == [(question, answers[question][0]) for question in agreed]
    assert found("AnswerAgreementScore") == [(question, answers[question][1]) for question in agreed]
    assert found("HitAgreementScore") == [(None, str(hit_score))]
    assert found("WorkerAgreementScore") == [(None, str(score)) for score in scores]
    assert found("PluralityAnswersCorrect") == [(None, str(same)) for same, _ in counts]
    assert found("PluralityAnswersIncorrect") == [(None, str(other)) for _, other in counts]


@pytest.mark.rule("RVP-32")
@pytest.mark.parametrize(
    ("approve", "reject", "statuses"),
    [
        (None, None, ["Submitted", "Submitted", "Submitted"]),
        (100, 60, ["Approved", "Submitted", "Submitted"]),
        (100, 70, ["Approved", "Rejected", "Rejected"]),
        (66, None, ["Approved", "Approved", "Approved"]),
        (None, 66, ["Submitted", "Submitted", "Submitted"]),
    ],
)
def test_workers_are_approved_at_and_rejected_below_their_agreement(mturk, approve, reject, statuses):
    levels = {"ApproveIfWorkerAgreementScoreIsAtLeast": approve, "RejectIfWorkerAgreementScoreIsLessThan": reject}
    _, handles = chart_hit(mturk, 50, **{name: level for name, level in levels.items() if level is not None})
    assert [handle.status for handle in handles] == statuses


@pytest.mark.rule("RVP-26", "RVP-32")
def test_who_went_along_with_half_of_what_is_agreed_is_judged_at_50(mturk):
    hit_id = post(
        mturk,
        MaxAssignments=3,
        HITReviewPolicy=plurality(["A", "B"], 50, ApproveIfWorkerAgreementScoreIsAtLeast=50),
    )
    half = [work(mturk, hit_id, answers) for answers in ({"A": "x", "B": "x"}, {"A": "x", "B": "y"}, {"B": "x"})][1:]
    assert [handle.status for handle in half] == ["Approved", "Approved"]


@pytest.mark.rule("RVP-26", "RVP-32", "C32")
def test_without_an_agreed_question_nobody_is_judged(mturk):
    levels = {"ApproveIfWorkerAgreementScoreIsAtLeast": 0, "RejectIfWorkerAgreementScoreIsLessThan": 101}
    hit_id, handles = chart_hit(mturk, 100, **levels)
    assert {handle.status for handle in handles} == {"Submitted"}
    assert actions(mturk, hit_id, "HIT") == []


@pytest.mark.rule("RVP-05", "RVP-23")
def test_where_nobody_worked_nothing_is_agreed(mturk):
    hit_id = post(mturk, HITReviewPolicy=plurality("A", 0))
    mturk.clock.advance(days=1)
    assert hit(mturk, hit_id)["HITStatus"] == "Reviewable"
    assert results(mturk, hit_id, "HIT", "AgreedAnswerFound") == [("A", "false")]
    assert results(mturk, hit_id, "HIT", "HitAgreementScore") == [(None, "0")]


@pytest.mark.rule("RVP-05", "RVP-25", "RVP-30", "RVP-31")
def test_low_agreement_extends_by_one_and_the_policy_runs_again_with_the_next_work(mturk):
    extending = {
        "ExtendIfHITAgreementScoreIsLessThan": 80,
        "ExtendMaximumAssignments": 4,
        "ExtendMinimumTimeInSeconds": 3600,
        "ExtendAssignments": 1,
    }
    hit_id, _ = chart_hit(mturk, 50, **extending)
    extended = hit(mturk, hit_id)
    assert (extended["MaxAssignments"], extended["HITStatus"]) == (4, "Assignable")
    assert extended["Expiration"] - extended["CreationTime"] == timedelta(seconds=86400 + 3600)
    assert kinds(mturk, "HITReviewable", "ReviewPolicyRun", "HITExtended", "HITAssignable") == [
        "HITReviewable",
        "ReviewPolicyRun",
        "HITExtended",
        "HITAssignable",
    ]
    work(mturk, hit_id, {"A": "coat", "B": "blue", "C": "large", "D": "fur"})
    assert hit(mturk, hit_id)["HITStatus"] == "Reviewable"
    assert results(mturk, hit_id, "HIT", "HitAgreementScore") == [(None, "75"), (None, "75")]
    assert results(mturk, hit_id, "HIT", "AnswerAgreementScore")[3:] == [("A", "75"), ("B", "75"), ("C", "100")]


@pytest.mark.rule("RVP-05")
def test_the_policy_runs_again_when_the_requester_extends_too(mturk):
    hit_id, _ = chart_hit(mturk, 50)
    mturk.client.update_hit_review_status(HITId=hit_id)
    mturk.client.update_hit_review_status(HITId=hit_id, Revert=True)
    assert len(mturk.journal.of("ReviewPolicyRun")) == 1  # it did not become reviewable after an extension
    mturk.client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    mturk.clock.advance(days=2)
    assert hit(mturk, hit_id)["HITStatus"] == "Reviewable"
    assert len(mturk.journal.of("ReviewPolicyRun")) == 2


@pytest.mark.rule("RVP-50", "RVP-48")
def test_the_assignment_policy_acts_first_and_the_hit_policy_finds_it_approved(mturk):
    rules = {
        "AssignmentReviewPolicy": known({"A": "coat"}, ApproveIfKnownAnswerScoreIsAtLeast=100),
        "HITReviewPolicy": plurality("A", 50, ApproveIfWorkerAgreementScoreIsAtLeast=100),
    }
    hit_id = post(mturk, **rules)
    work(mturk, hit_id, {"A": "coat"})
    assert actions(mturk, hit_id, "Assignment") == actions(mturk, hit_id, "HIT") == [("approve", "Succeeded")]
    assert report(mturk, hit_id, "HIT")["ReviewActions"][-1]["Result"] == "Already approved"
    runs = [fact.detail for fact in mturk.journal.of("ReviewPolicyRun")]
    assert runs == [{"policy": KNOWN, "score": 100}, {"policy": PLURALITY, "score": 100}]
    assert [fact.detail for fact in mturk.journal.of("AssignmentApproved")] == [{"policy": KNOWN}]


@pytest.mark.rule("RVP-48")
def test_approving_what_was_rejected_has_failed(mturk):
    hit_id = post(mturk, MaxAssignments=2, HITReviewPolicy=plurality("A", 50, ApproveIfWorkerAgreementScoreIsAtLeast=0))
    first = work(mturk, hit_id, {"A": "x"})
    mturk.client.reject_assignment(AssignmentId=first.id, RequesterFeedback="no")
    work(mturk, hit_id, {"A": "x"})
    assert actions(mturk, hit_id, "HIT") == [("approve", "Failed"), ("approve", "Succeeded")]
    assert first.status == "Rejected"


@pytest.mark.rule("RVP-28", "C33")
@pytest.mark.parametrize(
    ("spelling", "considered"), [("T", 2), ("true", 2), ("TRUE", 2), ("F", 3), ("false", 3), (None, 3)]
)
def test_rejected_work_is_left_out_if_that_is_asked(mturk, spelling, considered):
    more = {} if spelling is None else {"DisregardAssignmentIfRejected": spelling}
    hit_id = post(mturk, MaxAssignments=3, HITReviewPolicy=plurality("A", 50, **more))
    first = work(mturk, hit_id, {"A": "x"})
    mturk.client.reject_assignment(AssignmentId=first.id, RequesterFeedback="no")
    work(mturk, hit_id, {"A": "x"})
    work(mturk, hit_id, {"A": "y"})
    assert len(results(mturk, hit_id, "HIT", "PluralityAnswersCorrect")) == considered
    assert results(mturk, hit_id, "HIT", "AgreedAnswerFound") == [("A", "true" if considered == 3 else "false")]


@pytest.mark.rule("RVP-29")
@pytest.mark.parametrize(("level", "considered"), [(50, 3), (51, 1), (101, 0)])
def test_work_with_a_low_known_answer_score_is_left_out(mturk, level, considered):
    rules = {
        "AssignmentReviewPolicy": known({"A": "1", "B": "2"}),
        "HITReviewPolicy": plurality("C", 50, DisregardAssignmentIfKnownAnswerScoreIsLessThan=level),
    }
    hit_id = post(mturk, MaxAssignments=3, **rules)
    for answers in ({"A": "1"}, {"A": "1", "B": "2"}, {"A": "1", "B": "3"}):
        work(mturk, hit_id, answers)
    assert len(results(mturk, hit_id, "HIT", "PluralityAnswersCorrect")) == considered


@pytest.mark.rule("RVP-29")
def test_work_without_a_known_answer_score_counts(mturk):
    rule = plurality("C", 50, DisregardAssignmentIfKnownAnswerScoreIsLessThan=101)
    hit_id = post(mturk, HITReviewPolicy=rule)
    work(mturk, hit_id, {"C": "x"})
    assert results(mturk, hit_id, "HIT", "AgreedAnswer") == [("C", "x")]


# --- money and the rest of the world -----------------------------------------------------------------------------
@pytest.mark.rule("RVP-49")
def test_an_extension_without_funds_has_failed():
    with simulate(sandbox=False, balance="0.12") as sim:
        hit_id = post(sim, AssignmentReviewPolicy=known(KEY, **EXTENDING))
        work(sim, hit_id, {"A": "9"})
        assert actions(sim, hit_id, "Assignment") == [("extend", "Failed")]
        assert report(sim, hit_id, "Assignment")["ReviewActions"][-1]["ErrorCode"] == (
            "AWS.MechanicalTurk.InsufficientFunds"
        )
        assert hit(sim, hit_id)["MaxAssignments"] == 1


@pytest.mark.rule("RVP-14", "RVP-49")
def test_an_extension_can_be_paid_from_what_a_rejection_sets_free():
    with simulate(sandbox=False, balance="0.12") as sim:
        hit_id = post(sim, AssignmentReviewPolicy=known(KEY, **LEVELS, **EXTENDING))
        work(sim, hit_id, {"A": "9"})
        assert actions(sim, hit_id, "Assignment") == [("reject", "Succeeded"), ("extend", "Succeeded")]
        assert (sim.ledger.balance, sim.ledger.held) == (Decimal("0.00"), Decimal("0.12"))


@pytest.mark.rule("RVP-49", "PAY-08")
@pytest.mark.parametrize(("left", "ended", "held"), [("0.00", "Failed", "0.00"), ("0.12", "Succeeded", "0.12")])
def test_a_rejection_that_sets_nothing_free_pays_for_no_extension(left, ended, held):
    """After a change of the balance nothing is held for HITs that are out, and a rejection gives nothing back."""
    with simulate(sandbox=False, balance="0.24") as sim:
        hit_id = post(sim, AssignmentReviewPolicy=known(KEY, **LEVELS, **EXTENDING))
        sim.ledger.set_balance(left)
        work(sim, hit_id, {"A": "9"})
        assert actions(sim, hit_id, "Assignment") == [("reject", "Succeeded"), ("extend", ended)]
        assert sim.ledger.held == Decimal(held)


@pytest.mark.rule("RVP-49", "C23")
@pytest.mark.parametrize(
    ("late", "balance", "ended"), [(29, "0.24", "Succeeded"), (29, "0.23", "Failed"), (30, "0.12", "Succeeded")]
)
def test_an_extension_costs_one_slot_more_before_expiry_and_nothing_from_expiry_on(late, balance, ended):
    with simulate(sandbox=False, balance=balance, behavior=Behavior(latency=timedelta(0))) as sim:
        hit_id = post(sim, LifetimeInSeconds=30, AssignmentReviewPolicy=known(KEY, **EXTENDING))
        handle = sim.worker().accept(hit_id)
        sim.clock.advance_to(hit(sim, hit_id)["CreationTime"] + timedelta(seconds=late))
        handle.submit({"A": "9"})
        assert actions(sim, hit_id, "Assignment") == [("extend", ended)]


@pytest.mark.rule("RVP-15", "PAY-01")
def test_an_extension_to_nine_assignments_is_charged_as_for_nine():
    with simulate(sandbox=False, balance="1.08") as sim:
        hit_id = post(
            sim, MaxAssignments=8, AssignmentReviewPolicy=known(KEY, **EXTENDING | {"ExtendMaximumAssignments": 9})
        )
        work(sim, hit_id, {"A": "9"})
        assert actions(sim, hit_id, "Assignment") == [("extend", "Succeeded")]
        assert (sim.ledger.balance, sim.ledger.held) == (Decimal("0.00"), Decimal("1.08"))


@pytest.mark.rule("RVP-12")
def test_an_approval_without_funds_has_failed_and_the_work_stays_submitted():
    with simulate(sandbox=False, balance="0.12") as sim:
        hit_id = post(sim, AssignmentReviewPolicy=known(KEY, **LEVELS))
        handle = sim.worker().accept(hit_id)
        sim.ledger.set_balance(0)
        handle.submit(KEY)
        assert handle.status == "Submitted"
        assert actions(sim, hit_id, "Assignment") == [("approve", "Failed")]
        assert sim.ledger.paid_to(handle.worker) == 0


@pytest.mark.rule("RVP-05", "RVP-32")
def test_what_policies_pay_and_hold_balances():
    levels = {"ApproveIfWorkerAgreementScoreIsAtLeast": 100, "RejectIfWorkerAgreementScoreIsLessThan": 70}
    extending = {
        "ExtendIfHITAgreementScoreIsLessThan": 80,
        "ExtendMaximumAssignments": 4,
        "ExtendMinimumTimeInSeconds": 3600,
    }
    with simulate(sandbox=False, balance=10) as sim:
        hit_id, handles = chart_hit(sim, 50, **levels, **extending)
        assert [handle.status for handle in handles] == ["Approved", "Rejected", "Rejected"]
        assert [sim.ledger.paid_to(handle.worker) for handle in handles] == [Decimal("0.10"), 0, 0]
        assert (sim.ledger.balance, sim.ledger.held) == (Decimal("9.76"), Decimal("0.12"))
        assert hit(sim, hit_id)["NumberOfAssignmentsCompleted"] == 3


@pytest.mark.rule("RVP-07")
def test_workers_cannot_see_that_there_is_a_policy(mturk):
    plain, watched = post(mturk), post(mturk, AssignmentReviewPolicy=known(KEY), HITReviewPolicy=plurality("A", 50))
    worker = mturk.worker()
    assert worker.preview(plain) == worker.preview(watched)
    handles = [worker.accept(hit_id) for hit_id in (plain, watched)]
    assert handles[0].question == handles[1].question


def test_the_policies_at_work_are_the_same_for_the_same_seed():
    def journal():
        with simulate(seed=3, behavior=Behavior()) as sim:
            hit_id, _ = chart_hit(sim, 50, ApproveIfWorkerAgreementScoreIsAtLeast=100)
            return sim.journal.dump(), sim.client.list_review_policy_results_for_hit(HITId=hit_id, MaxResults=100)

    assert journal() == journal()


def test_answers_that_came_as_a_ready_document_are_scored_too(mturk):
    hit_id = post(mturk, AssignmentReviewPolicy=known({"A": "1"}, ApproveIfKnownAnswerScoreIsAtLeast=100))
    assert work(mturk, hit_id, answers_document({"A": "1"}, style="form")).status == "Approved"
