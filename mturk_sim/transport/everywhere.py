"""Answering every mturk client of the process, whoever made it and whenever."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from botocore.client import BaseClient
from botocore.session import Session

from mturk_sim.transport.clients import PLACEHOLDER_KEYS
from mturk_sim.transport.plug import Plug, is_attached, is_mturk

_EVERY_CALL: Final = "_make_api_call"
"""The method of botocore's clients that every call goes through; mocking libraries have long relied on it."""
_in_force: list[Plug] = []


@contextmanager
def everywhere(plug: Plug) -> Iterator[None]:
    """Attach each mturk client at its first call; on the way out, let go of them and of botocore.

    Raises:
        RuntimeError: Another simulation answers everywhere already.
    """
    if _in_force:
        raise RuntimeError("another simulation answers every client already; everywhere() cannot be nested")
    make_call, create_client = getattr(BaseClient, _EVERY_CALL), Session.create_client
    met: list[Any] = []

    def attached_first(client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
        if is_mturk(client) and not is_attached(client):
            plug.attach(client)
            met.append(client)
        return make_call(client, operation_name, api_params)

    def without_a_search(session: Session, service_name: str, *args: Any, **kwargs: Any) -> Any:
        """Make a client; one of ours that is given no keys would look for some, in the end on the network."""
        if service_name == "mturk" and not any(kwargs.get(name) for name in (*PLACEHOLDER_KEYS, "aws_session_token")):
            kwargs |= PLACEHOLDER_KEYS
        return create_client(session, service_name, *args, **kwargs)

    _in_force.append(plug)
    try:
        with (
            mock.patch.object(BaseClient, _EVERY_CALL, attached_first),
            mock.patch.object(Session, "create_client", without_a_search),
        ):
            yield
    finally:
        _in_force.remove(plug)
        for client in met:
            plug.detach(client)
