"""Documents that the tests share: one valid document of each kind, and ways to spoil them."""

from typing import Final

from mturk_sim.documents import namespaces

FORM: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<QuestionForm xmlns="{namespaces.QUESTION_FORM_2017}">
  <Overview>
    <Title>Survey</Title>
    <List><ListItem>one</ListItem><ListItem>two</ListItem></List>
    <FormattedContent><![CDATA[<p>Some <b>bold</b> words</p>]]></FormattedContent>
  </Overview>
  <Question>
    <QuestionIdentifier>why</QuestionIdentifier>
    <DisplayName>Q1</DisplayName>
    <IsRequired>true</IsRequired>
    <QuestionContent>
      <Text>Why &amp; how?</Text>
      <Binary>
        <MimeType><Type>image</Type><SubType>png</SubType></MimeType>
        <DataURL>https://example.com/a.png</DataURL>
        <AltText>a</AltText>
      </Binary>
      <EmbeddedBinary>
        <EmbeddedMimeType><Type>application</Type><SubType>pdf</SubType></EmbeddedMimeType>
        <DataURL>http://example.com/a.pdf</DataURL>
        <AltText/>
        <Width>320</Width>
        <Height>200</Height>
        <ApplicationParameter><Name>page</Name><Value>2</Value></ApplicationParameter>
      </EmbeddedBinary>
    </QuestionContent>
    <AnswerSpecification>
      <FreeTextAnswer>
        <Constraints>
          <IsNumeric minValue="-1" maxValue="9"/>
          <Length minLength="1" maxLength="3"/>
          <AnswerFormatRegex regex="^[0-9]+$" errorText="digits" flags="i"/>
          <AnswerFormatRegex regex="."/>
        </Constraints>
        <DefaultText>4</DefaultText>
        <NumberOfLinesSuggestion>2</NumberOfLinesSuggestion>
      </FreeTextAnswer>
    </AnswerSpecification>
  </Question>
  <Question>
    <QuestionIdentifier>which</QuestionIdentifier>
    <QuestionContent><Text>Which?</Text></QuestionContent>
    <AnswerSpecification>
      <SelectionAnswer>
        <MinSelectionCount>0</MinSelectionCount>
        <MaxSelectionCount>2</MaxSelectionCount>
        <StyleSuggestion>checkbox</StyleSuggestion>
        <Selections>
          <Selection><SelectionIdentifier>a</SelectionIdentifier><Text>A</Text></Selection>
          <Selection>
            <SelectionIdentifier>b</SelectionIdentifier>
            <FormattedContent>&lt;i&gt;B&lt;/i&gt;</FormattedContent>
          </Selection>
          <OtherSelection><DefaultText>else</DefaultText></OtherSelection>
        </Selections>
      </SelectionAnswer>
    </AnswerSpecification>
  </Question>
</QuestionForm>"""

LEGACY: Final = f"""<QuestionForm xmlns="{namespaces.QUESTION_FORM_2005}">
  <Question>
    <QuestionIdentifier>file</QuestionIdentifier>
    <QuestionContent>
      <Application>
        <JavaApplet>
          <AppletPath>http://example.com/</AppletPath>
          <AppletFilename>a.class</AppletFilename>
          <Width>1</Width>
          <Height>2</Height>
          <ApplicationParameter><Name>n</Name><Value>v</Value></ApplicationParameter>
        </JavaApplet>
      </Application>
      <Application>
        <Flash><FlashMovieURL>https://example.com/a.swf</FlashMovieURL><Width>3</Width><Height>4</Height></Flash>
      </Application>
    </QuestionContent>
    <AnswerSpecification>
      <FileUploadAnswer>
        <MaxFileSizeInBytes>2000000000</MaxFileSizeInBytes>
        <MinFileSizeInBytes>1</MinFileSizeInBytes>
      </FileUploadAnswer>
    </AnswerSpecification>
  </Question>
</QuestionForm>"""

HTML: Final = f"""<HTMLQuestion xmlns="{namespaces.HTML_QUESTION}">
  <HTMLContent><![CDATA[<!DOCTYPE html><form><input name="x"></form>]]></HTMLContent>
  <FrameHeight>0</FrameHeight>
</HTMLQuestion>"""

EXTERNAL: Final = f"""<ExternalQuestion xmlns="{namespaces.EXTERNAL_QUESTION}">
  <ExternalURL>https://example.com/?a=1&amp;b=2</ExternalURL>
  <FrameHeight>600</FrameHeight>
</ExternalQuestion>"""

ANSWERS: Final = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<QuestionFormAnswers xmlns="{namespaces.ANSWERS}">
<Answer><QuestionIdentifier>nothing</QuestionIdentifier></Answer>
<Answer><QuestionIdentifier>some</QuestionIdentifier><SelectionIdentifier>a</SelectionIdentifier></Answer>
<Answer>
<QuestionIdentifier>other</QuestionIdentifier>
<SelectionIdentifier>a</SelectionIdentifier>
<SelectionIdentifier>b</SelectionIdentifier>
<OtherSelectionText>c</OtherSelectionText>
</Answer>
<Answer><QuestionIdentifier>text</QuestionIdentifier><FreeText/></Answer>
<Answer>
<QuestionIdentifier>file</QuestionIdentifier>
<UploadedFileSizeInBytes>3</UploadedFileSizeInBytes>
<UploadedFileKey>k</UploadedFileKey>
</Answer>
</QuestionFormAnswers>"""

KEY: Final = f"""<AnswerKey xmlns="{namespaces.ANSWER_KEY}">
  <Question>
    <QuestionIdentifier>q1</QuestionIdentifier>
    <AnswerOption>
      <SelectionIdentifier>a</SelectionIdentifier>
      <SelectionIdentifier>b</SelectionIdentifier>
      <AnswerScore>15</AnswerScore>
    </AnswerOption>
    <AnswerOption><SelectionIdentifier>a</SelectionIdentifier><AnswerScore>10</AnswerScore></AnswerOption>
    <AnswerOption><SelectionIdentifier>b</SelectionIdentifier><AnswerScore>10</AnswerScore></AnswerOption>
    <DefaultScore>5</DefaultScore>
  </Question>
  <Question>
    <QuestionIdentifier>q2</QuestionIdentifier>
    <AnswerOption><SelectionIdentifier>d</SelectionIdentifier><AnswerScore>10</AnswerScore></AnswerOption>
  </Question>
  <QualificationValueMapping>
    <ScaleMapping><SummedScoreMultiplier>0.5</SummedScoreMultiplier></ScaleMapping>
  </QualificationValueMapping>
</AnswerKey>"""

VALID: Final = {
    "form": FORM,
    "legacy form": LEGACY,
    "HTML": HTML,
    "external": EXTERNAL,
    "answers": ANSWERS,
    "key": KEY,
}
"""One document of each kind."""


def spoil(document: str, old: str, new: str) -> str:
    """A document with one piece replaced, which it must have."""
    assert old in document
    return document.replace(old, new, 1)
