"""Shapley values over all combinations of a few factors: how much of the difference each carries, in any order.

Equation:
    with v(S) the measure when the factors S are on, over all S without i,
        phi_i = sum |S|! (k - |S| - 1)! / k!  [v(S + i) - v(S)]
        I_ij  = sum |S|! (k - |S| - 2)! / (k - 1)!  [v(S + ij) - v(S + i) - v(S + j) + v(S)]
    band: least and greatest v(S + i) - v(S), which are its contributions over all orders of switching on;
    first in: S empty; last in: S all others.
Units:
    those of the measure.
Source:
    Shapley 1953; the interaction index is that of Grabisch and Roubens 1999.
Errors:
    values are linear in the cells, so errors follow exactly from the cells' covariance: a diagonal one for independent
    runs in each cell, a full one for runs paired across cells. The band takes extremes of noisy cells and is too wide
    by about their error.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

MOST = 8
"""Factors at most."""


class Attribution(NamedTuple):
    """What each factor carries; errors are NaN where the cells came without."""

    value: Float[np.ndarray, " factor"]
    se: Float[np.ndarray, " factor"]
    low: Float[np.ndarray, " factor"]
    high: Float[np.ndarray, " factor"]
    first_in: Float[np.ndarray, " factor"]
    last_in: Float[np.ndarray, " factor"]
    pairs: Float[np.ndarray, "factor factor"]
    pairs_se: Float[np.ndarray, "factor factor"]


def attribute(
    cells: Float[np.ndarray, " cell"],
    *,
    se: Float[np.ndarray, " cell"] | None = None,
    covariance: Float[np.ndarray, "cell cell"] | None = None,
) -> Attribution:
    """Shapley values, order bands and pair interactions of all factors.

    Args:
        cells: The measure in each of the 2^k cells; bit i of a cell's number says whether factor i is on.
        se: Standard errors of the cells, for independent cells.
        covariance: Covariance of the cells' errors, for paired ones.

    Raises:
        ValueError: If the number of cells is not 2 to 2^8 and a power of two, or both kinds of errors are given.
    """
    factors = len(cells).bit_length() - 1
    if len(cells) != 2**factors or not 1 <= factors <= MOST:
        raise ValueError(f"2^k cells with k from 1 to {MOST}, not {len(cells)}")
    if se is not None and covariance is not None:
        raise ValueError("errors of cells are either independent or have a covariance")
    if se is not None:
        covariance = np.diag(np.asarray(se, float) ** 2)
    weights, pair_weights = value_weights(factors), interaction_weights(factors)
    is_on = _membership(factors)
    steps = [cells[is_on[:, i]] - cells[~is_on[:, i]] for i in range(factors)]
    return Attribution(
        weights @ cells,
        _errors(weights, covariance),
        np.array([of.min() for of in steps]),
        np.array([of.max() for of in steps]),
        np.array([of[0] for of in steps]),
        np.array([of[-1] for of in steps]),
        pair_weights @ cells,
        _errors(pair_weights, covariance),
    )


def paired(blocks: Float[np.ndarray, "block cell"]) -> tuple[np.ndarray, np.ndarray]:
    """Mean of each cell, and the covariance of these means, from independent blocks that run through all cells.

    Raises:
        ValueError: If there are fewer than two blocks.
    """
    if len(blocks) < 2:
        raise ValueError("a covariance needs at least two blocks")
    return blocks.mean(axis=0), np.atleast_2d(np.cov(blocks, rowvar=False)) / len(blocks)


def leading(blocks: Float[np.ndarray, "block cell"]) -> Float[np.ndarray, " factor"]:
    """Share of blocks (draws) in which each factor has the greatest value; equal ones share."""
    factors = blocks.shape[1].bit_length() - 1
    values = blocks @ value_weights(factors).T
    is_greatest = values == values.max(axis=1, keepdims=True)
    return (is_greatest / is_greatest.sum(axis=1, keepdims=True)).mean(axis=0)


def value_weights(factors: int) -> Float[np.ndarray, "factor cell"]:
    """The matrix that takes cells to Shapley values."""
    is_on = _membership(factors)
    size = is_on.sum(axis=1)[None] - is_on.T
    weight = _weights(factors)[size]
    return np.where(is_on.T, weight, -weight)


def interaction_weights(factors: int) -> Float[np.ndarray, "factor factor cell"]:
    """The array that takes cells to pair interactions; nothing on its diagonal."""
    is_on = _membership(factors)
    both, differ = is_on.T[:, None] & is_on.T[None], is_on.T[:, None] ^ is_on.T[None]
    neither = ~(both | differ)
    size = is_on.sum(axis=1) - 2 * both - differ
    weight = _weights(factors - 1)[np.minimum(size, max(factors - 2, 0))] if factors > 1 else np.zeros((1, 1, 2))
    weight = np.where(both | neither, weight, -weight)
    weight[np.arange(factors), np.arange(factors)] = 0.0
    return weight


def _weights(factors: int) -> np.ndarray:
    """Share of orders in which a given set of each size comes just before a given factor."""
    return np.array([1 / (factors * math.comb(factors - 1, size)) for size in range(factors)])


def _membership(factors: int) -> Bool[np.ndarray, "cell factor"]:
    return (np.arange(2**factors)[:, None] >> np.arange(factors)) % 2 == 1


def _errors(weights: np.ndarray, covariance: np.ndarray | None) -> np.ndarray:
    if covariance is None:
        return np.full(weights.shape[:-1], np.nan)
    return np.sqrt(np.maximum(np.einsum("...a,ab,...b->...", weights, covariance, weights), 0.0))
