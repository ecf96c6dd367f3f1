"""The human cost: people killed, wounded and displaced on each side, as things are and under each lever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from westphalia.report import numbers, words
from westphalia.report.facts import Facts
from westphalia.report.tables import Table
from westphalia.report.words import PERSONS, Spread


class Loss(NamedTuple):
    """What a recorded series counts: before a side's name, and as the head of a row under the sides' names."""

    phrase: str
    row: str


KILLED = "dead"
LOSSES = {
    KILLED: Loss("soldiers killed,", "Soldiers killed"),
    "wounded": Loss("soldiers wounded,", "Soldiers wounded"),
    "displaced": Loss(
        "civilians displaced from land occupied by", "Civilians displaced from land occupied by the side named above"
    ),
}
"""What the human cost counts, by kind of series."""

NOT_COUNTED = "Civilians killed, and what comes after an end, are not in the model."

SINCE_BEFORE = (KILLED, "displaced")
"""Series that count from before the run; the headline takes what the run adds."""


class Cost(NamedTuple):
    """One count of people: of what kind, whether from before the run, and the spread over runs by side's label."""

    kind: str
    is_since_before: bool
    by_side: dict[str, Spread]
    spared: frozenset[str]
    """The sides that have none in any run."""

    @property
    def row(self) -> str:
        """The count as the head of a row."""
        return LOSSES[self.kind].row + ", since the start of the war" * self.is_since_before


def costs(facts: Facts, arm: str | None = None) -> list[Cost]:
    """What an arm costs in people, the baseline where none is given; kinds that no run counts are left out."""
    found = []
    for kind in LOSSES:
        columns = [f"{kind}[{side}]" for side in facts.sides]
        if not set(columns) <= set(facts.runs) or not facts.runs[columns].to_numpy().any():
            continue
        ends = {side: _ends(facts, arm or facts.base, kind, side) for side in facts.sides}
        before = {side: _before(facts, kind, side) for side in ends}
        if not any(np.isnan(held).any() for held in before.values()):
            found.append(_cost(facts, kind, False, {side: end - before[side] for side, end in ends.items()}))
        if any(held.any() for held in before.values()):
            found.append(_cost(facts, kind, True, ends))
    return found


def _cost(facts: Facts, kind: str, is_since_before: bool, counts: Mapping[str, np.ndarray]) -> Cost:
    spreads = {facts.sides[side]: _spread(count) for side, count in counts.items()}
    spared = frozenset(facts.sides[side] for side, count in counts.items() if not count.any())
    return Cost(kind, is_since_before, spreads, spared)


def _ends(facts: Facts, arm: str, kind: str, side: str) -> np.ndarray:
    """A count at the end of the runs of an arm."""
    return facts.of_arm(arm)[f"{kind}[{side}]"].to_numpy(float)


def _before(facts: Facts, kind: str, side: str) -> np.ndarray:
    return np.asarray(facts.at_start(f"sides.{side}.{kind}") if kind in SINCE_BEFORE else 0.0)


def _spread(values: np.ndarray) -> Spread:
    low, middle, high = np.nanquantile(values, (0.05, 0.5, 0.95))
    return float(low), float(middle), float(high)


def sentence(facts: Facts) -> str:
    """The human cost of the baseline in words: one count of a kind, that of the run where there is one.

    A side that has none in any run, where the other has some, is left out.
    """
    told = {one.kind: one for one in reversed(costs(facts))}

    def of(one: Cost) -> dict[str, Spread]:
        hit = {side: ends for side, ends in one.by_side.items() if side not in one.spared}
        return hit or one.by_side

    kinds = {
        LOSSES[kind].phrase
        if not told[kind].is_since_before
        else f"since the start of the war, {LOSSES[kind].phrase}": of(told[kind])
        for kind in LOSSES
        if kind in told
    }
    return words.cost(kinds)


def table(facts: Facts) -> Table | None:
    """The human cost of the baseline by side; none where the study recorded no people."""
    found, sides = costs(facts), facts.sides.values()
    rows = tuple((one.row, *(words.spread(*one.by_side[label], PERSONS) for label in sides)) for one in found)
    horizon = words.span(facts.steps, facts.days)
    title = f"People, in the {horizon} from {facts.when(0)}: median (5–95 % of runs). {NOT_COUNTED}"
    return Table(title, ("", *sides), rows) if rows else None


def under_levers(facts: Facts) -> Table | None:
    """The human cost of every arm, and what a lever changes in it; none without levers or people."""
    rows = [row for arm in facts.arms for row in _rows(facts, arm)]
    if not rows or len(facts.arms) < 2:
        return None
    title = "People in the runs under each lever; changes are lever less none, paired by run"
    return Table(title, ("", "people", "median (5–95 %)", "change of the mean (± 95 %)"), tuple(rows), 2)


def _rows(facts: Facts, arm: str) -> Iterator[tuple[str, ...]]:
    for one in (one for one in costs(facts, arm) if not one.is_since_before):
        phrase = LOSSES[one.kind].phrase
        for side, label in facts.sides.items():
            ends = words.spread(*one.by_side[label], PERSONS)
            yield (
                facts.arms[arm],
                f"{phrase[:1].upper()}{phrase[1:]} {label}",
                ends,
                _change(facts, arm, one.kind, side),
            )


def _change(facts: Facts, arm: str, kind: str, side: str) -> str:
    """Mean change against the baseline with half of its 95 % interval, in persons."""
    if arm == facts.base:
        return "–"
    change = _ends(facts, arm, kind, side) - _ends(facts, facts.base, kind, side)
    return words.change_of_persons(*numbers.mean_and_error(facts.base_runs, change))


def effect(facts: Facts, arm: str) -> str:
    """What a lever changes in the number of soldiers killed, in words; empty where the study does not have it."""
    if not all(f"{KILLED}[{side}]" in facts.runs for side in facts.sides):
        return ""
    told = [f"{label} {_change(facts, arm, KILLED, side)}" for side, label in facts.sides.items()]
    return f"Soldiers killed, change of the mean: {words.listed(told)}."
