"""``python -m mturk_sim`` is ``mturk-sim``."""

from mturk_sim.cli import main

if __name__ == "__main__":
    main()
