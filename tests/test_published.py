"""The simulation's workers are held to what is published of real ones."""

from collections.abc import Callable, Iterator

import published
import pytest


@pytest.mark.parametrize("family", published.FAMILIES, ids=lambda family: family.__name__)
def test_simulated_numbers_lie_where_the_published_ones_allow(family: Callable[[], Iterator[published.Row]]) -> None:
    rows = published.rows(family)

    assert rows
    assert [row for row in rows if not row.holds] == []
