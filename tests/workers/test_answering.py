"""Workers answer every kind of question, as often right as ability and difficulty make them."""

from collections import Counter
from math import comb

import attrs
import exact
import pytest

from mturk_sim.core.draws import Draws
from mturk_sim.documents import HTMLQuestion, answers_document, parse_question
from mturk_sim.workers import Ability, Answerer, Field, Luck, Profile, Task
from mturk_sim.workers.abilities import FIRST
from mturk_sim.workers.answering import _drawn, fields_of

DRAWS = Draws(23)
CHOICE = Field("label", ("yes", "no"))
GOOD = Ability(name="good", share=1, accuracy=0.8)
ITEMS = 2000

FORM_NS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd"
HTML_NS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd"
EXTERNAL_NS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/ExternalQuestion.xsd"


def question(name: str, specification: str, required: str = "") -> str:
    return (
        f"<Question><QuestionIdentifier>{name}</QuestionIdentifier>{required}"
        f"<QuestionContent><Text>?</Text></QuestionContent>"
        f"<AnswerSpecification>{specification}</AnswerSpecification></Question>"
    )


SELECTION = """<SelectionAnswer><MinSelectionCount>1</MinSelectionCount><Selections>
<Selection><SelectionIdentifier>a</SelectionIdentifier><Text>A</Text></Selection>
<Selection><SelectionIdentifier>b</SelectionIdentifier><Text>B</Text></Selection></Selections></SelectionAnswer>"""
NUMBER = """<FreeTextAnswer><Constraints><IsNumeric minValue="3" maxValue="9"/></Constraints></FreeTextAnswer>"""
TEXT = """<FreeTextAnswer><Constraints><Length minLength="20" maxLength="30"/></Constraints></FreeTextAnswer>"""
FORM = f"""<QuestionForm xmlns="{FORM_NS}">{question("pick", SELECTION)}{question("count", NUMBER)}
{question("say", TEXT)}{question("remarks", "<FreeTextAnswer/>")}</QuestionForm>"""
PAGE = f"""<HTMLQuestion xmlns="{HTML_NS}"><HTMLContent><![CDATA[<form>
<input type="radio" name="label" value="yes"><input type="radio" name="label" value="no">
<select name="size"><option>small</option><option>big</option></select>
<input type="hidden" name="version" value="7"><input type="number" name="age" required>
<textarea name="remarks"></textarea><input type="submit" name="send" value="Send"></form>]]></HTMLContent>
<FrameHeight>0</FrameHeight></HTMLQuestion>"""
EXTERNAL = f"""<ExternalQuestion xmlns="{EXTERNAL_NS}"><ExternalURL>https://example.org/</ExternalURL>
<FrameHeight>400</FrameHeight></ExternalQuestion>"""


def task(
    item: str, worker: int = 0, kind: Ability = GOOD, accuracy: float = 0.8, fields: tuple[Field, ...] = (CHOICE,)
) -> Task:
    profile = Profile(f"A{worker}", "US", kind.name, accuracy, 0.0)
    return Task(fields, item, Luck(DRAWS, ("item", item)), profile, kind)


def truth(model: Answerer, item: str) -> str:
    found = model.truth(item, CHOICE, Luck(DRAWS, ("item", item)))
    assert found is not None
    return found


def right_majorities(model: Answerer, votes: int, kinds: list[Ability], items: int = ITEMS) -> int:
    """In how many items the majority of so many workers is right; of each item, the workers are others."""
    right = 0
    for n in range(items):
        item, shares = f"item {n}", Luck(DRAWS, ("kind", n))
        cast = [
            model.answer(task(item, n * votes + vote, kind, kind.accuracy or 0.0))["label"]  # type: ignore[arg-type]  # numbers here
            for vote in range(votes)
            for kind in [kinds[shares.integer(len(kinds), "kind", vote)]]
        ]
        right += Counter(cast).most_common(1)[0][0] == truth(model, item)
    return right


