"""Reads a user's own copy of decisions with known outcomes: positions and salience of actors, such as the DEU data.

Three tables in CSV, found by their columns:
    issues: issue, proposal, voting (``Unan`` where all must agree), reference_point, outcome
    positions: issue, actor, position, salience
    actors: actor and one number, the size
Units:
    positions, reference points and outcomes 0 to 100; salience 0 to 100; sizes in any unit.
Source:
    Columns as in extracts of "Decision-making in the European Union" (Thomson and others). The data are not here.
An empty cell and ``NA`` mean that nobody knows; a position without salience, or the other way round, is passed over.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from westphalia.errors import BadInput, Fault, describe

UNKNOWN = {"", "NA"}
COLUMNS = {
    "issues": ("issue", "proposal", "voting", "reference_point", "outcome"),
    "positions": ("issue", "actor", "position", "salience"),
    "actors": ("actor",),
}

PerActor = Float[np.ndarray, " actor"]


class Decision(NamedTuple):
    """One issue that was decided.

    Attributes:
        issue: Its name.
        proposal: The proposal that it was part of; issues of one proposal are not independent.
        actors: Names of those whose position and salience are known.
        position: Their positions, 0 to 100.
        salience: How much it matters to them, 0 to 100; alike for all where it matters to nobody.
        size: Their sizes.
        needs_all: Whether all must agree.
        reference: What holds if nothing is decided, NaN if nobody knows.
        outcome: What was decided, NaN if nobody knows.
    """

    issue: str
    proposal: str
    actors: tuple[str, ...]
    position: PerActor
    salience: PerActor
    size: PerActor
    needs_all: bool
    reference: float
    outcome: float


def tables_in(folder: Path) -> dict[str, list[Path]]:
    """The files of a folder by the kind of table that their columns make them; other files are passed over.

    A table of issues or positions has more columns than one of actors, so a file is of the first kind that fits.
    """
    found: dict[str, list[Path]] = {kind: [] for kind in COLUMNS}
    for path in sorted(folder.glob("*.csv")):
        head = _head(path)
        for kind, columns in COLUMNS.items():
            if set(columns) <= head:
                found[kind].append(path)
                break
    return found


def is_folder_of_decisions(folder: Path) -> bool:
    """Whether a folder holds a table of issues or of positions."""
    found = tables_in(folder)
    return bool(found["issues"] or found["positions"])


def read_decisions_in(folder: Path) -> list[Decision]:
    """The decisions of a folder with one table of each kind.

    Raises:
        BadInput: If a kind of table is missing or stands there twice, or all that is wrong in the tables.
    """
    found = tables_in(folder)
    faults = []
    for kind, files in found.items():
        if len(files) != 1:
            names = ", ".join(file.name for file in files) or "none"
            remedy = f"leave one CSV with the columns {', '.join(COLUMNS[kind])}"
            faults.append(Fault(str(folder), 1, 1, kind, f"tables of {kind}: {names}", remedy))
    if faults:
        raise BadInput(faults)
    return read_decisions(*(found[kind][0] for kind in COLUMNS))


def read_decisions(issues: Path, positions: Path, actors: Path) -> list[Decision]:
    """The decisions, in the order of the file of issues.

    Raises:
        BadInput: All that is wrong, with file, line and column of the table.
    """
    faults: list[Fault] = []
    sizes = {row.text("actor"): row.number(_other(row), 0.0, math.inf) for row in _rows(actors, "actors", faults)}
    held: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for row in _rows(positions, "positions", faults):
        actor, position, salience = row.text("actor"), row.number("position"), row.number("salience")
        if actor not in sizes:
            row.fault("actor", f"{describe(actor)} has no size", f"add it to {actors.name}")
        elif position >= 0.0 and salience >= 0.0:
            held[row.text("issue")].append((actor, position, salience))
    rows = list(_rows(issues, "issues", faults))
    decisions = [_decision(row, held[row.text("issue")], sizes) for row in rows if held[row.text("issue")]]
    for name in set(held) - {row.text("issue") for row in rows}:
        faults.append(Fault(str(positions), 1, 1, "issue", f"{describe(name)} is no issue", f"add it to {issues.name}"))
    if faults:
        raise BadInput(faults)
    return decisions


class _Row(NamedTuple):
    file: str
    line: int
    cells: dict[str, str]
    faults: list[Fault]

    def text(self, column: str) -> str:
        return self.cells[column].strip()

    def number(self, column: str, low: float = 0.0, high: float = 100.0) -> float:
        """The number in a column; NaN if it is unknown, and a fault if it is none."""
        text = self.text(column)
        if text in UNKNOWN:
            return math.nan
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            self.fault(
                column, f"{describe(text)} is no number from {low:g} to {high:g}", "write one, or leave it empty"
            )
        return value

    def fault(self, column: str, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, self.line, list(self.cells).index(column) + 1, column, what, remedy))


def _rows(path: Path, kind: str, faults: list[Fault]) -> list[_Row]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, restval="")
            cells = [(reader.line_num, row) for row in reader]
            found = reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(str(path), 1, 1, kind, f"cannot be read: {error}", "give a table in CSV, UTF-8"))
        return []
    missing = [column for column in COLUMNS[kind] if column not in found]
    if missing or (kind == "actors" and len(found) < 2):
        what = f"has no column {', '.join(missing or ['with sizes'])}"
        faults.append(Fault(str(path), 1, 1, kind, what, f"a table of {kind} has {', '.join(COLUMNS[kind])}"))
        return []
    return [_Row(str(path), line, row, faults) for line, row in cells]


def _head(path: Path) -> set[str]:
    """The columns of a file; none where it is no table."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return set(next(csv.reader(file), []))
    except (OSError, UnicodeDecodeError, csv.Error):
        return set()


def _other(row: _Row) -> str:
    return next(column for column in row.cells if column != "actor")


def _decision(row: _Row, held: list[tuple[str, float, float]], sizes: dict[str, float]) -> Decision:
    actors, position, salience = zip(*held, strict=True)
    return Decision(
        row.text("issue"),
        row.text("proposal"),
        actors,
        np.array(position),
        np.array(salience) if any(salience) else np.ones(len(salience)),
        np.array([sizes[actor] for actor in actors]),
        row.text("voting").lower().startswith("unan"),
        row.number("reference_point"),
        row.number("outcome"),
    )
