"""Lets botocore describe the service where the installed one does not, so that tests can make clients of their own."""

from unittest import mock

from botocore.loaders import Loader

from mturk_sim.operations.model import shipped
from mturk_sim.transport.clients import with_ours

BOTOCORES_OWN = Loader.load_service_model
"""How botocore itself loads descriptions."""


def make_known() -> None:
    """Let botocore have our description of the service, if it has none."""
    if shipped() is None:
        mock.patch.object(Loader, "load_service_model", with_ours(BOTOCORES_OWN)).start()
