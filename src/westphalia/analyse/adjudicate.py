"""Where one argument carries the weight, where another, and where the record cannot tell.

Definition:
    an argument is a group of frictions, switched as one; weight = what it takes of peace, by the Shapley value over the
    2^k combinations of the k groups, each the mean of several courses of chance in one draw
    a draw speaks for the first or the second where their weights differ by more than the tolerance, else for neither
    where: boxes in the assumptions, found by half of the draws and checked on the other half. Noise within a draw thins
    out boxes, so two corners stand beside them: of the four assumptions that go with the difference most, by rank in
    half of the draws, those halves that favour the one argument or the other, with the mean difference of the other
    half of the draws, in which noise averages out
    given the record: the same shares, each draw counted by how often it ends a first year without a signature
    picture: shares and mean difference in cells of equal rank of the two assumptions with the greatest total
    index for the difference
Units:
    shares of the runs of a draw, and shares of draws.
Source:
    this project's; the methods have theirs. Groups are data.
Holds when / fails when:
    within a group, what one friction gives is set off against what another takes: garbled messages may raise the chance
    of a signature. What is no friction (gain, the cost of war) is on in every cell: peace that fails without any
    friction is told apart and speaks for no group. Assumptions are screened on all draws before indices are taken, so
    indices lean upward; the boxes are not touched by that.
Errors:
    noise within a draw moves draws over the tolerance, more of them to the rarer side: the median error of a draw's
    difference is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from westphalia.analyse.friction_cells import BETTER
from westphalia.analyse.friction_values import NAMES
from westphalia.analyse.methods.bins import place, rank_bins
from westphalia.analyse.methods.boxes import Box, induce
from westphalia.analyse.methods.shapley import value_weights
from westphalia.analyse.methods.totals import total_from_sample
from westphalia.analyse.methods.verdicts import judge

POSITIONS: Mapping[str, tuple[str, ...]] = {
    "messages and home politics": ("messages", "home"),
    "commitment, support and optimism": ("commitment", "third", "optimism"),
    "red lines": ("lines",),
}
"""The groups of the two founding arguments, first and second, and what neither speaks of."""

NEITHER = "neither"
TOLERANCE = 0.1
"""Two weights that differ by no more count as alike, in shares of the runs of a draw."""
FEWEST, DRAWS = 20, 100
"""Boxes are sought where so many draws speak for something and so many do not; and so many draws are needed in all."""
SCREENED, SIDE = 24, 4
"""Assumptions whose total index is taken, and cells along each side of the picture."""
CORNER = 4
"""Assumptions of a corner."""


def check(groups: Mapping[str, tuple[str, ...]]) -> None:
    """See that groups are two at least and share all frictions among them.

    Raises:
        ValueError: If they do not.
    """
    members = [name for group in groups.values() for name in group]
    if len(groups) < 2 or sorted(members) != sorted(NAMES) or NEITHER in groups:
        raise ValueError(
            f"two groups at least, which share {', '.join(NAMES)}, each in one group; none named {NEITHER}"
        )


def cells_of(groups: Mapping[str, tuple[str, ...]]) -> list[int]:
    """The cell of all frictions that stands for each combination of groups, bit i for group i."""
    masks = [sum(1 << NAMES.index(name) for name in group) for group in groups.values()]
    return [sum(mask for n, mask in enumerate(masks) if cell >> n & 1) for cell in range(1 << len(masks))]


def adjudicate(
    cells: Mapping[str, np.ndarray],
    assumptions: Mapping[str, np.ndarray],
    groups: Mapping[str, tuple[str, ...]],
    *,
    seed: int,
    measures: tuple[str, ...] = ("signed", "holding"),
) -> dict[str, Any]:
    """The table of the two arguments for each measure.

    Args:
        cells: By measure one value a repeat, draw and combination of groups: (repeat, draw, cell).
        assumptions: By path the drawn value of each draw; what is the same in all is left out.
        groups: By name its frictions; the first two are the arguments, others are shown apart.
        seed: Divides the draws into those that find boxes and those that check.
        measures: Shares of runs that are to be divided.

    Raises:
        ValueError: If the groups do not share all frictions among them, or there are too few draws.
    """
    check(groups)
    if cells["signed"].shape[1] < DRAWS:
        raise ValueError(f"at least {DRAWS} draws")
    drawn = {path: value for path, value in assumptions.items() if len(value) > 1 and np.ptp(value) > 0.0}
    x = np.stack(list(drawn.values()), axis=1)
    unsigned = 1.0 - cells["signed"][:, :, -1].mean(axis=0)
    found = {
        measure: _table(cells[measure] * BETTER[measure], x, list(drawn), list(groups), unsigned, seed)
        for measure in measures
    }
    rows = {name: list(group) for name, group in groups.items()}
    return {"groups": rows, "arguments": list(groups)[:2], "tolerance": TOLERANCE, "measures": found}


def _table(
    cells: np.ndarray, x: np.ndarray, paths: list[str], names: list[str], unsigned: np.ndarray, seed: int
) -> dict[str, Any]:
    repeats, draws = cells.shape[:2]
    each = -(cells @ value_weights(len(names)).T)
    weight, apart = each.mean(axis=0), each[..., 0] - each[..., 1]
    difference = apart.mean(axis=0)
    is_first, is_second = difference > TOLERANCE, difference < -TOLERANCE
    of = {names[0]: is_first, names[1]: is_second, NEITHER: ~is_first & ~is_second}
    left = 1.0 - cells[:, :, 0].mean(axis=0)
    bins = rank_bins(x)
    error = apart.std(axis=0, ddof=1) / np.sqrt(repeats) if repeats > 1 else np.full(draws, np.nan)
    return {
        "difference": {"value": float(difference.mean()), "se": float(difference.std(ddof=1) / np.sqrt(draws))},
        "weights": {
            name: {"value": float(row.mean()), "se": float(row.std(ddof=1) / np.sqrt(draws))}
            for name, row in zip(names, weight.T, strict=True)
        },
        "draws": draws,
        "repeats": repeats,
        "error_of_a_draw": float(np.median(error)) if repeats > 1 else None,
        "speaks_for": {
            name: {
                "share": float(hit.mean()),
                "given_the_record": float((unsigned * hit).sum() / max(unsigned.sum(), 1e-12)),
                "failing_without_any": float(left[hit].mean()) if hit.any() else None,
                **_where(bins, hit, paths, seed),
            }
            for name, hit in of.items()
        },
        "corners": dict(zip(names, _corners(x, difference, paths), strict=False)),
        "picture": _picture(x, difference, of, paths, seed),
    }


def _where(bins: Any, hit: np.ndarray, paths: list[str], seed: int) -> dict[str, Any]:  # noqa: ANN401
    """The verdict on "the draw speaks for it", and the boxes in which it does."""
    hits = int(hit.sum())
    is_mixed = min(hits, len(hit) - hits) >= FEWEST
    rules = induce(bins, hit, seed=seed) if is_mixed else None
    nearest = rules.nearest if rules else None
    return {
        "verdict": str(judge(hits, len(hit), rules).verdict),
        "boxes": [_told(box, paths) for box in rules.boxes] if rules else [],
        "nearest": _told(nearest, paths) if nearest else None,
    }


def _corners(x: np.ndarray, difference: np.ndarray, paths: list[str]) -> list[dict[str, Any]]:
    """The corner that favours the first argument, and that which favours the second."""
    choosing, checking = x[::2], x[1::2]
    ranks = choosing.argsort(axis=0).argsort(axis=0) - 0.5 * (len(choosing) - 1)
    strength = ranks.T @ (difference[::2] - difference[::2].mean())
    strongest = np.argsort(-np.abs(strength), kind="stable")[:CORNER]
    middle = np.median(choosing[:, strongest], axis=0)
    rises = strength[strongest] > 0.0
    found = []
    for is_above in (rises, ~rises):
        inside = np.where(is_above, checking[:, strongest] > middle, checking[:, strongest] <= middle).all(axis=1)
        held = difference[1::2][inside]
        enough = len(held) > 1
        found.append(
            {
                "limits": [
                    {"assumption": paths[column], "is_upper": not above, "value": float(value)}
                    for column, above, value in zip(strongest, is_above, middle, strict=True)
                ],
                "difference": float(held.mean()) if enough else None,
                "se": float(held.std(ddof=1) / np.sqrt(len(held))) if enough else None,
                "draws": len(held),
            }
        )
    return found


def _told(box: Box, paths: list[str]) -> dict[str, Any]:
    found = box.check
    return {
        "limits": [
            {
                "assumption": paths[limit.column],
                "is_upper": limit.is_upper,
                "value": limit.value,
                "quasi_p": limit.quasi_p,
                "reproduced": None if np.isnan(limit.reproduced) else limit.reproduced,
            }
            for limit in box.limits
        ],
        "density": found.density.value if found.runs else None,
        "density_se": found.density.se,
        "coverage": None if np.isnan(found.coverage.value) else found.coverage.value,
        "draws": found.runs,
    }


def _picture(
    x: np.ndarray, difference: np.ndarray, of: Mapping[str, np.ndarray], paths: list[str], seed: int
) -> dict[str, Any] | None:
    """Shares over the two leading assumptions; nothing where the weights differ nowhere, or there are too few draws."""
    if np.ptp(difference) == 0.0 or len(difference) < 200:
        return None
    some = _screened(x, difference)
    totals = total_from_sample(x[:, some], difference, seed=seed)
    two = np.argsort(-totals.total, kind="stable")[:2]
    columns = [int(some[n]) for n in two]
    cut = [np.quantile(x[:, column], np.arange(1, SIDE) / SIDE) for column in columns]
    row, column = (place(x[:, c], edges).astype(int) for c, edges in zip(columns, cut, strict=True))
    cell = row * SIDE + column
    count = np.bincount(cell, minlength=SIDE * SIDE)

    def mean(of: np.ndarray) -> list[list[float | None]]:
        sums = np.bincount(cell, of, minlength=SIDE * SIDE)
        told = [float(s / n) if n else None for s, n in zip(sums, count, strict=True)]
        return [told[first : first + SIDE] for first in range(0, SIDE * SIDE, SIDE)]

    return {
        "assumptions": [paths[column] for column in columns],
        "total": [float(totals.total[n]) for n in two],
        "total_se": [float(totals.se[n]) for n in two],
        "edges": [edges.tolist() for edges in cut],
        "draws": count.reshape(SIDE, SIDE).tolist(),
        "shares": {name: mean(1.0 * hit) for name, hit in of.items()},
        "difference": mean(difference),
    }


def _screened(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The assumptions by whose ranks, in eight bins, most of the difference is explained."""
    eighths = (8 * x.argsort(axis=0).argsort(axis=0) // len(x)).T
    means = np.stack([np.bincount(of, y, minlength=8) / np.maximum(np.bincount(of, minlength=8), 1) for of in eighths])
    return np.argsort(-means.var(axis=1), kind="stable")[:SCREENED]
