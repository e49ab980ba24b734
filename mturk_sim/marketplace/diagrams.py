"""All lifecycles by name, for those who draw or list them."""

from typing import Any, Final

from mturk_sim.core.tables import Table
from mturk_sim.marketplace.lifecycles import ASSIGNMENT_LIFE, HIT_LIFE
from mturk_sim.marketplace.qualifications.lifecycles import (
    QUALIFICATION_LIFE,
    QUALIFICATION_REQUEST_LIFE,
    QUALIFICATION_TYPE_LIFE,
)

LIFECYCLES: Final[dict[str, Table[Any, Any]]] = {
    "hit": HIT_LIFE,
    "assignment": ASSIGNMENT_LIFE,
    "qualification_type": QUALIFICATION_TYPE_LIFE,
    "qualification_request": QUALIFICATION_REQUEST_LIFE,
    "qualification": QUALIFICATION_LIFE,
}
