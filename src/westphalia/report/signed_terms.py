"""What the agreements of a study say: how often each option of an issue stands in the first text that is signed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from westphalia.report import numbers, words
from westphalia.report.agreements import MISSING
from westphalia.report.facts import Facts
from westphalia.report.frame import Frame
from westphalia.report.tables import Table

FEWEST = 20
"""With fewer signatures nothing is said of their texts."""
LEAST = 0.05
"""Options with a smaller share are left out."""
MOST = 3
"""So many options of an issue are listed."""


def table(facts: Facts) -> Table | None:
    """The options most often signed, issue by issue; none where too little is signed."""
    signed = _signed(facts)
    if signed is None:
        return None
    title = f"What the first agreement says, of {len(signed):,} runs with one: share of options (± 95 %)"
    return Table(title, ("issue", "options, the most frequent first"), tuple(_rows(facts, signed)), words=2)


def sentence(facts: Facts) -> str:
    """Which clauses are nearly settled once anything is signed, and which are not."""
    signed = _signed(facts)
    if signed is None or facts.scenario is None or facts.scenario.talks is None:
        return ""
    leading = {issue.label: _shares(signed, key)[0][1] for key, issue in facts.scenario.talks.issues.items()}
    most, least = max(leading, key=leading.__getitem__), min(leading, key=leading.__getitem__)
    if most == least:
        return ""
    return (
        f"Where something is signed, the texts differ least on “{most}” ({words.percent(leading[most])} have the same "
        f"option) and most on “{least}” (its most frequent option stands in {words.percent(leading[least])}). "
        "That a text is signed says nothing of its being just."
    )


def _signed(facts: Facts) -> Frame | None:
    runs = facts.base_runs
    if facts.scenario is None or facts.scenario.talks is None or "signed_week" not in runs:
        return None
    signed = runs[runs["signed_week"] >= 0]
    return signed if len(signed) >= FEWEST else None


def _rows(facts: Facts, signed: Frame) -> Iterator[tuple[str, ...]]:
    assert facts.scenario is not None, "who talks has a scenario"
    assert facts.scenario.talks is not None, "and talks"
    for key, issue in facts.scenario.talks.issues.items():
        listed = [(option, share, se) for option, share, se in _shares(signed, key)[:MOST] if share >= LEAST]
        told = [
            f"{issue.options[option - 1]}: {words.percent(share)} ({words.points(se)})" for option, share, se in listed
        ]
        yield issue.label, "; ".join(told) or MISSING


def _shares(signed: Frame, issue: str) -> list[tuple[int, float, float]]:
    """Number, share and its standard error of each option that is ever signed, the most frequent first."""
    column = signed[f"signed[{issue}]"].to_numpy(float)
    found = [(int(option), *numbers.mean_and_error(signed, 1.0 * (column == option))) for option in np.unique(column)]
    return sorted(found, key=lambda row: -row[1])
