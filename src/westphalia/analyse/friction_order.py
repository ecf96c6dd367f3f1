"""Which friction comes first, draw by draw, and whether there is an order that could be told.

Definition:
    weight of a friction in a draw: what it takes of peace, by its Shapley value over that draw's cells, each cell the
    mean of several courses of chance
    first share: share of the draws in which a friction has the greatest weight, of those in which any has one
    agreement: share of these draws in which two halves of the courses of chance name the same friction
    stable order: the largest first share is at least one half, and neither the band over all orders nor that over all
    definitions of the leading friction overlaps that of another
Units:
    shares.
Errors:
    a share of so many draws has its binomial error; noise within a draw moves first places toward equal shares, and the
    agreement says by how much.
Source:
    this project's rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from westphalia.analyse.friction_cells import BETTER
from westphalia.analyse.friction_values import NAMES
from westphalia.analyse.methods.shapley import leading, value_weights

HALF = 0.5
"""Least first share of a leading friction in a stable order."""


def first_shares(cells: np.ndarray, measure: str) -> dict[str, Any]:
    """How often each friction comes first.

    Args:
        cells: A measure: (repeat, draw, cell), two repeats at least.
        measure: Its key.
    """
    taken = -BETTER[measure] * cells
    mean = taken.mean(axis=0)
    weights = value_weights(len(NAMES))
    moved = (np.abs(mean @ weights.T) > 1e-9).any(axis=1)
    middle = len(taken) // 2
    halves = [(half.mean(axis=0) @ weights.T).argmax(axis=1) for half in (taken[:middle], taken[middle:])]
    shares = leading(mean[moved]) if moved.any() else np.zeros(len(NAMES))
    return {
        "frictions": {name: float(share) for name, share in zip(NAMES, shares, strict=True)},
        "unmoved": float(1.0 - moved.mean()),
        "agreement": float((halves[0] == halves[1])[moved].mean()) if moved.any() else None,
        "draws": len(mean),
        "repeats": len(taken),
    }


def order(
    shares: Mapping[str, Any], measured: Mapping[str, Any], definitions: Mapping[str, Any], measure: str
) -> dict[str, Any]:
    """Whether an order can be told, and if not, why.

    Args:
        shares: From ``first_shares``.
        measured: The measure with its values and bands.
        definitions: By friction the bands over all definitions.
        measure: Its key.
    """
    sign = -BETTER[measure]
    weight = {name: sign * of["value"] for name, of in measured["shapley"].items()}
    leader = max(weight, key=lambda name: weight[name])
    why = []
    if (largest := max(shares["frictions"].values())) < HALF:
        why.append(f"no friction comes first in half of the draws (the largest share is {largest:.2f})")
    bands = {
        "orders of switching": measured["shapley"],
        "definitions of off": {name: of["band"][measure] for name, of in definitions.items()},
    }
    for kind, of in bands.items():
        near = [name for name in NAMES if name != leader and _overlap(of[leader], of[name], sign)]
        if near:
            why.append(f"over all {kind} the band of {leader} overlaps that of {', '.join(near)}")
    return {"is_stable": not why, "leading": leader, "why": why}


def _overlap(first: Mapping[str, float], other: Mapping[str, float], sign: float) -> bool:
    """Whether the least weight of the first is no more than the greatest of the other."""
    return min(sign * first["low"], sign * first["high"]) <= max(sign * other["low"], sign * other["high"])
