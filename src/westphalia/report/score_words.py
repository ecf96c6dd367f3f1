"""What ``westphalia talks`` and the scoreboard tell of rules scored on decisions with known outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report.terminal import table


def told(found: Mapping[str, Any]) -> str:
    """Each rule's error, and how it stands against the yardsticks."""
    return "\n\n".join(
        (counted(found), table(head(found), cells(found), words=2, width=180), "\n".join(read_so(found)))
    )


def counted(found: Mapping[str, Any]) -> str:
    """On how many decisions the rules were scored."""
    return f"{found['decisions']:,} decisions, {found['scored']:,} with a known outcome"


def head(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the columns."""
    return ("rule", "verdict", "error", "90 %", *(f"to the {name}" for name in found["yardsticks"]))


def cells(found: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """A row for each rule."""
    return [
        (rule["rule"], rule["verdict"], *_interval(rule["error"]))
        + tuple(_apart(rule["against"][name]) for name in found["yardsticks"])
        for rule in found["rules"]
    ]


def read_so(found: Mapping[str, Any]) -> tuple[str, str]:
    """How the table is to be read."""
    return (
        f"mean absolute error on a scale from 0 to 100, with 90 % of {found['resamples']:,} resamples of whole "
        "proposals; below 0 a rule is nearer to what was decided than the yardstick on the same decisions",
        "a parameter is chosen for each decision on all other proposals",
    )


def _interval(of: Mapping[str, float]) -> tuple[str, str]:
    return f"{of['mean']:.1f}", f"{of['low']:.1f} to {of['high']:.1f}"


def _apart(of: Mapping[str, float]) -> str:
    if of["low"] == of["high"] == 0.0:
        return "-"
    mean, low, high = (round(of[end], 1) + 0.0 for end in ("mean", "low", "high"))  # no negative zero
    return f"{mean:+.1f} ({low:+.1f} to {high:+.1f})"
