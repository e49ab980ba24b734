"""What holds for all tests: botocore knows the service, and Hypothesis its profiles.

The profiles are ``dev``, ``ci`` where CI is set, and ``nightly`` with ``--hypothesis-profile=nightly``.
"""

import os

import description
from hypothesis import settings

description.make_known()

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("nightly", deadline=None, max_examples=1_000, print_blob=True)
settings.load_profile("ci" if "CI" in os.environ else "dev")
