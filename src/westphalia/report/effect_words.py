"""How large what a claim compares is, in words: the median and the band of a figure or of a paired difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from westphalia.report import words
from westphalia.report.words import NBSP, Real

OF_OUTCOME = "1 or 0"
"""Unit of an outcome, which is told by its mean."""
BEYOND = "beyond telling"
"""Stands for a difference from what never happens."""


def told(effect: Mapping[str, Any]) -> str:
    """One effect: what it is of, its median and 5-95 %, the runs, and how often it never comes."""
    if not effect["runs"]:
        return f"{effect['test']}: it never happens in any run that counts"
    never = "".join(f"; {each}" for each in _never(effect))
    return f"{effect['test']}: {_spread(effect)} in {effect['runs']:,.0f} runs{never} (wanted: {effect['wanted']})"


def _spread(effect: Mapping[str, Any]) -> str:
    if effect["unit"] == OF_OUTCOME:
        return f"{_amount(effect, effect['mean'])} on average"
    low, middle, high = (_amount(effect, effect[name]) for name in ("q05", "q50", "q95"))
    tail = NBSP + high.partition(NBSP)[2] if NBSP in high else ""
    band = f"{low.removesuffix(tail)} to {high}" if tail else f"{low} to {high}"
    return f"{middle} in the median (5–95{NBSP}%: {band})"


def _amount(effect: Mapping[str, Any], value: Real | None) -> str:
    if value is None:
        return BEYOND if effect["is_difference"] else "never"
    unit = "share" if effect["unit"] == OF_OUTCOME else effect["unit"]
    if not effect["is_difference"]:
        return words.percent(value) if unit == "share" else _plain(value, unit)
    told = f"{words.hundredths(abs(value))}{NBSP}points" if unit == "share" else _plain(abs(value), unit)
    is_nothing = told.partition(NBSP)[0].strip("0.") == ""
    return told if is_nothing else f"{'+' if value > 0 else '−'}{told}"


def _plain(value: Real, unit: str) -> str:
    return words.plain(value, 3) if unit in {"1", "index"} else words.amount(value, unit)


def _never(effect: Mapping[str, Any]) -> Iterator[str]:
    """Shares of the runs that count in which it never happens, where there are any."""
    if not effect["is_difference"]:
        if effect["never"]:
            yield f"never in {words.percent(effect['never'])}"
        return
    if effect["never"]:
        yield f"in {words.percent(effect['never'])} never in the first alone"
    if effect["never_other"]:
        yield f"in {words.percent(effect['never_other'])} never in the second alone"
    if effect["never_both"]:
        yield f"in {words.percent(effect['never_both'])} never in either, which are left out"
