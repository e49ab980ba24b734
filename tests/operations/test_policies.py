"""Review policies as they come with a new HIT: what is taken, and how the rest is refused."""

import pytest
from botocore.exceptions import ClientError
from questions import HIT
from review_requests import KNOWN, PLURALITY, known, plurality, policy, post, results, work

from mturk_sim.marketplace.errors import TOO_LONG
from mturk_sim.marketplace.review.policies import Extension, KnownAnswers, Plurality, Verdict
from mturk_sim.operations.policies import read_policies

KEY = {"A": "1"}
BOTH = {"ExtendMaximumAssignments": 4, "ExtendMinimumTimeInSeconds": 3600}


def invalid(value, name):
    return f'The value "{value}" is not valid for the parameter {name}.'


def out_of_range(value, name, low, high):
    return f"The value {value} is invalid for {name}. Valid values range from {low} to {high}."


def missing(name):
    return f"Your request is missing required parameters. Required parameters include {name}."


@pytest.mark.rule("RVP-03", "RVP-10", "RVP-12", "RVP-13", "RVP-14", "RVP-15", "RVP-16")
def test_known_answers_are_read_into_a_value():
    document = known(
        {"A": [" 1 "], "B": [], "C": ["x", "y"]},
        ApproveIfKnownAnswerScoreIsAtLeast=75,
        ApproveReason="fine",
        RejectIfKnownAnswerScoreIsLessThan=50,
        RejectReason="sorry",
        ExtendIfKnownAnswerScoreIsLessThan=40,
        ExtendMaximumAssignments=7,
        ExtendMinimumTimeInSeconds=60,
    )
    assert read_policies(document, None).known_answers == KnownAnswers(
        key={"A": frozenset({"1"}), "B": frozenset(), "C": frozenset({"x", "y"})},
        verdict=Verdict(approve_from=75, approve_reason="fine", reject_below=50, reject_reason="sorry"),
        extension=Extension(below=40, maximum=7, seconds=60),
    )
    plain = read_policies(known(KEY), None).known_answers
    assert (plain.verdict, plain.extension) == (Verdict(), Extension(below=None, maximum=5, seconds=0))


@pytest.mark.rule("ASN-18", "RVP-12", "RVP-13")
@pytest.mark.parametrize("name", ["ApproveReason", "RejectReason"])
def test_a_reason_may_have_1024_characters(name):
    read = read_policies(known(KEY, **{name: "x" * 1024}), None).known_answers
    assert "x" * 1024 in (read.verdict.approve_reason, read.verdict.reject_reason)


@pytest.mark.rule("RVP-20", "RVP-28", "RVP-29", "RVP-30", "RVP-31", "RVP-32")
def test_plurality_is_read_into_a_value():
    document = plurality(
        ["A", "B"],
        65,
        DisregardAssignmentIfRejected="T",
        DisregardAssignmentIfKnownAnswerScoreIsLessThan=80,
        ExtendIfHITAgreementScoreIsLessThan=90,
        ExtendMaximumAssignments=4,
        ExtendMinimumTimeInSeconds=3600,
        ExtendAssignments=1,
        ApproveIfWorkerAgreementScoreIsAtLeast=66,
        RejectIfWorkerAgreementScoreIsLessThan=34,
        RejectReason="no",
    )
    assert read_policies(None, document).plurality == Plurality(
        questions=("A", "B"),
        threshold=65,
        without_rejected=True,
        known_from=80,
        verdict=Verdict(approve_from=66, reject_below=34, reject_reason="no"),
        extension=Extension(below=90, maximum=4, seconds=3600),
    )


@pytest.mark.rule("RVP-20", "C33")
@pytest.mark.parametrize("key", ["QuestionIds", "QuestionIDs"])
@pytest.mark.parametrize("values", [["A", "B"], "A,B", "A , B,", ["A,B", "A"]])
def test_question_ids_are_taken_in_every_spelling(key, values):
    document = policy(PLURALITY, **{key: values}, QuestionAgreementThreshold=50)
    assert read_policies(None, document).plurality.questions == ("A", "B")


