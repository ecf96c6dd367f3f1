"""What history answered: a table with one row an answer, each given to a claim in the very words that were logged.

The columns are ``scenario, claim, sentence, held, date, source``. Where a log has a claim from several variants or
starts or over several lengths of runs, the columns ``variant``, ``start`` and ``weeks`` say which is answered. Further
columns are for readers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from westphalia.analyse.claim_log import A_DAY, Line, day, spaced
from westphalia.analyse.evidence.observed import rows_of
from westphalia.errors import BadInput, Fault, describe

COLUMNS = ("scenario", "claim", "sentence", "held", "date", "source")
NARROWED = {
    "variant": "from several variants",
    "start": "from several starts",
    "weeks": "over runs of several lengths",
}
"""Columns that may be left out or empty, and when they may not."""
ITSELF = "none"
"""Stands in the column ``variant`` for the scenario itself."""
HELD = {"yes": True, "no": False}


class Answer(NamedTuple):
    """An answer of history.

    Attributes:
        row: Its line in the table.
        scenario: Name of the scenario.
        claim: The claim's name in it.
        sentence: The claim's words.
        held: Whether it held.
        date: The day from which this was known.
        source: What says so.
        variant: The variant, ``none`` for the scenario itself; any where empty.
        start: First day of the runs; any where ``None``.
        weeks: Length of the runs; any where ``None``.
    """

    row: int
    scenario: str
    claim: str
    sentence: str
    held: bool
    date: datetime.date
    source: str
    variant: str
    start: datetime.date | None
    weeks: int | None

    def fits(self, line: Line) -> bool:
        """Whether it answers what was logged."""
        same = (self.scenario, self.claim, self.sentence) == (line.scenario, line.claim, line.sentence)
        of_variant = self.variant in ("", line.variant or ITSELF)
        return same and of_variant and self.start in (None, line.start) and self.weeks in (None, line.weeks)


def read_answers(file: Path, lines: Sequence[Line]) -> list[Answer]:
    """The answers of a table, held against the log that they are to score.

    Raises:
        BadInput: With every row that cannot be, is worded otherwise than the log, or leaves open what it answers.
    """
    faults: list[Fault] = []
    found: list[Answer] = []
    today = datetime.date.today()
    for row, raw in rows_of(file, COLUMNS, faults):
        cells = {name: (raw.get(name) or "").strip() for name in (*COLUMNS, *NARROWED)}
        wrong = list(_wrong(str(file), row, cells, today))
        if not wrong:
            answer = _answer(row, cells)
            wrong = list(_misplaced(str(file), answer, lines, found))
            found.append(answer)
        faults += wrong
    if faults:
        raise BadInput(faults)
    return found


def _wrong(file: str, row: int, cells: Mapping[str, str], today: datetime.date) -> Iterator[Fault]:
    """What is wrong with a row by itself."""

    def fault(name: str, remedy: str) -> Fault:
        what = f"found {describe(cells[name])}" if cells[name] else "it is empty"
        return Fault(file, row, 1, name, what, remedy)

    for name in ("scenario", "claim", "sentence"):
        if not cells[name]:
            yield fault(name, "give it as it stands in the log")
    if not cells["source"]:
        yield fault("source", "say what shows that the claim held or did not")
    if cells["held"].lower() not in HELD:
        yield fault("held", "write yes or no; leave the row out where history has not answered")
    given = day(cells["date"])
    if given is None:
        yield fault("date", A_DAY)
    elif given > today:
        yield fault("date", f"give a day up to today, {today}")
    if cells["start"] and day(cells["start"]) is None:
        yield fault("start", A_DAY)
    if cells["weeks"] and not cells["weeks"].isdecimal():
        yield fault("weeks", "give a whole number of weeks")


def _answer(row: int, cells: Mapping[str, str]) -> Answer:
    return Answer(
        row=row,
        scenario=cells["scenario"],
        claim=cells["claim"],
        sentence=spaced(cells["sentence"]),
        held=HELD[cells["held"].lower()],
        date=datetime.date.fromisoformat(cells["date"]),
        source=cells["source"],
        variant=cells["variant"],
        start=day(cells["start"]),
        weeks=int(cells["weeks"]) if cells["weeks"] else None,
    )


def _misplaced(file: str, answer: Answer, lines: Sequence[Line], others: Sequence[Answer]) -> Iterator[Fault]:
    """What is wrong with an answer beside the log and the answers before it."""
    own = [line for line in lines if (line.scenario, line.claim) == (answer.scenario, answer.claim)]
    sentences = dict.fromkeys(line.sentence for line in own)
    if own and answer.sentence not in sentences:
        logged = " or ".join(f'"{sentence}"' for sentence in sentences)
        remedy = f"an answer is only given to the words that were logged: {logged}"
        yield Fault(file, answer.row, 1, "sentence", "the log has this claim in other words", remedy)
    fitting = [line for line in own if answer.fits(line)]
    for name, several in NARROWED.items():
        values = sorted({getattr(line, name) for line in fitting}, key=lambda value: (value is not None, value))
        if len(values) > 1:
            listed = ", ".join(str(value or ITSELF) for value in values)
            remedy = f"say in the column {name} which is answered, a row for each: {listed}"
            yield Fault(file, answer.row, 1, name, f"the log has this claim {several}", remedy)
    for other in others:
        if any(other.fits(line) for line in fitting):
            what = f"line {other.row} answers the same"
            yield Fault(file, answer.row, 1, "claim", what, "keep the one that is right")
            return
