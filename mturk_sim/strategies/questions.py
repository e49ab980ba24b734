"""Question documents: pages the service keeps, pages elsewhere, forms, and the tests of Qualification types.

They are drawn as values of `mturk_sim.documents` and written by its builders, so whatever is drawn is valid.
"""

from collections.abc import Sequence
from typing import Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from mturk_sim.documents import (
    AnswerFormat,
    Binary,
    BulletedList,
    FormattedContent,
    FreeTextAnswer,
    Length,
    Numeric,
    Overview,
    Question,
    QuestionForm,
    Selection,
    SelectionAnswer,
    Text,
    Title,
    external_question_document,
    html_question_document,
    question_form_document,
)
from mturk_sim.documents.content import Content
from mturk_sim.strategies.lifting import takes_strategies
from mturk_sim.strategies.values import SNIPPETS

KINDS: Final = ("html", "external", "form")

CONTROLS: Final = (
    '<input name="{0}">',
    '<input type="number" name="{0}" required>',
    '<textarea name="{0}"></textarea>',
    '<input type="radio" name="{0}" value="cat"><input type="radio" name="{0}" value="dog">',
    '<select name="{0}"><option>yes</option><option>no</option></select>',
    '<input type="checkbox" name="{0}" value="on">',
    '<crowd-input name="{0}"></crowd-input>',
    '<input type="hidden" name="{0}" value="7">',
)
"""The controls of a page, each under a name of its own."""
_NAMES: Final = ("label", "q2", "Größe", "with space", "a-b.c")
_URLS: Final = (
    "https://example.org/task",
    "https://example.org/task?a=1&b=2",
    "https://example.org:8443/a/b/?q=%C3%BC#part",
    "http://localhost:5000/task",
)
_XHTML: Final = (
    "<p>Look at the <b>photo</b>.</p>",
    '<ul><li>one</li><li>two &amp; <i>a half</i></li></ul><br/><img src="https://example.org/a.png" alt="a photo"/>',
    '<table><tr><td>1</td></tr></table><a href="https://example.org/?a=1&amp;b=2">more</a>',
)
_SINGLE: Final = (None, "radiobutton", "dropdown")
_SEVERAL: Final = (None, "checkbox", "list", "combobox", "multichooser")


@takes_strategies
def questions(kinds: Sequence[str] = KINDS) -> SearchStrategy[str]:
    """Question documents as CreateHIT takes them.

    Args:
        kinds: Which: ``html``, ``external`` and ``form``.

    Raises:
        InvalidArgument: There is no such kind, or none is wanted.
    """
    if not kinds or not set(kinds) <= set(KINDS):
        raise InvalidArgument(f"kinds are some of {', '.join(KINDS)}; not {kinds!r}")
    made = {"html": html_questions, "external": external_questions, "form": _form_documents}
    return st.one_of([made[kind]() for kind in kinds])


def html_questions() -> SearchStrategy[str]:
    """HTMLQuestion documents: a page with a form of one to five controls."""
    return _HTML


def external_questions() -> SearchStrategy[str]:
    """ExternalQuestion documents with an address that workers' browsers would show (C39)."""
    return _EXTERNAL


@takes_strategies
def qualification_tests(*, scored: bool = False) -> SearchStrategy[str]:
    """QuestionForm documents that can be the test of a Qualification type (QTY-29).

    Args:
        scored: Only such as an AnswerKey can score: nothing to type (QTY-30); see `answer_keys_for`.
    """
    return question_forms(selections_only=scored).map(question_form_document)


@takes_strategies
def question_forms(*, selections_only: bool = False) -> SearchStrategy[QuestionForm]:
    """Parsed QuestionForms of one to three questions.

    Args:
        selections_only: Leave out what workers answer by typing.
    """
    return _SELECTION_FORMS if selections_only else _FORMS


def _form_documents() -> SearchStrategy[str]:
    return _FORMS.map(question_form_document)


def page(controls: Sequence[str], height: int) -> str:
    """The HTMLQuestion document of a page with these controls."""
    body = "".join(control.format(name) for control, name in zip(controls, _NAMES, strict=False))
    return html_question_document(f'<form method="post" action="">{body}<input type="submit"></form>', height)


_HEIGHTS: Final = st.sampled_from((0, 400, 1, 10_000))
_PAGES: Final = st.lists(st.sampled_from(CONTROLS), min_size=1, max_size=len(_NAMES))


@st.composite
def _html_documents(draw: DrawFn) -> str:
    return page(draw(_PAGES), draw(_HEIGHTS))


_HTML: Final = _html_documents()
_EXTERNAL: Final = st.builds(external_question_document, st.sampled_from(_URLS), _HEIGHTS)

_TEXT: Final = st.sampled_from(SNIPPETS)
_CONTENT: Final[SearchStrategy[Content]] = st.one_of(
    st.builds(Text, _TEXT),
    st.builds(Title, _TEXT),
    st.builds(BulletedList, st.lists(_TEXT, min_size=1, max_size=3).map(tuple)),
    st.builds(FormattedContent, st.sampled_from(_XHTML)),
    st.builds(Binary, st.sampled_from(("image", "audio", "video")), st.sampled_from(_URLS), _TEXT),
)
_CONTENTS: Final = st.lists(_CONTENT, min_size=1, max_size=2).map(tuple)


_SMALL: Final = st.integers(0, 30)


@st.composite
def _bounded(draw: DrawFn) -> FreeTextAnswer:
    """Answers that are numbers within bounds, or texts of a length within bounds."""
    least, more = draw(_SMALL), draw(_SMALL)
    if draw(st.booleans()):
        return FreeTextAnswer(length=Length(least, max(1, least + more)))
    return FreeTextAnswer(Numeric(least - 15, least - 15 + more))


_TYPED: Final = st.one_of(
    st.builds(FreeTextAnswer, default_text=st.none() | _TEXT, lines=st.none() | st.integers(1, 9)),
    _bounded(),
    st.just(FreeTextAnswer(formats=(AnswerFormat("^[0-9]{5}$", "Five digits, please.", "i"),))),
)


@st.composite
def _selection_answers(draw: DrawFn, other: SearchStrategy[FreeTextAnswer | None]) -> SelectionAnswer:
    size = draw(st.integers(1, 5))
    most = draw(st.integers(1, size))
    return SelectionAnswer(
        tuple(Selection(f"s{number}", Text(draw(_TEXT))) for number in range(size)),
        draw(st.integers(0, most)),
        most,
        draw(st.sampled_from(_SINGLE if most == 1 else _SEVERAL)),
        draw(other),
    )


_CHOSEN: Final = _selection_answers(st.none())
_ANSWERED: Final = st.one_of(_selection_answers(st.none() | st.builds(FreeTextAnswer)), _TYPED)


@st.composite
def _question_forms(draw: DrawFn, answers: SearchStrategy[FreeTextAnswer | SelectionAnswer]) -> QuestionForm:
    asked = [
        Question(f"q{number}", draw(_CONTENTS), draw(answers), draw(st.none() | _TEXT), draw(st.booleans()))
        for number in range(draw(st.integers(1, 3)))
    ]
    overview = [Overview(draw(_CONTENTS))] if draw(st.booleans()) else []
    return QuestionForm((*overview, *asked))


_FORMS: Final = _question_forms(_ANSWERED)
_SELECTION_FORMS: Final = _question_forms(_CHOSEN)
