"""Answering every mturk client of the process, whoever made it and whenever."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import Any, Final
from unittest import mock

from botocore.client import BaseClient
from botocore.loaders import Loader
from botocore.session import Session

from mturk_sim.transport.clients import PLACEHOLDER_KEYS, REGION, with_ours
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
    met: list[Any] = []
    _in_force.append(plug)
    try:
        with ExitStack() as stack:
            stack.enter_context(mock.patch.object(Loader, "load_service_model", with_ours(Loader.load_service_model)))
            for client_class, session_class in _libraries():
                make_call = getattr(client_class, _EVERY_CALL)
                attached = _attached_first(plug, met, make_call)
                stack.enter_context(mock.patch.object(client_class, _EVERY_CALL, attached))
                create = _without_a_search(session_class.create_client)
                stack.enter_context(mock.patch.object(session_class, "create_client", create))
            yield
    finally:
        _in_force.remove(plug)
        for client in met:
            plug.detach(client)


def _libraries() -> Iterator[tuple[Any, Any]]:
    """The classes of clients and of sessions: botocore's, and aiobotocore's where it is installed."""
    yield BaseClient, Session
    if find_spec("aiobotocore") is not None:
        from aiobotocore.client import AioBaseClient
        from aiobotocore.session import AioSession

        yield AioBaseClient, AioSession


def _attached_first(plug: Plug, met: list[Any], make_call: Callable[..., Any]) -> Callable[..., Any]:
    """The method that every call goes through, with the client attached before; `met` is told of it."""

    def attached_first(client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
        if is_mturk(client) and not is_attached(client):
            plug.attach(client)
            met.append(client)
        return make_call(client, operation_name, api_params)

    return attached_first


def _without_a_search(create_client: Callable[..., Any]) -> Callable[..., Any]:
    """How clients are made; one of ours that is given no keys would look for some, in the end on the network.

    Where neither the call nor the machine's settings name a region, it is the only one that the service had.
    """

    def without_a_search(session: Session, service: str, region: str | None = None, *args: Any, **kwargs: Any) -> Any:
        region = kwargs.pop("region_name", region)
        if service == "mturk":
            region = region or session.get_config_variable("region") or REGION
            if not any(kwargs.get(name) for name in (*PLACEHOLDER_KEYS, "aws_session_token")):
                kwargs |= PLACEHOLDER_KEYS
        return create_client(session, service, region, *args, **kwargs)

    return without_a_search
