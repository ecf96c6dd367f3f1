"""The map of the fronts: outlines of regions without sovereign, coloured by what happened on their front.

Geometry is data beside the scenario (``regions.geojson``). It has outlines and the columns ``held_constant`` and
``claimed_by_both_since``; nothing on the map says whose a region is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from westphalia.report.chart_parts import Chart
from westphalia.report.frame import Frame
from westphalia.report.theme import DIVERGING, INK, MUTED, WIDTH

Ring = list[list[float]]
HEIGHT = 380
NARROW = 420
"""On a map less wide than so many px the names stand alone and are set smaller."""
FONT_SIZE = f"width < {NARROW} ? 8.5 : 10.5"
HATCH_STEP = 0.16
"""Distance between two lines of a hatching, degrees of latitude."""
LEAST = 5.0
"""The colour scale reaches at least so many km, so that small changes look small."""


def read(file: Path) -> dict:
    """The outlines of a scenario's regions."""
    return json.loads(file.read_text(encoding="utf-8"))


def regions(geometry: Mapping, fronts: Frame, description: str, *, ends: tuple[str, str]) -> Chart:
    """Regions coloured by the median change of the line on their front.

    Args:
        geometry: A feature collection with region names.
        fronts: One row a region of a front: region, front (label), change (km), text.
        description: The chart in words.
        ends: What the two ends of the colour scale mean, negative first.
    """
    known = _by_region(fronts)
    features = [_feature(feature, known) for feature in geometry["features"]]
    most = max(LEAST, float(fronts["change"].abs().max()))
    scale = alt.Scale(domain=[-most, -most / 2, 0, most / 2, most], range=list(DIVERGING), interpolate="rgb")
    title = f"km (− {ends[0]}, + {ends[1]})"
    legend = alt.Legend(title=title, orient="top", gradientLength=220, gradientThickness=9, titleLimit=WIDTH)
    tooltip = [alt.Tooltip(f"properties.{name}:N", title=name) for name in ("region", "front", "change")]
    colour = alt.Color("properties.km:Q", scale=scale, legend=legend)
    on_front = _shapes([f for f in features if f["properties"]["km"] is not None]).encode(color=colour, tooltip=tooltip)
    rest = _shapes([f for f in features if f["properties"]["km"] is None], fill="#f4f3f5").encode(tooltip=tooltip[:1])
    constant = [f for f in geometry["features"] if f["properties"].get("held_constant")]
    claimed = [f for f in geometry["features"] if f["properties"].get("claimed_by_both_since")]
    hatching = _lines([line for f in constant for line in _hatching(f)], stroke=MUTED, strokeWidth=0.7)
    dashed = _lines([ring for f in claimed for ring in _rings(f)], stroke=INK, strokeWidth=1.1, strokeDash=[4, 3])
    chart = alt.layer(rest, on_front, hatching, dashed, *_names(features, known))
    return chart.project(**_projection(geometry)).properties(width=WIDTH, height=HEIGHT, description=description)


def _by_region(fronts: Frame) -> dict[str, dict]:
    """One row a region; a region of several fronts takes their mean and names them all."""
    found = {}
    for region, rows in fronts.groupby("region", sort=False):
        joined = {name: "; ".join(rows[name]) for name in ("text", "short")}
        is_shared = len(rows) > 1
        found[region] = joined | {
            "front": " and ".join(rows["front"]),
            "change": rows["change"].mean(),
            "is_shared": is_shared,
        }
    return found


def _feature(feature: Mapping, known: Mapping[str, Mapping]) -> dict:
    name = feature["properties"]["name"]
    here = known.get(name)
    properties = {"region": name, "km": here and round(float(here["change"]), 2)}
    if here:
        properties |= {"front": here["front"], "change": here["text"]}
    return {"type": "Feature", "properties": properties, "geometry": _wound(feature["geometry"])}


def _wound(geometry: Mapping) -> dict:
    """Rings as d3 wants them on a sphere: the outer one clockwise, which is not what GeoJSON says."""
    rings = geometry["coordinates"]
    turned = [ring[::-1] for ring in rings] if geometry["type"] == "Polygon" else [[r[::-1] for r in p] for p in rings]
    return {"type": geometry["type"], "coordinates": turned}


