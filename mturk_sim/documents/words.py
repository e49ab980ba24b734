"""What Xerces says of text that is not well-formed, letter for letter (XML-02, XML-60)."""

from typing import Final

WORDS: Final = {
    "Premature": "Premature end of file.",
    "Truncated": "XML document structures must start and end within the same entity.",
    "ContentInProlog": "Content is not allowed in prolog.",
    "ReferenceInProlog": "Reference is not allowed in prolog.",
    "ContentInTrailing": "Content is not allowed in trailing section.",
    "MarkupInProlog": "The markup in the document preceding the root element must be well-formed.",
    "MarkupInTrailing": "The markup in the document following the root element must be well-formed.",
    "MarkupInContent": "The content of elements must consist of well-formed character data or markup.",
    "CDEndInContent": 'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA '
    "section.",
    "VersionRequired": "The version is required in the XML declaration.",
    "VersionNotSupported": 'XML version "{0}" is not supported, only XML 1.0 is supported.',
    "PseudoAttribute": "A pseudo attribute name is expected.",
    "ReservedTarget": 'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
    "TargetRequired": "The processing instruction must begin with the name of the target.",
    "SpaceRequired": "White space is required between the processing instruction target and data.",
    "DashDashInComment": 'The string "--" is not permitted within comments.',
    "InvalidCharacter": "An invalid XML character (Unicode: 0x{0}) was found in {1}.",
    "ElementUnterminated": 'Element type "{0}" must be followed by either attribute specifications, ">" or "/>".',
    "EndTagRequired": 'The element type "{0}" must be terminated by the matching end-tag "</{0}>".',
    "EndTagUnterminated": "The end-tag for element type \"{0}\" must end with a '>' delimiter.",
    "EqualsRequired": 'Attribute name "{1}" associated with an element type "{0}" must be followed by the \' = \' '
    "character.",
    "OpenQuoteExpected": 'Open quote is expected for attribute "{1}" associated with an  element type  "{0}".',
    "LessThanInAttribute": 'The value of attribute "{1}" associated with an element type "{0}" must not contain the '
    "'<' character.",
    "AttributeNotUnique": 'Attribute "{1}" was already specified for element "{0}".',
    "NoQName": 'Element or attribute "{0}" do not match QName production: QName::=(NCName:)?NCName.',
    "ElementPrefixUnbound": 'The prefix "{0}" for element "{1}" is not bound.',
    "AttributePrefixUnbound": 'The prefix "{0}" for attribute "{2}" associated with an element type "{1}" is not '
    "bound.",
    "EntityNameRequired": "The entity name must immediately follow the '&' in the entity reference.",
    "SemicolonRequired": "The reference to entity \"{0}\" must end with the ';' delimiter.",
    "EntityNotDeclared": 'The entity "{0}" was referenced, but not declared.',
    "DigitsRequired": 'A {0} representation must immediately follow the "{1}" in a character reference.',
    "SemicolonAfterDigits": "The character reference must end with the ';' delimiter.",
    "InvalidReference": 'Character reference "{0}" is an invalid XML character.',
    "TooDeep": "The document is nested too deeply.",  # our own: Xerces had no such limit
}
