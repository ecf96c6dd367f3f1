"""Where a statement holds: up to three boxes in up to four assumptions each, checked on runs that did not choose them.

Definition:
    half of the runs choose. A box is peeled over all columns, and once more over the few whose release costs it most
    density; it is settled; limits that chance explains are released; its runs are set aside, and the next box is
    sought among the rest (covering). The other half of the runs checks: density and coverage of each box in the whole
    sample, of their union, and for each limit
        quasi-p = P(Binomial(runs in the box, density with that limit released) >= hits in the box).
    ``reproduced`` is the share of random subsamples in whose box the same column is limited at the same end.
Units:
    shares; limits in those of their columns.
Source:
    Friedman and Fisher 1999 (covering, 11); quasi-p and reproducibility as in Bryant and Lempert 2010. Unlike there,
    the quasi-p is counted on runs that did not choose the box, where it is an honest p of one test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from westphalia.analyse.methods.bins import Binned, rank_bins
from westphalia.analyse.methods.rules import Limits, Trajectory
from westphalia.analyse.methods.search import WANTED, Sample, Wanted, ends_of, find, inside_of, quasi_p

SUBSAMPLE = 5_000
"""A subsample has at most so many runs, and at most half of them."""


class Share(NamedTuple):
    """A share with its standard error."""

    value: float
    se: float


class Check(NamedTuple):
    """What runs that did not choose say of a region."""

    density: Share
    coverage: Share
    runs: int


class Limit(NamedTuple):
    """One end of one column: ``x > value`` for a lower, ``x <= value`` for an upper limit."""

    column: int
    is_upper: bool
    value: float
    quasi_p: float
    reproduced: float


class Box(NamedTuple):
    """A region with its figures on the runs that chose it, and the check by the others."""

    limits: tuple[Limit, ...]
    density: float
    coverage: float
    runs: int
    check: Check

    def contains(self, x: Float[np.ndarray, "run column"]) -> Bool[np.ndarray, " run"]:
        """Which runs lie in the box."""
        inside = np.ones(len(x), bool)
        for limit in self.limits:
            values = x[:, limit.column]
            inside &= (values <= limit.value) if limit.is_upper else (values > limit.value)
        return inside


@dataclass(frozen=True, eq=False)
class Rules:
    """Boxes found, the first the best.

    Attributes:
        boxes: Boxes as dense as wanted among the runs that chose; empty where there is none.
        nearest: Where there is none, the box that comes nearest; otherwise ``None``.
        union: Check of all boxes together; ``None`` without a box.
        trajectory: Trade-off curve of the first box.
    """

    boxes: tuple[Box, ...]
    nearest: Box | None
    union: Check | None
    trajectory: Trajectory


def induce(
    x: Float[np.ndarray, "run column"] | Binned,
    hit: Bool[np.ndarray, " run"],
    *,
    seed: int,
    wanted: Wanted = WANTED,
    most_boxes: int = 3,
    subsamples: int = 10,
) -> Rules:
    """Find boxes in which the statement holds.

    Args:
        x: Assumptions of each run, levels in a meaningful order; or the same in bins, to be used for many statements.
        hit: For which runs the statement holds.
        seed: Divides the runs into those that choose and those that check, and draws the subsamples.
        wanted: What a box shall be.
        most_boxes: So many boxes at most.
        subsamples: Number of subsamples behind ``reproduced``, which is not a number without any, or without a box.

    Raises:
        ValueError: If there are fewer than 20 runs, or not as many statements as runs.
    """
    binned = x if isinstance(x, Binned) else rank_bins(x)
    if binned.bins.shape[1] != len(hit) or len(hit) < 20:
        raise ValueError("at least 20 runs, and for each whether the statement holds")
    random = np.random.default_rng(seed)
    order = random.permutation(len(hit))
    choosing, checking = (np.sort(half) for half in (order[::2], order[1::2]))
    chooser, checker = (binned.of(choosing), hit[choosing]), (binned.of(checking), hit[checking])
    found, trajectory, is_enough = _cover(chooser, wanted, most_boxes)
    left, boxes = np.ones(len(choosing), bool), []
    for box in found:
        rest = (chooser[0].of(np.flatnonzero(left)), chooser[1][left])
        again = [_resampled(rest, wanted, len(choosing), random) for _ in range(subsamples if is_enough else 0)]
        boxes.append(_described(chooser, checker, box, again))
        left &= ~inside_of(chooser[0], box)
    union = _checked(checker, np.any([inside_of(checker[0], box) for box in found], axis=0)) if is_enough else None
    return Rules(tuple(boxes) if is_enough else (), None if is_enough else boxes[0], union, trajectory)


def _cover(sample: Sample, wanted: Wanted, most_boxes: int) -> tuple[list[Limits], Trajectory, bool]:
    """Dense boxes one after the other, or the one that comes nearest; the first trajectory; whether they suffice.

    Where what is left is dense as it is, no box is needed for it: a box has a limit.
    """
    binned, hit = sample
    least = max(int(wanted.least_mass * len(hit)), 1)
    left, found = np.ones(len(hit), bool), []
    box, trajectory, is_enough = find(sample, wanted, least)
    if not is_enough or not ends_of(binned, box):
        return [box], trajectory, False
    while is_enough and ends_of(binned, box):
        found.append(box)
        left &= ~inside_of(binned, box)
        if len(found) == most_boxes or left.sum() <= least:
            break
        box, _, is_enough = find((binned.of(np.flatnonzero(left)), hit[left]), wanted, least)
    return found, trajectory, True


def _resampled(sample: Sample, wanted: Wanted, whole: int, random: np.random.Generator) -> set[tuple[int, int]]:
    """The limits of the box that a random part of the runs would choose."""
    binned, hit = sample
    size = max(min(len(hit) // 2, SUBSAMPLE), 1)
    part = np.sort(random.choice(len(hit), size, replace=False))
    least = max(int(wanted.least_mass * whole * size / len(hit)), 1)
    box, _, _ = find((binned.of(part), hit[part]), wanted, least)
    return set(ends_of(binned, box))


def _described(chooser: Sample, checker: Sample, box: Limits, again: list[set[tuple[int, int]]]) -> Box:
    binned, hit = chooser
    limits = []
    for column, end in ends_of(binned, box):
        value = float(binned.edges[column][box.high[column] if end else box.low[column] - 1])
        share = float(np.mean([(column, end) in other for other in again])) if again else float("nan")
        limits.append(Limit(column, bool(end), value, quasi_p(checker, box, (column, end)), share))
    inside = inside_of(binned, box)
    runs, hits = int(inside.sum()), int(hit[inside].sum())
    check = _checked(checker, inside_of(checker[0], box))
    return Box(tuple(limits), hits / runs, hits / max(int(hit.sum()), 1), runs, check)


def _checked(checker: Sample, inside: np.ndarray) -> Check:
    hit = checker[1]
    runs, hits, total = int(inside.sum()), int(hit[inside].sum()), int(hit.sum())
    return Check(share_of(hits, runs), share_of(hits, total), runs)


def share_of(part: int, whole: int) -> Share:
    """A share; its error is that of the share with one success and one failure more, so that it is never nothing."""
    near = (part + 1) / (whole + 2)
    return Share(part / whole if whole else float("nan"), float(np.sqrt(near * (1 - near) / (whole + 2))))
