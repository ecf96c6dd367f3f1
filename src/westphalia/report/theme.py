"""Colours and settings that all charts share: purple and orange, never the colours of a flag.

Colour never speaks alone: panels carry their side's name, marks differ in shape, numbers stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#26222e"
MUTED = "#6a6573"
RULE = "#dcd8e0"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif"
WIDTH = 460
"""Width of a still in px; on the page a chart takes the width that it finds."""


@dataclass(frozen=True)
class Hue:
    """One colour in three strengths: line, inner band, outer band."""

    line: str
    inner: str
    outer: str


FIRST = Hue("#a8510a", "#f0a75f", "#fbe0c3")
SECOND = Hue("#54308a", "#a58fcb", "#e2d9ef")
NEUTRAL = Hue("#3a4652", "#9aa7b3", "#dfe4e9")
SIDES = (FIRST, SECOND)
DIVERGING = ("#8163b5", "#bfaedb", "#f6f3f1", "#f4c48e", "#dc862f")
"""From the second side's advance over none to the first's."""

SHAPES = ("circle", "diamond")
DASHES = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (12, 5), (4, 1))
"""Lines of the arms, the baseline solid."""

ARMS = ("#26222e", "#2d6a5f", "#7a2f55", "#76610f", "#44588c", "#26222e")
"""Colours of the arms, told from those of the sides."""

CONFIG: dict = {
    "font": FONT,
    "background": None,
    "padding": {"left": 2, "right": 6, "top": 2, "bottom": 2},
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "labelFontSize": 11,
        "titleColor": MUTED,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": "#ebe8ee",
        "domainColor": RULE,
        "tickColor": RULE,
        "labelPadding": 4,
    },
    "axisY": {"domain": False, "ticks": False},
    "legend": {
        "labelColor": INK,
        "labelFontSize": 11,
        "titleColor": MUTED,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "labelLimit": 420,
        "orient": "top",
    },
    "title": {"anchor": "start", "color": INK, "fontSize": 12.5, "fontWeight": 600, "offset": 8, "frame": "group"},
    "text": {"color": INK, "fontSize": 11.5},
}
"""Vega-Lite configuration of every chart, live or still."""
