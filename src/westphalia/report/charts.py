"""Charts: labelled data in, an Altair chart out; pure, one function a kind of chart.

Labels stand above their marks, so that a chart reads as well on a phone as on paper. A layer named ``hover`` holds what
only a pointer needs; stills leave it out. Every chart carries a description for those who do not see it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
import xarray as xr

from westphalia.report.chart_parts import (
    FITS,
    Chart,
    label_layers,
    ranked,
    rounded,
    rows_of,
    significant,
    sized,
    tips,
    zero_line,
)
from westphalia.report.frame import Frame
from westphalia.report.numbers import COLUMNS
from westphalia.report.theme import ARMS, DASHES, FIRST, INK, NEUTRAL, RULE, SECOND, SHAPES, WIDTH, Hue

HEIGHT = 170
MOST_POINTS = 40
HOVER = "hover"
STATUS_HUES = {"sourced": NEUTRAL.line, "calibrated": NEUTRAL.inner, "assumption": "#f1f3f5"}
"""Greys, for orange and purple are the sides'; a dark outline tells the lightest from the page."""


def shares(data: Frame, description: str) -> Chart:
    """Horizontal bars with 95 % intervals: columns label, text, value, low, high, in the order to be shown."""
    base = alt.Chart(ranked(data)).encode(y=rows_of(data))
    scale = alt.Scale(domain=[0, max(0.1, float(data["high"].max()))], nice=True)
    x = alt.X("value:Q", scale=scale, axis=alt.Axis(format="~%", tickCount=5), title=None)
    tooltip = [alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title="share of runs")]
    bars = base.mark_bar(height=11, color=NEUTRAL.inner, cornerRadiusEnd=2).encode(x=x, tooltip=tooltip)
    errors = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    return sized(alt.layer(bars, errors, *label_layers(base, data)), description, data)


def intervals(data: Frame, description: str, *, title: str, hue: Hue = NEUTRAL) -> Chart:
    """Horizontal bands 5-95 and 25-75 % with a median: columns label, text, q05 to q95, optional ``start``."""
    base = alt.Chart(ranked(data)).encode(y=rows_of(data))
    low, high = float(data["q05"].min()), float(data["q95"].max())
    if "start" in data:
        low, high = min(low, data["start"].min()), max(high, data["start"].max())
    axis = alt.Axis(tickCount=7)
    x = alt.X("q05:Q", scale=alt.Scale(domain=_padded(low, high), nice=False), axis=axis, title=title)
    wide = base.mark_bar(height=11, color=hue.outer).encode(x=x, x2="q95:Q", tooltip=_spread_tooltip())
    narrow = base.mark_bar(height=11, color=hue.inner).encode(x="q25:Q", x2="q75:Q", tooltip=_spread_tooltip())
    middle = base.mark_tick(size=17, thickness=2.5, orient="vertical", color=hue.line).encode(x="q50:Q")
    layers = [wide, narrow, middle]
    if "start" in data:
        start = base.mark_point(shape="triangle-up", size=45, filled=True, color=INK, yOffset=10)
        layers.append(start.encode(x="start:Q"))
    return sized(alt.layer(*layers, *label_layers(base, data)), description, data)


def differences(data: Frame, description: str) -> Chart:
    """Points with 95 % intervals around zero, in percentage points, under headings.

    Columns label, text, value, low, high; a row without a value is a heading.
    """
    table = ranked(data.assign(label=[_broken(name) for name in data["label"]]))
    rows = alt.Chart(table).encode(y=rows_of(data))
    base = rows.transform_filter("datum.value != null")
    most = max(1.0, float(np.nanmax(np.abs(data[["low", "high"]].to_numpy(float)))))
    axis = alt.Axis(tickCount=7, format="+~f")
    x = alt.X("value:Q", scale=alt.Scale(domain=[-most, most], nice=True), axis=axis, title="percentage points")
    spread = base.mark_rule(strokeWidth=2, color=NEUTRAL.line).encode(x="low:Q", x2="high:Q")
    dots = base.mark_point(filled=True, size=60, opacity=1, color=NEUTRAL.line)
    dots = dots.encode(x=x, tooltip=tips(("label", "text"), None))
    heads = rows.transform_filter("datum.value == null").mark_text(
        align="left", x=0, dy=-9, fontWeight=600, color=INK, lineBreak="\n"
    )
    layers = alt.layer(zero_line(), spread, dots, *label_layers(base, data), heads.encode(text="label:N"))
    return sized(layers, description, data)


