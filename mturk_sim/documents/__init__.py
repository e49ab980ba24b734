"""The XML data structures: questions, answers and answer keys; parsed, validated, built and scored."""

from mturk_sim.documents.answers import (
    Answer,
    Answers,
    Selected,
    UploadedFile,
    answers_document,
    parse_answers,
    question_answers,
)
from mturk_sim.documents.errors import DocumentError, LayoutError
from mturk_sim.documents.external_question import ExternalQuestion, frame_url, preview_url, submit_url
from mturk_sim.documents.html_question import HTMLQuestion
from mturk_sim.documents.layout import merge_layout, placeholders
from mturk_sim.documents.question_form import QuestionForm
from mturk_sim.documents.questions import parse_question

__all__ = [
    "Answer",
    "Answers",
    "DocumentError",
    "ExternalQuestion",
    "HTMLQuestion",
    "LayoutError",
    "QuestionForm",
    "Selected",
    "UploadedFile",
    "answers_document",
    "frame_url",
    "merge_layout",
    "parse_answers",
    "parse_question",
    "placeholders",
    "preview_url",
    "question_answers",
    "submit_url",
]
