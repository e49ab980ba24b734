"""A week of polling by the minute, in virtual time: 10,080 sleeps, each with a ListReviewableHITs."""

import time
from collections.abc import Iterable

from benchmarks.measure import Bar, quiet, table
from questions import HIT

from mturk_sim import simulate

MINUTES = 7 * 24 * 60


def week() -> float:
    """Seconds of processor time, the block's beginning and end included."""
    with simulate() as sim:
        sim.client.create_hit(**HIT | {"LifetimeInSeconds": 14 * 86_400})
        began = time.process_time()
        with sim.virtual_time():
            for _ in range(MINUTES):
                sim.client.list_reviewable_hits()
                time.sleep(60)
        return time.process_time() - began


def bars() -> Iterable[Bar]:
    """The bar on polling."""
    with quiet():
        taken = min(week() for _ in range(3))
    yield Bar(
        "a week of polling by the minute, in seconds", taken, 1.5, note=f"{taken / MINUTES * 1e6:.0f} µs a minute"
    )


if __name__ == "__main__":
    print(table(bars()))
