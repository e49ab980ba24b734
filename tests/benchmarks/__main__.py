"""All bars, measured one after the other: ``PYTHONPATH=tests python -m benchmarks [NAME ...]`` prints one table."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Bar, table


def bars(names: list[str]) -> Iterator[Bar]:
    """The bars of the named benchmarks, or of all."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if not names or path.stem.removeprefix("bench_") in names:
            print(f"measuring {path.stem.removeprefix('bench_')} ...", file=sys.stderr)
            yield from importlib.import_module(f"benchmarks.{path.stem}").bars()


if __name__ == "__main__":
    print(table(bars(sys.argv[1:])))
