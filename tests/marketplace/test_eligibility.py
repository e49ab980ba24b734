"""Who may find, preview and accept: guards, and the system's values, which follow what workers do."""

from collections.abc import Callable
from typing import Any

import pytest
from helpers import api, hand_in, ids, post
from qualifications import associate, make_type, need, post_for, turned_away

from mturk_sim import Simulation, WorkerRefused
from mturk_sim.marketplace.countries import Locale
from mturk_sim.marketplace.qualifications import system
from mturk_sim.workers import Worker

GUARDED = {
    "Accept": (True, True, False),
    "PreviewAndAccept": (True, False, False),
    "DiscoverPreviewAndAccept": (False, False, False),
}
"""Whether a worker who does not meet a requirement may find, preview and accept."""


def may(sim: Simulation, worker: Worker, hit_id: str) -> tuple[bool, bool, bool]:
    """Whether a worker finds, previews and accepts a HIT; what it accepts it gives back."""
    found = hit_id in [hit.id for hit in worker.search()]
    reasons = [_reason(worker.preview, hit_id), _reason(worker.accept, hit_id)]
    if reasons[1] is None:
        worker.return_(worker.account.worked[hit_id])
    assert set(reasons) <= {None, "unqualified"}
    return (found, reasons[0] is None, reasons[1] is None)


def _reason(act: Callable[[str], Any], hit_id: str) -> str | None:
    try:
        act(hit_id)
    except WorkerRefused as refusal:
        return refusal.reason
    return None


# --- guards ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("REQ-09", "REQ-10")
@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ({}, GUARDED["Accept"]),
        *(({"ActionsGuarded": guards}, outcome) for guards, outcome in GUARDED.items()),
        ({"RequiredToPreview": True}, GUARDED["PreviewAndAccept"]),
        ({"RequiredToPreview": False}, GUARDED["Accept"]),
    ],
)
def test_a_guard_keeps_out_who_does_not_meet_it_and_nobody_else(
    mturk: Simulation, members: dict[str, Any], outcome: tuple[bool, bool, bool]
) -> None:
    type_id = make_type(mturk)
    hit_id = post_for(mturk, need(type_id, **members))
    qualified, stranger = mturk.worker(), mturk.worker()
    associate(mturk, type_id, qualified.id)
    assert may(mturk, qualified, hit_id) == (True, True, True)
    assert may(mturk, stranger, hit_id) == outcome


@pytest.mark.rule("REQ-09")
@pytest.mark.parametrize("first", GUARDED)
@pytest.mark.parametrize("second", GUARDED)
@pytest.mark.parametrize("held", ["neither", "first", "second", "both"])
def test_every_requirement_that_guards_an_act_must_be_met(
    mturk: Simulation, first: str, second: str, held: str
) -> None:
    types = {"first": make_type(mturk, "first"), "second": make_type(mturk, "second")}
    guards = {"first": first, "second": second}
    hit_id = post_for(mturk, *(need(types[name], ActionsGuarded=guards[name]) for name in types))
    worker = mturk.worker()
    missing = [name for name in types if held not in (name, "both")]
    for name in types.keys() - missing:
        associate(mturk, types[name], worker.id)
    allowed = [all(GUARDED[guards[name]][act] for name in missing) for act in range(3)]
    assert may(mturk, worker, hit_id) == tuple(allowed)


@pytest.mark.rule("REQ-09", "ASN-26")
def test_a_refusal_names_the_requirement_and_changes_nothing(mturk: Simulation) -> None:
    type_id = make_type(mturk, "Cat labelling")
    hit_id = post_for(mturk, need(type_id, "GreaterThan", 80, ActionsGuarded="PreviewAndAccept"))
    worker = mturk.worker()
    associate(mturk, type_id, worker.id, IntegerValue=79)
    for act in (worker.accept, worker.preview):
        error = turned_away(mturk, act, hit_id)
        assert (error.reason, error.requirement.type_id if error.requirement else None) == ("unqualified", type_id)
        assert f"Cat labelling ({type_id}) GreaterThan 80, and worker {worker.id} has 79" in str(error)
    assert "does not have it" in str(turned_away(mturk, mturk.worker().accept, hit_id))


