"""The plug: what answers a boto3 client's calls in place of the network."""

from typing import Any, TypeVar
from weakref import ReferenceType, WeakKeyDictionary, ref

from mturk_sim.transport.hooks import Hooks
from mturk_sim.transport.service import Service

C = TypeVar("C")

_attached: "WeakKeyDictionary[Any, ReferenceType[Plug]]" = WeakKeyDictionary()
"""Who answers a client; it keeps neither alive, since a simulation's own clients are never let go of."""


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
        """Answer this client until it is detached, and give it back; doing it again changes nothing.

        Raises:
            TypeError: It is no boto3 client of the service ``mturk``.
            ValueError: Another account or simulation answers it.
        """
        if not is_mturk(client):
            raise TypeError(f"{client!r} is no boto3 client of the service 'mturk'")
        known = _attached.get(client)
        if known is None:
            self._hooks[id(client)] = client, self._answer(client)
        elif known() is not self:
            raise ValueError(
                "this client is answered by another simulation or account; detach it there first, or take another if "
                "it is that one's own"
            )
        return client

    def keep(self, client: C) -> C:
        """Answer this client, which nobody else has, for good: nothing detaches it; gives the same client."""
        self._answer(client)
        return client

    def _answer(self, client: Any) -> Hooks:
        hooks = _kind(client)(self._service, client, wire=self._wire)
        hooks.register()
        _attached[client] = ref(self)
        return hooks

    def detach(self, client: Any) -> None:
        """Let go of an attached client; any other is left alone."""
        if (kept := self._hooks.pop(id(client), None)) is not None:
            kept[1].unregister()
            del _attached[client]

    def detach_all(self) -> None:
        """Let go of every attached client."""
        for client, _ in list(self._hooks.values()):
            self.detach(client)


def _kind(client: Any) -> type[Hooks]:
    """The hooks for this kind of client: those of aiobotocore have to be awaited."""
    if any(kind.__module__.startswith("aiobotocore.") for kind in type(client).__mro__):
        from mturk_sim.transport.aio import AioHooks

        return AioHooks
    return Hooks
