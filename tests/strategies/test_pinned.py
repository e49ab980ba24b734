"""Members that are set to plain values: those of a wrong type are refused where they stand."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from mturk_sim.strategies import requests

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("CreateHIT", {"Reward": 0.05}, "0.05 is no value for CreateHIT's Reward: give the text '0.05', or a strategy"),
    ("CreateHIT", {"Title": None}, "None is no value for CreateHIT's Title: give a text, or a strategy"),
    ("CreateHIT", {"Title": True}, "True is no value for CreateHIT's Title: give a text, or a strategy"),
    ("CreateHIT", {"MaxAssignments": "3"}, "'3' is no value for CreateHIT's MaxAssignments: give a whole number"),
    ("CreateHIT", {"MaxAssignments": True}, "True is no value for CreateHIT's MaxAssignments: give a whole number"),
    ("CreateHIT", {"LifetimeInSeconds": 1.5}, "1.5 is no value for CreateHIT's LifetimeInSeconds: give a whole"),
    (
        "ApproveAssignment",
        {"OverrideRejection": 1},
        "1 is no value for ApproveAssignment's OverrideRejection: give True",
    ),
    (
        "UpdateExpirationForHIT",
        {"ExpireAt": None},
        "None is no value for UpdateExpirationForHIT's ExpireAt: give a date",
    ),
    ("NotifyWorkers", {"WorkerIds": "AANN"}, "'AANN' is no value for NotifyWorkers's WorkerIds: give a list"),
    (
        "NotifyWorkers",
        {"WorkerIds": [5]},
        "5 is no value for the items of NotifyWorkers's WorkerIds: give the text '5'",
    ),
    ("CreateHIT", {"HITReviewPolicy": []}, "[] is no value for CreateHIT's HITReviewPolicy: give names and values"),
    (
        "CreateHIT",
        {"HITReviewPolicy": {"PolicyName": 5}},
        "5 is no value for PolicyName in CreateHIT's HITReviewPolicy: give the text '5'",
    ),
]


@pytest.mark.parametrize(("operation", "members", "text"), WRONG)
def test_a_value_of_a_wrong_type_is_refused_and_what_to_give_is_told(
    operation: str, members: dict[str, Any], text: str
) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(text)}"):
        requests(operation, **members)


RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("CreateHIT", {"Reward": "0.05", "MaxAssignments": 3, "Title": st.just("A title")}),
    ("CreateHIT", {"HITReviewPolicy": {"PolicyName": "P", "Other": 5}, "Reward": "much"}),
    ("ApproveAssignment", {"OverrideRejection": True}),
    ("UpdateExpirationForHIT", {"ExpireAt": datetime(2026, 1, 5, tzinfo=UTC)}),
    ("UpdateExpirationForHIT", {"ExpireAt": "2026-01-05"}),
    ("UpdateExpirationForHIT", {"ExpireAt": 0}),
    ("NotifyWorkers", {"WorkerIds": ("AANN",)}),
]


@pytest.mark.parametrize(("operation", "members"), RIGHT)
def test_values_that_botocore_takes_are_taken_whatever_they_are(operation: str, members: dict[str, Any]) -> None:
    requests(operation, **members)
