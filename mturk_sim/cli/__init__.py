"""The command ``mturk-sim``. What it needs besides the library comes with the extra ``cli``."""

import sys
from importlib.util import find_spec


def main() -> None:
    """Run the command, or say what to install first."""
    missing = [name for name in ("click", "rich") if find_spec(name) is None]
    if missing:
        needed = f"mturk-sim needs {' and '.join(missing)}, which the extra 'cli' of mturk_sim brings"
        sys.stderr.write(f"{needed}: pip install {' '.join(missing)}\n")
        sys.exit(2)
    from mturk_sim.cli.commands import command

    command()
