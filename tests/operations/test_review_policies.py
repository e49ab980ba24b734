"""ListReviewPolicyResultsForHIT: policies and reports, by level, by part, and by page."""

import pytest
from botocore.exceptions import ClientError
from review_requests import known, plurality, post, work

KNOWN = known({"A": "1", "B": "2"}, ApproveIfKnownAnswerScoreIsAtLeast=100)
PLURALITY = plurality("A", 50, ApproveIfWorkerAgreementScoreIsAtLeast=100)


@pytest.fixture
def hit_id(mturk):
    """A HIT with both policies on which two workers have done their work."""
    hit_id = post(mturk, MaxAssignments=2, AssignmentReviewPolicy=KNOWN, HITReviewPolicy=PLURALITY)
    work(mturk, hit_id, {"A": "1", "B": "2"})
    mturk.clock.advance(minutes=5)
    work(mturk, hit_id, {"A": "1", "B": "9"})
    return hit_id


def listed(sim, hit_id, **members):
    answer = sim.client.list_review_policy_results_for_hit(HITId=hit_id, **members)
    del answer["ResponseMetadata"]
    return answer


@pytest.mark.rule("RVP-40", "RVP-41", "RVP-43", "RVP-45", "RVP-46", "RVP-47", "C34", "C35")
def test_the_answer_holds_the_policies_as_sent_and_a_report_for_each(mturk, hit_id):
    answer = listed(mturk, hit_id, MaxResults=100)
    first, second = [each.id for each in mturk.assignments()]
    assert list(answer) == [
        "HITId",
        "AssignmentReviewPolicy",
        "HITReviewPolicy",
        "AssignmentReviewReport",
        "HITReviewReport",
        "NextToken",
    ]
    assert (answer["HITId"], answer["AssignmentReviewPolicy"], answer["HITReviewPolicy"]) == (hit_id, KNOWN, PLURALITY)
    found = answer["AssignmentReviewReport"]["ReviewResults"]
    assert [
        (each["SubjectId"], each["SubjectType"], each.get("QuestionId"), each["Key"], each["Value"]) for each in found
    ] == [
        (first, "Assignment", "A", "KnownAnswerCorrect", "1"),
        (first, "Assignment", "B", "KnownAnswerCorrect", "1"),
        (first, "Assignment", None, "KnownAnswerScore", "100"),
        (second, "Assignment", "A", "KnownAnswerCorrect", "1"),
        (second, "Assignment", "B", "KnownAnswerCorrect", "0"),
        (second, "Assignment", None, "KnownAnswerScore", "50"),
    ]
    done = answer["AssignmentReviewReport"]["ReviewActions"]
    assert [(each["ActionName"], each["TargetId"], each["TargetType"], each["Status"]) for each in done] == [
        ("review", first, "Assignment", "Succeeded"),
        ("approve", first, "Assignment", "Succeeded"),
        ("review", second, "Assignment", "Succeeded"),
    ]
    assert [each["Result"] for each in done] == [
        "Reviewed 2 known answers; 2/2 correct",
        "Approved",
        "Reviewed 2 known answers; 1/2 correct",
    ]
    assert not any("ErrorCode" in each for each in done)
    assert (done[2]["CompleteTime"] - done[0]["CompleteTime"]).total_seconds() == 300
    assert {each["ActionId"] for each in found} == {done[0]["ActionId"], done[2]["ActionId"]}


@pytest.mark.rule("RVP-40", "RVP-43", "RVP-44", "C34")
def test_results_of_the_hit_are_about_questions_the_whole_hit_and_each_worker(mturk, hit_id):
    first, second = [each.id for each in mturk.assignments()]
    answer = listed(mturk, hit_id, PolicyLevels=["HIT"], MaxResults=100)
    found = answer["HITReviewReport"]["ReviewResults"]
    assert [
        (each["SubjectId"], each["SubjectType"], each.get("QuestionId"), each["Key"], each["Value"]) for each in found
    ] == [
        (hit_id, "HIT", "A", "AgreedAnswerFound", "true"),
        (hit_id, "HIT", "A", "AgreedAnswer", "1"),
        (hit_id, "HIT", "A", "AnswerAgreementScore", "100"),
        (hit_id, "HIT", None, "HitAgreementScore", "100"),
        (first, "Assignment", None, "WorkerAgreementScore", "100"),
        (first, "Assignment", None, "PluralityAnswersCorrect", "1"),
        (first, "Assignment", None, "PluralityAnswersIncorrect", "0"),
        (second, "Assignment", None, "WorkerAgreementScore", "100"),
        (second, "Assignment", None, "PluralityAnswersCorrect", "1"),
        (second, "Assignment", None, "PluralityAnswersIncorrect", "0"),
    ]


