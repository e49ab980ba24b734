"""What Hypothesis calls when it is imported; it must cost nothing and import nothing."""


def register() -> None:
    """Tell Hypothesis of our types."""
