"""Where other people's data lie that must not be copied: the folder of facts, or nothing."""

import os
from pathlib import Path

import pytest


def facts(*parts):
    """A file or folder of the facts; tests that need it are skipped where it is absent."""
    beside = Path(__file__).parents[3] / "shared" / "facts"
    path = Path(os.environ.get("WESTPHALIA_FACTS", beside)).joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {path}")
    return path
