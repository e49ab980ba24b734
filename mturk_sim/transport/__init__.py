"""The requesters' side of the wire: the only place that knows botocore's events, wire JSON and HTTP."""

from mturk_sim.transport.clients import new_client
from mturk_sim.transport.everywhere import everywhere
from mturk_sim.transport.plug import Plug
from mturk_sim.transport.service import Service

__all__ = ["Plug", "Service", "everywhere", "new_client"]
