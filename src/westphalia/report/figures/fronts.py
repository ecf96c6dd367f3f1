"""Where the lines end up: on a map where the scenario has outlines, as bars in any case."""

from __future__ import annotations

import numpy as np
import pandas as pd

from westphalia.report import charts, tables
from westphalia.report import map as maps
from westphalia.report.facts import Facts
from westphalia.report.figures.common import BAR, told
from westphalia.report.frame import Frame
from westphalia.report.numbers import COLUMNS, QUANTILES, each
from westphalia.report.page import Figure, Panel


def front_figures(facts: Facts) -> list[Figure]:
    """Where the lines end up: a map where the scenario has outlines, bars for the fronts in any case."""
    keys = facts.keys("position")
    if all(facts.is_still(f"position[{key}]") for key in keys):
        return []
    data = pd.DataFrame([_row(facts, key, label) for key, label in keys.items()])
    regions = _regions(facts, data)
    figures = [_map_figure(facts, facts.geometry, data, regions)] if facts.geometry and len(regions) else []
    return [*figures, _bars_figure(facts, data)]


def _row(facts: Facts, key: str, label: str) -> dict[str, object]:
    end = facts.base_runs[f"position[{key}]"].to_numpy(float)
    start = facts.at_start(f"fronts.{key}.position") + np.zeros_like(end)
    if np.isnan(start).any():  # the scenario is gone: what the record says of the first week
        start = np.full_like(end, float(facts.fan(f"position[{key}]", [facts.base]).isel(arm=0, time=0)[2]))
    low, middle, high = np.quantile(end - start, (0.05, 0.5, 0.95))
    spread = dict(zip(COLUMNS, map(float, np.quantile(end, QUANTILES)), strict=True))
    ends = {"key": key, "label": label, "start": float(np.median(start)), **spread}
    return {**ends, "change": float(middle), "text": _change(float(middle), float(low), float(high))}


def _change(middle: float, low: float, high: float) -> str:
    return f"{_km(middle)} km ({_km(low)} to {_km(high)})"


def _km(value: float) -> str:
    return f"{value:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def _bars_figure(facts: Facts, data: Frame) -> Figure:
    first, second = facts.sides.values()
    about = f"To the right: farther in the direction in which {first} advances; to the left: in that of {second}."
    note = f"{BAR} Triangle below: line at the start. In brackets: 5–95 % of the change. A run that ended early counts."
    chart = charts.intervals(
        data[["label", "text", "start", *COLUMNS]],
        f"{about} {told(each(data))}.",
        title="line of contact at the end of the run, km",
    )
    units = ["km"] * len(data)
    table = tables.spread(data, "Line of contact at the end of the run", units, "front")
    return Figure("lines", "Where the lines end up", about, (Panel(chart),), table, note, True)


def _regions(facts: Facts, data: Frame) -> Frame:
    """What happened on the front of each region; empty where the scenario names no regions."""
    rows = [
        (region, row["label"], row["change"], row["text"], f"{_km(row['change'])} km")
        for key, row in data.set_index("key").iterrows()
        for region in (facts.scenario.fronts[key].regions if facts.scenario else ())
    ]
    return pd.DataFrame(rows, columns=["region", "front", "change", "text", "short"])


def _map_figure(facts: Facts, geometry: dict, data: Frame, fronts: Frame) -> Figure:
    first, second = facts.sides.values()
    about = "Median change of the line of contact over the run, for the whole front to which a region belongs."
    chart = maps.regions(
        geometry, fronts, f"{about} {told(each(data))}.", ends=(f"{second} advances", f"{first} advances")
    )
    table = tables.Table(
        "Change of the line of contact by region, km",
        ("region", "front", "median (5–95 %)"),
        tuple((row.region, row.front, row.text) for row in each(fronts)),
        2,
    )
    note = f"{geometry['caption']} Geometry: {geometry['source']}."
    return Figure("map", "The fronts on the map", about, (Panel(chart),), table, note, True)
