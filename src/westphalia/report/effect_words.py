"""How large what a claim compares is, in words: the median and the band of a figure or of a paired difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from westphalia.report import words
from westphalia.report.words import NBSP, Real

OF_OUTCOME = "1 or 0"
"""Unit of an outcome, which is told by its mean."""


def told(effect: Mapping[str, Any], days: int) -> str:
    """One effect: what it is of, its median and 5-95 %, the runs, how often it never comes, and what the test wants.

    Args:
        effect: As ``claims`` tells it.
        days: Days of a step, which the model calls a week.
    """
    if not effect["runs"]:
        return f"{effect['test']}: it never happens in any run that counts"
    never = "".join(f"; {each}" for each in _never(effect))
    runs = f"{effect['runs']:,.0f} runs that count"
    return words.by_step(f"{effect['test']}: {_spread(effect)} in {runs}{never} (wanted: {wanted(effect)})", days)


def wanted(effect: Mapping[str, Any]) -> str:
    """What a test wants: ``by`` is the least difference of a strict comparison, and the most that another lets pass."""
    of, unit = effect["wanted"], effect["unit"]
    other = "the other" if of["than"] is None else _plain_amount(of["than"], unit)
    by = f"{100 * of['by']:g}{NBSP}%" if of["is_relative"] else _difference_of(of["by"], unit)
    is_plain = not of["by"]
    return {
        "less than": f"less than {other}" if is_plain else f"below {other} by more than {by}",
        "more than": f"more than {other}" if is_plain else f"above {other} by more than {by}",
        "at most": f"no more than {other}" if is_plain else f"at most {by} above {other}",
        "at least": f"no less than {other}" if is_plain else f"at most {by} below {other}",
        "no different from": f"the same as {other}" if is_plain else f"within {by} of {other}",
    }[of["is"]]


def _plain_amount(value: Real, unit: str) -> str:
    return words.percent(value) if unit == "share" else _as_given(value, unit)


def _difference_of(value: Real, unit: str) -> str:
    return f"{words.hundredths(value)}{NBSP}points" if unit in {"share", OF_OUTCOME} else _as_given(value, unit)


def _as_given(value: Real, unit: str) -> str:
    """A number of the scenario, which is not rounded."""
    if unit == words.PERSONS:
        return words.persons(value)
    return f"{value:g}" if unit in {"1", "index", OF_OUTCOME} else f"{value:g}{NBSP}{unit.replace('km2', 'km²')}"


def _spread(effect: Mapping[str, Any]) -> str:
    if effect["unit"] == OF_OUTCOME:
        return f"{_amount(effect, effect['mean'])} on average"
    low, middle, high = (_quantile(effect, name) for name in ("q05", "q50", "q95"))
    tail = NBSP + high.partition(NBSP)[2] if NBSP in high else ""
    band = f"{low.removesuffix(tail)} to {high}" if tail else f"{low} to {high}"
    return f"{middle} in the median (5–95{NBSP}%: {band})"


def _quantile(effect: Mapping[str, Any], name: str) -> str:
    """A quantile, or in which of the two it never comes there."""
    if effect[name] is not None:
        return _amount(effect, effect[name])
    return f"never in the {effect['never_at'][name]}" if effect["is_difference"] else "never"


def _amount(effect: Mapping[str, Any], value: Real) -> str:
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
