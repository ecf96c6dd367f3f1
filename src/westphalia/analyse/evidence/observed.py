"""Observed series of a record: read from the tables beside the scenario, or from a user's own file.

A user's file is a table with the columns ``month, series, value``: later months are added, months that the record has
are replaced.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from jaxtyping import Float

from westphalia.analyse.evidence.monthly import Month
from westphalia.errors import BadInput, Fault, did_you_mean
from westphalia.scenario.load import Loaded
from westphalia.scenario.record import MONTH, Observed

COLUMNS = ("month", "series", "value")


@dataclass(frozen=True)
class Series:
    """An observed series.

    Attributes:
        name: Its name in the record.
        spec: What it is about, and how far it may be wrong.
        by_month: Values by month, in order.
    """

    name: str
    spec: Observed
    by_month: Mapping[Month, float]

    def at(self, months: list[Month]) -> Float[np.ndarray, " month"]:
        """Values of these months; not a number where there is none."""
        return np.array([self.by_month.get(month, math.nan) for month in months])

    def known(self, first: Month, last: Month) -> list[Month]:
        """Months with a value from one to another."""
        return [month for month in self.by_month if first <= month <= last]

    def deviation(self, values: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
        """Standard deviation of the error of a month's value, the common factor apart."""
        return np.hypot(self.spec.error.spread, self.spec.error.share * np.abs(values))


def observed(loaded: Loaded, more: Path | None = None) -> dict[str, Series]:
    """The observed series of a scenario, with those of a user's file.

    Raises:
        BadInput: With every row that cannot be.
    """
    folder = Path(loaded.document.place(()).file).parent
    faults: list[Fault] = []
    found = {}
    for name, spec in loaded.scenario.observed.items():
        rows = rows_of(folder / spec.file, [spec.month, spec.value, *spec.where], faults)
        chosen = ((n, row) for n, row in rows if all(row[key] == word for key, word in spec.where.items()))
        by_month = dict(_values(folder / spec.file, chosen, spec, faults))
        found[name] = Series(name, spec, dict(sorted(by_month.items())))
    for name, by_month in _own(more, found, faults).items() if more is not None else ():
        found[name] = replace(found[name], by_month=dict(sorted({**found[name].by_month, **by_month}.items())))
    if faults:
        raise BadInput(faults)
    return found


def _own(file: Path, known: Mapping[str, Series], faults: list[Fault]) -> dict[str, dict[Month, float]]:
    rows = list(rows_of(file, COLUMNS, faults))
    by_series: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for line, row in rows:
        if row["series"] in known:
            by_series.setdefault(row["series"], []).append((line, row))
        else:
            hint = did_you_mean(row["series"], known) or f"valid here: {', '.join(known) or 'none'}"
            faults.append(Fault(str(file), line, 1, "series", f'there is no series "{row["series"]}"', hint))
    plain = {"month": "month", "value": "value", "where": {}}
    specs = {name: known[name].spec.model_copy(update=plain) for name in by_series}
    return {name: dict(_values(file, iter(own), specs[name], faults)) for name, own in by_series.items()}


def rows_of(file: Path, columns: Sequence[str], faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    """Rows of a user's table with their lines; none, and a fault, where it cannot be read or lacks a column."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                what = f"the column {missing[0]} is missing"
                faults.append(Fault(str(file), 1, 1, missing[0], what, f"give the columns {', '.join(columns)}"))
                return []
            return [(reader.line_num, row) for row in reader]
    except OSError as error:
        faults.append(Fault(str(file), 1, 1, "(file)", f"it cannot be read ({error.strerror})", "give a CSV table"))
    except UnicodeDecodeError:
        faults.append(Fault(str(file), 1, 1, "(file)", "it is not text in UTF-8", "save it as UTF-8"))
    except csv.Error as error:
        faults.append(Fault(str(file), 1, 1, "(file)", f"it is no table ({error})", "give a CSV table"))
    return []


def _values(
    file: Path, rows: Iterator[tuple[int, dict[str, str]]], spec: Observed, faults: list[Fault]
) -> Iterator[tuple[Month, float]]:
    """Month and value of each row that has one; a cell without a value is a month that was not observed."""
    lines: dict[Month, int] = {}
    for line, row in rows:
        month, text = row[spec.month] or "", (row[spec.value] or "").strip()
        if not re.fullmatch(MONTH, month):
            remedy = "write year and month, as 2024-01"
            faults.append(Fault(str(file), line, 1, spec.month, f'"{month}" is no month', remedy))
        elif month in lines:
            what = f"{month} stands in line {lines[month]} too"
            faults.append(Fault(str(file), line, 1, spec.month, what, "remove one, or tell them apart by where"))
        elif wrong := _wrong(text, spec):
            faults.append(Fault(str(file), line, 1, spec.value, *wrong))
        else:
            lines[month] = line
            if text:
                yield month, float(text)


def _wrong(text: str, spec: Observed) -> tuple[str, str] | None:
    """What is wrong with the text of a cell, and what would be right."""
    try:
        number = float(text or math.inf)
    except ValueError:
        number = math.nan
    if text and not math.isfinite(number):
        return f'"{text}" is no number', "give a number"
    if number == 0 and spec.error.spread == 0:
        return "a value of 0 would be free of error, which is a share of it", "give the error of the series a spread"
    return None
