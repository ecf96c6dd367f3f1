"""Two arguments in one table: where the one carries the weight, where the other, and where the record cannot tell."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from westphalia.report.numbers import Z
from westphalia.report.terminal import PLUS_MINUS_HEAD, table

Told = Mapping[str, Any]

WIDTH = 120
"""Characters of a line of words."""

MEASURES = {"signed": "signed within a year", "holding": "signed within a year and holding two years later"}
BY_CHANCE = 0.05
"""A limit of a box that chance explains with a greater probability is not told."""


def told(found: Told) -> str:
    """The table for each measure, with boxes and corners in words."""
    groups = "; ".join(f"{name}: {', '.join(of)}" for name, of in found["groups"].items())
    parts = [
        textwrap.fill(
            "two arguments, each a group of frictions switched as one; what one friction of a group gives is set off "
            "against what another takes. A draw speaks for the argument whose weight is greater by more than "
            f"{100 * found['tolerance']:.0f} % of its runs; within that the record cannot tell. {groups}",
            WIDTH,
        ),
        *(_measure(found, key) for key in found["measures"]),
    ]
    return "\n".join(parts)


def _measure(found: Told, key: str) -> str:
    of = found["measures"][key]
    weights = [
        (name, f"{100 * weight['value']:+.1f}", f"{100 * Z * weight['se']:.1f}")
        for name, weight in of["weights"].items()
    ]
    rows = [
        (
            name if name in found["groups"] else "neither: the record cannot tell",
            f"{100 * side['share']:.0f}",
            f"{100 * side['given_the_record']:.0f}",
            _percent(side["failing_without_any"]),
            side["verdict"],
        )
        for name, side in of["speaks_for"].items()
    ]
    head = ("draws speak for", "share, %", "given no signature, %", "failing without any, %", "in the assumptions")
    error = f"error of one draw's difference {100 * of['error_of_a_draw']:.0f} %"
    lines = [
        f"{MEASURES[key]}: {of['draws']:,} draws, {of['repeats']} courses of chance each;\n{error}",
        table(("weight: what a group takes of it, %", "mean", PLUS_MINUS_HEAD), weights),
        table(head, rows),
        *(
            textwrap.fill(line, WIDTH, subsequent_indent="  ")
            for line in (
                *_boxes(of),
                *(_corner(name, corner) for name, corner in of["corners"].items()),
                *_picture(of["picture"]),
            )
        ),
    ]
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f}"


def _boxes(of: Told) -> list[str]:
    lines = []
    for name, side in of["speaks_for"].items():
        for box in side["boxes"]:
            limits = [limit for limit in box["limits"] if limit["quasi_p"] <= BY_CHANCE]
            share = f"{_percent(box['density'])} % of {box['draws']} draws that did not choose the box"
            lines.append(f"box for {name}: {_limits(limits) or 'no limit that chance does not explain'}: {share}")
    return lines or ["no box in up to four assumptions in which four draws of five speak for the same"]


def _limits(limits: list[Told]) -> str:
    return ", ".join(
        f"{limit['assumption']} {'up to' if limit['is_upper'] else 'above'} {limit['value']:.3g}" for limit in limits
    )


def _corner(name: str, corner: Told) -> str:
    where = f"corner that favours {name}: {_limits(corner['limits'])}"
    if corner["difference"] is None:
        return f"{where}: too few draws"
    found, error = 100 * corner["difference"], 100 * Z * corner["se"]
    return f"{where}: first less second {found:+.0f} ± {error:.0f} % in {corner['draws']} draws that did not choose it"


def _picture(picture: Told | None) -> list[str]:
    if picture is None:
        return []
    pairs = zip(picture["assumptions"], picture["total"], picture["total_se"], strict=True)
    leading = " and ".join(f"{name} (total index {total:.2f} ± {Z * error:.2f})" for name, total, error in pairs)
    return [f"the difference hangs most on {leading}; its picture over both is in --json"]
