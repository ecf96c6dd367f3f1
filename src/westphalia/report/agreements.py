"""What comes of the talks of a study: signatures, breaks, ceasefires, fighting, refusals, in numbers and sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from westphalia.model.outcome import OUTCOMES, SETTLED
from westphalia.report import numbers, seats, words
from westphalia.report.facts import Facts
from westphalia.report.frame import Frame
from westphalia.report.numbers import each
from westphalia.report.tables import Table

REFUSED = "refused["
YEARS = {"one year": 1, "five years": 5}
HOLDS = OUTCOMES[SETTLED]
MISSING = "–"


def periods(facts: Facts) -> dict[str, int]:
    """Steps within which an agreement may be signed, by their name: one and five years as far as runs reach, the end.

    A horizon within one per cent of a number of years counts as that number.
    """
    reach = 1.01 * facts.steps * facts.days
    steps = {name: round(years * words.DAYS_PER_YEAR / facts.days) for name, years in YEARS.items()}
    found = {name: step for name, step in steps.items() if step * facts.days <= reach}
    covers = max(found.values(), default=0) >= 0.99 * facts.steps
    return found if covers else found | {words.span(facts.steps, facts.days): facts.steps}


def signed_within(runs: Frame, steps: int) -> np.ndarray:
    """Whether an agreement was signed within so many steps, 0 or 1 a run."""
    week = runs["signed_week"].to_numpy(float)
    return ((week >= 0) & (week <= steps)).astype(float)


def happened(runs: Frame, column: str) -> np.ndarray:
    """Whether an event with a first week ever happened, 0 or 1 a run."""
    return (runs[column].to_numpy(float) >= 0).astype(float)


def held(runs: Frame) -> np.ndarray:
    """Whether an agreement holds at the end, 0 or 1 a run."""
    return (runs["outcome"] == HOLDS).to_numpy(float)


def sentences(facts: Facts) -> list[str]:
    """What the study says of the table, hedged."""
    told = [_signed(facts), _kept(facts), _quiet(facts), _refusing(facts), _read(facts)]
    told.append(
        "A late signature has had little time to break: that an agreement holds at the end says nothing of what would "
        "come after."
    )
    return [sentence for sentence in told if sentence]


def _share(runs: Frame, hit: np.ndarray) -> str:
    return words.share(*numbers.mean_and_error(runs, hit), len(runs))


def _signed(facts: Facts) -> str:
    runs = facts.base_runs
    told = [f"within {name} in {_share(runs, signed_within(runs, step))}" for name, step in periods(facts).items()]
    return f"In this model, with these assumptions, an agreement is signed {words.listed(told)} of runs."


def _kept(facts: Facts) -> str:
    runs = facts.base_runs
    signed = runs[runs["signed_week"] >= 0]
    if signed.empty:
        return ""
    broke = _share(signed, happened(signed, "broken_week"))
    again = int((held(signed) * happened(signed, "broken_week")).sum())
    after = f", and {again:,} of these runs hold one again at the end" if again else ""
    return (
        f"At the end an agreement holds in {_share(runs, held(runs))} of runs. Of the {len(signed):,} runs with a "
        f"signature, {broke} saw an agreement break{after}."
    )


def _quiet(facts: Facts) -> str:
    runs = facts.base_runs
    low, middle, high = np.quantile(runs["weeks_fought"], (0.05, 0.5, 0.95))
    fought = f"{words.span(middle, facts.days, high)} in the median (5–95{words.NBSP}%: {_span(facts, low, high)})"
    return (
        f"A bare ceasefire, without a text, begins in {_share(runs, happened(runs, 'ceasefire_week'))} of runs. The "
        f"time with fighting adds up to {fought}; a run that still fights counts up to the horizon."
    )


def _span(facts: Facts, low: float, high: float) -> str:
    return words.span_band(low, high, facts.days)


def refusals(facts: Facts) -> Frame:
    """Share of all rounds in which a player's yes was needed and missing, the largest first.

    Returns:
        Columns label, value, se, low, high (95 % interval), text.
    """
    runs, labels = facts.base_runs, seats.labels_of(facts.scenario.talks if facts.scenario else None)
    whole = runs["rounds"].to_numpy(float)
    rows = []
    for column in (name for name in runs.columns if str(name).startswith(REFUSED)):
        share, se = numbers.ratio(runs, runs[column].to_numpy(float), whole)
        if np.isfinite(share):
            low, high = max(0.0, share - numbers.Z * se), min(1.0, share + numbers.Z * se)
            name = seats.player(str(column)[len(REFUSED) : -1], labels)
            rows.append((name, share, se, low, high, f"{words.percent(share)} ({words.points(se)})"))
    data = pd.DataFrame(rows, columns=["label", "value", "se", "low", "high", "text"])
    return data.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)


def _refusing(facts: Facts) -> str:
    first = refusals(facts).head(2)
    if first.empty or first["value"].max() == 0:
        return ""
    told = [f"{row.label} ({words.percent(row.value)} of rounds, {words.points(row.se)})" for row in each(first)]
    return f"A yes that was needed was missing most often from {words.listed(told)}."


def _read(facts: Facts) -> str:
    gap = facts.base_runs.loc[facts.base_runs["signed_week"] >= 0, "reading_gap"]
    if gap.empty:
        return ""
    low, middle, high = np.quantile(gap, (0.05, 0.5, 0.95))
    told = f"{middle:.2f} apart in the median (5–95{words.NBSP}%: {low:.2f} to {high:.2f})"
    return (
        f"At the first signature the two sides' readings of the text lie {told}; 0 is one reading, 1 the farthest "
        "apart."
    )


def summary(facts: Facts) -> Table:
    """What comes of the table, a column an arm."""
    columns = [dict(_rows(facts, facts.runs[facts.runs["arm"] == arm])) for arm in facts.arms]
    rows = [(name, *(column[name] for column in columns)) for name in columns[0]]
    head = ("", *facts.arms.values()) if len(facts.arms) > 1 else ("", "runs")
    return Table("What comes of the talks: shares of runs (± 95 %), and quantiles over runs", head, tuple(rows))


def _rows(facts: Facts, runs: Frame) -> Iterator[tuple[str, str]]:
    for name, step in periods(facts).items():
        yield f"Signed within {name}", _share(runs, signed_within(runs, step))
    yield "An agreement has broken", _share(runs, happened(runs, "broken_week"))
    yield "An agreement holds at the end", _share(runs, held(runs))
    yield "A bare ceasefire has begun", _share(runs, happened(runs, "ceasefire_week"))
    low, middle, high = np.quantile(runs["weeks_fought"], (0.05, 0.5, 0.95))
    fought = f"{words.span(middle, facts.days, high)} ({_span(facts, low, high)})"
    yield "Time with fighting, median (5–95 %)", fought
    gap = runs.loc[runs["signed_week"] >= 0, "reading_gap"]
    spread = np.quantile(gap, (0.05, 0.5, 0.95)) if len(gap) else None
    told = MISSING if spread is None else f"{spread[1]:.2f} ({spread[0]:.2f} to {spread[2]:.2f})"
    yield "Distance of the readings at signature, median (5–95 %)", told
    yield "Rounds of talks, median", f"{np.median(runs['rounds']):.0f}"
