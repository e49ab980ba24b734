"""Making clients that need no credentials, look for none, and know the service's two endpoints (HIT-01)."""

from collections.abc import Callable
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final

import boto3
import botocore.session
from botocore.config import Config
from botocore.exceptions import DataNotFoundError, UnknownServiceError
from botocore.handlers import BUILTIN_HANDLERS
from botocore.loaders import Loader

from mturk_sim.operations.interface import API_VERSION, descriptions
from mturk_sim.transport.stamps import read_stamp

if TYPE_CHECKING:
    from types_boto3_mturk import MTurkClient

REGION: Final = "us-east-1"
PRODUCTION: Final = "https://mturk-requester.us-east-1.amazonaws.com"
PLACEHOLDER_KEYS: Final[dict[str, Any]] = {"aws_access_key_id": "offline", "aws_secret_access_key": "offline"}
"""What a client is given so that it looks for no credentials: nothing is ever signed with them."""
SANDBOX: Final = "https://mturk-requester-sandbox.us-east-1.amazonaws.com"


def with_ours(load: Callable[..., Any]) -> Callable[..., Any]:
    """How a loader loads a service's descriptions, with ours of this service where botocore ships none."""

    @wraps(load)
    def load_service_model(loader: Loader, service_name: str, type_name: str, api_version: str | None = None) -> Any:
        try:
            return load(loader, service_name, type_name, api_version)
        except DataNotFoundError:
            if service_name == "mturk" and api_version in (None, API_VERSION) and type_name in descriptions():
                return descriptions()[type_name]
            raise

    return load_service_model


class _WithoutEndpointRules(Loader):
    """botocore's data without the endpoint rules.

    Our clients are told their endpoint, and working it out anew at every call is a third of the call. For a service
    that has no rules, botocore goes by the endpoint it was given.
    """

    @with_ours
    def load_service_model(self, service_name: str, type_name: str, api_version: str | None = None) -> Any:
        """As ever, except that there are no rules.

        Raises:
            UnknownServiceError: The rules are asked for.
        """
        if type_name == "endpoint-rule-set-1":
            raise UnknownServiceError(service_name=service_name, known_service_names="")
        return super().load_service_model(service_name, type_name, api_version)


@cache
def _session() -> boto3.Session:
    """One session for all our clients: making a client on it takes a fifteenth of making a session too."""
    session = botocore.session.get_session()
    session.register_component("data_loader", _WithoutEndpointRules())
    session.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=read_stamp)
    for event, handler, *_ in BUILTIN_HANDLERS:
        if event == "before-parameter-build":  # tokens and checksum modes, for which no operation of ours asks
            session.unregister(event, handler)
    return boto3.Session(botocore_session=session, region_name=REGION)


def new_client(*, sandbox: bool) -> "MTurkClient":
    """A real boto3 client of one of the two environments, which has placeholders for keys and never looks for any."""
    client: MTurkClient = _session().client(
        "mturk",
        endpoint_url=SANDBOX if sandbox else PRODUCTION,
        **PLACEHOLDER_KEYS,
        config=Config(user_agent="mturk_sim"),  # building botocore's own twice is a fifth of a call
    )
    return client


def is_sandbox(endpoint_url: str, otherwise: bool) -> bool:
    """Which environment an endpoint is: by its host if that is one of the service's, else `otherwise` (ERR-03)."""
    if "mturk-requester-sandbox" in endpoint_url:
        return True
    return otherwise if "mturk-requester." not in endpoint_url else False