def over_time(data: Frame, description: str, *, most: float = 1.0) -> Chart:
    """Shares of runs over time as steps, a line each: columns time, line, share; the scale goes to ``most``."""
    lines = list(dict.fromkeys(data["line"]))
    scale = alt.Scale(domain=[0, max(0.1, most)], nice=True)
    y = alt.Y("share:Q", scale=scale, axis=alt.Axis(format="~%", tickCount=5), title=None)
    base = alt.Chart(rounded(data)).encode(x=_time(), y=y)
    line = base.mark_line(strokeWidth=2, interpolate="step-after", color=INK)
    tooltip = [_date(), *tips(("line",), None), *tips(("share",), ".1%")]
    hover = base.mark_rule(opacity=0, strokeWidth=6).encode(tooltip=tooltip)
    if len(lines) > 1:
        line = line.encode(color=_line_colour(lines, "line"), strokeDash=_line_dash(lines, "line"))
    return alt.layer(line, hover.properties(name=HOVER)).properties(width=WIDTH, height=HEIGHT, description=description)


def fan(
    data: xr.DataArray,
    description: str,
    *,
    title: str,
    domain: tuple[float, float],
    hue: Hue = NEUTRAL,
    is_share: bool = False,
) -> Chart:
    """Bands over time with a median; medians alone for every arm after the first.

    Args:
        data: Dimensions arm, time (ISO dates), quantile (.05, .25, .5, .75, .95).
        description: The chart in words.
        title: Shown above the panel: whose series it is, and the unit.
        domain: Ends of the vertical scale, shared by panels that are to be compared.
        hue: Colour of the bands.
        is_share: Whether the scale shows per cent.
    """
    table = _tidy(_thinned(data))
    arms = [str(arm) for arm in data["arm"].values]
    scale = alt.Scale(domain=[float(end) for end in significant(np.array(domain))], nice=False, zero=False)
    base = alt.Chart(table)
    bands = base if len(arms) == 1 else base.transform_filter("datum.q05 != null")
    axis = alt.Axis(format="~%") if is_share else alt.Axis()
    outer = bands.mark_area(color=hue.outer).encode(alt.Y("q05:Q", scale=scale, axis=axis, title=None), alt.Y2("q95:Q"))
    inner = bands.mark_area(color=hue.inner, opacity=0.75).encode(alt.Y("q25:Q", title=None), alt.Y2("q75:Q"))
    lines = base.mark_line(strokeWidth=2, color=hue.line).encode(alt.Y("q50:Q", title=None))
    if len(arms) > 1:
        lines = lines.encode(color=_line_colour(arms, first=hue.line), strokeDash=_line_dash(arms))
    tooltip = [_date(), *tips(COLUMNS, ".1%" if is_share else ".3~s")]
    hover = bands.mark_rule(opacity=0, strokeWidth=6).encode(tooltip=tooltip)
    chart = alt.layer(outer, inner, lines, hover.properties(name=HOVER)).encode(x=_time())
    return chart.properties(width=WIDTH, height=HEIGHT, title=title, description=description)


