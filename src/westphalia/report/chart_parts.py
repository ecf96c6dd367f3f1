"""What charts have in common: rows with their labels above the marks, tooltips, numbers no longer than needed."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from westphalia.report.frame import Frame
from westphalia.report.theme import INK, MUTED, WIDTH

Chart = alt.LayerChart | alt.FacetChart

ROW = 38
"""Height of a row with its label above, px."""
TALL = 54
"""The same where name and value stand on lines of their own."""
FITS = 56
"""Characters of a name and its value that fit one line on a phone."""


def ranked(data: Frame) -> Frame:
    """The rows with their place in the order to be shown, numbers shortened."""
    return rounded(data).assign(order=range(len(data)))


def rounded(data: Frame) -> Frame:
    """Numbers to five significant digits: what a chart can show, and no more in the file."""
    kept = data.copy()
    for name in kept.select_dtypes("floating"):
        kept[name] = significant(kept[name].to_numpy(float))
    return kept


def significant(values: np.ndarray, digits: int = 5) -> np.ndarray:
    """Values to so many significant digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        places = digits - 1 - np.floor(np.log10(np.abs(values)))
    places = np.where(np.isfinite(places), np.clip(places, 0, 12), 0)
    return np.round(values * 10.0**places) / 10.0**places


def rows_of(data: Frame) -> alt.Y:
    """Rows in the order of the data, each with room above it where it is tall; labels are drawn as text in the room."""
    rows = [place for row in range(len(data)) for place in ((row - 0.5, row) if is_tall(data) else (row,))]
    return alt.Y("order:O", scale=alt.Scale(domain=rows, paddingInner=0, paddingOuter=0), axis=None)


def is_tall(data: Frame) -> bool:
    """Whether some row's name and value would overlap on a phone."""
    return any(len(name) + len(value) > FITS for name, value in zip(data["label"], data["text"], strict=True) if value)


def label_layers(base: alt.Chart, data: Frame) -> list[alt.Chart]:
    """Name and value above the marks: on one line, or the value below the name."""
    whole = alt.ExprRef("width")
    if is_tall(data):
        name = base.mark_text(align="left", x=0, dy=-29, color=INK, limit=whole)
        value = base.mark_text(align="left", x=0, dy=-14, color=MUTED, limit=whole)
    else:
        name = base.mark_text(align="left", x=0, dy=-15, color=INK)
        value = base.mark_text(align="right", x="width", dy=-15, color=MUTED)
    return [name.encode(text="label:N"), value.encode(text="text:N")]


def sized(chart: Chart, description: str, data: Frame) -> Chart:
    """A chart as high as its rows need."""
    height = (TALL if is_tall(data) else ROW) * len(data) + 6
    return chart.properties(width=WIDTH, height=height, description=description)


def zero_line() -> alt.Chart:
    """A dashed line at nothing."""
    return alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=MUTED, strokeDash=[2, 2]).encode(x="zero:Q")


def tips(names: Sequence[str], format_: str | None) -> list[alt.Tooltip]:
    """What a pointer is told: columns as they are, or by a format."""
    titles = {"q05": "5 %", "q25": "25 %", "q50": "median", "q75": "75 %", "q95": "95 %", "label": " ", "text": " "}
    if format_ is None:
        return [alt.Tooltip(f"{name}:N", title=titles.get(name, name)) for name in names]
    return [alt.Tooltip(f"{name}:Q", title=titles.get(name, name), format=format_) for name in names]
