"""Charts of the table: agreements, breaks and military ends as competing risks; who said no."""

from __future__ import annotations

import numpy as np

from westphalia.model.outcome import OUTCOMES
from westphalia.report import agreements, charts, numbers, tables, words
from westphalia.report.facts import Facts
from westphalia.report.figures.common import legend, told
from westphalia.report.numbers import each
from westphalia.report.page import Figure, Panel

SIGNED, BROKEN, BY_ARMS = "an agreement is signed", "an agreement breaks", "a military end"
MILITARY = OUTCOMES[1:4]


def table_figures(facts: Facts) -> list[Figure]:
    """The charts of the section on the table."""
    return [_risks(facts), *_refusals(facts)]


def _risks(facts: Facts) -> Figure:
    runs = facts.base_runs
    first, second = facts.sides.values()
    by_arms = runs["outcome"].isin([name.format(first=first, second=second) for name in MILITARY]).to_numpy()
    weeks = {
        SIGNED: runs["signed_week"].to_numpy(float),
        BROKEN: runs["broken_week"].to_numpy(float),
        BY_ARMS: np.where(by_arms, runs["outcome_week"].to_numpy(float), -1.0),
    }
    data = numbers.cumulative(runs, weeks, facts.steps, max(1, facts.steps // 60))
    last = data[data["step"] == facts.steps]
    at_end = "; ".join(f"{row.line}: {words.percent(row.share)}" for row in each(last))
    about = "Share of runs in which it has happened for the first time by then."
    chart = charts.over_time(
        data.assign(time=data["step"].map(facts.date))[["time", "line", "share"]],
        f"{about} After {words.span(facts.steps, facts.days)}: {at_end}.",
        most=float(data["share"].max()),
    )
    note = (
        "A first signature and a military end compete in each run; no run is cut off before the horizon. A break "
        "follows a signature: the war then goes on, and may end by arms or in a new text."
    )
    table = tables.cumulative(data, "Share of runs in which it has happened by then (± 95 %)", facts.when, len(runs))
    title = "Agreements, breaks and military ends"
    return Figure("risks", title, about, (Panel(chart),), table, note, True, legend=legend(list(weeks)))


def _refusals(facts: Facts) -> list[Figure]:
    data = agreements.refusals(facts)
    if data.empty:
        return []
    data = data.assign(label=[f"{label[:1].upper()}{label[1:]}" for label in data["label"]])
    about = "Share of all rounds of all runs in which a player's yes was needed and missing."
    chart = charts.shares(data[["label", "text", "value", "low", "high"]], f"{about} {told(each(data))}.")
    rows = tuple((row.label, words.percent(row.value), words.interval(row.low, row.high)) for row in each(data))
    table = tables.Table(about, ("player", "share of rounds", "95 % interval"), rows)
    note = "Lines: 95 % Monte Carlo interval over runs. Several may refuse in one round, so the shares do not add up."
    return [Figure("refusals", "Who says no", about, (Panel(chart),), table, note, True)]