@pytest.mark.rule("RVP-41")
@pytest.mark.parametrize(
    ("levels", "reports"),
    [
        (None, ["AssignmentReviewReport", "HITReviewReport"]),
        (["Assignment", "HIT"], ["AssignmentReviewReport", "HITReviewReport"]),
        (["HIT"], ["HITReviewReport"]),
        (["Assignment"], ["AssignmentReviewReport"]),
    ],
)
def test_levels_are_both_unless_named(mturk, hit_id, levels, reports):
    answer = listed(mturk, hit_id, **({} if levels is None else {"PolicyLevels": levels}))
    assert [member for member in answer if member.endswith("Report")] == reports


@pytest.mark.rule("RVP-41")
@pytest.mark.parametrize(
    ("members", "parts"),
    [
        ({}, ["ReviewResults", "ReviewActions"]),
        ({"RetrieveActions": False}, ["ReviewResults"]),
        ({"RetrieveResults": False}, ["ReviewActions"]),
        ({"RetrieveActions": False, "RetrieveResults": False}, []),
    ],
)
def test_results_and_actions_can_be_left_out(mturk, hit_id, members, parts):
    answer = listed(mturk, hit_id, MaxResults=100, **members)
    assert list(answer["AssignmentReviewReport"]) == list(answer["HITReviewReport"]) == parts
    assert all(answer["HITReviewReport"].values())


@pytest.mark.rule("RVP-40")
def test_a_hit_without_policies_has_no_reports(mturk):
    hit_id = post(mturk)
    assert listed(mturk, hit_id) == {"HITId": hit_id}


@pytest.mark.rule("RVP-40")
def test_a_policy_that_has_not_run_yet_has_an_empty_report(mturk):
    hit_id = post(mturk, HITReviewPolicy=PLURALITY)
    assert listed(mturk, hit_id)["HITReviewReport"] == {"ReviewResults": [], "ReviewActions": []}


def pages(sim, hit_id, size):
    """Every page, until one comes without a token."""
    token: dict[str, str] = {}
    while True:
        answer = listed(sim, hit_id, MaxResults=size, **token)
        yield answer
        if "NextToken" not in answer:
            return
        token = {"NextToken": answer["NextToken"]}


@pytest.mark.rule("RVP-40", "RVP-05", "LST-05", "LST-06")
@pytest.mark.parametrize("size", [1, 4, 100])
def test_pages_hold_results_and_actions_together_and_come_to_the_whole(mturk, hit_id, size):
    whole = listed(mturk, hit_id, MaxResults=100)
    joined = {level: {part: [] for part in ("ReviewResults", "ReviewActions")} for level in ("Assignment", "HIT")}
    sizes = []
    for answer in pages(mturk, hit_id, size):
        rows = 0
        for level, parts in joined.items():
            for part, items in parts.items():
                items += answer[f"{level}ReviewReport"][part]
                rows += len(answer[f"{level}ReviewReport"][part])
        sizes.append(rows)
    assert joined == {level: whole[f"{level}ReviewReport"] for level in joined}
    assert sizes[-1] == 0
    assert set(sizes[:-2]) <= {size}


@pytest.mark.rule("RVP-05")
def test_pages_go_on_where_they_stopped_when_a_policy_has_run_again(mturk, hit_id):
    first = listed(mturk, hit_id, MaxResults=22)
    mturk.client.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=1)
    work(mturk, hit_id, {"A": "2", "B": "2"})
    rest = listed(mturk, hit_id, MaxResults=100, NextToken=first["NextToken"])
    whole = listed(mturk, hit_id, MaxResults=100)
    for level in ("Assignment", "HIT"):
        for part in ("ReviewResults", "ReviewActions"):
            report = f"{level}ReviewReport"
            assert first[report][part] + rest[report][part] == whole[report][part]


@pytest.mark.rule("C15")
def test_a_token_is_good_for_the_same_question_only(mturk, hit_id):
    token = listed(mturk, hit_id, MaxResults=2)["NextToken"]
    with pytest.raises(ClientError, match="is not valid for the parameter NextToken"):
        listed(mturk, hit_id, PolicyLevels=["HIT"], NextToken=token)


def test_what_the_caller_does_to_an_answer_stays_with_the_caller(mturk, hit_id):
    listed(mturk, hit_id)["HITReviewPolicy"]["Parameters"].clear()
    assert listed(mturk, hit_id)["HITReviewPolicy"] == PLURALITY


@pytest.mark.rule("HIT-55", "LST-16")
def test_a_deleted_hit_has_no_reports_any_more(mturk, hit_id):
    for each in mturk.assignments():
        if each.status == "Submitted":
            mturk.client.approve_assignment(AssignmentId=each.id)
    mturk.client.delete_hit(HITId=hit_id)
    with pytest.raises(mturk.client.exceptions.RequestError, match=f"Hit {hit_id} does not exist"):
        listed(mturk, hit_id)
    assert not mturk.world.store.reviews


@pytest.mark.parametrize("wire", [False, True])
def test_both_ways_to_answer_give_the_same(mturk_factory, wire):
    def report(wire):
        with mturk_factory(wire=wire) as sim:
            hit_id = post(sim, AssignmentReviewPolicy=KNOWN)
            work(sim, hit_id, {"A": "1"})
            return listed(sim, hit_id)

    assert report(wire) == report(False)
