"""Events: they say in their repr what is unusual, refuse what cannot happen, and let happen what they say."""

import re
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from questions import HIT

from mturk_sim import Simulation, simulate
from mturk_sim.documents import (
    FileUploadAnswer,
    Question,
    QuestionForm,
    Text,
    UploadedFile,
    answers_document,
    question_form_document,
)
from mturk_sim.strategies import Abandons, Pause, Returns, Schedule, Strikes, Works, questions
from mturk_sim.strategies.events import Event, plain_answers


def test_the_repr_tells_only_what_is_unusual() -> None:
    schedule = Schedule([Works(), Works(crowd=3, answers={"label": "cat"}), Pause(after=3600), Strikes(times=5)])

    assert repr(schedule) == (
        "Schedule([Works(), Works(crowd=3, answers={'label': 'cat'}), Pause(after=3600), Strikes(times=5)])"
    )


@pytest.mark.parametrize(
    ("kind", "given", "text"),
    [
        (
            Works,
            {"crowds": 2},
            "'crowds' is no keyword of Works(), which takes after, hit, worker, crowd, answers, takes; "
            "did you mean 'crowd'?",
        ),
        (Pause, {"seconds": 2}, "'seconds' is no keyword of Pause(), which takes after"),
    ],
)
def test_a_misspelt_keyword_is_told_with_those_there_are(kind: Any, given: dict[str, Any], text: str) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(text)}$"):
        kind(**given)


CANNOT_HAPPEN: list[tuple[Any, dict[str, Any], type[Exception], str]] = [
    (Works, {"after": -1}, ValueError, "-1 is no value for after of Works: give a whole number from 0 up"),
    (Pause, {"after": "x"}, TypeError, "'x' is no value for after of Pause: give a whole number from 0 up"),
    (Works, {"after": timedelta(hours=1)}, TypeError, "is no value for after of Works: give a whole number"),
    (Works, {"hit": -1}, ValueError, "-1 is no value for hit of Works"),
    (Abandons, {"worker": -1}, ValueError, "-1 is no value for worker of Abandons"),
    (Works, {"crowd": -1}, ValueError, "-1 is no value for crowd of Works: give a whole number from 1 up"),
    (Returns, {"crowd": 0}, ValueError, "0 is no value for crowd of Returns: give a whole number from 1 up"),
    (Abandons, {"crowd": True}, TypeError, "True is no value for crowd of Abandons"),
    (Works, {"takes": "x"}, TypeError, "'x' is no value for takes of Works"),
    (Returns, {"takes": -1}, ValueError, "-1 is no value for takes of Returns"),
    (Works, {"answers": -1}, ValueError, "-1 is no value for answers of Works: give names and values such as"),
    (Works, {"answers": {}}, ValueError, "is no value for answers of Works"),
    (Works, {"answers": ("cat",)}, TypeError, "is no value for answers of Works"),
    (Works, {"answers": True}, TypeError, "True is no value for answers of Works"),
    (Strikes, {"fault": "slow"}, ValueError, "'slow' is no value for fault of Strikes; there are throttle, "),
    (Strikes, {"operation": "sendBonuss"}, ValueError, "sendBonuss; did you mean 'SendBonus'"),
    (Strikes, {"times": 0}, ValueError, "0 is no value for times of Strikes: give a whole number from 1 up"),
    (Schedule, {"events": [1]}, TypeError, r"1 is no event: give Works\(\), "),
    (Schedule, {"events": [Works]}, TypeError, "is no event"),
    (Schedule, {"events": Works()}, TypeError, r"Works\(\) is no series of events: give a list such as"),
]


