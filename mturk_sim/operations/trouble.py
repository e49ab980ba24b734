"""Trouble on the way: what keeps a request or its answer from arriving, whatever the service would have said."""

from typing import Final

READ_TIMEOUT: Final = "read_timeout"
CONNECT_TIMEOUT: Final = "connect_timeout"
UNREACHABLE: Final = "unreachable"


class Lost(Exception):
    """The client gets no answer to this attempt.

    Attributes:
        how: What it notices: ``read_timeout``, ``connect_timeout`` or ``unreachable``.
    """

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how
