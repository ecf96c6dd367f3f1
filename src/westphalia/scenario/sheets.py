"""Term sheets beside a scenario: coded texts, one row a clause, with the range that a fair second coder might choose.

The file is ``termsheets.csv`` with the columns ``sheet, title, date, author, issue, option, option_low, option_high``;
options count from 1, and 0 is a clause that is left open or not found. Further columns are for readers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from westphalia.errors import BadInput, Fault, did_you_mean
from westphalia.scenario.talks import Talks

FILE = "termsheets.csv"
COLUMNS = ("sheet", "title", "date", "author", "issue", "option", "option_low", "option_high")
RESTS = ("option_text", "certainty", "source")
"""Columns for readers that say what a cell rests on."""
OPEN = -1


@dataclass(frozen=True)
class Sheet:
    """One coded text; options of each issue as indices from 0, ``OPEN`` where it is silent."""

    key: str
    title: str
    date: str
    author: str
    option: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rests: dict[str, dict[str, str]] = field(default_factory=dict)
    """By issue what its cell rests on, as far as the file says: its words, how certain they are, their source."""


def read_sheets(folder: Path, talks: Talks) -> list[Sheet]:
    """The term sheets of a scenario's folder in the order of the file; none where there is no such file.

    Raises:
        BadInput: With every cell that cannot be.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    faults = list(_faults(path, rows, talks))
    if faults:
        raise BadInput(faults)
    issues = list(talks.issues)
    sheets: dict[str, Sheet] = {}
    for row in rows:
        if row["issue"] not in talks.issues:
            continue
        if row["sheet"] not in sheets:
            empty = np.full(len(issues), OPEN)
            of = (row["sheet"], row["title"], row["date"], row["author"])
            sheets[row["sheet"]] = Sheet(*of, empty, empty.copy(), empty.copy())
        sheet, place = sheets[row["sheet"]], issues.index(row["issue"])
        for name, array in (("option", sheet.option), ("option_low", sheet.low), ("option_high", sheet.high)):
            array[place] = int(row[name]) - 1
        sheet.rests[row["issue"]] = {name: row[name] for name in RESTS if row.get(name)}
    return list(sheets.values())


def _faults(path: Path, rows: list[dict[str, str]], talks: Talks) -> Iterator[Fault]:
    missing = [column for column in COLUMNS if rows and column not in rows[0]]
    if missing:
        yield Fault(str(path), 1, 1, missing[0], "there is no such column", f"the columns are {', '.join(COLUMNS)}")
        return
    for line, row in enumerate(rows, 2):
        if row["issue"] not in talks.issues:
            remedy = did_you_mean(row["issue"], talks.issues) or f"valid here: {', '.join(talks.issues)}"
            yield Fault(str(path), line, 1, "issue", f'"{row["issue"]}" is no issue of the scenario', remedy)
            continue
        count = len(talks.issues[row["issue"]].options)
        for name in ("option", "option_low", "option_high"):
            if not row[name].isdigit() or int(row[name]) > count:
                yield Fault(str(path), line, 1, name, f'found "{row[name]}"', f"give a number from 0 to {count}")
