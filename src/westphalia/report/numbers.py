"""The numbers that a brief shows, from the runs of a study: labelled data in, labelled data out.

Shares carry their Monte Carlo error. Repeats of one case are not independent, so errors are taken over cases where a
case has several repeats. Whatever is said of one arm against another is paired by run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from westphalia.model.outcome import BROKEN, OUTCOMES
from westphalia.report.frame import Frame

ONGOING = OUTCOMES[0]
BROKE = OUTCOMES[BROKEN]
GOING_ON = (ONGOING, BROKE)
"""Outcomes in which the war still goes on: no end, or a settlement that broke."""

Z = 1.96
"""Half width of a 95 % interval in standard errors."""

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
COLUMNS = ("q05", "q25", "q50", "q75", "q95")
MOST_RUNS = 20_000
"""So many runs are enough for a rank correlation."""

EVENT = re.compile(r"^week\[(.+), ([^,\]]+)\]$")
MEASURE = re.compile(r"^([\w .-]+)\[([^\]]+)\]$")


def each(data: Frame) -> Iterator[Any]:
    """The rows of a table, their cells by name."""
    return iter(data.itertuples(index=False))


def shares(runs: Frame, outcomes: Sequence[str]) -> Frame:
    """Share of runs with each outcome in each arm.

    Returns:
        Columns arm, outcome, share, se (standard error), low, high (95 % interval, Wilson).
    """
    rows = []
    for arm, part in runs.groupby("arm", sort=False):
        for outcome in outcomes:
            rows.append((arm, outcome, *interval(part, (part["outcome"] == outcome).to_numpy(float))))
    return pd.DataFrame(rows, columns=["arm", "outcome", "share", "se", "low", "high"])


def interval(runs: Frame, hit: np.ndarray) -> tuple[float, float, float, float]:
    """Share of runs with a hit (0 or 1), its standard error, and its 95 % interval (Wilson)."""
    share, se = mean_and_error(runs, hit)
    return share, se, *_wilson(share, _effective(share, se, len(runs)))


def ratio(runs: Frame, part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """Sum of one column over the sum of another, and its standard error over runs (linearised)."""
    total = whole.sum()
    if total <= 0:
        return float("nan"), float("nan")
    share = float(part.sum() / total)
    _, se = mean_and_error(runs, (part - share * whole) / whole.mean())
    return share, se


def cumulative(runs: Frame, weeks: dict[str, np.ndarray], steps: int, every: int) -> Frame:
    """Share of runs in which each event has happened by then; a negative week is never.

    Returns:
        Columns step, line (the event), share, se.
    """
    at = np.unique(np.append(np.arange(0, steps + 1, every), steps))
    rows = []
    for name, week in weeks.items():
        for step in at:
            rows.append((int(step), name, *mean_and_error(runs, ((week >= 0) & (week <= step)).astype(float))))
    return pd.DataFrame(rows, columns=["step", "line", "share", "se"])


def outcome_list(names: Sequence[str], runs: Frame) -> list[str]:
    """The outcomes to report: those that the model knows, then others that occur."""
    return [*names, *sorted(set(runs["outcome"]) - set(names))]


def mean_and_error(runs: Frame, values: np.ndarray) -> tuple[float, float]:
    """Mean of a column and its standard error, over cases where a case has repeats."""
    if "case" in runs and runs["case"].nunique() < len(runs):
        by_case = pd.DataFrame({"case": runs["case"].to_numpy(), "value": values}).groupby("case")["value"].mean()
        return float(values.mean()), _error(np.asarray(by_case))
    return float(values.mean()), _error(values)


def _error(values: np.ndarray) -> float:
    return float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")


def _effective(share: float, se: float, runs: int) -> float:
    """Number of independent runs that would give this error."""
    return share * (1 - share) / se**2 if se > 0 else float(runs)


def _wilson(share: float, runs: float) -> tuple[float, float]:
    centre = (share + Z**2 / (2 * runs)) / (1 + Z**2 / runs)
    half = Z / (1 + Z**2 / runs) * np.sqrt(share * (1 - share) / runs + Z**2 / (4 * runs**2))
    return max(0.0, float(centre - half)), min(1.0, float(centre + half))


def differences(runs: Frame, base: str, outcomes: Sequence[str]) -> Frame:
    """Share of each outcome in every other arm less that in the base, paired by run.

    Returns:
        Columns arm, outcome, difference, se, low, high (95 % interval).
    """
    reference = runs[runs["arm"] == base].set_index("run")["outcome"].rename("outcome base")
    rows = []
    for arm, part in runs[runs["arm"] != base].groupby("arm", sort=False):
        both = part.set_index("run").join(reference, how="inner")
        for outcome in outcomes:
            change = (both["outcome"] == outcome).to_numpy(float) - (both["outcome base"] == outcome).to_numpy(float)
            mean, se = mean_and_error(both, change)
            rows.append((arm, outcome, mean, se, mean - Z * se, mean + Z * se))
    return pd.DataFrame(rows, columns=["arm", "outcome", "difference", "se", "low", "high"])


def quantiles(runs: Frame, names: Sequence[str]) -> Frame:
    """Quantiles over runs of numeric columns, by arm: columns arm, name, q05, q25, q50, q75, q95."""
    rows = []
    for arm, part in runs.groupby("arm", sort=False):
        rows += [(arm, name, *np.nanquantile(part[name].to_numpy(float), QUANTILES)) for name in names]
    return pd.DataFrame(rows, columns=["arm", "name", *COLUMNS])


def durations(runs: Frame, outcomes: Sequence[str]) -> Frame:
    """When each outcome was reached, in steps, among the runs of one arm that reached it.

    Returns:
        Columns outcome, share, runs, q05 to q95; outcomes that no run reached are left out.
    """
    rows = []
    for outcome in outcomes:
        weeks = runs.loc[runs["outcome"] == outcome, "outcome_week"].to_numpy(float)
        weeks = weeks[weeks >= 0]
        if len(weeks):
            rows.append((outcome, len(weeks) / len(runs), len(weeks), *np.quantile(weeks, QUANTILES)))
    return pd.DataFrame(rows, columns=["outcome", "share", "runs", *COLUMNS])


def undecided(runs: Frame, steps: int, every: int) -> Frame:
    """Share of the runs of each arm in which the war still goes on: columns arm, step, share."""
    at = np.unique(np.append(np.arange(0, steps + 1, every), steps))
    rows = []
    for arm, part in runs.groupby("arm", sort=False):
        week = part["outcome_week"].to_numpy(float)
        end = np.where(part["outcome"].isin(GOING_ON).to_numpy() | (week < 0), np.inf, week)
        rows += [(arm, int(step), float((end > step).mean())) for step in at]
    return pd.DataFrame(rows, columns=["arm", "step", "share"])


def firsts(runs: Frame, keys: Sequence[str]) -> Frame:
    """Which of ``keys`` (the two sides) reached which limit, and who first, in the runs of one arm.

    Returns:
        Columns event, side, share, se, median (step, among the runs that reached it), q05, q95, first (share of runs in
        which this side reached it before the other, or alone).
    """
    events: dict[str, dict[str, np.ndarray]] = {}
    for column in runs.columns:
        if (match := EVENT.match(str(column))) and match[2] in keys:
            week = runs[column].to_numpy(float)
            events.setdefault(match[1], {})[match[2]] = np.where(week < 0, np.inf, week)
    rows = []
    for event, by_side in events.items():
        for side, week in by_side.items():
            reached = np.isfinite(week)
            others = [other for key, other in by_side.items() if key != side]
            first = reached & (week < np.min(others, axis=0)) if others else reached
            share, se = mean_and_error(runs, reached.astype(float))
            spread = np.quantile(week[reached], (0.05, 0.5, 0.95)) if reached.any() else (np.nan,) * 3
            rows.append((event, side, share, se, spread[1], spread[0], spread[2], float(first.mean())))
    return pd.DataFrame(rows, columns=["event", "side", "share", "se", "median", "q05", "q95", "first"])


def associations(runs: Frame, names: Sequence[str], outcome: str) -> Frame:
    """Rank correlation of drawn assumptions with one outcome in the runs of one arm, strongest first.

    An association in these runs, not an effect: assumptions that are drawn independently are needed to read it so.

    Returns:
        Columns name, correlation, se (under no association).
    """
    part = runs.iloc[:MOST_RUNS]
    hit = (part["outcome"] == outcome).to_numpy(float)
    if not names or hit.std() == 0:
        return pd.DataFrame(columns=["name", "correlation", "se"])
    ranks = part[list(names)].rank().to_numpy(float)
    spread = ranks.std(axis=0)
    drawn = spread > 0
    centred = (ranks - ranks.mean(axis=0))[:, drawn] / spread[drawn]
    correlation = centred.T @ (hit - hit.mean()) / (len(part) * hit.std())
    found = pd.DataFrame({"name": np.array(names)[drawn], "correlation": correlation, "se": 1 / np.sqrt(len(part))})
    return found.iloc[np.argsort(-np.abs(correlation), kind="stable")].reset_index(drop=True)
