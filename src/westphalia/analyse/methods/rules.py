"""Patient rule induction: the peeling of a box in which a statement mostly holds, and the choice along the way.

Definition:
    from the whole space, remove again and again that slab at an end of a column which holds at least ``patience`` of
    the box's runs and the lowest share of hits. Each box on the way has a density (share of its runs that are hits), a
    coverage (share of all hits that lie in it) and a number of runs: the trade-off curve. A box is chosen by
        the greatest hits^2 / runs^sharpness
    among those whose density, less ``margin`` standard errors, is as wanted. Sharpness 1 is coverage x density, up to a
    constant; sharpness 0 is coverage alone. Then each column in turn gets the interval
    that is best by the same rule, the others given: pasting and further peeling at once, to the bin.
Units:
    shares, numbers of runs; limits in bins, both ends inside.
Source:
    Friedman and Fisher 1999, Statistics and Computing 9, sections 8 to 10; density, coverage and the trade-off curve
    as in Bryant and Lempert 2010. The slab of lowest share is their objective for columns of unequal steps (14.6).
Fails when:
    hits lie in a shape without flat sides, or where only two columns together tell anything (a chessboard).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Integer

from westphalia.analyse.methods.bins import MOST, Binned

PATIENCE = 0.05
"""Share of a box's runs that a peel removes at least."""
LEAST_MASS = 0.03
"""A box holds at least this share of the runs."""
ROUNDS = 20
"""Settling stops after so many rounds over the columns at the latest; two or three are usual."""


class Rule(NamedTuple):
    """Which box is the best: dense enough by so many standard errors at that density, then by this sharpness."""

    density: float = 0.8
    margin: float = 0.0
    sharpness: float = 1.0


class Limits(NamedTuple):
    """A box in bins, both ends inside: one entry a column."""

    low: Integer[np.ndarray, " column"]
    high: Integer[np.ndarray, " column"]


@dataclass(frozen=True, eq=False)
class Trajectory:
    """The boxes of one peeling, from the whole space down.

    Attributes:
        low: First bin of each box, ``(box, column)``.
        high: Last bin of each box.
        runs: Runs in each box.
        hits: Hits in each box.
        last: Last bin of each column.
    """

    low: np.ndarray
    high: np.ndarray
    runs: np.ndarray
    hits: np.ndarray
    last: np.ndarray

    @property
    def density(self) -> np.ndarray:
        """Share of each box's runs that are hits."""
        return self.hits / self.runs

    @property
    def coverage(self) -> np.ndarray:
        """Share of all hits that lie in each box."""
        return self.hits / max(self.hits[0], 1)

    @property
    def restricted(self) -> np.ndarray:
        """Number of columns that each box limits."""
        return ((self.low > 0) | (self.high < self.last)).sum(axis=1)


def peel(
    binned: Binned,
    hit: Bool[np.ndarray, " run"],
    *,
    patience: float = PATIENCE,
    least_runs: int = 1,
    columns: np.ndarray | None = None,
) -> Trajectory:
    """Peel until no slab raises the density or the box would hold too few runs.

    Counts by column and bin are kept up to date by the runs that leave, so that a whole peeling counts each run once.

    Args:
        binned: The runs.
        hit: For which of them the statement holds.
        patience: Share of the box's runs that a peel removes at least.
        least_runs: No box holds fewer runs.
        columns: Columns that may be limited; all by default.
    """
    chosen = np.arange(len(binned.bins)) if columns is None else np.asarray(columns)
    bins = binned.bins[chosen]
    counts, inside = count(bins, hit), np.arange(len(hit))
    low, high = np.zeros(len(binned.bins), int), binned.last.copy()
    boxes = [(low.copy(), high.copy(), *counts[:, 0].sum(axis=1))]
    while (cut := _best_slab(counts, patience, least_runs)) is not None:
        column, is_upper, edge = cut
        values = bins[column, inside]
        leaves = values >= edge if is_upper else values <= edge
        gone, inside = inside[leaves], inside[~leaves]
        counts -= count(bins[:, gone], hit[gone])
        if is_upper:
            high[chosen[column]] = edge - 1
        else:
            low[chosen[column]] = edge + 1
        boxes.append((low.copy(), high.copy(), *counts[:, 0].sum(axis=1)))
    lows, highs, runs, hits = (np.array(of) for of in zip(*boxes, strict=True))
    return Trajectory(lows, highs, runs, hits, binned.last)


def choose(trajectory: Trajectory, rule: Rule) -> int | None:
    """The best box that is surely dense enough; ``None`` where none is."""
    worth = merit(trajectory.hits, trajectory.runs, rule)
    best = int(np.argmax(worth))
    return best if worth[best] > 0 else None


