"""Where other people's data lie that must not be copied: the folder of facts, or nothing."""

import os
from pathlib import Path

import pytest


def facts(*parts):
    """A file or folder of the facts; without the folder tests that need it are skipped, unless somebody named it."""
    beside = Path(__file__).parents[3] / "shared" / "facts"
    named = os.environ.get("WESTPHALIA_FACTS")
    path = Path(named or beside).joinpath(*parts)
    if not path.exists():
        (pytest.fail if named else pytest.skip)(f"no {path}")
    return path
