"""What the agreements of a study say: how often each option of an issue stands in the first text that is signed."""

from __future__ import annotations

import numpy as np

from westphalia.report import numbers, words
from westphalia.report.agreements import MISSING
from westphalia.report.facts import Facts
from westphalia.report.frame import Frame
from westphalia.report.tables import Table
from westphalia.scenario.talks import Issue

FEWEST = 20
"""With fewer signatures nothing is said of their texts."""
LEAST = 0.05
"""Options with a smaller share are left out."""
MOST = 3
"""So many options of an issue are listed."""


def table(facts: Facts) -> Table | None:
    """The options most often signed, issue by issue; none where too little is signed."""
    signed = _signed(facts)
    if len(signed) < FEWEST:
        return None
    title = f"What the first agreement says, of {len(signed):,} runs with one: share of options (± 95 %)"
    rows = ((issue.label, _listed(issue, _shares(signed, key))) for key, issue in _issues(facts).items())
    return Table(title, ("issue", "options, the most frequent first"), tuple(rows), words=2)


def sentence(facts: Facts) -> str:
    """Which clauses are nearly settled once anything is signed, and which are not; empty where that says nothing."""
    signed = _signed(facts)
    if len(signed) < FEWEST:
        return ""
    leading = {issue.label: _shares(signed, key)[0][1] for key, issue in _issues(facts).items()}
    most, least = max(leading, key=leading.__getitem__), min(leading, key=leading.__getitem__)
    if most == least:
        return ""
    return (
        f"Where something is signed, the texts differ least on “{most}” ({words.percent(leading[most])} have the same "
        f"option) and most on “{least}” (its most frequent option stands in {words.percent(leading[least])}). "
        "That a text is signed says nothing of its being just."
    )


def _issues(facts: Facts) -> dict[str, Issue]:
    """What is on the table; nothing where the study's copy of its scenario is gone."""
    return facts.scenario.talks.issues if facts.scenario and facts.scenario.talks else {}


def _signed(facts: Facts) -> Frame:
    runs = facts.base_runs
    return runs[runs["signed_week"] >= 0] if _issues(facts) else runs[:0]


def _listed(issue: Issue, shares: list[tuple[int, float, float]]) -> str:
    told = [
        f"{issue.options[option - 1]}: {words.percent(share)} ({words.points(se)})"
        for option, share, se in shares[:MOST]
        if share >= LEAST
    ]
    return "; ".join(told) or MISSING


def _shares(signed: Frame, issue: str) -> list[tuple[int, float, float]]:
    """Number, share and its standard error of each option that is ever signed, the most frequent first."""
    column = signed[f"signed[{issue}]"].to_numpy(float)
    found = [(int(option), *numbers.mean_and_error(signed, 1.0 * (column == option))) for option in np.unique(column)]
    return sorted(found, key=lambda row: -row[1])
