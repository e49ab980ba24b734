"""The namespaces that pick a schema (XML-04) and the limits on the size of a document (XML-05)."""

from typing import Final

_BASE: Final = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"

QUESTION_FORM_2005: Final = f"{_BASE}/2005-10-01/QuestionForm.xsd"
QUESTION_FORM_2017: Final = f"{_BASE}/2017-11-06/QuestionForm.xsd"
HTML_QUESTION: Final = f"{_BASE}/2011-11-11/HTMLQuestion.xsd"
EXTERNAL_QUESTION: Final = f"{_BASE}/2006-07-14/ExternalQuestion.xsd"
ANSWERS: Final = f"{_BASE}/2005-10-01/QuestionFormAnswers.xsd"
ANSWER_KEY: Final = f"{_BASE}/2005-10-01/AnswerKey.xsd"
XHTML: Final = "http://www.w3.org/1999/xhtml"

MAX_BYTES: Final = 65_535
"""The longest question, test or answer key that the service takes, in bytes of UTF-8 (HIT-20, XML-05)."""

MAX_ANSWER_BYTES: Final = 999_999
"""The longest answers that are read or written. No limit is on record; this one keeps a hostile document cheap."""
