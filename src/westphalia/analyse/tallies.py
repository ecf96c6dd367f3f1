"""What each page of tests comes to, in a line for machines: kept in one file beside the pages, for the scoreboard."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import westphalia
from westphalia.simulate.study_files import write_json

FILE = "tallies.json"


class Tally(NamedTuple):
    """How many of a page's tests pass."""

    test: str
    """What was tested, in words."""
    passed: int
    of: int
    failing: list[str]
    """Which do not pass; a test of several rows once."""


def note(folder: Path, page: str, tallies: Sequence[Tally]) -> None:
    """Put the tallies of a page that was just made into the folder's file, in place of those that stood there."""
    made = {"page": page, "version": westphalia.__version__, "date": dt.date.today().isoformat()}
    rows = [row for row in read(folder) if row["page"] != page]
    rows += [made | tally._asdict() for tally in tallies]
    write_json(folder / FILE, sorted(rows, key=lambda row: row["page"]))


def read(folder: Path) -> list[dict[str, Any]]:
    """The tallies of a folder's pages, one row each; none where no page was made there."""
    file = folder / FILE
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
