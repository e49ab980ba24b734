"""The XML data structures: questions, answers and answer keys; parsed, validated, built and scored."""

from mturk_sim.documents.answer_key import (
    AnswerKey,
    AnswerOption,
    KeyQuestion,
    PercentageMapping,
    RangeMapping,
    ScaleMapping,
    ScoreRange,
    parse_answer_key,
)
from mturk_sim.documents.answers import (
    Answer,
    Answers,
    Selected,
    UploadedFile,
    answers_document,
    parse_answers,
    question_answers,
)
from mturk_sim.documents.building import (
    answer_key_document,
    external_question_document,
    html_question_document,
    question_form_document,
)
from mturk_sim.documents.content import (
    Binary,
    BulletedList,
    EmbeddedBinary,
    Flash,
    FormattedContent,
    JavaApplet,
    Text,
    Title,
)
from mturk_sim.documents.errors import DocumentError, LayoutError
from mturk_sim.documents.external_question import ExternalQuestion, frame_url, preview_url, submit_url
from mturk_sim.documents.html_question import FormField, HTMLQuestion, form_fields
from mturk_sim.documents.layout import merge_layout, placeholders
from mturk_sim.documents.question_form import (
    AnswerFormat,
    FileUploadAnswer,
    FreeTextAnswer,
    Length,
    Numeric,
    Overview,
    Question,
    QuestionForm,
    Selection,
    SelectionAnswer,
)
from mturk_sim.documents.questions import parse_question, parse_test
from mturk_sim.documents.scoring import score

__all__ = [
    "Answer",
    "AnswerFormat",
    "AnswerKey",
    "AnswerOption",
    "Answers",
    "Binary",
    "BulletedList",
    "DocumentError",
    "EmbeddedBinary",
    "ExternalQuestion",
    "FileUploadAnswer",
    "Flash",
    "FormField",
    "FormattedContent",
    "FreeTextAnswer",
    "HTMLQuestion",
    "JavaApplet",
    "KeyQuestion",
    "LayoutError",
    "Length",
    "Numeric",
    "Overview",
    "PercentageMapping",
    "Question",
    "QuestionForm",
    "RangeMapping",
    "ScaleMapping",
    "ScoreRange",
    "Selected",
    "Selection",
    "SelectionAnswer",
    "Text",
    "Title",
    "UploadedFile",
    "answer_key_document",
    "answers_document",
    "external_question_document",
    "form_fields",
    "frame_url",
    "html_question_document",
    "merge_layout",
    "parse_answer_key",
    "parse_answers",
    "parse_question",
    "parse_test",
    "placeholders",
    "preview_url",
    "question_answers",
    "question_form_document",
    "score",
    "submit_url",
]