def too_long(name, limit):
    return TOO_LONG(name=name, limit=limit).text


ASSIGNMENT_LEVEL = [
    (policy(PLURALITY), invalid(PLURALITY, "AssignmentReviewPolicy")),
    (policy("ScoreMyKnownAnswers", AnswerKey=KEY), invalid("ScoreMyKnownAnswers", "AssignmentReviewPolicy")),
    (policy(KNOWN), missing("AnswerKey")),
    ({"PolicyName": KNOWN}, missing("AnswerKey")),
    (policy(KNOWN, AnswerKey={}), missing("AnswerKey")),
    (policy(KNOWN, AnswerKey=["A"]), missing("AnswerKey")),
    (known(KEY, QuestionIds="A"), invalid("QuestionIds", "AssignmentReviewPolicy.Parameters")),
    (
        {"PolicyName": KNOWN, "Parameters": known(KEY)["Parameters"] * 2},
        invalid("AnswerKey", "AssignmentReviewPolicy.Parameters"),
    ),
    ({"PolicyName": KNOWN, "Parameters": [{"Values": ["1"]}]}, missing("AssignmentReviewPolicy.Parameters.Key")),
    (
        {"PolicyName": KNOWN, "Parameters": [{"Key": "AnswerKey", "MapEntries": [{"Values": ["1"]}]}]},
        missing("AnswerKey.MapEntries.Key"),
    ),
    (
        {"PolicyName": KNOWN, "Parameters": [{"Key": "AnswerKey", "MapEntries": [{"Key": "A"}, {"Key": "A"}]}]},
        invalid("A", "AnswerKey"),
    ),
    *(
        (known(KEY, **{name: value}), out_of_range(value, name, low, high))
        for name, low, high in (
            ("ApproveIfKnownAnswerScoreIsAtLeast", 0, 101),
            ("RejectIfKnownAnswerScoreIsLessThan", 0, 101),
            ("ExtendIfKnownAnswerScoreIsLessThan", 0, 101),
            ("ExtendMaximumAssignments", 2, 25),
            ("ExtendMinimumTimeInSeconds", 60, 31536000),
        )
        for value in (low - 1, high + 1)
    ),
    (known(KEY, ExtendMaximumAssignments="five"), invalid("five", "ExtendMaximumAssignments")),
    (known(KEY, ExtendMaximumAssignments="5.0"), invalid("5.0", "ExtendMaximumAssignments")),
    (known(KEY, ExtendMaximumAssignments="٥"), invalid("٥", "ExtendMaximumAssignments")),
    (known(KEY, ExtendMaximumAssignments=[3, 4]), invalid("3,4", "ExtendMaximumAssignments")),
    (known(KEY, ExtendMaximumAssignments=[]), missing("ExtendMaximumAssignments")),
    (known(KEY, RejectReason="x" * 1025), too_long("RejectReason", 1024)),
    (known(KEY, ApproveReason="x" * 1025), too_long("ApproveReason", 1024)),
    (known(KEY, ApproveReason="a\x00b"), invalid("a\x00b", "ApproveReason")),
]

HIT_LEVEL = [
    (known(KEY), invalid(KNOWN, "HITReviewPolicy")),
    (policy(PLURALITY, QuestionAgreementThreshold=50), missing("QuestionIds")),
    (policy(PLURALITY, QuestionIds="A"), missing("QuestionAgreementThreshold")),
    (plurality(" , ", 50), missing("QuestionIds")),
    (plurality([f"Q{n}" for n in range(16)], 50), too_long("QuestionIds", 15)),
    (plurality("A", 50, QuestionIDs="A"), invalid("QuestionIDs", "HITReviewPolicy.Parameters")),
    (plurality("A", "half"), invalid("half", "QuestionAgreementThreshold")),
    (plurality("A", 50, DisregardAssignmentIfRejected="yes"), invalid("yes", "DisregardAssignmentIfRejected")),
    (plurality("A", 50, ExtendIfHITAgreementScoreIsLessThan=80), missing("ExtendMaximumAssignments")),
    (
        plurality("A", 50, ExtendIfHITAgreementScoreIsLessThan=80, ExtendMaximumAssignments=4),
        missing("ExtendMinimumTimeInSeconds"),
    ),
    *(
        (plurality("A", 50, **BOTH | {name: value}), out_of_range(value, name, low, high))
        for name, low, high in (
            ("ExtendIfHITAgreementScoreIsLessThan", 1, 100),
            ("ExtendMinimumTimeInSeconds", 3600, 31536000),
            ("ExtendAssignments", 1, 1),
        )
        for value in (low - 1, high + 1)
    ),
    (plurality("A", 50, ApproveReason="fine"), invalid("ApproveReason", "HITReviewPolicy.Parameters")),
]


