"""Requests after which something happens: short deadlines, few slots, and workers seldom turned away."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mturk_sim.operations.model import input_shape
from mturk_sim.strategies.requests import requests
from mturk_sim.strategies.requirements import requirement_lists

if TYPE_CHECKING:
    from mturk_sim.simulation import Simulation

_HIT_TYPE: Final[Mapping[str, SearchStrategy[Any]]] = {
    "Title": st.sampled_from(("Label a photo", "Label another photo")),
    "Description": st.just("Say what is on the photo."),
    "Reward": st.sampled_from(("0.05", "0.01", "1.00", "0.99")),
    "AssignmentDurationInSeconds": st.sampled_from((600, 30, 86400)),
    "AutoApprovalDelayInSeconds": st.sampled_from((3 * 86400, 0, 3600, 2592000)),
    "QualificationRequirements": st.one_of(*[st.builds(list)] * 5, requirement_lists()),
}
_SLOTS: Final = st.sampled_from((1, 2, 3, 9, 10))
_LIFETIME: Final = st.sampled_from((86400, 3600, 30, 31536000))

LIVELY: Final[Mapping[str, Mapping[str, SearchStrategy[Any]]]] = {
    "CreateHIT": {**_HIT_TYPE, "MaxAssignments": _SLOTS, "LifetimeInSeconds": _LIFETIME},
    "CreateHITType": _HIT_TYPE,
    "CreateHITWithHITType": {"MaxAssignments": _SLOTS, "LifetimeInSeconds": _LIFETIME},
    "CreateQualificationType": {"QualificationTypeStatus": st.sampled_from(("Active", "Active", "Inactive"))},
    "SendBonus": {"BonusAmount": st.sampled_from(("0.01", "0.50", "2"))},
}
"""Members by operation and name."""

IDLE: Final = frozenset({"Keywords", "RequesterAnnotation", "UniqueRequestToken", "RequesterFeedback", "MaxResults"})
"""Members of which nothing comes that could be waited for; each would be one more thing to shrink."""


def lively_requests(
    operation: str, sim: "Simulation | None" = None, *, without: Collection[str] = (), **members: Any
) -> SearchStrategy[dict[str, Any]]:
    """Requests of an operation for a marketplace in which things are to happen; see `requests`."""
    known = input_shape(operation)
    idle = [name for name in known["members"] if name in IDLE - {*known.get("required", ())} and name not in members]
    lively = {name: value for name, value in LIVELY.get(operation, {}).items() if name not in without}
    return requests(operation, sim, without=(*without, *idle), **{**lively, **members})
