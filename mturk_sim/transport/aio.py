"""Answering clients of aiobotocore: the same way, but what would come from the network has to be awaited."""

from typing import Any

from aiobotocore.awsrequest import AioAWSResponse
from botocore.awsrequest import AWSPreparedRequest

from mturk_sim.transport.hooks import Hooks
from mturk_sim.transport.wire import headers


class AioHooks(Hooks):
    """What answers one client of aiobotocore."""

    async def before_send(self, request: AWSPreparedRequest, **_: Any) -> Any:  # type: ignore[override]  # awaited
        """Answer an attempt in place of the network, as `Hooks.before_send` does."""
        if not self._retries.taken:
            self._retries.take_over(await self._retries.ask())
        status, body, request_id, now = self._outcome(request)
        return AioAWSResponse(self._url, status, headers(request_id, len(body), now), _Body(body))


class _Body:
    """A whole body in the form in which aiobotocore reads one."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def read(self) -> bytes:
        """The content."""
        return self._content
