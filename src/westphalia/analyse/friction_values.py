"""From the runs of all on-off combinations to what each friction carries, and what that owes to a definition.

Definition:
    cells are numbered by their frictions, bit i for friction i; values are those of ``methods.shapley``
    alternative: only cells in which the friction is off change, half of all; the others are the same runs. They are
    played by the first draws only, and the mean of a cell is that of all draws plus the paired change of these. Values
    are exact Shapley values of these means, not estimates from a part of the cells.
    definitional band of a friction: least and greatest value over the recommended and the alternative definitions
Units:
    those of the measure.
Errors:
    paired over draws, the difference between two definitions too. The band holds the noise of its ends. Where cells
    have draws of their own besides, a cell's mean is that of all its runs, and errors follow from both kinds.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.friction_alternatives import Alternative
from westphalia.analyse.friction_cells import MEASURES
from westphalia.analyse.methods.shapley import attribute, paired, value_weights
from westphalia.analyse.switches import FRICTIONS

NAMES = tuple(FRICTIONS)
CELLS = 1 << len(NAMES)

VALUES = ("value", "se", "first_in", "last_in", "low", "high")
"""Told of a friction: its Shapley value with error, its effect at either end of an order, and its band."""

Blocks = dict[str, np.ndarray]
"""By measure one value a draw and cell: (draw, cell)."""


class Own(NamedTuple):
    """A measure in cells that have draws of their own.

    Attributes:
        runs: Runs of each cell.
        mean: (cell).
        variance: Of the mean: (cell).
    """

    runs: int
    mean: np.ndarray
    variance: np.ndarray


NO_OWN = Own(0, np.zeros(CELLS), np.zeros(CELLS))
"""No draws besides those that all cells share."""

Owns = Mapping[str, Own]
"""By measure."""


def on_in(cell: int) -> frozenset[str]:
    """The frictions that are on in a cell."""
    return frozenset(name for n, name in enumerate(NAMES) if cell >> n & 1)


def off_in(cell: int) -> frozenset[str]:
    """The frictions that are off in a cell."""
    return frozenset(NAMES) - on_in(cell)


def cells_without(name: str) -> list[int]:
    """The cells in which a friction is off."""
    return [cell for cell in range(CELLS) if name not in on_in(cell)]


def cells_with(names: frozenset[str]) -> list[int]:
    """The cells in which all these frictions are on."""
    return [cell for cell in range(CELLS) if names <= on_in(cell)]


def put_in(blocks: Blocks, cells: list[int], found: list[dict[str, np.ndarray]]) -> Blocks:
    """The runs of the first draws, as many as played anew, with those of some cells replaced."""
    draws = next(iter(found[0].values())).shape[-1]
    after = {measure: rows[:draws].copy() for measure, rows in blocks.items()}
    for cell, rows in zip(cells, found, strict=True):
        for measure, column in after.items():
            column[:, cell] = rows[measure][0]
    return after


def pooled(cells: np.ndarray, own: Own) -> tuple[np.ndarray, np.ndarray]:
    """Mean of each cell over all its runs, and the covariance of these means.

    Args:
        cells: Runs on draws that all cells share: (draw, cell).
        own: Runs on draws that belong to one cell each.
    """
    mean, covariance = paired(cells)
    share = _share(cells, own)
    mean = share * mean + (1.0 - share) * own.mean
    return mean, share**2 * covariance + (1.0 - share) ** 2 * np.diag(own.variance)


def _share(cells: np.ndarray, own: Own) -> float:
    """Of the runs of a cell, those on draws that all share."""
    return len(cells) / (len(cells) + own.runs)


def measured(cells: np.ndarray, own: Own, title: str, unit: str) -> dict[str, Any]:
    """One measure: both ends, values, pairs and the cells themselves.

    Args:
        cells: (draw, cell).
        own: Runs on draws of their own.
        title: The measure in words.
        unit: Its unit; "share" where runs are counted.
    """
    mean, covariance = pooled(cells, own)
    found, error = attribute(mean, covariance=covariance), np.sqrt(np.diag(covariance))
    return {
        "title": title,
        "unit": unit,
        "none": float(mean[0]),
        "all": float(mean[-1]),
        "shapley": {name: {key: float(getattr(found, key)[n]) for key in VALUES} for n, name in enumerate(NAMES)},
        "pairs": [
            {"frictions": [NAMES[i], NAMES[j]], "value": float(found.pairs[i, j]), "se": float(found.pairs_se[i, j])}
            for i, j in itertools.combinations(range(len(NAMES)), 2)
        ],
        "cells": [
            {"on": [name for name in NAMES if name in on_in(cell)], "value": float(value), "se": float(e)}
            for cell, (value, e) in enumerate(zip(mean, error, strict=True))
        ],
    }


def defined(
    blocks: Blocks,
    owns: Owns,
    others: Mapping[str, Mapping[str, Alternative]],
    played: Mapping[tuple[str, str], Blocks],
) -> dict[str, Any]:
    """By friction its alternatives, each with its value of every measure, and the band over all definitions.

    Args:
        blocks: The recommended definitions.
        owns: The same, on draws of their own.
        others: The alternatives.
        played: By friction and alternative the runs under it.
    """
    found = {}
    for name, ways in others.items():
        rows = {key: {m: _under(blocks[m], played[name, key][m], owns[m], name) for m in MEASURES} for key in ways}
        band = {}
        for measure in MEASURES:
            values = [_value(blocks[measure], owns[measure], name), *(row[measure]["value"] for row in rows.values())]
            band[measure] = {"low": min(values), "high": max(values)}
        found[name] = {
            "alternatives": {
                key: {"off": way.without, "part": way.part or None, "measures": rows[key]} for key, way in ways.items()
            },
            "band": band,
        }
    return found


def _value(cells: np.ndarray, own: Own, name: str) -> float:
    return float(pooled(cells, own)[0] @ value_weights(len(NAMES))[NAMES.index(name)])


def values_after(usual: np.ndarray, other: np.ndarray, own: Own = NO_OWN) -> dict[str, Any]:
    """Both ends and the values of all frictions after a change that only the first draws have played.

    Args:
        usual: A measure before the change: (draw, cell).
        other: The same after it, of the first draws.
        own: The measure before it, on draws of their own.
    """
    draws, some = len(usual), len(other)
    moved = other - usual[:some]
    mean = pooled(usual, own)[0] + moved.mean(axis=0)
    found, weights = attribute(mean), value_weights(len(NAMES)).T
    share = _share(usual, own)
    part = share * (usual @ weights) / draws
    part[:some] += moved @ weights / some
    variance = some * part[:some].var(axis=0, ddof=1) + (1.0 - share) ** 2 * (own.variance @ weights**2)
    if draws > some + 1:
        variance = variance + (draws - some) * part[some:].var(axis=0, ddof=1)
    error = np.sqrt(variance)
    values = {
        name: {key: float(getattr(found, key)[n]) for key in VALUES} | {"se": float(error[n])}
        for n, name in enumerate(NAMES)
    }
    return {"none": float(mean[0]), "all": float(mean[-1]), "shapley": values}


def _under(usual: np.ndarray, other: np.ndarray, own: Own, name: str) -> dict[str, float]:
    apart = (other - usual[: len(other)]) @ value_weights(len(NAMES))[NAMES.index(name)]
    return values_after(usual, other, own)["shapley"][name] | {
        "difference": float(apart.mean()),
        "difference_se": float(apart.std(ddof=1) / np.sqrt(len(apart))),
    }
