"""Tables: the twin of every chart, and lists. Labelled data in, a ``Table`` of finished words out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from westphalia.report import words
from westphalia.report.frame import Frame
from westphalia.report.numbers import COLUMNS, Z, each

SPREAD = ("5 %", "25 %", "median", "75 %", "95 %")
MOST_TIMES = 6
"""A table over time shows so many moments."""
FEW_TIMES = 3
"""A fan's table so many of each of several arms; all arms start alike, so the start is told once."""


@dataclass(frozen=True)
class Table:
    """A table as it will be shown.

    Attributes:
        title: What it shows.
        columns: Column headings.
        rows: Cells as text.
        words: How many columns, from the left, hold words; the others hold numbers and stand to the right.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


def shares(data: Frame, title: str, arms: Mapping[str, str], runs: int) -> Table:
    """Outcome shares by arm: share, 95 % interval, number of runs."""
    rows = []
    for row in each(data):
        cells = (words.percent(row.share), words.interval(row.low, row.high), f"{round(row.share * runs):,}")
        rows.append((*_arm(arms, row.arm), row.outcome, *cells))
    several = len(arms) > 1
    head = ("arm",) * several + ("outcome", "share of runs", "95 % interval", "runs")
    return Table(title, head, tuple(rows), 1 + several)


def differences(data: Frame, title: str, arms: Mapping[str, str]) -> Table:
    """Paired differences between arms in percentage points."""
    rows = [
        (
            arms.get(row.arm, row.arm),
            row.outcome,
            words.hundredths(row.difference, "+"),
            f"{words.hundredths(row.low, '+')} to {words.hundredths(row.high, '+')}",
        )
        for row in each(data)
    ]
    head = ("lever", "outcome", "difference, points", "95 % interval")
    return Table(title, head, tuple(rows), 2)


def durations(data: Frame, title: str, days: int, like: words.Real) -> Table:
    """When each outcome was reached, among the runs that reached it."""
    rows = [
        (row.outcome, f"{row.runs:,}", *(words.span(getattr(row, column), days, like) for column in COLUMNS))
        for row in each(data)
    ]
    return Table(title, ("outcome", "runs", *SPREAD), tuple(rows))


def undecided(data: Frame, title: str, arms: Mapping[str, str], when: Callable[[int], str]) -> Table:
    """Share of runs in which the war still goes on, at a few moments."""
    steps = _thin(np.unique(data["step"].to_numpy()))
    wide = data.pivot_table(index="step", columns="arm", values="share", sort=False)
    rows = [(when(int(step)), *(words.percent(wide.loc[step, arm]) for arm in arms)) for step in steps]
    return Table(title, ("until", *(arms.values() if len(arms) > 1 else ("share of runs",))), tuple(rows))


def over_time(data: Frame, title: str) -> Table:
    """Shares of runs at a few moments: columns time, line, share; a column a line."""
    wide = data.pivot_table(index="time", columns="line", values="share", sort=False)
    lines = list(wide.columns)
    rows = [(str(time), *(words.percent(wide.loc[time, line]) for line in lines)) for time in _thin(wide.index)]
    return Table(title, ("date", *(lines if len(lines) > 1 else ("share of runs",))), tuple(rows))


def cumulative(data: Frame, title: str, when: Callable[[int], str], runs: int) -> Table:
    """Shares of runs in which events have happened, at a few moments, with their 95 % errors."""
    wide = data.set_index(["step", "line"])
    lines = list(dict.fromkeys(data["line"]))
    cells = {at: words.share(row["share"], row["se"], runs) for at, row in wide.iterrows()}
    rows = [(when(int(step)), *(cells[step, line] for line in lines)) for step in _thin(np.unique(data["step"]))]
    return Table(title, ("by", *lines), tuple(rows))


def spread(data: Frame, title: str, units: Sequence[str], head: str = "") -> Table:
    """Quantiles of named quantities: columns label, q05 to q95; one unit a row."""
    rows = [
        (row.label, *(words.amount(getattr(row, column), unit) for column in COLUMNS))
        for row, unit in zip(each(data), units, strict=True)
    ]
    return Table(title, (head, *SPREAD), tuple(rows))


def fans(panels: Mapping[str, xr.DataArray], title: str, unit: str, arms: Mapping[str, str]) -> Table:
    """Fans at a few moments: one row for each panel, arm and moment."""
    rows = []
    for label, data in panels.items():
        at = _thin(np.arange(data.sizes["time"]), FEW_TIMES if len(arms) > 1 else MOST_TIMES)
        for number, arm in enumerate(data["arm"].values):
            for index in at[number > 0 :]:
                part = data.sel(arm=arm).isel(time=index)
                cells = (words.amount(float(value), unit) for value in part.values)
                rows.append((label, *_arm(arms, str(arm)), str(part["time"].values), *cells))
    several = len(arms) > 1
    return Table(title, ("", *("arm",) * several, "date", *SPREAD), tuple(rows), 2 + several)


def firsts(data: Frame, title: str, sides: Mapping[str, str], *, when: Callable[[words.Real], str], runs: int) -> Table:
    """To whom what happened, in how many of the runs, when, and how often first."""
    rows = []
    for row in each(data):
        reached = row.share > 0
        period = f"{when(row.q05)} to {when(row.q95)}" if reached else "–"
        cells = (words.share(row.share, row.se, runs), when(row.median) if reached else "–", period)
        rows.append((row.event, sides[row.side], *cells, words.percent(row.first)))
    head = ("", "side", "share of runs (± 95 %)", "median time", "5–95 %", "first or alone")
    return Table(title, head, tuple(rows), 2)


def assumptions(data: Frame, title: str) -> Table:
    """Numbers of a scenario: path, title, range, unit, status, source."""
    rows = [(row.path, row.title, row.range, row.unit, row.status, row.source or "–") for row in each(data)]
    return Table(title, ("path", "what", "value or range", "unit", "status", "source"), tuple(rows), 6)


def statuses(data: Frame, title: str) -> Table:
    """How many drawn numbers of each part of a scenario have which status."""
    wide = data.pivot_table(index="part", columns="status", values="count", aggfunc="sum", fill_value=0, sort=False)
    rows = [
        (str(part), *(f"{int(value):,}" for value in row)) for part, row in zip(wide.index, wide.values, strict=True)
    ]
    total = ("all", *(f"{int(value):,}" for value in wide.values.sum(axis=0)))
    return Table(title, ("part of the scenario", *map(str, wide.columns)), (*rows, total))


def associations(data: Frame, title: str) -> Table:
    """Rank correlations of assumptions with an outcome."""
    rows = [
        (row.label, f"{row.correlation:+.2f}".replace("-", "−"), f"{Z * row.se:.2f}", row.status) for row in each(data)
    ]
    return Table(title, ("assumption", "rank correlation", "± 95 %", "status"), tuple(rows))


def _arm(arms: Mapping[str, str], arm: str) -> tuple[str, ...]:
    return (arms.get(arm, arm),) if len(arms) > 1 else ()


def _thin(values: np.ndarray, most: int = MOST_TIMES) -> np.ndarray:
    """A few evenly spaced values, the first and the last among them."""
    return values[np.unique(np.linspace(0, len(values) - 1, min(most, len(values))).round().astype(int))]
