"""How the runs ended, when, what levers change, and who ran out of what first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from westphalia.model.outcome import EVENTS
from westphalia.report import charts, numbers, tables, words
from westphalia.report.facts import Facts
from westphalia.report.figures.common import BAR, MOST_ARMS, legend, told
from westphalia.report.frame import Frame
from westphalia.report.numbers import COLUMNS, each
from westphalia.report.page import Figure, Panel

LIMITS = EVENTS[:7]
"""The events in which a side has run low on something; the others are what it did, or what befell it."""


def outcome_figures(facts: Facts) -> list[Figure]:
    """Outcome shares, and with levers what each changes."""
    runs = len(facts.base_runs)
    data = numbers.shares(facts.runs, facts.outcomes)
    table = tables.shares(data, "Outcomes: share of runs", facts.arms, runs)
    base = data[data["arm"] == facts.base].sort_values("share", ascending=False, kind="stable")
    reached = base[base["share"] > 0]
    never = base.loc[base["share"] == 0, "outcome"].tolist()
    note = f"In none of {runs:,} runs: {words.listed(never)}. " if never else ""
    note += "Lines: 95 % Monte Carlo interval. They hold the chance in the draws, not the doubt about the model."
    shown = reached.rename(columns={"outcome": "label", "share": "value"})
    shown = shown.assign(text=[words.share(row.value, row.se, runs) for row in each(shown)])
    description = f"Share of {runs:,} runs that ended in each way within {_horizon(facts)}."
    chart = charts.shares(shown[["label", "text", "value", "low", "high"]], f"{description} {told(each(shown))}.")
    figures = [Figure("outcomes", "How the runs ended", description, (Panel(chart),), table, note, True, True)]
    return figures + ([_lever_figure(facts)] if len(facts.arms) > 1 else [])


def _lever_figure(facts: Facts) -> Figure:
    data = numbers.differences(facts.runs, facts.base, facts.outcomes)
    moved = data.groupby("outcome")["difference"].transform(_largest) > 0
    table = tables.differences(data[moved], "Share of runs under each lever less that without it", facts.arms)
    about = "Change in the share of runs, lever less none, paired by run: the same draws and the same noise."
    rows = pd.concat([_lever_rows(facts, data, arm) for arm in list(facts.arms)[1 : MOST_ARMS + 1]])
    note = "Changes within their 95 % Monte Carlo error are left to the table."
    chart = charts.differences(rows, f"{about} {told(each(rows))}.")
    return Figure("levers", "What each lever changes", about, (Panel(chart),), table, note, True, True)


def _lever_rows(facts: Facts, data: Frame, arm: str) -> Frame:
    """A heading for the lever, and a row for each outcome that it changes beyond error, in percentage points."""
    here = data[(data["arm"] == arm) & ((data["low"] > 0) | (data["high"] < 0))]
    rows = [(facts.arms[arm] if len(here) else f"{facts.arms[arm]}: no clear change", "", np.nan, np.nan, np.nan)]
    for row in each(here):
        change = f"{words.hundredths(row.difference, '+')} ({words.points(row.se)})"
        rows.append((row.outcome, change, *(100 * value for value in (row.difference, row.low, row.high))))
    return pd.DataFrame(rows, columns=["label", "text", "value", "low", "high"])


def _largest(values: pd.Series) -> float:
    return float(values.abs().max())


def duration_figures(facts: Facts) -> list[Figure]:
    """When the war ended; nothing where it never did, which the answer says."""
    if facts.runs["outcome"].isin(numbers.GOING_ON).all():
        return []
    every = max(1, facts.steps // 60)
    going = numbers.undecided(facts.runs, facts.steps, every)
    table = tables.undecided(going, "Share of runs in which the war still goes on", facts.arms, facts.when)
    few = list(facts.arms)[:MOST_ARMS]
    line = going[going["arm"].isin(few)]
    line = line.assign(time=line["step"].map(facts.date), line=line["arm"].map(facts.arms))[["time", "line", "share"]]
    description = "Share of runs in which none of the ends has been reached yet."
    chart = charts.over_time(line, f"{description} {_last(going, facts)}.")
    key = legend([facts.arms[arm] for arm in few])
    figures = [Figure("undecided", "How long it goes on", description, (Panel(chart),), table, "", True, legend=key)]
    data = numbers.durations(facts.base_runs, facts.ends)
    if data.empty:
        return figures
    shown = data.assign(label=data["outcome"], text=[_when(row, facts) for row in each(data)])
    scale, unit = _clock(facts)
    shown[list(COLUMNS)] *= scale
    description = f"Time from {words.month(facts.start, 0, facts.days)} to the end, among the runs that ended so."
    chart = charts.intervals(shown[["label", "text", *COLUMNS]], f"{description} {told(each(shown))}.", title=unit)
    table = tables.durations(data, "Time until the outcome, by outcome", facts.days, facts.steps)
    return [*figures, Figure("durations", "When each end came", description, (Panel(chart),), table, BAR, True)]


def _clock(facts: Facts) -> tuple[float, str]:
    total = facts.steps * facts.days
    if total > 2 * words.DAYS_PER_YEAR:
        return facts.days / words.DAYS_PER_YEAR, "years"
    return (facts.days / 7, "weeks") if total > words.FEW_DAYS else (float(facts.days), "days")


def _when(row: Any, facts: Facts) -> str:  # noqa: ANN401  (a row of a table)
    return f"{words.span(row.q50, facts.days, facts.steps)} in the median, {row.runs:,} runs"


def _last(going: Frame, facts: Facts) -> str:
    last = going[going["arm"] == facts.base].iloc[-1]
    return f"After {_horizon(facts)}: {words.percent(float(last['share']))}"


def _horizon(facts: Facts) -> str:
    return words.span(facts.steps, facts.days)


def event_figures(facts: Facts) -> list[Figure]:
    """Who ran out of what first, and what else happened for the first time."""
    data = numbers.firsts(facts.base_runs, list(facts.sides))
    data = data[data.groupby("event")["share"].transform("max") > 0]
    is_limit = data["event"].isin(LIMITS)
    first = "Beside it, which side was first or alone. Order, not cause."
    limits = f"Share of runs in which each side fell below a limit at least once. {first}"
    others = f"Share of runs in which it happened to a side at least once. {first}"
    figures = [
        _event_figure(facts, data[is_limit], "limits", "Who ran out of what first", limits),
        _event_figure(facts, data[~is_limit], "events", "What the sides did, and who did it first", others),
    ]
    return [figure for figure in figures if figure.table.rows]


def _event_figure(facts: Facts, data: Frame, key: str, title: str, about: str) -> Figure:
    table = tables.firsts(data, title, facts.sides, when=facts.when, runs=facts.count)
    both = data.assign(label=data["event"], side=data["side"].map(facts.sides))
    both = both.assign(when=[_reached(row, facts) for row in each(data)], text=data["event"].map(_who(data, facts)))
    all_told = "; ".join(f"{row.event}, {facts.sides[row.side]}: {words.percent(row.share)}" for row in each(data))
    columns = both[["label", "side", "share", "when", "text"]]
    chart = charts.firsts(columns, f"{about} {all_told}.", list(facts.sides.values()))
    return Figure(key, title, about, (Panel(chart),), table, "", True, True)


def _who(data: Frame, facts: Facts) -> dict[str, str]:
    """By limit: in how many runs which side was first or alone."""
    told: dict[str, list[str]] = {}
    for row in each(data):
        told.setdefault(row.event, []).append(f"{facts.sides[row.side]} {words.percent(row.first)}")
    return {event: f"first: {', '.join(sides)}" for event, sides in told.items()}


def _reached(row: Any, facts: Facts) -> str:  # noqa: ANN401  (a row of a table)
    if not np.isfinite(row.median):
        return "never"
    return f"median {facts.when(row.median)}"
