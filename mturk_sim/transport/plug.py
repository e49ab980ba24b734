"""The plug: what answers a boto3 client's calls in place of the network."""

from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from mturk_sim.transport.hooks import Hooks
from mturk_sim.transport.service import Service

C = TypeVar("C")

_attached: "WeakKeyDictionary[Any, Plug]" = WeakKeyDictionary()


def is_mturk(client: Any) -> bool:
    """Whether this is a boto3 client of the service."""
    meta = getattr(client, "meta", None)
    return getattr(getattr(meta, "service_model", None), "service_name", None) == "mturk"


def is_attached(client: Any) -> bool:
    """Whether some simulation answers this client."""
    return client in _attached


class Plug:
    """Answers clients as one requester account.

    Args:
        service: Whoever answers.
        wire: Send every call through botocore's whole HTTP layer, also those that go well.
    """

    def __init__(self, service: Service, *, wire: bool) -> None:
        self._service = service
        self._wire = wire
        self._hooks: dict[int, tuple[Any, Hooks]] = {}

    def attach(self, client: C) -> C:
        """Answer this client from now on; gives the same client. Doing it again changes nothing.

        Raises:
            TypeError: It is no boto3 client of the service ``mturk``.
            ValueError: Another account or simulation answers it.
        """
        if not is_mturk(client):
            raise TypeError(f"{client!r} is no boto3 client of the service 'mturk'")
        if _attached.get(client, self) is not self:
            raise ValueError("this client is answered by another simulation or account; detach it there first")
        if id(client) not in self._hooks:
            hooks = _kind(client)(self._service, client, wire=self._wire)
            hooks.register()
            self._hooks[id(client)] = (client, hooks)
            _attached[client] = self
        return client

    def detach(self, client: Any) -> None:
        """Let go of a client; one that is not attached is left alone."""
        if (kept := self._hooks.pop(id(client), None)) is not None:
            kept[1].unregister()
            del _attached[client]

    def detach_all(self) -> None:
        """Let go of every client."""
        for client, _ in list(self._hooks.values()):
            self.detach(client)


def _kind(client: Any) -> type[Hooks]:
    """The hooks for this kind of client: those of aiobotocore have to be awaited."""
    if any(kind.__module__.startswith("aiobotocore.") for kind in type(client).__mro__):
        from mturk_sim.transport.aio import AioHooks

        return AioHooks
    return Hooks
