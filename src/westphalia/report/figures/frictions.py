"""Charts of six frictions: what each is worth with its bands, all combinations by six switches, the wedges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from westphalia.report import answer_charts, words
from westphalia.report.chart_parts import Chart, label_layers, ranked, rows_of, sized
from westphalia.report.figures.common import told
from westphalia.report.frame import Frame
from westphalia.report.numbers import Z, each
from westphalia.report.page import Figure, Panel
from westphalia.report.tables import Table
from westphalia.report.theme import INK, NEUTRAL

SHOWN = ("signed", "holding", "fought")
"""The measures that get a panel; the others stand in the tables."""

SHARE = "share"
"""The unit of measures that count runs."""


def scale_of(measure: Mapping[str, Any]) -> tuple[float, str]:
    """By what a measure is multiplied to be told, and its unit."""
    return (100.0, "points") if measure["unit"] == SHARE else words.scale_of_people(measure)


def signed(value: words.Real) -> str:
    """A change with its sign, to one decimal."""
    return words.hundredths(value / 100, "+")


def worth_figure(found: Mapping[str, Any]) -> Figure:
    """Three panels, a row a friction: its value, its band over orders, its effect at either end of an order."""
    shown = {name: found["measures"][name] for name in SHOWN if name in found["measures"]}
    has_second = any(_definitions(found, name) for name in shown)
    about = (
        "Bar: what a friction adds to the measure, in the mean over all orders of switching. Line: smallest to largest "
        "over all orders. Triangle above: switched on first; below: last."
    )
    about += " Grey line below: range over other definitions of its absence." if has_second else ""
    panels = []
    for name, measure in shown.items():
        data = worth(found, name)
        unit = "percentage points" if measure["unit"] == SHARE else scale_of(measure)[1]
        text = f"{measure['title']}: what each friction adds. {told(each(data))}."
        title = f"{measure['title'][:1].upper()}{measure['title'][1:]}"
        panels.append(Panel(answer_charts.effects(data, text, title=title, unit=unit), name))
    note = (
        "Values of a panel add up to the whole difference between all frictions and none. They compare the ranges that "
        "the scenario assumes and weigh no causes in the world. ± 95 % for the chance in the draws."
    )
    return Figure(
        "frictions-worth",
        "What each friction is worth",
        about,
        tuple(panels),
        _table(found),
        note,
        is_abreast=True,
    )


def worth(found: Mapping[str, Any], name: str) -> Frame:
    """One measure by friction, in the unit told.

    Returns:
        Columns label, text, value, se, low, high, first, last; least, most where definitions were varied.
    """
    scale, unit = scale_of(found["measures"][name])
    second = _definitions(found, name)
    rows = []
    for key, of in found["measures"][name]["shapley"].items():
        title = found["frictions"][key]["title"]
        numbers = [scale * of[column] for column in ("value", "se", "low", "high", "first_in", "last_in")]
        text = f"{signed(numbers[0])} (± {words.hundredths(Z * numbers[1] / 100)}) {unit}"
        ends = [scale * end for end in second[key]] if key in second else [None, None]
        rows.append((title, text, *numbers, *ends))
    columns = ["label", "text", "value", "se", "low", "high", "first", "last", "least", "most"]
    data = pd.DataFrame(rows, columns=columns)
    return data if second else data.drop(columns=["least", "most"])


def _definitions(found: Mapping[str, Any], measure: str) -> dict[str, tuple[words.Real, words.Real]]:
    """The band over definitions of its absence, by friction; empty where none were tried."""
    bands = {key: of["band"].get(measure) for key, of in (found.get("definitions") or {}).items()}
    return {key: (band["low"], band["high"]) for key, band in bands.items() if band}


def _table(found: Mapping[str, Any]) -> Table:
    rows = []
    for name, measure in found["measures"].items():
        for row in each(worth(found, name)):
            over = f"{signed(row.low)} to {signed(row.high)}"
            rows.append((measure["title"], row.label, row.text, signed(row.first), signed(row.last), over))
    head = ("measure", "friction", "value (± 95 %)", "first", "last", "over all orders")
    return Table("What each friction adds, in percentage points, weeks or persons", head, tuple(rows), 2)


def switches_figure(found: Mapping[str, Any]) -> Figure:
    """All combinations: six switches on the screen, all of them in the table."""
    keys = list(found["frictions"])
    data = pd.DataFrame(
        [row for name in found["measures"] for row in _cell_rows(found, name, keys)],
        columns=["label", "text", "value", "low", "high", "cell", "order"],
    )
    about = (
        "Six switches, one a friction: what happens in this model with those that are ticked. Printed: with all six "
        "on. How much one changes hangs on which others are on."
    )
    everything = data[data["cell"] == (1 << len(keys)) - 1]
    chart = _switched(data, found, keys, f"{about} With all on: {told(each(everything))}.")
    table = _cells(found, keys)
    return Figure("frictions-cells", "All combinations of the six", about, (Panel(chart),), table, "", True)


def _code(on: Sequence[str], keys: Sequence[str]) -> int:
    return sum(1 << keys.index(key) for key in on)


def _cell_rows(found: Mapping[str, Any], name: str, keys: Sequence[str]) -> list[tuple]:
    measure, order = found["measures"][name], list(found["measures"]).index(name)
    rows = []
    for cell in measure["cells"]:
        value, half, code = cell["value"], Z * cell["se"], _code(cell["on"], keys)
        is_share = measure["unit"] == SHARE
        ends = (value, max(0.0, value - half), min(1.0, value + half)) if is_share else (None, None, None)
        rows.append((measure["title"], _cell_text(measure, value, cell["se"]), *ends, code, order))
    return rows


def _cell_text(measure: Mapping[str, Any], value: words.Real, se: words.Real) -> str:
    if measure["unit"] == words.PERSONS:
        return f"{words.persons(value)} (±{words.NBSP}{words.persons(Z * se)})"
    if measure["unit"] != SHARE:
        return f"{value:.0f} (±{words.NBSP}{Z * se:.1f})"
    return words.percent(value) if se == 0 else f"{words.percent(value)} ({words.points(se)})"


def _switched(data: Frame, found: Mapping[str, Any], keys: Sequence[str], description: str) -> Chart:
    """The measures of one combination as bars; boxes to tick choose it."""
    ticks = [
        alt.param(
            name=f"on_{number}", value=True, bind=alt.binding_checkbox(name=f"{found['frictions'][key]['title']} ")
        )
        for number, key in enumerate(keys)
    ]
    chosen = " + ".join(f"(on_{number} ? {1 << number} : 0)" for number in range(len(keys)))
    once = data.drop_duplicates("order")
    base = alt.Chart(ranked(data).assign(order=data["order"])).transform_filter(f"datum.cell == {chosen}")
    base = base.encode(y=rows_of(once))
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="~%", tickCount=5), title=None)
    bars = base.mark_bar(height=11, color=NEUTRAL.inner).encode(x=x)
    errors = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    return sized(alt.layer(bars, errors, *label_layers(base, once)), description, once).add_params(*ticks)


def _cells(found: Mapping[str, Any], keys: Sequence[str]) -> Table:
    measures = found["measures"]
    first = next(iter(measures.values()))["cells"]
    values = {name: {_code(cell["on"], keys): cell for cell in of["cells"]} for name, of in measures.items()}
    rows = []
    for cell in first:
        code = _code(cell["on"], keys)
        marks = ("on" if key in cell["on"] else "–" for key in keys)
        here = ((measure, values[name].get(code)) for name, measure in measures.items())
        rows.append((*marks, *(_cell_text(m, of["value"], of["se"]) if of else "–" for m, of in here)))
    head = (*(found["frictions"][key]["title"] for key in keys), *(of["title"] for of in measures.values()))
    return Table("All combinations of the frictions (± 95 %)", head, tuple(rows), len(keys))


def wedges(found: Mapping[str, Any]) -> Table:
    """How far each friction alone narrows what could be agreed."""
    rows = []
    for key, of in found["wedges"].items():
        cells = ("–" if of.get(q) is None else f"{of[q]:.3f}".replace("-", "−") for q in ("q05", "q50", "q95"))
        rows.append((found["frictions"][key]["title"], found["frictions"][key]["off"], *cells))
    title = (
        "Wedge: how far the best gain of the worst-off falls when a friction alone is on, in utility at the start, "
        "over the draws. The order of the bars follows these assumed ranges more than anything else"
    )
    return Table(title, ("friction", "off means", "5 %", "median", "95 %"), tuple(rows), 2)


def pairs(found: Mapping[str, Any]) -> Table:
    """What two frictions do together beyond what each does by itself."""
    rows = []
    for measure in found["measures"].values():
        scale, unit = scale_of(measure)
        for pair in measure.get("pairs") or ():
            names = words.listed([found["frictions"][key]["title"] for key in pair["frictions"]])
            value = f"{signed(scale * pair['value'])} (±{words.NBSP}{scale * Z * pair['se']:.1f}) {unit}"
            beyond = "yes" if abs(pair["value"]) > Z * pair["se"] else "no"
            rows.append((measure["title"], names, value, beyond))
    title = (
        f"What two frictions do together beyond what each does by itself; of {len(rows)} lines about "
        f"{len(rows) / 20:.0f} would lie beyond error by chance"
    )
    return Table(title, ("measure", "pair", "interaction (± 95 %)", "beyond error"), tuple(rows), 2)


def equal(found: Mapping[str, Any]) -> Table:
    """What each friction adds once all are weakened to one median wedge."""
    measures = {name: worth(found, name) for name in SHOWN if name in found["measures"]}
    rows = []
    for place, (key, of) in enumerate(found["equal_wedges"]["frictions"].items()):
        reached = f"{of['factor']:.2f}" if of["is_reached"] else "full, as it takes less"
        texts = (data["text"].iloc[place] for data in measures.values())
        rows.append((found["frictions"][key]["title"], reached, *texts))
    head = ("friction", "strength", *(found["measures"][name]["title"] for name in measures))
    return Table("What each friction adds with equal wedges (± 95 %)", head, tuple(rows), 2)


def links(found: Mapping[str, Any]) -> Table:
    """The links that are inputs: what is assumed of a friction's effect, and made by no other part of the model."""
    rows = [
        (
            found["frictions"][link["friction"]]["title"],
            link["title"],
            "on" if link["is_on"] else "off",
            *(words.plain(link[q]) for q in ("q05", "q50", "q95")),
        )
        for link in found["inputs"]["links"]
    ]
    head = ("friction", "what is assumed", "in this scenario", "5 %", "median", "95 %")
    return Table("Links that are inputs: values follow from them", head, tuple(rows), 3)


def without_links(found: Mapping[str, Any]) -> Table:
    """What the frictions add without a link, as far as it changes what is shown."""
    rows = []
    for of in found["inputs"]["headlines"].values():
        for name in SHOWN:
            usual = found["measures"][name]
            scale, unit = scale_of(usual)
            for key, now in of["measures"][name]["shapley"].items():
                before, after = (scale * one["value"] for one in (usual["shapley"][key], now))
                if signed(before) != signed(after):
                    rows.append(
                        (of["title"], usual["title"], found["frictions"][key]["title"], signed(before), signed(after))
                    )
                    rows[-1] += (unit,)
    head = ("without the link", "measure", "friction", "with it", "without", "unit")
    return Table("What the frictions add without a link, where that differs", head, tuple(rows), 3)
