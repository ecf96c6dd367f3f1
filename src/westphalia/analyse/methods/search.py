"""One box: peeled over all columns, again over the few that matter, settled, and rid of limits that chance explains.

Definition:
    columns matter by the density that their release would cost. A limit is explained by chance if
        quasi-p = P(Binomial(runs in the box, density with that limit released) >= hits in the box)
    on the runs that chose it exceeds ``CHANCE``; the likeliest goes first. Where no box is dense enough by the margin,
    one that is so without it, or that lacks no more than it, comes nearest: that more runs might confirm.
Units:
    limits in bins, shares.
Source:
    quasi-p as in Bryant and Lempert 2010.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from westphalia.analyse.methods.bins import Binned
from westphalia.analyse.methods.rules import (
    LEAST_MASS,
    PATIENCE,
    Limits,
    Rule,
    Trajectory,
    choose,
    limited,
    peel,
    settle,
    within,
)

CHANCE = 1e-3
"""A limit that chance explains with a greater probability than this is released."""

Sample = tuple[Binned, np.ndarray]
"""Runs in bins, and which of them are hits."""


class Wanted(NamedTuple):
    """What a box shall be, in how many columns, how patiently found.

    The margin of the rule is wide so that a box does not owe its density to having been chosen for it.
    """

    rule: Rule = Rule(density=0.8, margin=5.0)
    most_columns: int = 4
    patience: float = PATIENCE
    least_mass: float = LEAST_MASS


WANTED = Wanted()


def find(sample: Sample, wanted: Wanted, least: int) -> tuple[Limits, Trajectory, bool]:
    """One box, the trajectory it stands on, and whether it is dense enough; otherwise it is what comes nearest."""
    binned, hit = sample
    trajectory = peel(binned, hit, patience=wanted.patience, least_runs=least)
    box, rule = _best(trajectory, wanted.rule)
    columns = limited(binned, box)
    if len(columns) > wanted.most_columns:
        costs = [_released_density(sample, box, [(c, 0), (c, 1)]) for c in columns.tolist()]
        columns = columns[np.argsort(costs, kind="stable")[: wanted.most_columns]]
        trajectory = peel(binned, hit, patience=wanted.patience, least_runs=least, columns=columns)
        box, rule = _best(trajectory, wanted.rule)
    if rule is None:
        return box, trajectory, False
    box = settle(binned, hit, box, columns, rule, least_runs=least)
    while (chance := _most_by_chance(sample, box)) is not None:
        box = _release(binned, box, [chance])
        kept = limited(binned, box)
        if chance[0] not in kept:
            box = settle(binned, hit, box, kept, rule, least_runs=least)
    # Limits that chance explains may have carried the box over the mark.
    is_dense = hit[inside_of(binned, box)].mean() >= wanted.rule.density * (1 - 1e-12)
    return box, trajectory, bool(is_dense and rule == wanted.rule)


def _best(trajectory: Trajectory, rule: Rule) -> tuple[Limits, Rule | None]:
    """The best box by the rule, without its margin, or within the margin below; at worst the densest."""
    for margin in (rule.margin, 0.0, -rule.margin):
        milder = rule._replace(margin=margin)
        if (at := choose(trajectory, milder)) is not None:
            return Limits(trajectory.low[at], trajectory.high[at]), milder
    at = int(np.argmax(trajectory.density))
    return Limits(trajectory.low[at], trajectory.high[at]), None


def ends_of(binned: Binned, box: Limits) -> list[tuple[int, int]]:
    """Column and end, 0 or 1, of each limit."""
    ends = [(int(c), 0) for c in np.flatnonzero(box.low > 0)]
    return sorted(ends + [(int(c), 1) for c in np.flatnonzero(box.high < binned.last)])


def _release(binned: Binned, box: Limits, ends: list[tuple[int, int]]) -> Limits:
    low, high = box.low.copy(), box.high.copy()
    for column, end in ends:
        if end:
            high[column] = binned.last[column]
        else:
            low[column] = 0
    return Limits(low, high)


def inside_of(binned: Binned, box: Limits) -> np.ndarray:
    """Which runs lie in a box."""
    return within(binned, box, limited(binned, box))


def _released_density(sample: Sample, box: Limits, ends: list[tuple[int, int]]) -> float:
    inside = inside_of(sample[0], _release(sample[0], box, ends))
    return float(sample[1][inside].mean()) if inside.any() else 0.0


def quasi_p(sample: Sample, box: Limits, end: tuple[int, int]) -> float:
    """Probability that the box is so dense by chance if this limit means nothing."""
    inside = inside_of(sample[0], box)
    return float(stats.binom.sf(sample[1][inside].sum() - 1, inside.sum(), _released_density(sample, box, [end])))


def _most_by_chance(sample: Sample, box: Limits) -> tuple[int, int] | None:
    """The limit that chance explains best, if it explains it."""
    odds = {end: quasi_p(sample, box, end) for end in ends_of(sample[0], box)}
    worst = max(odds, key=odds.__getitem__, default=None)
    return worst if worst is not None and odds[worst] > CHANCE else None