# --- fields ------------------------------------------------------------------------------------------------------
def test_a_form_is_answered_with_selections_numbers_and_texts_in_their_limits() -> None:
    for n in range(50):
        answers = Answerer().answer(task(f"item {n}", n, fields=fields_of(FORM)))

        assert answers["pick"] in (["a"], ["b"])
        assert 3 <= int(answers["count"]) <= 9
        assert 20 <= len(answers["say"]) <= 30
        assert answers["remarks"] == ""
        answers_document(answers, style="questions")


def test_as_many_are_chosen_as_the_form_asks_for() -> None:
    several = SELECTION.replace("<MinSelectionCount>1<", "<MinSelectionCount>2<").replace(
        "</MinSelectionCount>", "</MinSelectionCount><MaxSelectionCount>2</MaxSelectionCount>"
    )
    form = f'<QuestionForm xmlns="{FORM_NS}">{question("pick", several)}</QuestionForm>'

    assert sorted(Answerer().answer(task("item", fields=fields_of(form)))["pick"]) == ["a", "b"]


def test_a_file_is_uploaded_where_one_is_asked_for() -> None:
    upload = "<FileUploadAnswer><MaxFileSizeInBytes>500</MaxFileSizeInBytes>"
    upload += "<MinFileSizeInBytes>100</MinFileSizeInBytes></FileUploadAnswer>"
    old = FORM_NS.replace("2017-11-06", "2005-10-01")
    form = f'<QuestionForm xmlns="{old}">{question("photo", upload)}</QuestionForm>'
    answers = Answerer().answer(task("item", fields=fields_of(form)))

    assert answers["photo"].size == 100
    answers_document(answers, style="questions")


def test_a_page_is_answered_field_by_field_and_posts_what_it_hides() -> None:
    answers = Answerer().answer(task("item", fields=fields_of(PAGE)))

    assert answers["label"] in ("yes", "no")
    assert answers["size"] in ("small", "big")
    assert answers["version"] == "7"
    assert answers["age"].isdecimal()
    assert answers["remarks"] == ""
    page = parse_question(PAGE)
    assert isinstance(page, HTMLQuestion)
    assert list(answers) == [field.name for field in page.fields if field.type != "submit"]


def test_a_page_elsewhere_is_answered_by_the_fields_it_is_said_to_have() -> None:
    told = Answerer(fields={"label": ("yes", "no"), "why": ()})

    assert told.answer(task("item", fields=fields_of(EXTERNAL)))["label"] in ("yes", "no")
    assert told.answer(task("item", fields=fields_of(EXTERNAL)))["why"]
    assert list(Answerer().answer(task("item", fields=fields_of(EXTERNAL)))) == ["answer"]


# --- right and wrong ---------------------------------------------------------------------------------------------
def test_the_right_answer_is_the_gold_or_else_drawn_for_the_item() -> None:
    model = Answerer(gold={"photo": {"label": "no", "say": "hello"}}, difficulty_sd=0)
    sure = attrs.evolve(GOOD, accuracy=1.0)
    say = Field("say")

    assert model.answer(task("photo", 1, sure, 1.0, (CHOICE, say))) == {"label": "no", "say": "hello"}
    drawn = Counter(truth(model, f"item {n}") for n in range(ITEMS))
    assert drawn["yes"] in exact.binomial(ITEMS, 0.5)


def test_a_worker_of_some_accuracy_is_right_that_often() -> None:
    model = Answerer(difficulty_sd=0)
    right = sum(model.answer(task(f"i {n}", n))["label"] == truth(model, f"i {n}") for n in range(ITEMS))

    assert right in exact.binomial(ITEMS, 0.8)


def test_difficulty_leaves_the_mean_and_makes_workers_err_on_the_same_items() -> None:
    model = Answerer(difficulty_sd=0.3)
    right = [
        sum(model.answer(task(f"i {n}", w))["label"] == truth(model, f"i {n}") for w in range(20)) for n in range(400)
    ]
    pairs = sum(k * (k - 1) for k in right) / (400 * 20 * 19)

    assert sum(right) / 8000 == pytest.approx(0.8, abs=5 * 0.3 / 20)
    assert pairs == pytest.approx(0.8**2 + 0.3**2, abs=0.05)


