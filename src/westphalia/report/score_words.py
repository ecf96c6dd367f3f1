"""What ``westphalia talks`` prints for people of rules scored on decisions with known outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report.terminal import table


def told(found: Mapping[str, Any]) -> str:
    """Each rule's error, and how it stands against the yardsticks."""
    yardsticks = found["yardsticks"]
    rows = [
        (rule["rule"], rule["verdict"], *_interval(rule["error"]))
        + tuple(_apart(rule["against"][name]) for name in yardsticks)
        for rule in found["rules"]
    ]
    head = ("rule", "verdict", "error", "90 %", *(f"to the {name}" for name in yardsticks))
    return "\n\n".join(
        (
            f"{found['decisions']:,} decisions, {found['scored']:,} with a known outcome",
            table(head, rows, words=2, width=180),
            f"mean absolute error on a scale from 0 to 100, with 90 % of {found['resamples']:,} resamples of whole "
            "proposals; below 0 a rule is nearer to what was decided than the yardstick on the same decisions\n"
            "a parameter is chosen for each decision on all other proposals",
        )
    )


def _interval(of: Mapping[str, float]) -> tuple[str, str]:
    return f"{of['mean']:.1f}", f"{of['low']:.1f} to {of['high']:.1f}"


def _apart(of: Mapping[str, float]) -> str:
    if of["low"] == of["high"] == 0.0:
        return "-"
    mean, low, high = (round(of[end], 1) + 0.0 for end in ("mean", "low", "high"))  # no negative zero
    return f"{mean:+.1f} ({low:+.1f} to {high:+.1f})"
