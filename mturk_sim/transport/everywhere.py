"""Answering every mturk client of the process, whoever made it and whenever."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from botocore.client import BaseClient

from mturk_sim.transport.plug import Plug, is_attached, is_mturk

_OFFLINE: Final = {"AWS_EC2_METADATA_DISABLED": "true"}
"""A client made without credentials would ask the instance metadata service for some; there is no network here."""
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
    make_call = getattr(BaseClient, _EVERY_CALL)
    met: list[Any] = []

    def attached_first(client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
        if is_mturk(client) and not is_attached(client):
            plug.attach(client)
            met.append(client)
        return make_call(client, operation_name, api_params)

    _in_force.append(plug)
    try:
        with (
            mock.patch.object(BaseClient, _EVERY_CALL, attached_first),
            mock.patch.dict(os.environ, _OFFLINE),
        ):
            yield
    finally:
        _in_force.remove(plug)
        for client in met:
            plug.detach(client)
