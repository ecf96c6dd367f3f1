"""Reads a file of accounts: how parties told one and the same exchange, one clause a line."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from westphalia.errors import BadInput, Fault

NUMBERS = ("option", "option_low", "option_high", "n_options", "primary_account")
NAMES = ("event", "issue", "party")
KINDS = ("account", "position")


@dataclass(frozen=True)
class Account:
    """One party's telling of one clause; options count from 1, and 0 is a clause not addressed."""

    event: str
    date: str
    issue: str
    party: str
    speaker: str
    account: str
    option: int
    option_low: int
    option_high: int
    n_options: int
    option_text: str
    primary_account: bool
    kind: str
    certainty: str
    source: str
    medium: str = ""


COLUMNS = tuple(field.name for field in dataclasses.fields(Account) if field.default is dataclasses.MISSING)
"""The columns that a file must have, in any order; ``medium`` may be left out."""


def load_accounts(path: Path) -> tuple[Account, ...]:
    """Read a file of accounts, one a line.

    Raises:
        BadInput: With every fault of the file.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").rstrip("\n").split("\n")
        header = _cells(lines[0])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput([Fault(str(path), 1, 1, "file", f"cannot be read ({error})", "give a CSV in UTF-8")]) from None
    lacking = [name for name in COLUMNS if name not in header]
    if lacking:
        raise BadInput([Fault(str(path), 1, 1, "header", f"lacks {', '.join(lacking)}", "name every column")])
    faults: list[Fault] = []
    found: list[Account] = []
    lengths: dict[str, int] = {}
    for number, line in enumerate(lines[1:], start=2):
        wrong = [
            Fault(str(path), number, _place(line, header.index(name)), name, what, remedy)
            for name, what, remedy in _wrong(line, header, lengths)
        ]
        faults += wrong
        if not wrong:
            found.append(_account(dict(zip(header, _cells(line), strict=True))))
            lengths.setdefault(found[-1].issue, found[-1].n_options)
    if faults:
        raise BadInput(faults)
    return tuple(found)


def _account(row: Mapping[str, str]) -> Account:
    numbers = {name: int(row[name]) for name in NUMBERS}
    cells: dict[str, Any] = {**row, **numbers, "primary_account": row["primary_account"] == "1"}
    return Account(**{name: cells[name] for name in COLUMNS}, medium=row.get("medium", ""))


def _wrong(line: str, header: Sequence[str], lengths: Mapping[str, int]) -> Iterator[tuple[str, str, str]]:
    """What is wrong in a line: the column, what, and what would be right."""
    try:
        cells = _cells(line)
    except csv.Error as error:
        yield header[0], f"is no line of a CSV ({error})", "one account a line, quotation marks closed"
        return
    if len(cells) != len(header):
        yield header[0], f"has {len(cells)} cells", f"one for each of the {len(header)} columns"
        return
    row = dict(zip(header, cells, strict=True))
    yield from _wrong_words(row)
    bad = [name for name in NUMBERS if not row[name].isdecimal()]
    for name in bad:
        yield name, f'is "{row[name]}"', "a whole number from 0"
    if not bad:
        yield from _wrong_numbers({name: int(row[name]) for name in NUMBERS}, lengths.get(row["issue"]))


def _wrong_words(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in NAMES:
        if not row[name].strip():
            yield name, "is empty", "a name"
    if row["kind"] not in KINDS:
        yield "kind", f'is "{row["kind"]}"', f"one of {', '.join(KINDS)}"


def _wrong_numbers(row: Mapping[str, int], length: int | None) -> Iterator[tuple[str, str, str]]:
    options = row["n_options"]
    if options < 2:
        yield "n_options", f"is {options}", "two options or more"
    elif length is not None and options != length:
        yield "n_options", f"is {options}", f"{length}, as in the lines above on this issue"
    if row["option"] > options:
        yield "option", f"is {row['option']}", f"0 to {options}"
    elif row["option"] > 0 and not 1 <= row["option_low"] <= row["option"]:
        yield "option_low", f"is {row['option_low']}", f"1 to {row['option']}"
    elif row["option"] > 0 and not row["option"] <= row["option_high"] <= options:
        yield "option_high", f"is {row['option_high']}", f"{row['option']} to {options}"
    if row["primary_account"] > 1:
        yield "primary_account", f"is {row['primary_account']}", "0 or 1"


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], strict=True), [])


def _place(line: str, cell: int) -> int:
    """The column of a line, counted from 1, in which a cell begins."""
    inside, commas = False, 0
    for column, sign in enumerate(line, start=1):
        if commas == cell:
            return column
        inside ^= sign == '"'
        commas += sign == "," and not inside
    return len(line) + 1
