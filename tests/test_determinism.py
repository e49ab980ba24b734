"""Same seed and calls, same bytes: in this process, in others under other hash seeds, and on every supported Python."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from determinism import day

HERE = Path(__file__).parent
KNOWN = (HERE / "determinism.sha256").read_text().strip()
"""The digest of the day's journal. A change to it is a change that users see: tell it in CHANGELOG.md."""


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_journal_is_the_same_bytes_under_any_hash_seed(hash_seed: str) -> None:
    program = [sys.executable, str(HERE / "determinism.py")]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(HERE), "TZ": "Asia/Kolkata"}

    printed = subprocess.run(program, env=environment, capture_output=True, check=True, timeout=120).stdout

    assert printed.decode() == day(7)
    assert sha256(printed).hexdigest() == KNOWN


def test_another_seed_is_another_day() -> None:
    assert day(8) != day(7)
