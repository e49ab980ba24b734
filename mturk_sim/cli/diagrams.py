"""The lifecycles there are, by name."""

from typing import Any

from mturk_sim.core.tables import Table
from mturk_sim.marketplace import lifecycles as rows


def lifecycles() -> dict[str, Table[Any, Any]]:
    """Every lifecycle by its name in small letters."""
    tables = [value for value in vars(rows).values() if isinstance(value, Table)]
    return {table.name.lower(): table for table in tables}