def _shapes(features: list[dict], **mark: Any) -> alt.Chart:  # noqa: ANN401  (properties of a mark)
    data = alt.Data(values=features)
    return alt.Chart(data).mark_geoshape(stroke="white", strokeWidth=0.8, **mark)


def _lines(lines: list[Ring], **mark: Any) -> alt.Chart:  # noqa: ANN401  (properties of a mark)
    geometry = {"type": "MultiLineString", "coordinates": lines}
    data = alt.Data(values=[{"type": "Feature", "properties": {}, "geometry": geometry}])
    return alt.Chart(data).mark_geoshape(filled=False, fill=None, **mark)


def _rings(feature: Mapping) -> Iterator[Ring]:
    geometry = feature["geometry"]
    for polygon in [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]:
        yield from polygon


def _hatching(feature: Mapping) -> Iterator[Ring]:
    """Diagonal lines inside a feature: even-odd crossings of its rings with lines x = y + c."""
    rings = [np.array(ring) for ring in _rings(feature)]
    lean = np.cos(np.radians(np.mean([point[1] for ring in rings for point in ring])))
    offsets = [ring[:, 0] * lean - ring[:, 1] for ring in rings]
    low, high = min(o.min() for o in offsets), max(o.max() for o in offsets)
    for at in np.arange(np.ceil(low / HATCH_STEP), high / HATCH_STEP) * HATCH_STEP:
        crossings = []
        for ring, offset in zip(rings, offsets, strict=True):
            here, there = offset[:-1] - at, offset[1:] - at
            for index in np.flatnonzero((here < 0) != (there < 0)):
                part = here[index] / (here[index] - there[index])
                crossings.append(ring[index] + part * (ring[index + 1] - ring[index]))
        points = [[round(float(x), 3), round(float(y), 3)] for x, y in sorted(crossings, key=_latitude)]
        yield from ([a, b] for a, b in zip(points[::2], points[1::2], strict=False))


def _latitude(point: np.ndarray) -> float:
    return float(point[1])


def _names(features: list[dict], known: Mapping[str, Mapping]) -> list[alt.Chart]:
    """The front's name and change once, in the largest of its regions."""
    largest: dict[str, tuple[float, dict]] = {}
    for feature in features:
        name = feature["properties"]["region"]
        if name in known and not known[name]["is_shared"]:
            size, centre = _centre(feature)
            if size > largest.get(known[name]["front"], (0.0, {}))[0]:
                row = {"lon": centre[0], "lat": centre[1], "front": known[name]["front"], "text": known[name]["short"]}
                largest[known[name]["front"]] = (size, row)
    base = alt.Chart(pd.DataFrame([row for _, row in largest.values()])).encode(longitude="lon:Q", latitude="lat:Q")
    halo: dict[str, Any] = {"stroke": "white", "strokeWidth": 2.5, "strokeOpacity": 0.7, "strokeJoin": "round"}
    layers = []
    weights: tuple[tuple[str, int, Any], ...] = (("front", -6, 600), ("text", 7, 400))
    for field, dy, weight in weights:
        style: dict[str, Any] = {"dy": dy, "fontWeight": weight, "fontSize": alt.ExprRef(FONT_SIZE)}
        if field == "text":
            style["opacity"] = alt.ExprRef(f"width < {NARROW} ? 0 : 1")
        layers.append(base.mark_text(aria=False, **style, **halo).encode(text=f"{field}:N"))
        layers.append(base.mark_text(**style).encode(text=f"{field}:N"))
    return layers


def _centre(feature: Mapping) -> tuple[float, list[float]]:
    """Area and centroid of the largest outer ring, in degrees."""
    best: tuple[float, list[float]] = (0.0, [0.0, 0.0])
    for ring in _rings(feature):
        x, y = np.array(ring).T
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        area = cross.sum() / 2
        if abs(area) > best[0]:
            middle = [((x[:-1] + x[1:]) @ cross) / (6 * area), ((y[:-1] + y[1:]) @ cross) / (6 * area)]
            best = (abs(float(area)), [round(float(value), 3) for value in middle])
    return best


def _projection(geometry: Mapping) -> dict:
    """An equal-area conic around the middle of the map."""
    points = np.array([point for feature in geometry["features"] for ring in _rings(feature) for point in ring])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    span = north - south
    parallels = [float(south + span / 6), float(north - span / 6)]
    return {"type": "conicEqualArea", "parallels": parallels, "rotate": [-float(west + east) / 2, 0, 0]}