@pytest.mark.parametrize(("make", "given", "error", "says"), CANNOT_HAPPEN)
def test_what_cannot_happen_is_refused_where_it_is_given(
    make: Any, given: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        make(**given)


@pytest.mark.parametrize("spelt", ["SendBonus", "send_bonus", "sendBonus"])
def test_what_is_struck_may_be_named_like_the_clients_method(spelt: str) -> None:
    assert Strikes(operation=spelt) == Strikes(operation="SendBonus")
    assert repr(Strikes(operation=spelt)) == "Strikes(operation='SendBonus')"


# --- what happens ------------------------------------------------------------------------------------------------
def _happens(sim: Simulation, *events: Event, **hit: Any) -> tuple[list[str], list[str]]:
    """What becomes of the work on a HIT on the next day, and what turns out impossible."""
    sim.client.create_hit(**HIT | {"MaxAssignments": 3} | hit)
    told: list[str] = []
    Schedule(events).plan(sim, told.append)
    sim.clock.advance(days=1)
    return [work.status for work in sim.assignments()], told


HAPPENS: list[tuple[tuple[Event, ...], list[str]]] = [
    ((Works(),), ["Submitted"]),
    ((Works(takes=601),), ["Abandoned"]),
    ((Works(answers=answers_document({"label": "cat"}, style="form")),), ["Submitted"]),
    ((Returns(),), ["Returned"]),
    ((Abandons(),), ["Abandoned"]),
    ((Works(), Works()), ["Submitted", "Submitted"]),
    ((Works(crowd=2), Abandons(worker=1)), ["Submitted", "Submitted", "Abandoned"]),
    ((Pause(after=3600),), []),
]


@pytest.mark.parametrize(("events", "work"), HAPPENS, ids=[repr(Schedule(events)) for events, _ in HAPPENS])
def test_what_an_event_says_becomes_of_the_work(mturk: Simulation, events: tuple[Event, ...], work: list[str]) -> None:
    assert _happens(mturk, *events)[0] == work


def test_events_follow_each_other_by_their_delays(mturk: Simulation) -> None:
    start = mturk.clock.now
    _happens(mturk, Pause(after=3600), Works(after=60), Works(after=5, takes=30))

    at = [
        int((fact.at - start).total_seconds()) for fact in mturk.journal.of("AssignmentAccepted", "AssignmentSubmitted")
    ]
    assert at == [3660, 3665, 3695, 3720]


def test_of_the_hits_on_the_market_the_remainder_counts(mturk: Simulation) -> None:
    made = [mturk.client.create_hit(**HIT)["HIT"]["HITId"] for _ in range(2)]
    Schedule([Works(hit=3), Works(hit=3)]).plan(mturk)
    mturk.clock.advance(hours=1)

    assert [work.hit_id for work in mturk.assignments()] == [made[1], made[0]]


def test_what_is_impossible_is_told(mturk: Simulation) -> None:
    work, told = _happens(mturk, Works(crowd=2), Returns(takes=700), MaxAssignments=2)

    assert work == ["Submitted", "Submitted"]
    assert told == ["no HIT is on the market for Returns(takes=700)"]
    assert _happens(mturk, Works(takes=700))[1][0].startswith("refused: ")


def test_a_hit_that_no_such_worker_may_accept_is_told(mturk: Simulation) -> None:
    from_elsewhere = {
        "QualificationTypeId": "00000000000000000071",
        "Comparator": "EqualTo",
        "LocaleValues": [{"Country": "IS"}],
    }
    work, (told,) = _happens(mturk, Works(), QualificationRequirements=[from_elsewhere])

    assert work == []
    assert re.match("refused: HIT .* requires Worker_Locale", told)


def test_calls_are_struck_from_the_instant_on(mturk: Simulation) -> None:
    Schedule([Strikes(after=60, fault="throttle", operation="ListHITs", times=5)]).plan(mturk)

    mturk.client.list_hits()
    mturk.clock.advance(minutes=1)
    with pytest.raises(ClientError, match="ThrottlingException"):
        mturk.client.list_hits()
    mturk.client.list_hits()


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(questions(), st.integers(0, 3))
def test_plain_answers_can_be_handed_in(question: str, number: int) -> None:
    with simulate() as sim:
        assert _happens(sim, Works(answers=number), Question=question)[0] == ["Submitted"]


def test_a_file_is_as_small_as_it_may_be_and_has_the_number_in_its_name() -> None:
    upload = FileUploadAnswer(max_bytes=2000, min_bytes=1000)
    form = question_form_document(QuestionForm((Question("photo", (Text("Upload it."),), upload),)))

    assert plain_answers(form, 3) == {"photo": UploadedFile(1000, "file 3")}


def test_plain_answers_differ_where_there_is_a_choice() -> None:
    assert plain_answers(HIT["Question"], 0) == {"label": "answer 0"}
    assert plain_answers(HIT["Question"], 1) == {"label": "answer 1"}
