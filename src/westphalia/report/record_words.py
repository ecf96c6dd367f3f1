"""What is printed of statements of the record and of scores on it: plain sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from westphalia.report.terminal import table

MARKS = {True: "met", False: "missed", None: "not tested"}


def told(found: Mapping[str, Any]) -> str:
    """The end of ``westphalia hindcast``."""
    parts = []
    for name in dict.fromkeys(case["case"] for case in found["cases"]):
        rows = [case for case in found["cases"] if case["case"] == name]
        parts.append(f"{name}: {tally(rows)}\n{table(HEAD, [_row(case) for case in rows], words=4, width=150)}")
    parts += [_fold(fold, found["scores"]) for fold in found["folds"]]
    return "\n\n".join(parts or ["The record holds neither statements nor folds."])


SCORES = ("series", "mode", "forecaster", "CRPS", "best naive", "its CRPS", "difference", "80 % hold")
MODES = {
    "A": "A: one origin, monthly flows",
    "B": "B: one origin, sums",
    "C": "C: a month ahead",
    "D": "D: six months ahead",
}


def _fold(fold: Mapping[str, Any], scores: Sequence[Mapping[str, Any]]) -> str:
    if not fold["scored"]:
        return f"{fold['fold']}: {fold['title']}; no month after its origin is observed yet, give --data FILE"
    rows = [
        (
            row["target"],
            row["mode"],
            row["forecaster"],
            _short(row["crps"]),
            row["best_baseline"],
            _short(row["baseline_crps"]),
            f"{'+' if row['difference'] >= 0 else ''}{_short(row['difference'])} ± {_short(row['difference_se'])}",
            f"{100 * row['coverage80']:.0f} %",
        )
        for row in scores
        if row["fold"] == fold["fold"]
    ]
    modes = "; ".join(MODES.values())
    return f"{fold['fold']}: {fold['title']}. {modes}. Less is better.\n{table(SCORES, rows, words=3, width=150)}"


def _short(value: float) -> str:
    """Three digits of a small number, whole units of a large one."""
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


HEAD = ("statement", "answer", "sentence", "recorded", "kind", "model", "bounds")


def tally(rows: Sequence[Mapping[str, Any]]) -> str:
    """How many statements are met, of those that could be tested."""
    tested = [case for case in rows if case["passed"] is not None]
    met = sum(case["passed"] for case in tested)
    unsure = sum(not case["sure"] for case in tested)
    more = f", {len(rows) - len(tested)} not tested" if len(tested) < len(rows) else ""
    return f"{met} of {len(tested)} statements met ({unsure} within two standard errors of a bound{more})"


def _row(case: Mapping[str, Any]) -> tuple[str, ...]:
    if case["passed"] is None:
        return case["statement"], MARKS[None], f"{case['sentence']} ({case['reason']})", case["recorded"], "", "", ""
    value = "no bound" if case["value"] is None else f"{case['value']:.3g} ± {case['se']:.2g}"
    return (
        case["statement"],
        MARKS[case["passed"]],
        case["sentence"],
        case["recorded"],
        case["kind"],
        value,
        _bounds(case),
    )


def _bounds(case: Mapping[str, Any]) -> str:
    low, high = case["tolerance"]
    if low is None or high is None:
        return f"at least {low:g}" if low is not None else f"at most {high:g}" if high is not None else "none"
    return f"{low:g} to {high:g}"
