"""These tests need aiobotocore, which pins botocore and so has an environment of its own."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("aiobotocore") else ["test_*.py"]
