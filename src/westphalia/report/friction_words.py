"""What ``westphalia frictions`` prints for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report.numbers import Z
from westphalia.report.terminal import table


def told(found: Mapping[str, Any]) -> str:
    """Values with their bands, the wedges beside them, and what both are conditional on."""
    parts = [
        f"{found['scenario']}: what each of six frictions is worth, {found['runs']:,} runs in each of 64 combinations, "
        f"seed {found['seed']}",
        "This compares the ranges that the scenario assumes; it weighs no causes in the world, and shares no blame. "
        "Values\nadd up to the whole difference; first and last say how much hangs on the order of switching.",
        *(_measure(found, measure) for measure in found["measures"].values()),
        _wedges(found),
        "\n".join(f"{key}: {of['title']}; off: {of['off']}" for key, of in found["frictions"].items()),
    ]
    return "\n\n".join(parts)


def _measure(found: Mapping[str, Any], measure: Mapping[str, Any]) -> str:
    scale = 1.0 if measure["all"] > 1.5 or measure["none"] > 1.5 else 100.0
    unit = "weeks" if scale == 1.0 else "%"

    def shown(value: float) -> str:
        return f"{scale * value:+.1f}"

    rows = [
        (
            found["frictions"][key]["title"],
            shown(of["value"]),
            f"{scale * Z * of['se']:.1f}",
            shown(of["first_in"]),
            shown(of["last_in"]),
            f"{shown(of['low'])} to {shown(of['high'])}",
        )
        for key, of in measure["shapley"].items()
    ]
    whole = (
        f"{measure['title']}: {scale * measure['none']:.1f} {unit} without any, {scale * measure['all']:.1f} with all"
    )
    head = ("friction", f"value, {unit}", "± 95 %", "first", "last", "over all orders")
    return f"{whole}\n{table(head, rows)}"


def _wedges(found: Mapping[str, Any]) -> str:
    rows = [
        (found["frictions"][key]["title"], *(f"{of[q]:.3f}" for q in ("q05", "q50", "q95")))
        for key, of in found["wedges"].items()
    ]
    told = "wedge: how far the best gain of the worst-off falls when the friction alone is on, utility at the start"
    return f"{told}\n{table(('friction', '5 %', '50 %', '95 %'), rows)}"
