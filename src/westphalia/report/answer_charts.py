"""Charts of what was asked beside the runs: tables with shades, effects with their bands, regions of two assumptions.

Greys throughout: orange and purple are the sides'. Every shade has its number beside it, on the chart or in the table.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from westphalia.report.chart_parts import TALL, Chart, ranked, rounded, zero_line
from westphalia.report.frame import Frame
from westphalia.report.theme import INK, MUTED, NEUTRAL, WIDTH
from westphalia.report.words import Real

CELL = 24
"""Height of a row of a table with shades, px."""
DARK = 0.55
"""From this part of the scale on, a cell's number is white."""
BREAK, HEADING, LINE = "|", 16, 12
"""What breaks the heading of a column, how many characters fit on its line, and the height of a line, px."""
ROOM = 48
"""How many characters of a title fit over a region."""
SHADES = ["#f1f3f5", "#3a4652"]
"""From nothing to all."""

CLASSES = {"below 20 %": "#ffffff", "20 to 50 %": "#dfe4e9", "50 to 80 %": "#9aa7b3", "80 % and above": "#3a4652"}
"""Shares of runs, by the limits of the verdicts."""
LIMITS = (0.2, 0.5, 0.8)


class Region(NamedTuple):
    """A box over two assumptions, in cells from the lower left: its ends across and upward."""

    x: tuple[float, float]
    y: tuple[float, float]


def heat(data: Frame, description: str, *, most: Real = 1.0, least: Real = 0.0, label_width: int = 190) -> Chart:
    """A table with shades, in the order of the data: columns row, column, value (or no number), text.

    A stroke ``|`` in the name of a column breaks its line.
    """
    data = data.assign(column=[_wrapped(name) for name in data["column"]])
    rows, columns = (list(dict.fromkeys(data[name])) for name in ("row", "column"))
    shown = rounded(data[data["value"].notna()])
    shown = shown.assign(dark=shown["value"] > least + DARK * (most - least))
    room = 4 + LINE * max(name.count(BREAK) for name in columns)
    split = f"split(datum.label, '{BREAK}')"
    axis = alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False, labelPadding=room, labelExpr=split)
    base = alt.Chart(shown).encode(
        x=alt.X("column:N", sort=columns, scale=alt.Scale(domain=columns), title=None, axis=axis),
        y=alt.Y("row:N", sort=rows, title=None, axis=alt.Axis(labelLimit=label_width, labelColor=INK)),
    )
    shade = alt.Color("value:Q", scale=alt.Scale(domain=[float(least), float(most)], range=SHADES), legend=None)
    tooltip = [alt.Tooltip(f"{name}:N", title=" ") for name in ("row", "column", "text")]
    boxes = base.mark_rect(stroke="white", strokeWidth=2).encode(color=shade, tooltip=tooltip)
    ink = alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    numbers = base.mark_text(fontSize=11).encode(text="text:N", color=ink)
    return alt.layer(boxes, numbers).properties(width=WIDTH, height=CELL * len(rows), description=description)


def _wrapped(name: str) -> str:
    """A heading on as many lines as it needs."""
    return BREAK.join(line for part in name.split(BREAK) for line in textwrap.wrap(part, HEADING))


def effects(data: Frame, description: str, *, title: str, unit: str) -> Chart:
    """Bars from nothing with their bands, a row each.

    Columns label, text, value, low, high; and where they are known, first, last (ends of an order), least, most (a
    second band), not a number in rows without.
    """
    table = ranked(data)
    base = alt.Chart(table).encode(y=_tall_rows(data))
    ends = data[[name for name in ("value", "low", "high", "first", "last", "least", "most") if name in data]]
    low, high = min(0.0, float(np.nanmin(ends))), max(0.0, float(np.nanmax(ends)))
    room = 0.03 * (high - low) or 1.0
    scale = alt.Scale(domain=[low - room * (low < 0), high + room * (high > 0)], nice=False)
    x = alt.X("value:Q", scale=scale, axis=alt.Axis(tickCount=5, format="+~f"), title=unit)
    tooltip = [alt.Tooltip(f"{name}:N", title=" ") for name in ("label", "text")]
    bars = base.mark_bar(height=10, color=NEUTRAL.inner).encode(x=x, x2=alt.datum(0), tooltip=tooltip)
    bands = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    layers = [bars, bands]
    if "least" in data:
        second = base.transform_filter("datum.least != null")
        second = second.mark_rule(color=MUTED, strokeWidth=4, opacity=0.45, yOffset=11)
        layers.append(second.encode(x="least:Q", x2="most:Q"))
    for name, shape in (("first", "triangle-down"), ("last", "triangle-up")):
        if name in data:
            offset = -8 if name == "first" else 8
            tick = base.mark_point(shape=shape, size=34, filled=True, opacity=1, color=INK, yOffset=offset)
            layers.append(tick.encode(x=f"{name}:Q"))
    name = base.mark_text(align="left", x=0, dy=-32, color=INK, limit=alt.ExprRef("width")).encode(text="label:N")
    value = base.mark_text(align="left", x=0, dy=-18, color=MUTED, limit=alt.ExprRef("width")).encode(text="text:N")
    height = TALL * len(data) + 6
    chart = alt.layer(zero_line(), *layers, name, value)
    return chart.properties(width=WIDTH, height=height, title=title, description=description)


