"""Charts of claims: where each holds over its two leading assumptions, and the verdicts of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from westphalia.report import answer_charts, words
from westphalia.report.answer_charts import Region
from westphalia.report.chart_parts import Chart
from westphalia.report.phrases import limits, of_region, share
from westphalia.report.tables import Table

TITLE = 44
"""Characters of the title of an axis."""


def picture(claim: Mapping[str, Any]) -> Chart | None:
    """Where a claim holds, with its first box; none where no two assumptions lead."""
    drawn = claim.get("picture")
    if drawn is None:
        return None
    axes = drawn["x"], drawn["y"]
    ticks = [_edges(axis) for axis in axes]
    titles = [_title(axis) for axis in axes]
    box = _box(claim["boxes"], axes)
    about = f"Share of runs in which the claim holds, over {axes[0]['title']} (across) and {axes[1]['title']} (upward)"
    inside = f"; its box: {limits(claim['boxes'][0]['limits'])}" if box else ""
    return answer_charts.region(
        drawn["share"], f"{about}{inside}.", titles=(titles[0], titles[1]), ticks=(ticks[0], ticks[1]), box=box
    )


def _title(axis: Mapping[str, Any]) -> str:
    """Title and unit of an axis, cut to its length."""
    unit = axis.get("unit") or "1"
    tail = "" if unit in {"1", "index"} else ", %" if unit == "share" else f", {unit}"
    title, room = axis["title"], TITLE - len(tail)
    return f"{title if len(title) <= room else f'{title[: room - 1].rstrip()}…'}{tail}"


def _box(boxes: Sequence[Mapping[str, Any]], axes: Sequence[Mapping[str, Any]]) -> Region | None:
    """The first box in cells of the picture; none where it limits neither of its two assumptions."""
    if not boxes:
        return None
    known = {limit["assumption"]: limit for limit in boxes[0]["limits"]}
    if not any(axis["assumption"] in known for axis in axes):
        return None
    ends = []
    for axis in axes:
        edges, limit = axis["edges"], known.get(axis["assumption"], {})
        low, high = limit.get("low"), limit.get("high")
        wanted = [edges[0] if low is None else low, edges[-1] if high is None else high]
        places = np.interp(wanted, edges, range(len(edges)))
        ends.append((float(places[0]), float(places[1])))
    return Region(ends[0], ends[1])


def picture_table(claim: Mapping[str, Any]) -> Table:
    """The picture in numbers: a row for each cell of the second assumption, the largest above."""
    drawn = claim["picture"]
    x, y = drawn["x"], drawn["y"]
    head = (f"{_title(y)} ↓, {_title(x)} →", *_spans(x))
    rows = [
        (name, *map(_cell, line, counts))
        for name, line, counts in zip(_spans(y), drawn["share"], drawn["runs"], strict=True)
    ]
    return Table("Share of runs in which it holds, per cent (number of runs)", head, tuple(rows[::-1]))


def _cell(held: words.Real | None, runs: words.Real) -> str:
    return "–" if held is None else f"{100 * held:.0f} ({runs:,.0f})"


def _edges(axis: Mapping[str, Any]) -> list[str]:
    """The edges of the cells, shares in per cent and all else without a unit, which stands in words elsewhere."""
    scale = 100 if axis.get("unit") == "share" else 1
    return [words.plain(scale * edge, 3) for edge in axis["edges"]]


def _spans(axis: Mapping[str, Any]) -> list[str]:
    told = _edges(axis)
    return [f"{low} to {high}" for low, high in zip(told, told[1:], strict=False)]


def overview(found: Mapping[str, Any]) -> Table:
    """All claims with their verdicts."""
    rows = [
        (
            claim["id"],
            claim["sentence"],
            of_region(claim["verdict"], claim),
            claim.get("evidence") or "–",
            share(claim, found["runs"]),
        )
        for claim in found["claims"]
    ]
    head = ("claim", "sentence", "verdict", "evidence of its hinge", "holds in so many runs (± 95 %)")
    return Table("All claims and their verdicts", head, tuple(rows), 4)
