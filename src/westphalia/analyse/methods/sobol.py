"""Total Sobol indices by design: pairs of points that differ in one input, or in one group of inputs, alone.

Equation:
    with independent inputs, A and B two samples, A_B^i = A with input i from B, V the variance over all points:
        T_i = E[(f(A) - f(A_B^i))^2] / (2 V)
    A and B are the halves of one Sobol sequence of twice the columns, scrambled. Where f has no value, the pair is left
    out. Of a verdict, T_i is how often redrawing i alone changes it, for each time that redrawing everything does.
Units:
    shares of the variance.
Source:
    Jansen 1999; the design as in Saltelli and others 2010, Computer Physics Communications 181.
Errors:
    bootstrap over the rows of the design, which are treated as independent: too large for smooth functions, since
    the sequence fills space more evenly than chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int
from scipy.stats import qmc

RESAMPLES = 200
"""Of the bootstrap."""


class Designed(NamedTuple):
    """Total index of each input or group with its standard error.

    Attributes:
        total: Total index.
        se: Its standard error.
        pairs: So many pairs have both values.
        mean: Mean over all points.
        variance: Variance over all points.
    """

    total: Float[np.ndarray, " group"]
    se: Float[np.ndarray, " group"]
    pairs: Int[np.ndarray, " group"]
    mean: float
    variance: float


def halves(
    columns: int, rows: int, *, seed: int
) -> tuple[Float[np.ndarray, "row column"], Float[np.ndarray, "row column"]]:
    """The samples A and B in the unit cube; those of more rows begin with the same.

    Args:
        columns: Number of inputs, one at least.
        rows: Number of rows; a power of two fills the space best.
        seed: Scrambles the sequence.
    """
    sequence = qmc.Sobol(2 * columns, rng=np.random.default_rng(seed))
    both = sequence.random_base2(max(rows - 1, 0).bit_length())[:rows]
    return both[:, :columns], both[:, columns:]


def totals(
    values: Float[np.ndarray, " row"], redrawn: Float[np.ndarray, "group row"], *, seed: int, resamples: int = RESAMPLES
) -> Designed:
    """Total indices from the values at A, and at A with each input or group from B.

    Args:
        values: The values at A; not a number where there is none.
        redrawn: Those with a group redrawn, by group.
        seed: Draws the resamples.
        resamples: Number of bootstrap resamples.

    Raises:
        ValueError: If the values are all the same, or a group has no pair.
    """
    points = np.concatenate([values[None], redrawn])
    exists = np.isfinite(points)
    known = np.where(exists, points, 0.0)
    paired = exists[0] & exists[1:]
    if not paired.any(axis=1).all():
        raise ValueError("a group has no pair of values")
    if np.ptp(points[exists]) == 0:
        raise ValueError("the values are all the same: there is no variance to divide")
    differ = np.where(paired, (known[0] - known[1:]) ** 2 / 2, 0.0)
    sums = np.concatenate([[exists.sum(axis=0), known.sum(axis=0), (known**2).sum(axis=0)], paired, differ])
    rows = len(values)
    weights = np.random.default_rng(seed).multinomial(rows, np.full(rows, 1 / rows), size=resamples)
    total, mean, variance = _shares(sums.sum(axis=1))
    spread = _shares(weights @ sums.T)[0].std(axis=0, ddof=1)
    return Designed(total, spread, paired.sum(axis=1), float(mean), float(variance))


def _shares(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray | np.floating, np.ndarray | np.floating]:
    """Indices, mean and variance from sums over rows: of points, values, squares, then of pairs and differences."""
    count, first, second = (sums[..., n] for n in range(3))
    pairs, differ = np.split(sums[..., 3:], 2, axis=-1)
    mean = first / count
    variance = second / count - mean**2
    return differ / pairs / variance[..., None], mean, variance
