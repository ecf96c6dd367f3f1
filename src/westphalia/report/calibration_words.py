"""What is printed of a calibration: what the record says of each number, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report.terminal import table

HEAD = ("number", "before: 5 %", "50 %", "95 %", "after: 5 %", "50 %", "95 %", "contraction")
LEARNT = 0.2
"""Contraction from which a number counts as informed by the record."""


def told(found: Mapping[str, Any]) -> str:
    """The end of ``westphalia calibrate``."""
    return "\n\n".join(_fold(each) for each in found["folds"])


def _fold(found: Mapping[str, Any]) -> str:
    rows = [
        (each["path"], *(f"{value:.3g}" for value in (*each["before"], *each["after"])), f"{each['contraction']:.2f}")
        for each in found["parameters"]
    ]
    learnt = [each["path"] for each in found["parameters"] if each["contraction"] >= LEARNT]
    first, last = found["window"]
    count = f"{len(learnt)} of {len(found['parameters'])} numbers"
    parts = [
        f"{found['scenario']}, fold {found['fold']}: {found['title']}",
        f"Months {first} to {last}, {found['runs'][0]:,} runs a round",
        table(HEAD, rows),
        f"The record informs {count} (contraction of {LEARNT:g} or more); the others stay what they were.",
        "Best known together: " + "; ".join(_composite(each) for each in found["composites"]),
        table(
            ("series", "months", "inside 80 %, before", "after", "explained by the numbers"),
            [_fit(each) for each in found["fit"]],
        ),
        "At an edge of their range, which says that the structure lacks something: "
        + (", ".join(found["at_an_edge"]) or "none"),
    ]
    if "coverage" in found:
        parts.append(covered(found["coverage"]))
    named = "A scenario beside a copy of it takes its draws from there by: drawn: posterior.csv"
    parts.append(f"table: {found['table']}\n{named}")
    return "\n\n".join(parts)


def _composite(found: Mapping[str, Any]) -> str:
    weights = " ".join(f"{each['weight']:+.2f} {each['path']}" for each in found["weights"])
    return f"{weights} (contraction {found['contraction']:.2f})"


def _fit(found: Mapping[str, Any]) -> tuple[str, ...]:
    shares = (found["inside_before"], found["inside_after"], found["explained"])
    return found["series"], str(found["months"]), *(f"{100 * share:.0f} %" for share in shares)


def covered(found: Mapping[str, Any]) -> str:
    """How often posteriors cover the truth, on data that the model made itself."""
    told_levels = ", ".join(
        f"{100 * each['covered']:.1f} ± {100 * each['se']:.1f} % at {100 * each['level']:g} %"
        for each in found["coverage"]
    )
    below = f"{found['numbers_below_5_percent']} of {found['numbers']} numbers"
    made = f"On {found['sets']} data sets of the model's own"
    return f"{made} the truth is covered: {told_levels}; ranks of {below} are uneven at 5 %."