def _tall_rows(data: Frame) -> alt.Y:
    """Rows with room above each for its name and its value on lines of their own."""
    places = [place for row in range(len(data)) for place in (row - 0.5, row)]
    return alt.Y("order:O", scale=alt.Scale(domain=places, paddingInner=0, paddingOuter=0), axis=None)


def region(
    share: Sequence[Sequence[Real | None]],
    description: str,
    *,
    titles: tuple[str, str],
    ticks: tuple[Sequence[str], Sequence[str]],
    box: Region | None = None,
    name: str = "",
) -> Chart:
    """Where something holds, over two assumptions in cells of equal rank, and its box.

    Args:
        share: Share of runs by row (upward) and column; none where a cell has no run.
        description: The chart in words.
        titles: What stands across and upward.
        ticks: The edges of the cells across and upward, in words.
        box: The region to be outlined, in cells.
        name: What it is that holds, where several stand side by side.
    """
    height, width = len(share), len(share[0])
    scales = (alt.Scale(domain=[0, width], nice=False), alt.Scale(domain=[0, height], nice=False))
    axes = [_edges(names, title) for names, title in zip(ticks, (titles[0], None), strict=True)]
    x = alt.X("x:Q", scale=scales[0], axis=axes[0])
    y = alt.Y("y:Q", scale=scales[1], axis=axes[1])
    hues = alt.Scale(domain=list(CLASSES), range=list(CLASSES.values()))
    colour = alt.Color("share:N", scale=hues, legend=None)
    runs = alt.Chart(_strips(share)).mark_rect(stroke="#dfe4e9", strokeWidth=0.5)
    layers = [runs.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=colour)]
    if box is not None:
        ends = pd.DataFrame([{"x": box.x[0], "x2": box.x[1], "y": box.y[0], "y2": box.y[1]}])
        outline = alt.Chart(ends).mark_rect(fillOpacity=0, stroke=INK, strokeWidth=2.5, strokeDash=[5, 3])
        layers.append(outline.encode(x="x:Q", x2="x2:Q", y="y:Q", y2="y2:Q"))
    above = [*([name] if name else []), *_lines(f"↑ {titles[1]}")]
    title = alt.TitleParams(above, fontSize=11, fontWeight="normal", color=MUTED)
    return alt.layer(*layers).properties(width=260, height=150, title=title, description=description)


def _lines(title: str) -> list[str]:
    """A long title in lines as wide as a panel."""
    return textwrap.wrap(title, ROOM, break_long_words=False)


def _strips(share: Sequence[Sequence[Real | None]]) -> Frame:
    """Neighbours of one class in a row as one strip: columns x, x2, y, y2, share (its class)."""
    names, rows = list(CLASSES), []
    for y, line in enumerate(share):
        for x, value in enumerate(line):
            name = None if value is None else names[int(np.searchsorted(LIMITS, value, side="right"))]
            if name is None:
                continue
            if rows and rows[-1][2:] == [y, y + 1, name] and rows[-1][1] == x:
                rows[-1][1] = x + 1
            else:
                rows.append([x, x + 1, y, y + 1, name])
    return pd.DataFrame(rows, columns=["x", "x2", "y", "y2", "share"])


def _edges(names: Sequence[str], title: str | None) -> alt.Axis:
    """The first, middle and last edge, in words."""
    last = len(names) - 1
    places = sorted({0, last // 2, last})
    told = ", ".join(f"'{names[place]}'" for place in places)
    at = ", ".join(str(place) for place in places)
    expression = f"[{told}][indexof([{at}], datum.value)]"
    return alt.Axis(values=places, labelExpr=expression, grid=False, title=_lines(title) if title else None)
