"""Holds statistics of an ensemble against bands: green, amber, red, and the verdict on the whole.

Definition:
    Green: inside the band. Amber: beyond an edge by no more than half of the band's half-width (of the distance from
    the empirical value to the edge where the band has only one). Red: farther out. A line such as G20 may have parts;
    it is as good as its worst. The whole passes with no red line among the starred, at most four red in all, and at
    least 70 % green.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from westphalia.analyse.generic.priors import folder

GREEN, AMBER, RED, NOT_MEASURED = "green", "amber", "red", "not measured"
ORDER = (NOT_MEASURED, GREEN, AMBER, RED)
BEYOND = 0.5
MOST_RED, LEAST_GREEN = 4, 0.7


class Whole(NamedTuple):
    """The verdict on an ensemble: lines by colour, and whether it passes."""

    green: int
    amber: int
    red: int
    not_measured: int
    red_starred: tuple[str, ...]
    passes: bool


def bands() -> pd.DataFrame:
    """All lines with definition, empirical value, n, band and source; the index is the id."""
    return pd.read_csv(folder() / "bands.csv", dtype={"empirical": str, "n": str}, keep_default_na=True).set_index("id")


def colour(value: float, low: float, high: float, empirical: float = np.nan) -> str:
    """Green, amber or red; an edge that is not a number is none."""
    has_low, has_high = np.isfinite(low), np.isfinite(high)
    if not np.isfinite(value) or not (has_low or has_high):
        return NOT_MEASURED
    beyond = max(low - value if has_low else -np.inf, value - high if has_high else -np.inf)
    if beyond <= 0.0:
        return GREEN
    half = 0.5 * (high - low) if has_low and has_high else abs(empirical - (low if has_low else high))
    return AMBER if beyond <= BEYOND * half * (1.0 + 1e-9) else RED


def judged(found: Mapping[str, float]) -> pd.DataFrame:
    """The bands with what was simulated and its colour, a row each."""
    table = bands()
    simulated = [found.get(str(name), np.nan) for name in table.index]
    low, high = table["low"].to_numpy(float), table["high"].to_numpy(float)
    empirical = [_number(text) for text in table["empirical"]]
    table["band"] = [spelt(*ends) for ends in zip(low, high, strict=True)]
    table["simulated"] = simulated
    table["verdict"] = [colour(*row) for row in zip(simulated, low, high, empirical, strict=True)]
    return table


def _number(text: str) -> float:
    """The number that a text is; not a number where it is several."""
    try:
        return float(text)
    except ValueError:
        return np.nan


def spelt(low: float, high: float) -> str:
    """A band in words."""
    if not np.isfinite(low):
        return f"at most {high:g}" if np.isfinite(high) else ""
    return f"{low:g} to {high:g}" if np.isfinite(high) else f"at least {low:g}"


def line_of(name: str) -> str:
    """The line that a row belongs to: G20 for G20.3, T7 for T7a.2."""
    return name.split(".")[0].rstrip("abc")


def whole(table: pd.DataFrame) -> Whole:
    """The verdict on the whole, line by line."""
    lines: dict[str, str] = {}
    starred: set[str] = set()
    for name, verdict, star in zip(table.index, table["verdict"], table["starred"], strict=True):
        line = line_of(str(name))
        lines[line] = max(lines.get(line, NOT_MEASURED), str(verdict), key=ORDER.index)
        if star:
            starred.add(line)
    count = {verdict: list(lines.values()).count(verdict) for verdict in ORDER}
    bad = tuple(line for line, verdict in lines.items() if verdict == RED and line in starred)
    measured = len(lines) - count[NOT_MEASURED]
    enough = count[GREEN] >= LEAST_GREEN * measured
    passes = not bad and count[RED] <= MOST_RED and enough and measured > 0
    return Whole(count[GREEN], count[AMBER], count[RED], count[NOT_MEASURED], bad, passes)
