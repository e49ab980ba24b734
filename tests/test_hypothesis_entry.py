"""The entry point: importing Hypothesis costs nothing more, and then our types are known."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mturk_sim.documents import (
    AnswerKey,
    ExternalQuestion,
    HTMLQuestion,
    QuestionForm,
    answer_key_document,
    parse_answer_key,
    question_form_document,
)
from mturk_sim.simulation import Simulation


def _run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True
    ).stdout


IMPORTS = """
import json, os, sys
{no_plugins}
import hypothesis
print(json.dumps(sorted(sys.modules)))
"""


def test_importing_hypothesis_imports_no_more_than_the_entry_point() -> None:
    without = set(json.loads(_run(IMPORTS.format(no_plugins="os.environ['HYPOTHESIS_NO_PLUGINS'] = '1'"))))

    with_entry = set(json.loads(_run(IMPORTS.format(no_plugins=""))))

    ours = {name for name in with_entry - without if name.startswith("mturk_sim")}
    assert ours == {"mturk_sim", "mturk_sim.hypothesis_entry"}
    assert not {"attr", "attrs", "boto3", "botocore", "lxml", "pytest", "freezegun"} & (with_entry - without)


ORDERS = {
    "Hypothesis first": "import hypothesis, mturk_sim.documents",
    "Hypothesis last": "import mturk_sim.documents, hypothesis",
}


@pytest.mark.parametrize("order", ORDERS)
def test_types_are_known_whichever_is_imported_first(order: str) -> None:
    told = _run(
        f"{ORDERS[order]}\n"
        "from hypothesis import strategies as st\n"
        "print(repr(st.from_type(mturk_sim.documents.QuestionForm))[:16])\n"
        "print(type(mturk_sim.documents.__loader__).__name__, mturk_sim.documents.__spec__.loader.get_filename()[-11:])"
    )

    assert told.splitlines() == ["_question_forms(", "SourceFileLoader __init__.py"]


@given(st.from_type(QuestionForm))
def test_forms_by_their_type_are_valid(form: QuestionForm) -> None:
    assert question_form_document(form)


@given(st.from_type(AnswerKey))
def test_keys_by_their_type_are_valid(key: AnswerKey) -> None:
    assert parse_answer_key(answer_key_document(key)) == key


@given(st.from_type(HTMLQuestion), st.from_type(ExternalQuestion))
def test_pages_by_their_type_are_such_as_are_read(page: HTMLQuestion, external: ExternalQuestion) -> None:
    assert page.fields
    assert external.is_secure


@settings(max_examples=10)
@given(...)
def test_marketplaces_are_given_to_an_argument_of_the_type(sim: Simulation) -> None:
    assert sim.calls.made
