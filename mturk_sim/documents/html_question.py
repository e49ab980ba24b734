"""HTMLQuestion: a page of the requester's that the service keeps and shows in a frame (XML-49, XML-50, ASN-38)."""

import attrs


@attrs.frozen
class HTMLQuestion:
    """A page the service keeps.

    Attributes:
        content: The page's HTML.
        frame_height: Height of the frame in pixels; 0 fits the window (XML-46).
    """

    content: str
    frame_height: int
