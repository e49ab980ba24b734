"""Requests that tests share: a question, and a HIT that asks it."""

from typing import Any

from mturk_sim.documents import html_question_document

QUESTION = html_question_document('<form><input name="label"></form>', 400)
HIT: dict[str, Any] = {
    "Title": "Label a photo",
    "Description": "Say what is on a photo.",
    "Reward": "0.10",
    "LifetimeInSeconds": 86400,
    "AssignmentDurationInSeconds": 600,
    "Question": QUESTION,
}
