"""Colours and settings that all charts share: purple and orange, never the colours of a flag.

Colour never speaks alone: panels carry their side's name, marks differ in shape, numbers stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#26222e"
MUTED = "#6a6573"
RULE = "#dcd8e0"
PAPER = "#ffffff"
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
DIVERGING = ("#54308a", "#a58fcb", "#f1eef3", "#f0a75f", "#a8510a")
"""From the second side's advance over none to the first's."""

SHAPES = ("circle", "diamond", "square", "triangle-up", "cross", "triangle-down")
DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3), (12, 4), (4, 1))
ARMS = ("#26222e", "#a8510a", "#54308a", "#4d7358", "#8c6d1f", "#7a3b5e")

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
    "legend": {"labelColor": INK, "labelFontSize": 11, "titleColor": MUTED, "titleFontSize": 11, "orient": "top"},
    "title": {"anchor": "start", "color": INK, "fontSize": 12.5, "fontWeight": 600, "offset": 8, "frame": "group"},
    "text": {"color": INK, "fontSize": 11.5},
}
"""Vega-Lite configuration of every chart, live or still."""
