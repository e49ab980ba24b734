"""ExternalQuestion: a page of the requester's own, shown in a frame (ASN-30 to ASN-33, XML-45 to XML-48)."""

from typing import Final
from urllib.parse import urlencode, urlsplit

import attrs

PREVIEW_ASSIGNMENT_ID: Final = "ASSIGNMENT_ID_NOT_AVAILABLE"
"""The assignmentId that a page gets before the HIT is accepted (ASN-32)."""

_SUBMIT_TO: Final = {True: "https://workersandbox.mturk.com", False: "https://www.mturk.com"}
_THIS_MACHINE: Final = ("localhost", "127.0.0.1")


@attrs.frozen
class ExternalQuestion:
    """A page at the requester's own address.

    Attributes:
        url: The address; any URI by the schema, see `is_secure` (XML-45).
        frame_height: Height of the frame in pixels; 0 fits the window (XML-46).
    """

    url: str
    frame_height: int

    @property
    def is_secure(self) -> bool:
        """Whether workers' browsers would show it: https, or http on this machine, which is for trying out (C39)."""
        try:
            parts = urlsplit(self.url)
            host = parts.hostname
        except ValueError:
            return False
        return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE))


def frame_url(
    question: ExternalQuestion | str, *, assignment_id: str, hit_id: str, worker_id: str, sandbox: bool = True
) -> str:
    """The address of the frame for a worker who has accepted the HIT, ordered as in access logs (ASN-31, XML-47).

    Args:
        question: The question, or its ExternalURL; a query it has is kept.
        assignment_id: The AssignmentId.
        hit_id: The HITId.
        worker_id: The WorkerId.
        sandbox: Where the page is told to submit to: the sandbox or the production site (ASN-33).
    """
    parameters = {
        "assignmentId": assignment_id,
        "hitId": hit_id,
        "workerId": worker_id,
        "turkSubmitTo": _SUBMIT_TO[sandbox],
    }
    return _with_parameters(question, parameters)


def preview_url(question: ExternalQuestion | str, *, hit_id: str) -> str:
    """The address of the frame before the HIT is accepted: no worker, and no place to submit to (ASN-32)."""
    return _with_parameters(question, {"assignmentId": PREVIEW_ASSIGNMENT_ID, "hitId": hit_id})


def submit_url(*, sandbox: bool = True) -> str:
    """Where a page's form posts to (ASN-33)."""
    return f"{_SUBMIT_TO[sandbox]}/mturk/externalSubmit"


def _with_parameters(question: ExternalQuestion | str, parameters: dict[str, str]) -> str:
    url = question if isinstance(question, str) else question.url
    url, mark, fragment = url.partition("#")
    joint = "" if url.endswith(("?", "&")) else "&" if "?" in url else "?"
    return f"{url}{joint}{urlencode(parameters)}{mark}{fragment}"