@pytest.mark.rule("RVP-02", "RVP-03", "RVP-10", "RVP-15", "RVP-16", "RVP-20", "RVP-30")
@pytest.mark.parametrize(
    ("member", "document", "text"),
    [
        *(("AssignmentReviewPolicy", document, text) for document, text in ASSIGNMENT_LEVEL),
        *(("HITReviewPolicy", document, text) for document, text in HIT_LEVEL),
    ],
)
def test_what_a_policy_may_not_be_is_refused_in_words_that_name_it(mturk, member, document, text):
    with pytest.raises(ClientError) as caught:
        mturk.client.create_hit(**HIT | {member: document})
    error = caught.value.response["Error"]
    assert error["Code"] == "ParameterValidationError"
    assert error["Message"].startswith(text + " (")
    assert not mturk.hits()


@pytest.mark.rule("RVP-16", "RVP-21", "RVP-22", "RVP-30")
@pytest.mark.parametrize(
    "document",
    [
        plurality("A", 100, **BOTH),
        plurality([f"Q{n}" for n in range(15)], 0),
        plurality("A", 50, ExtendIfHITAgreementScoreIsLessThan=1, **BOTH),
        plurality("A", 50, ExtendIfHITAgreementScoreIsLessThan=100, **BOTH | {"ExtendMinimumTimeInSeconds": 31536000}),
        plurality("A", 50, ExtendMaximumAssignments=40),
    ],
)
def test_what_a_policy_may_be_is_taken(mturk, document):
    assert post(mturk, HITReviewPolicy=document)


@pytest.mark.rule("RVP-01")
def test_both_policies_can_be_combined_and_hits_of_one_type_may_differ(mturk):
    hit_type = mturk.client.create_hit(**HIT)["HIT"]["HITTypeId"]

    def another(**members):
        kept = {name: HIT[name] for name in ("LifetimeInSeconds", "Question")}
        return mturk.client.create_hit_with_hit_type(HITTypeId=hit_type, **kept, **members)["HIT"]["HITId"]

    both = another(AssignmentReviewPolicy=known(KEY), HITReviewPolicy=plurality("A", 50))
    strict = another(AssignmentReviewPolicy=known(KEY, RejectIfKnownAnswerScoreIsLessThan=101))
    assert [work(mturk, hit_id, {"A": "1"}).status for hit_id in (both, strict)] == ["Submitted", "Rejected"]
    assert results(mturk, both, "Assignment", "KnownAnswerScore") == [(None, "100")]
    assert results(mturk, both, "HIT", "HitAgreementScore") == [(None, "100")]


@pytest.mark.rule("RVP-01")
def test_a_policy_stays_with_its_hit_whatever_type_it_gets(mturk):
    hit_id = post(mturk, AssignmentReviewPolicy=known(KEY, RejectIfKnownAnswerScoreIsLessThan=101))
    kept = {name: HIT[name] for name in HIT if name not in ("LifetimeInSeconds", "Question")}
    other = mturk.client.create_hit_type(**kept | {"Title": "Another title"})["HITTypeId"]
    mturk.client.update_hit_type_of_hit(HITId=hit_id, HITTypeId=other)
    assert work(mturk, hit_id, {"A": "1"}).status == "Rejected"
