"""Where a claim holds and what it hinges on, told by assumption: boxes, hinges, the flip, and a picture of two.

Definition:
    hinges are assumptions whose single effect is beyond chance among all, or whose total effect is beyond error among
    those that single effects put first; those with the greatest total effects are told
    the flip is the smallest change of the leading hinges, from the middle of the draws, that overturns the claim
    the picture is the share of runs in which it holds, in cells of equal rank of the two leading hinges
Units:
    shares; changes in standard deviations of the draws.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.methods.apart import apart
from westphalia.analyse.methods.bins import rank_bins
from westphalia.analyse.methods.boxes import Box, Rules
from westphalia.analyse.methods.flip import flip
from westphalia.analyse.methods.screening import chance
from westphalia.analyse.methods.totals import THREE, Totals, total_from_sample
from westphalia.scenario.inventory import Known

SCREENED = 12
"""Assumptions whose total effects are estimated."""
LEADING = 5
"""Hinges that are told."""
FEWEST = 200
"""Runs that count, below which there is neither box nor hinge."""
COARSE = 8
"""Bins by which assumptions are screened, and cells a side of the picture."""
CHANCE = 0.05
"""A hinge is told if luck alone would give any assumption so strong a single effect with less than this chance, or if
its total effect is ``THREE`` standard errors above nothing: about as rare among those screened."""
UNDECIDED = "not decided by evidence"


class Ground(NamedTuple):
    """What was drawn in the runs, and what is known of it."""

    names: list[str]
    values: np.ndarray
    known: dict[str, Known]

    def told(self, column: int) -> dict[str, Any]:
        """An assumption by path, in words, with what it rests on."""
        return self.told_of(self.names[column])

    def told_of(self, path: str) -> dict[str, Any]:
        """The same of a path, whether or not it differs between the runs."""
        known = self.known.get(path)
        if known is None:  # whether something happens whose chance is a number of the scenario
            return {"assumption": path, "title": path.rpartition(".")[2], "unit": "1", "status": "assumption"}
        return {"assumption": path, "title": known.title, "unit": known.unit, "status": known.status}


class Hinges(NamedTuple):
    """What a claim hinges on, and what that rests on.

    Attributes:
        told: The hinges, the greatest first.
        ranked: Places among the assumptions: the hinges, then those that come next but may be mere error.
        by_distance: What comes first by another measure and beyond chance: how far an assumption's values lie apart
            where the claim holds and where it does not.
    """

    told: list[dict[str, Any]]
    ranked: list[int]
    by_distance: list[dict[str, Any]]

    @property
    def columns(self) -> list[int]:
        """Places of the hinges among the assumptions."""
        return self.ranked[: len(self.told)]

    @property
    def evidence(self) -> str:
        """What the leading hinge rests on; a claim that hinges on an assumption is not decided by evidence."""
        status = self.told[0]["status"] if self.told else "assumption"
        return UNDECIDED if status == "assumption" else status


NO_HINGES = Hinges([], [], [])


def hinges(values: np.ndarray, holds: np.ndarray, ground: Ground, seed: int) -> Hinges:
    """The hinges of a truth by run; none where it is always the same or there are too few runs."""
    if len(holds) < FEWEST or not 0 < holds.sum() < len(holds):
        return NO_HINGES
    binned, columns = rank_bins(values, COARSE), values.shape[1]
    odds = columns * chance(binned, holds)
    order = np.argsort(odds, kind="stable")[:SCREENED]
    totals = total_from_sample(values[:, order], holds, seed=seed)
    ranked = np.argsort(-totals.total, kind="stable").tolist()
    stands_out = (odds[order] < CHANCE) | (totals.total > THREE * totals.se)
    best = [n for n in ranked if stands_out[n]][:LEADING]
    rest = [n for n in ranked if n not in best]
    far = apart(binned, holds)
    farthest = [n for n in np.argsort(-far.distance, kind="stable")[:LEADING] if columns * far.chance[n] < CHANCE]
    return Hinges(
        [_hinge(order, totals, n, ground) for n in best],
        [int(order[n]) for n in (*best, *rest)][:LEADING],
        [ground.told(int(n)) | {"distance": float(far.distance[n])} for n in farthest],
    )


def told_box(box: Box, ground: Ground) -> dict[str, Any]:
    """A box with its limits by assumption, and its figures on the runs that did not choose it."""
    sides: dict[int, dict[str, Any]] = {}
    for limit in box.limits:
        told = sides.setdefault(limit.column, ground.told(limit.column) | {"low": None, "high": None})
        told["high" if limit.is_upper else "low"] = limit.value
        told["quasi_p"] = max(told.get("quasi_p", 0.0), limit.quasi_p)
        again = limit.reproduced if np.isfinite(limit.reproduced) else None  # a box that is not sought again
        told["reproduced"] = None if again is None else min(told.get("reproduced", 1.0), again)
    check = box.check
    return {
        "limits": list(sides.values()),
        "density": check.density.value,
        "density_se": check.density.se,
        "coverage": check.coverage.value,
        "coverage_se": check.coverage.se,
        "runs": check.runs,
    }


def told_nearest(rules: Rules | None, ground: Ground) -> dict[str, Any] | None:
    """Where no box is dense enough, the one that comes nearest, which is no region; none where it limits nothing."""
    if rules is None or rules.nearest is None or not rules.nearest.limits or not rules.nearest.check.runs:
        return None
    told = told_box(rules.nearest, ground)
    return told | {"coverage": told["coverage"] if np.isfinite(told["coverage"]) else None}


def told_trade_off(rules: Rules | None) -> list[dict[str, Any]]:
    """The boxes of the first peeling, from all runs down: what each covers, how dense it is, what it limits.

    These are counted on the runs that chose, and so flatter.
    """
    if rules is None:
        return []
    curve = rules.trajectory
    columns = (curve.coverage.tolist(), curve.density.tolist(), curve.runs.tolist(), curve.restricted.tolist())
    names = ("coverage", "density", "runs", "restricted")
    return [dict(zip(names, point, strict=True)) for point in zip(*columns, strict=True)]


def _hinge(order: np.ndarray, totals: Totals, place: int, ground: Ground) -> dict[str, Any]:
    told = ground.told(int(order[place]))
    first, total = float(totals.first[place]), float(totals.total[place])
    return told | {"total_effect": max(total, first), "se": float(totals.se[place]), "first_order": first}


def told_flip(values: np.ndarray, holds: np.ndarray, columns: tuple[int, ...], ground: Ground) -> dict[str, Any] | None:
    """The smallest change of these assumptions that overturns a claim; none where none is found."""
    columns = tuple(column for column in columns if len(np.unique(values[:, column])) > 2)
    if not columns or len(values) < 50 * (len(columns) + 1):
        return None
    centre, scale = np.median(values, axis=0), values.std(axis=0)
    found = flip(values, holds, centre=centre, scale=scale, columns=columns)
    if found is None:
        return None
    changes = [
        ground.told(column)
        | {"from": float(centre[column]), "to": float(centre[column] + found.change[column] * scale[column])}
        for column in columns
        if abs(found.change[column]) > 0.05
    ]
    return {
        "distance": found.distance,
        "se": found.se,
        "holds_at_centre": found.holds_at_centre,
        "beyond": found.beyond,
        "changes": changes,
    }


def picture(values: np.ndarray, holds: np.ndarray, columns: list[int], ground: Ground) -> dict[str, Any] | None:
    """Share of runs in which the claim holds over its two leading assumptions, in cells of equal rank."""
    if len(columns) < 2:
        return None
    binned = rank_bins(values[:, columns], COARSE)
    x, y = binned.bins.astype(int)
    shape = tuple(int(last) + 1 for last in binned.last[::-1])
    runs, hits = np.zeros(shape, int), np.zeros(shape, int)
    np.add.at(runs, (y, x), 1)
    np.add.at(hits, (y, x), holds.astype(int))
    share = [
        [hit / run if run else None for hit, run in zip(*rows, strict=True)] for rows in zip(hits, runs, strict=True)
    ]
    ends = [
        ground.told(column)
        | {"edges": [float(values[:, column].min()), *map(float, edges), float(values[:, column].max())]}
        for column, edges in zip(columns, binned.edges, strict=True)
    ]
    return {"x": ends[0], "y": ends[1], "share": share, "runs": runs.tolist()}