@pytest.mark.rule("REQ-09")
def test_search_with_words_hides_what_must_not_be_found(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    hidden = post_for(mturk, need(type_id, ActionsGuarded="DiscoverPreviewAndAccept"), Title="Sort cats")
    seen = post(mturk, Title="Sort cats too")
    worker = mturk.worker()
    assert [hit.id for hit in worker.search("sort")] == [seen]
    associate(mturk, type_id, worker.id)
    assert [hit.id for hit in worker.search("sort")] == [seen, hidden]


@pytest.mark.rule("REQ-15", "REQ-12")
def test_what_changes_after_the_accept_takes_no_work_away(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    hit_id = post_for(mturk, need(type_id, "EqualTo", 1), MaxAssignments=2)
    worker = mturk.worker()
    associate(mturk, type_id, worker.id)
    assignment = worker.accept(hit_id)
    api(mturk).disassociate_qualification_from_worker(QualificationTypeId=type_id, WorkerId=worker.id)
    assert assignment.submit({"label": "cat"}).status == "Submitted"


@pytest.mark.rule("REQ-15")
def test_values_count_as_they_are_at_the_accept(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    hit_id = post_for(mturk, need(type_id, "GreaterThanOrEqualTo", 3))
    worker = mturk.worker()
    associate(mturk, type_id, worker.id, IntegerValue=2)
    turned_away(mturk, worker.accept, hit_id)
    associate(mturk, type_id, worker.id, IntegerValue=3)
    worker.accept(hit_id)


@pytest.mark.rule("REQ-12")
def test_what_was_revoked_counts_as_not_held(mturk: Simulation) -> None:
    type_id = make_type(mturk)
    held, missing = post_for(mturk, need(type_id)), post_for(mturk, need(type_id, "DoesNotExist"))
    worker = mturk.worker()
    associate(mturk, type_id, worker.id)
    turned_away(mturk, worker.accept, missing)
    api(mturk).disassociate_qualification_from_worker(QualificationTypeId=type_id, WorkerId=worker.id)
    turned_away(mturk, worker.accept, held)
    worker.accept(missing)


@pytest.mark.rule("REQ-11", "C25")
@pytest.mark.parametrize(("comparator", "values"), [("NotEqualTo", (5,)), ("NotIn", (5, 6))])
def test_who_does_not_hold_it_has_no_other_value_either(
    mturk: Simulation, comparator: str, values: tuple[int, ...]
) -> None:
    type_id = make_type(mturk)
    hit_id = post_for(mturk, need(type_id, comparator, *values))
    worker = mturk.worker()
    turned_away(mturk, worker.accept, hit_id)
    associate(mturk, type_id, worker.id, IntegerValue=4)
    worker.accept(hit_id)


@pytest.mark.rule("REQ-13")
def test_requirements_go_with_the_hit_type(mturk: Simulation) -> None:
    type_id, worker = make_type(mturk), mturk.worker()
    guarded, free = post_for(mturk, need(type_id)), post(mturk)
    hit_types = {hit.id: hit.type_id for hit in mturk.hits()}
    assert hit_types[guarded] != hit_types[free]
    api(mturk).update_hit_type_of_hit(HITId=free, HITTypeId=hit_types[guarded])
    turned_away(mturk, worker.accept, free)
    api(mturk).update_hit_type_of_hit(HITId=guarded, HITTypeId=hit_types[free])
    worker.accept(guarded)


# --- the system's types ------------------------------------------------------------------------------------------
@pytest.mark.rule("REQ-20", "REQ-21")
@pytest.mark.parametrize("sandbox", [True, False])
def test_masters_has_an_id_of_its_own_in_each_environment_and_only_existence_counts(
    mturk_factory: Any, sandbox: bool
) -> None:
    ids_of = {True: "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", False: "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH"}
    with mturk_factory(sandbox=sandbox) as sim:
        hit_id = post_for(sim, need(ids_of[sandbox]), MaxAssignments=2)
        sim.worker(masters=True).accept(hit_id)
        turned_away(sim, sim.worker().accept, hit_id)
        with pytest.raises(Exception, match="QualificationType that does not exist"):
            post_for(sim, need(ids_of[not sandbox]))
        with pytest.raises(Exception, match='"EqualTo" is not valid for the parameter Comparator'):
            post_for(sim, need(ids_of[sandbox], "EqualTo", 1))


@pytest.mark.rule("REQ-22", "REQ-23", "REQ-24", "REQ-31")
@pytest.mark.parametrize("sandbox", [True, False])
@pytest.mark.parametrize(
    ("type_id", "value"),
    [
        ("00000000000000000040", 7),
        ("00000000000000000071", Locale("US", "PA")),
        ("00000000000000000060", 1),
        ("000000000000000000L0", 100),
        ("00000000000000000000", 100),
        ("00000000000000000070", 0),
        ("000000000000000000E0", 0),
        ("000000000000000000S0", 30),
    ],
)
def test_the_other_types_have_the_same_ids_in_both(
    mturk_factory: Any, sandbox: bool, type_id: str, value: int | Locale
) -> None:
    with mturk_factory(sandbox=sandbox) as sim:
        worker = sim.worker(subdivision="PA", approved=7, rejected=3, adult=True)
        assert worker.value_of(type_id) == value
        assert sim.client.get_qualification_type(QualificationTypeId=type_id)["QualificationType"]["Name"]


@pytest.mark.rule("REQ-22", "REQ-16")
def test_the_number_approved_counts_what_is_approved(mturk: Simulation) -> None:
    hit_id = post_for(mturk, need(system.NUMBER_APPROVED, "GreaterThanOrEqualTo", 3))
    worker = mturk.worker(approved=1)
    for _ in range(2):
        turned_away(mturk, worker.accept, hit_id)
        assignment = worker.accept(post(mturk)).submit({"label": "cat"})
        turned_away(mturk, worker.accept, hit_id)
        api(mturk).approve_assignment(AssignmentId=assignment.id)
    assert worker.value_of(system.NUMBER_APPROVED) == 3
    worker.accept(hit_id)


@pytest.mark.rule("REQ-23", "REQ-05", "REQ-07")
def test_the_locale_is_where_the_worker_lives(mturk: Simulation) -> None:
    places = [{"Country": "US", "Subdivision": "PA"}, {"Country": "IN"}]
    hit_id = post_for(mturk, need(system.LOCALE, "In", LocaleValues=places), MaxAssignments=9)
    mturk.worker(country="IN").accept(hit_id)
    mturk.worker(country="US", subdivision="PA").accept(hit_id)
    for home in ({"country": "US"}, {"country": "US", "subdivision": "NY"}, {"country": "GB"}):
        error = turned_away(mturk, mturk.worker(**home).accept, hit_id)
        assert "Worker_Locale (00000000000000000071) In US-PA, IN" in str(error)


@pytest.mark.rule("REQ-24")
def test_adult_content_is_for_those_who_agreed(mturk: Simulation) -> None:
    hit_id = post_for(mturk, need(system.ADULT, "EqualTo", 1))
    turned_away(mturk, mturk.worker().accept, hit_id)
    mturk.worker(adult=True).accept(hit_id)


@pytest.mark.rule("REQ-25")
@pytest.mark.parametrize(
    ("approved", "rejected", "rate"),
    [(0, 0, 100), (0, 99, 100), (98, 1, 100), (99, 1, 99), (0, 100, 0), (995, 5, 99), (100, 0, 100), (2, 98, 2)],
)
def test_the_approval_rate_is_100_below_a_hundred_submissions(
    mturk: Simulation, approved: int, rejected: int, rate: int
) -> None:
    worker = mturk.worker(approved=approved, rejected=rejected)
    assert worker.value_of(system.PERCENT_APPROVED) == rate
    hit_id = post_for(mturk, need(system.PERCENT_APPROVED, "GreaterThanOrEqualTo", 95))
    if rate < 95:
        turned_away(mturk, worker.accept, hit_id)
    else:
        worker.accept(hit_id)


@pytest.mark.rule("REQ-25", "REQ-16")
def test_the_hundredth_submission_makes_the_rate_count(mturk: Simulation) -> None:
    worker = mturk.worker(approved=95, rejected=4)
    assignment = worker.accept(post(mturk)).submit({"label": "cat"})
    assert worker.value_of(system.PERCENT_APPROVED) == 95
    api(mturk).reject_assignment(AssignmentId=assignment.id, RequesterFeedback="no")
    assert (worker.value_of(system.PERCENT_APPROVED), worker.value_of(system.PERCENT_REJECTED)) == (95, 5)
    api(mturk).approve_assignment(AssignmentId=assignment.id, OverrideRejection=True)
    assert (worker.value_of(system.PERCENT_APPROVED), worker.value_of(system.PERCENT_REJECTED)) == (96, 4)


@pytest.mark.rule("REQ-26", "REQ-27", "REQ-28", "REQ-29", "REQ-16")
def test_shares_follow_what_the_worker_does(mturk: Simulation) -> None:
    worker = mturk.worker()

    def shares() -> list[Any]:
        types = (
            system.PERCENT_SUBMITTED,
            system.PERCENT_RETURNED,
            system.PERCENT_ABANDONED,
            system.PERCENT_REJECTED,
        )
        return [worker.value_of(type_id) for type_id in types]

    assert shares() == [100, 0, 0, 0]
    first = worker.accept(post(mturk)).submit({"label": "cat"})
    assert shares() == [100, 0, 0, 0]
    worker.accept(post(mturk)).return_()
    assert shares() == [50, 50, 0, 0]
    worker.accept(post(mturk))
    assert shares() == [33, 33, 0, 0]
    mturk.clock.advance(minutes=10)
    assert shares() == [33, 33, 33, 0]
    api(mturk).reject_assignment(AssignmentId=first.id, RequesterFeedback="no")
    assert shares() == [33, 33, 33, 100]
    worker.accept(post(mturk)).submit({"label": "cat"})
    assert shares() == [50, 25, 25, 50]


@pytest.mark.rule("REQ-16")
def test_no_worker_is_without_a_value_but_of_masters(mturk: Simulation) -> None:
    worker = mturk.worker()
    values = {type_id: worker.value_of(type_id) for type_id in system.SYSTEM_TYPES[True]}
    assert [type_id for type_id, value in values.items() if value is None] == [system.MASTERS[True]]


def test_without_requirements_anybody_may(mturk: Simulation) -> None:
    hit_id = post(mturk, MaxAssignments=3)
    hand_in(mturk, hit_id, 3)
    assert len(ids(api(mturk).list_assignments_for_hit(HITId=hit_id)["Assignments"], "AssignmentId")) == 3
