"""What documents cost: validating a form against lxml alone, parsing, and refusing what is hostile."""

from collections.abc import Callable, Iterable

from benchmarks.measure import Bar, medians, table
from documents.hostile_documents import HOSTILE
from documents.sample_documents import EXTERNAL, HTML
from lxml import etree

from mturk_sim.documents import DocumentError, namespaces, parse_question, questions, reading
from mturk_sim.documents.formatted import check_formatted_contents

QUESTION = """
  <Question>
    <QuestionIdentifier>likert{n}</QuestionIdentifier>
    <DisplayName>Question {n}</DisplayName>
    <IsRequired>true</IsRequired>
    <QuestionContent><Text>How much do you agree with statement number {n}?</Text></QuestionContent>
    <AnswerSpecification>
      <SelectionAnswer><StyleSuggestion>radiobutton</StyleSuggestion><Selections>
        <Selection><SelectionIdentifier>yes</SelectionIdentifier><Text>I agree</Text></Selection>
        <Selection><SelectionIdentifier>no</SelectionIdentifier><Text>I disagree</Text></Selection>
      </Selections></SelectionAnswer>
    </AnswerSpecification>
  </Question>"""
FORM = f"""<?xml version="1.0" encoding="UTF-8"?>
<QuestionForm xmlns="{namespaces.QUESTION_FORM_2017}">
  <Overview>
    <Title>Survey</Title>
    <Text>{"Please answer all the questions. " * 4}</Text>
    <FormattedContent><![CDATA[<p>Some <b>bold</b> words</p>]]></FormattedContent>
  </Overview>{"".join(QUESTION.format(n=n) for n in range(3))}
  <Question>
    <QuestionIdentifier>why</QuestionIdentifier>
    <QuestionContent><Text>Why?</Text></QuestionContent>
    <AnswerSpecification>
      <FreeTextAnswer><Constraints><Length minLength="2" maxLength="300"/></Constraints></FreeTextAnswer>
    </AnswerSpecification>
  </Question>
</QuestionForm>"""
FORMS = frozenset({namespaces.QUESTION_FORM_2017})


def validate() -> None:
    """All that it takes to know that the service would accept the form."""
    check_formatted_contents(reading.read(FORM, FORMS))


def plain() -> Callable[[], None]:
    """What lxml alone takes to parse the form and validate it with the same compiled schema."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    schema = reading.schema(namespaces.QUESTION_FORM_2017)

    def work() -> None:
        assert schema.validate(etree.fromstring(FORM.encode(), parser))

    return work


def new(document: str) -> Callable[[], object]:
    """Parse a document as if it had not been seen before."""
    return lambda: questions._question.__wrapped__(document, False)


def refuse(document: str) -> Callable[[], None]:
    """Try to parse a document that must be refused."""

    def attempt() -> None:
        try:
            parse_question(document)
        except DocumentError:
            return
        raise AssertionError("not refused")

    return attempt


def bars() -> Iterable[Bar]:
    """The bars on documents."""
    taken = medians(
        {
            "validated": validate,
            "lxml alone": plain(),
            "parsed": new(FORM),
            "seen before": lambda: parse_question(FORM),
            "ExternalQuestion": new(EXTERNAL),
            "HTMLQuestion": new(HTML),
        },
        calls=300,
    )
    figures = ", ".join(f"{name} {time:.3g} us" for name, time in taken.items())
    form = f"form of {len(FORM) / 1000:.1f} KB"
    yield Bar(f"validating a {form}, us", taken["validated"], 60, note=figures)
    yield Bar(f"validating a {form} / lxml alone", taken["validated"] / taken["lxml alone"], 2)
    refused = medians({name: refuse(document) for name, document in HOSTILE.items()}, calls=3, rounds=5)
    slowest = max(refused, key=lambda name: refused[name])
    yield Bar("refusing the worst hostile document, ms", refused[slowest] / 1000, 10, note=slowest)


def main() -> None:
    """Print the table."""
    print(table(bars()))


if __name__ == "__main__":
    main()
