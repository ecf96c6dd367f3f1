"""Charts of a disagreement: what each group of differing assumptions carries of it, and what to find out first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from westphalia.report import answer_charts, charts, phrases, words
from westphalia.report.figures.common import told
from westphalia.report.figures.frictions import signed
from westphalia.report.numbers import Z, each
from westphalia.report.page import Figure, Panel
from westphalia.report.tables import Table

SHARES = ("share", "probability", "chance")
"""Units that are told in per cent."""


def unit_of(found: Mapping[str, Any]) -> tuple[float, str]:
    """By what the decomposed outcome is multiplied to be told, and its unit."""
    for by_outcome in found["answers"].values():
        for of in by_outcome.values():
            if of["title"] == found["outcome"]:
                return (100.0, "points") if of["unit"] in SHARES else (1.0, of["unit"])
    return 1.0, ""


def crux_figures(found: Mapping[str, Any]) -> list[Figure]:
    """The charts of a disagreement."""
    figures = [_cruxes(found)] if found["cruxes"] else []
    return figures + ([_first(found)] if found["find_out_first"] else [])


def _cruxes(found: Mapping[str, Any]) -> Figure:
    scale, unit = unit_of(found)
    first, second = names(found)
    rows = []
    for one in found["cruxes"]:
        ends = [scale * one[column] for column in ("value", "se", "low", "high")]
        text = f"{signed(ends[0])} (±{words.NBSP}{words.hundredths(Z * ends[1] / 100)}) {unit}".strip()
        rows.append((named(one), text, *ends, one.get("evidence") or "–"))
    data = pd.DataFrame(rows, columns=["label", "text", "value", "se", "low", "high", "evidence"])
    about = (
        f"What each group of differing assumptions adds to “{found['outcome']}” on the way from “{first}” "
        f"to that of “{second}”. Bar: mean over orders of exchange drawn at random; line: smallest to largest mean "
        "where the group comes early, in the middle or late."
    )
    shown = data[["label", "text", "value", "low", "high"]]
    unit_told = "percentage points" if unit == "points" else unit
    chart = answer_charts.effects(shown, f"{about} {told(each(data))}.", title="", unit=unit_told)
    cells = tuple((row.label, row.text, f"{signed(row.low)} to {signed(row.high)}", row.evidence) for row in each(data))
    table = Table(about, ("group", "value (± 95 %)", "early, middle or late", "rests on"), cells)
    note = "The values add up to the whole difference between the two answers."
    return Figure("crux-values", "Where exactly they disagree", about, (Panel(chart),), table, note, True, True)


def names(found: Mapping[str, Any]) -> tuple[str, str]:
    """Titles of the two positions."""
    titles = [(found.get("positions") or {}).get(key, {}).get("title", key) for key in found["between"]]
    return titles[0], titles[1]


def _first(found: Mapping[str, Any]) -> Figure:
    rows = []
    for one in found["find_out_first"]:
        half = Z * (one.get("se") or 0.0)
        status = one.get("status")
        rests = f", {phrases.STATUS.get(status, status)}" if status else ""
        text = f"{phrases.with_error(one['value'], one.get('se'), 3)}{rests}"
        rows.append((one["title"], text, one["value"], max(0.0, one["value"] - half), one["value"] + half))
    data = pd.DataFrame(rows, columns=["label", "text", "value", "low", "high"])
    about = (
        f"By how much the share of runs rises in which “{found['outcome']}” is called rightly, above or below its "
        "middle, if an assumption were known; over runs that draw every number from its whole range. It says where "
        "evidence would help, not what it would say."
    )
    chart = charts.shares(data, f"{about} {told(each(data))}.")
    table = Table(about, ("assumption", "value of knowing it (± 95 %), rests on"), tuple((r[0], r[1]) for r in rows))
    return Figure("find-out-first", "What to find out first", about, (Panel(chart),), table, "", True)


def named(one: Mapping[str, Any]) -> str:
    """A group by the sentences of both positions, as a part of a sentence."""
    return one["title"].replace(".; ", "; ").rstrip(".")


def answers_table(found: Mapping[str, Any]) -> Table:
    """The answers of both positions, an outcome a row."""
    keys = [key for key in (*found["between"], *found["answers"]) if key in found["answers"]]
    keys = list(dict.fromkeys(keys))
    outcomes = {name: of["title"] for key in keys for name, of in found["answers"][key].items()}
    rows = [(title, *(answer(found["answers"][key].get(name)) for key in keys)) for name, title in outcomes.items()]
    titles = [(found.get("positions") or {}).get(key, {}).get("title", key) for key in keys]
    return Table("The answers of each position (± 95 %)", ("outcome", *titles), tuple(rows))


def answer(of: Mapping[str, Any] | None) -> str:
    """A value with its error and unit."""
    if of is None:
        return "–"
    if of["unit"] in SHARES:
        return f"{words.percent(of['value'])} ({words.points(of['se'])})"
    unit = "" if of["unit"] in {"1", ""} else f"{words.NBSP}{of['unit']}"
    return f"{words.plain(of['value'], 3)} (±{words.NBSP}{words.plain(Z * of['se'])}){unit}"
