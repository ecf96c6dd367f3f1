"""What is told of statements of the record and of scores on it, in cells and sentences that terminal and page share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from westphalia.report.numbers import Z
from westphalia.report.terminal import table

Row = Mapping[str, Any]

MARKS = {True: "met", False: "missed", None: "not tested"}
STATEMENTS = ("statement", "answer", "sentence", "recorded", "kind", "model", "bounds")
SCORES = ("series", "mode", "forecaster", "CRPS", "best naive", "its CRPS", "difference", "80 % hold", "95 % hold")
MILESTONES = ("milestone", "what was so", "day", "recorded", "model 10, 50, 90 %", "inside", "place", "skill")
MODES = "A: one origin, monthly flows; B: one origin, sums; C: a month ahead; D: six months ahead. Less is better"
WIDTH = 150


def told(found: Row) -> str:
    """The end of ``westphalia hindcast``."""
    parts = []
    for name, rows in by_war(found["cases"]).items():
        cells = [statement(case) for case in rows]
        parts.append(f"{name}: {tally(rows)}\n{table(STATEMENTS, cells, words=4, width=WIDTH)}")
    for name, rows in by_war(found["milestones"]).items():
        cells = [milestone(each) for each in rows]
        parts.append(f"{name}: {inside(rows)}\n{table(MILESTONES, cells, words=4, width=WIDTH)}")
    parts += [_fold(fold, found["scores"]) for fold in found["folds"]]
    return "\n\n".join(parts or ["The record holds neither statements, nor milestones, nor folds."])


def by_war(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows by the war that they are about, in the order in which each comes first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["case"], []).append(row)
    return found


def short(value: float) -> str:
    """Three digits of a small number, whole units of a large one."""
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def tally(rows: Sequence[Row]) -> str:
    """How many statements are met, of those that could be tested."""
    tested = [case for case in rows if case["passed"] is not None]
    met = sum(case["passed"] for case in tested)
    unsure = sum(not case["sure"] for case in tested)
    more = f", {len(rows) - len(tested)} not tested" if len(tested) < len(rows) else ""
    return f"{met} of {len(tested)} statements met ({unsure} within error of a bound{more})"


def statement(case: Row) -> tuple[str, ...]:
    """The cells of a statement."""
    if case["passed"] is None:
        sentence = f"{case['sentence']} ({case['reason']})"
        return case["statement"], MARKS[None], sentence, case["recorded"], "", "", ""
    value = "no bound" if case["value"] is None else f"{case['value']:.3g} ± {Z * case['se']:.2g}"
    words = (case["statement"], MARKS[case["passed"]], case["sentence"], case["recorded"], case["kind"])
    return *words, value, _bounds(*case["tolerance"])


def inside(rows: Sequence[Row]) -> str:
    """How many milestones lie where runs do, and on which side the others."""
    known = [row for row in rows if row["model"] is not None]
    within = sum(row["inside"] for row in known)
    above = sum(row["value"] > row["model"][2] for row in known)
    more = f", {len(rows) - len(known)} outside the runs' time" if len(known) < len(rows) else ""
    skilled = [row["skill"] for row in known if row["skill"] is not None]
    better = f"; {sum(each > 0 for each in skilled)} of {len(skilled)} levels told better than by the start's"
    return (
        f"{within} of {len(known)} milestones inside the central 80 % of runs "
        f"({len(known) - within - above} recorded below it, {above} above{more}){better if skilled else ''}"
    )


def milestone(row: Row) -> tuple[str, ...]:
    """The cells of a milestone."""
    day = row["day"] if row["since"] is None else f"{row['since']} to {row['day']}"
    words = (row["milestone"], row["title"], day, f"{short(row['value'])} ± {short(Z * row['error'])}")
    if row["model"] is None:
        return *words, row["reason"], "", "", ""
    model = ", ".join(map(short, row["model"]))
    skill = "" if row["skill"] is None else f"{row['skill']:+.2f}"
    return *words, model, "yes" if row["inside"] else "no", f"{row['place']:.2f}", skill


def score(row: Row) -> tuple[str, ...]:
    """The cells of a score."""
    words = (row["target"], row["mode"], row["forecaster"], short(row["crps"]), row["best_baseline"])
    sign = "+" if row["difference"] >= 0 else ""
    difference = f"{sign}{short(row['difference'])} ± {short(Z * row['difference_se'])}"
    shares = (f"{100 * row[key]:.0f} %" for key in ("coverage80", "coverage95"))
    return *words, short(row["baseline_crps"]), difference, *shares


def of_fold(fold: Row, scores: Sequence[Row]) -> list[Row]:
    """The scores of one fold, with the same link switched off."""
    keys = ("case", "fold", "without")
    return [row for row in scores if all(row[key] == fold[key] for key in keys)]


def head(fold: Row) -> str:
    """What a fold is, and what it does without."""
    return f"{fold['title']}" + (f"; without this: {fold['without']}" if fold["without"] else "")


def _fold(fold: Row, scores: Sequence[Row]) -> str:
    if not fold["scored"]:
        return f"{fold['fold']}: {head(fold)}; no month after its origin is observed yet, give --data FILE"
    cells = [score(row) for row in of_fold(fold, scores)]
    return f"{fold['fold']}: {head(fold)}. {MODES}.\n{table(SCORES, cells, words=3, width=WIDTH)}"


def _bounds(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"at least {low:g}" if low is not None else f"at most {high:g}" if high is not None else "none"
    return f"{low:g} to {high:g}"