def merit(hits: np.ndarray, runs: np.ndarray, rule: Rule) -> np.ndarray:
    """``hits^2 / runs^sharpness`` of boxes that are dense enough, otherwise 0."""
    runs = np.maximum(runs, 1).astype(float)
    needed = rule.density * runs + rule.margin * np.sqrt(rule.density * (1 - rule.density) * runs)
    # To the last digit: a density that was itself a quotient of such numbers must be found dense enough.
    is_enough = hits >= needed * (1 - 1e-12)
    return is_enough * hits.astype(float) ** 2 / (runs if rule.sharpness == 1 else runs**rule.sharpness)


def settle(
    binned: Binned,
    hit: Bool[np.ndarray, " run"],
    box: Limits,
    columns: np.ndarray,
    rule: Rule,
    *,
    least_runs: int = 1,
) -> Limits:
    """Give each column in turn its best interval, the others given, until nothing changes."""
    low, high = box.low.copy(), box.high.copy()
    for _ in range(ROUNDS):
        before = (low.copy(), high.copy())
        for column in columns:
            inside = within(binned, Limits(low, high), np.setdiff1d(columns, column))
            counts = count(binned.bins[[column]][:, inside], hit[inside])[:, 0]
            low[column], high[column] = _best_interval(
                counts, (int(low[column]), int(high[column])), int(binned.last[column]), rule, least_runs
            )
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    return Limits(low, high)


def within(binned: Binned, box: Limits, columns: np.ndarray) -> Bool[np.ndarray, " run"]:
    """Which runs the limits in these columns let in."""
    inside = np.ones(binned.bins.shape[1], bool)
    for column in columns:
        if box.low[column] > 0:
            inside &= binned.bins[column] >= box.low[column]
        if box.high[column] < binned.last[column]:
            inside &= binned.bins[column] <= box.high[column]
    return inside


def limited(binned: Binned, box: Limits) -> np.ndarray:
    """The columns that a box limits."""
    return np.flatnonzero((box.low > 0) | (box.high < binned.last))


def count(bins: np.ndarray, hit: np.ndarray) -> np.ndarray:
    """Runs and hits by column and bin: ``(2, column, bin)``."""
    columns = np.arange(len(bins), dtype=np.int32)[:, None]
    codes = 2 * MOST * columns + MOST * hit.astype(np.int32) + bins
    both = np.bincount(codes.ravel(), minlength=2 * MOST * len(bins)).reshape(-1, 2, MOST)
    return np.stack([both.sum(axis=1), both[:, 1]])


def _best_slab(counts: np.ndarray, patience: float, least_runs: int) -> tuple[int, bool, int] | None:
    """Column, end and inner edge of the slab with the lowest share of hits; ``None`` if none lowers the rest less."""
    upto = counts.cumsum(axis=-1)
    total = upto[:, 0, -1]
    needed = max(patience * total[0], 1)
    # The least slab of so many runs: up to this bin at the lower end, from this bin on at the upper.
    first = np.argmax(upto[0] >= needed, axis=-1)
    second = (upto[0] <= total[0] - needed).sum(axis=-1)
    below = np.take_along_axis(upto, np.stack([first, np.maximum(second - 1, 0)], axis=-1)[None], axis=-1)
    edges = np.stack([first, second])
    upper = total[:, None] - np.where(second > 0, below[..., 1], 0)
    runs, hits = np.stack([below[..., 0], upper], axis=1)
    share = np.where(total[0] - runs >= max(least_runs, 1), hits / np.maximum(runs, 1), np.inf)
    end, column = np.unravel_index(np.lexsort((runs.ravel(), share.ravel()))[0], share.shape)
    if share[end, column] >= total[1] / max(total[0], 1):
        return None
    return int(column), bool(end), int(edges[end, column])


def _best_interval(counts: np.ndarray, now: tuple[int, int], last: int, rule: Rule, least_runs: int) -> tuple[int, int]:
    """First and last bin of the interval of greatest merit; the present one where none is better."""
    sums = np.concatenate([np.zeros((2, 1), int), counts[:, : last + 1].cumsum(axis=1)], axis=1)
    runs, hits = sums[:, None, 1:] - sums[:, :-1, None]
    worth = np.where(runs >= least_runs, merit(hits, runs, rule), 0.0)
    best = np.unravel_index(int(np.argmax(worth)), worth.shape)
    return (int(best[0]), int(best[1])) if worth[best] > worth[now] else now