def test_no_difficulty_can_make_a_worker_who_knows_err() -> None:
    model = Answerer(difficulty_sd=0.5)

    assert all(model.answer(task(f"i {n}", n, GOOD, 1.0))["label"] == truth(model, f"i {n}") for n in range(100))


def test_wrong_answers_are_all_alike() -> None:
    field = Field("label", ("a", "b", "c"))
    model = Answerer(gold={f"i {n}": {"label": "a"} for n in range(ITEMS)}, difficulty_sd=0)
    given = Counter(model.answer(task(f"i {n}", n, GOOD, 0.4, (field,)))["label"] for n in range(ITEMS))

    assert given["b"] in exact.binomial(ITEMS, 0.3)
    assert given["c"] in exact.binomial(ITEMS, 0.3)


def test_a_confusion_matrix_says_what_is_taken_for_what() -> None:
    kind = Ability(name="k", share=1, confusion={"yes": {"yes": 0.9, "no": 0.1}, "no": {"yes": 0.4, "no": 0.6}})
    model = Answerer(gold={f"i {n}": {"label": "no"} for n in range(ITEMS)})
    given = Counter(model.answer(task(f"i {n}", n, kind))["label"] for n in range(ITEMS))

    assert given["yes"] in exact.binomial(ITEMS, 0.4)


def test_the_last_stretch_takes_what_sums_of_floats_leave_over() -> None:
    chances = {"a": 0.1, "b": 0.2, "c": 0.7}
    just_below_1 = 1 - 2**-53
    assert ((just_below_1 - 0.1) - 0.2) - 0.7 >= 0

    assert [_drawn(chances, u) for u in (0.0, 0.25, 0.5, just_below_1)] == ["a", "b", "c", "c"]


def test_whoever_does_not_look_answers_by_habit() -> None:
    lazy = Ability(name="lazy", share=1, habit=FIRST)
    blind = Ability(name="blind", share=1)
    model = Answerer()

    assert {model.answer(task(f"i {n}", n, lazy))["label"] for n in range(50)} == {"yes"}
    given = Counter(model.answer(task(f"i {n}", n, blind))["label"] for n in range(ITEMS))
    assert given["yes"] in exact.binomial(ITEMS, 0.5)


def test_a_habit_is_one_of_two() -> None:
    with pytest.raises(ValueError, match="habit"):
        Ability(name="odd", share=1, habit="last")


# --- majorities --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("accuracy", "votes", "published"), [(0.7, 3, 0.784), (0.85, 5, 0.9734), (0.9, 3, 0.972)])
def test_majorities_of_equal_workers_are_right_as_the_closed_form_says(
    accuracy: float, votes: int, published: float
) -> None:
    closed = sum(comb(votes, k) * accuracy**k * (1 - accuracy) ** (votes - k) for k in range(votes // 2 + 1, votes + 1))
    kind = Ability(name="equal", share=1, accuracy=accuracy)

    assert closed == pytest.approx(published, abs=6e-5)
    assert right_majorities(Answerer(difficulty_sd=0), votes, [kind]) in exact.binomial(ITEMS, closed)


@pytest.mark.parametrize(
    ("farm", "published"),
    [
        (Ability(name="random", share=1), 0.9103),
        (Ability(name="same", share=1, habit=FIRST), 0.8690),
        (Ability(name="adversary", share=1, accuracy=0.0), 0.7497),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_quarter_of_spammers_spoils_majorities_as_published(farm: Ability, published: float) -> None:
    kinds = [Ability(name="good", share=1, accuracy=0.85)] * 3 + [farm]

    assert right_majorities(Answerer(difficulty_sd=0), 5, kinds) in exact.binomial(ITEMS, published)
