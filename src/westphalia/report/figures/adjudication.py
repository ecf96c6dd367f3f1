"""Two arguments about the frictions: in which draws each carries the weight, and over which assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report import answer_charts, phrases, words
from westphalia.report.facts import Facts
from westphalia.report.numbers import Z
from westphalia.report.page import Figure, Panel
from westphalia.report.tables import Table

MEASURE = "signed"
"""The measure that is shown; the object has others."""


def shown(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """The measure of an adjudication that is told."""
    measures = found["measures"]
    return measures.get(MEASURE) or next(iter(measures.values()))


def table(found: Mapping[str, Any]) -> Table:
    """In which share of the draws each argument carries more weight, and what it weighs."""
    of = shown(found)
    rows = []
    for name, one in of["speaks_for"].items():
        weight = of["weights"].get(name)
        told = "–" if weight is None else f"{100 * weight['value']:+.1f} (± {100 * Z * weight['se']:.1f})"
        shares = (words.percent(one["share"]), words.percent(one["given_the_record"]))
        rows.append((sentence_case(name), one["verdict"], told.replace("-", "−"), *shares))
    title = (
        f"Which argument carries more weight, draw by draw over {of['draws']:,} draws; “neither” where the two differ "
        f"by no more than {100 * found['tolerance']:g} points"
    )
    head = ("argument", "that it carries more", "weight, points (± 95 %)", "share of draws", "given no signature yet")
    return Table(title, head, tuple(rows), 2)


def sentence_case(name: str) -> str:
    """A name as the beginning of a line."""
    return f"{name[:1].upper()}{name[1:]}"


def picture(facts: Facts, found: Mapping[str, Any]) -> Figure | None:
    """Where each of the two arguments carries more weight, over the two assumptions that decide most."""
    drawn = shown(found)["picture"]
    if drawn is None:
        return None
    titles = [phrases.known_as(facts, path) for path in drawn["assumptions"]]
    ticks = [["lowest", *(phrases.value(edge) for edge in edges), "highest"] for edges in drawn["edges"]]
    y, x = titles  # rows of the shares go along the first of the two
    about = f"Share of draws in which an argument carries more weight, over “{x}” (across) and “{y}” (upward)."
    panels, rows = [], []
    for name in found["arguments"]:
        share = drawn["shares"][name]
        told = f"{sentence_case(name)}. {about}"
        chart = answer_charts.region(share, told, titles=(x, y), ticks=(ticks[1], ticks[0]), name=sentence_case(name))
        panels.append(Panel(chart, name))
        for place, line in reversed(list(enumerate(share))):
            cells = ("–" if value is None else f"{100 * value:.0f}" for value in line)
            rows.append((sentence_case(name), f"{ticks[0][place]} to {ticks[0][place + 1]}", *cells))
    spans = (f"{low} to {high}" for low, high in zip(ticks[1], ticks[1][1:], strict=False))
    head = ("argument", f"{y} ↓, {x} →", *spans)
    effects = words.listed(
        [
            f"“{title}” {phrases.with_error(total, se)}"
            for title, total, se in zip(titles, drawn["total"], drawn["total_se"], strict=True)
        ]
    )
    note = f"Shades as on the board of claims below. Total effect of the two on the difference: {effects}, of 1."
    if all(total < Z * se for total, se in zip(drawn["total"], drawn["total_se"], strict=True)):
        note += " Neither stands out from error, so the picture shows no region that could be relied on."
    table_ = Table("Share of draws in which each argument carries more weight, per cent", head, tuple(rows), 2)
    return Figure("adjudication", "Where each argument carries more", about, tuple(panels), table_, note)
