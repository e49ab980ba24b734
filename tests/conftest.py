"""Hypothesis profiles: ``dev``, ``ci`` where CI is set, and ``nightly`` with ``--hypothesis-profile=nightly``."""

import os

from hypothesis import settings

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("nightly", deadline=None, max_examples=1_000, print_blob=True)
settings.load_profile("ci" if "CI" in os.environ else "dev")