def firsts(data: Frame, description: str, sides: Sequence[str]) -> Chart:
    """Share of runs in which each side reached each limit: columns label (limit), side (label), share, when, text."""
    events = list(dict.fromkeys(data["label"]))
    table = rounded(data).assign(order=[events.index(label) for label in data["label"]])
    once = table.drop_duplicates("order")[["order", "label", "text"]]
    y = rows_of(once)
    base, rows = alt.Chart(table).encode(y=y), alt.Chart(once).encode(y=y)
    x = alt.X("share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="~%", tickCount=5), title=None)
    hues = alt.Scale(domain=list(sides), range=[FIRST.line, SECOND.line])
    shapes = alt.Scale(domain=list(sides), range=list(SHAPES))
    marks = base.mark_point(filled=True, size=75, opacity=0.95).encode(
        x=x,
        color=alt.Color("side:N", scale=hues, title=None),
        shape=alt.Shape("side:N", scale=shapes, title=None),
        tooltip=tips(("label", "side"), None) + tips(("share",), ".1%") + tips(("when",), None),
    )
    return sized(alt.layer(rows.mark_rule(color=RULE), marks, *label_layers(rows, once)), description, once)


def statuses(data: Frame, description: str) -> Chart:
    """Stacked bars, how many drawn numbers rest on what: columns part, status, count, begin, end."""
    parts = list(dict.fromkeys(data["part"]))
    table = data.assign(order=[parts.index(part) for part in data["part"]], label=data["part"])
    once = table.drop_duplicates("order")
    base = alt.Chart(table).encode(y=rows_of(once))
    hues = alt.Scale(domain=list(STATUS_HUES), range=list(STATUS_HUES.values()))
    tooltip = tips(("part", "status", "count"), None)
    bars = base.mark_bar(height=14, stroke=NEUTRAL.line, strokeWidth=1).encode(
        x=alt.X("begin:Q", title="drawn numbers", axis=alt.Axis(tickMinStep=1, tickCount=6, format="d")),
        x2="end:Q",
        color=alt.Color("status:N", scale=hues, title="rests on"),
        tooltip=tooltip,
    )
    labels = label_layers(base.transform_filter("datum.text"), once)
    return sized(alt.layer(bars, *labels), description, once)


def associations(data: Frame, description: str) -> Chart:
    """Rank correlations as lollipops: columns label, text, correlation."""
    base = alt.Chart(ranked(data.assign(zero=0))).encode(y=rows_of(data))
    most = max(0.1, float(data["correlation"].abs().max()))
    scale = alt.Scale(domain=[-most, most], nice=True)
    x = alt.X("correlation:Q", scale=scale, axis=alt.Axis(tickCount=5), title="rank correlation")
    stem = base.mark_rule(color=NEUTRAL.inner, strokeWidth=3).encode(x="zero:Q", x2="correlation:Q")
    tooltip = tips(("label", "text"), None) + tips(("correlation",), "+.2f")
    dot = base.mark_point(filled=True, size=65, color=NEUTRAL.line, opacity=1).encode(x=x, tooltip=tooltip)
    return sized(alt.layer(zero_line(), stem, dot, *label_layers(base, data)), description, data)


def _broken(name: str) -> str:
    """A long name on two lines."""
    return "\n".join(textwrap.wrap(name, FITS))


def _padded(low: float, high: float) -> list[float]:
    pad = 0.04 * (high - low) or 1.0
    return [float(low - pad), float(high + pad)]


def _spread_tooltip() -> list[alt.Tooltip]:
    return tips(("label", "text"), None) + tips(COLUMNS, ".3~s")


def _time() -> alt.X:
    return alt.X("time:T", scale=alt.Scale(type="utc"), title=None, axis=alt.Axis(tickCount=5, grid=False))


def _date() -> alt.Tooltip:
    return alt.Tooltip("time:T", title="date", timeUnit="utcyearmonthdate", format="%d %B %Y")


def _line_colour(lines: list[str], field: str = "arm", *, first: str | None = None) -> alt.Color:
    """Colours of lines, where asked with a first of its own; what they stand for is told beside the panels."""
    hues = [first or ARMS[0], *(ARMS[index % len(ARMS)] for index in range(1, len(lines)))]
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=lines, range=hues), title=None, legend=None)


def _line_dash(lines: list[str], field: str = "arm") -> alt.StrokeDash:
    dashes = [list(DASHES[index % len(DASHES)]) for index in range(len(lines))]
    return alt.StrokeDash(f"{field}:N", scale=alt.Scale(domain=lines, range=dashes), title=None, legend=None)


def _thinned(data: xr.DataArray) -> xr.DataArray:
    steps = data.sizes["time"]
    every = -(-steps // MOST_POINTS)
    return data.isel(time=np.unique(np.append(np.arange(0, steps, every), steps - 1)))


def _tidy(data: xr.DataArray) -> Frame:
    """Rows by time: all quantiles of the first arm, the median of the others."""
    parts = []
    for index, arm in enumerate(data["arm"].values):
        values = significant(data.isel(arm=index).transpose("time", "quantile").values.astype(float), 4)
        part = pd.DataFrame(values, columns=list(COLUMNS)).assign(time=data["time"].values)
        parts.append((part if index == 0 else part[["q50", "time"]]).assign(arm=str(arm)))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0].drop(columns="arm")
