"""Sobol indices of a function that can be evaluated anew: designed pairs of points.

Equation:
    with independent inputs on [0, 1), V = Var f(x), and A, B two samples, A_B^i = A with column i from B:
        first order  S_i = E[f(B) (f(A_B^i) - f(A))] / V
        total        T_i = E[(f(A) - f(A_B^i))^2] / (2 V)
    A and B are the halves of one Sobol sequence of twice the columns, scrambled.
Units:
    shares of the variance.
Source:
    Saltelli and others 2010, Computer Physics Communications 181, table 2 (b) and (f); the total is Jansen 1999.
Errors:
    bootstrap over the rows of the design, which are treated as independent: too large for smooth functions, since
    the sequence fills space more evenly than chance.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.stats import qmc


class Indices(NamedTuple):
    """Indices of each input with their standard errors."""

    first: Float[np.ndarray, " column"]
    first_se: Float[np.ndarray, " column"]
    total: Float[np.ndarray, " column"]
    total_se: Float[np.ndarray, " column"]


def indices(
    function: Callable[[np.ndarray], np.ndarray], columns: int, *, log2_rows: int, seed: int, resamples: int = 200
) -> Indices:
    """First-order and total indices of a function of independent uniform inputs.

    Args:
        function: Takes points ``(run, column)`` in the unit cube, gives a value for each; is called once.
        columns: Number of inputs.
        log2_rows: The design has ``2**log2_rows`` rows and ``columns + 2`` points a row.
        seed: Scrambles the sequence and draws the resamples.
        resamples: Number of bootstrap resamples.

    Raises:
        ValueError: If the function is constant on the design, or its values do not fit the points.
    """
    random = np.random.default_rng(seed)
    rows = 2**log2_rows
    both = qmc.Sobol(2 * columns, rng=random).random_base2(log2_rows)
    first, second = both[:, :columns], both[:, columns:]
    mixed = np.repeat(first[None], columns, axis=0)
    for column in range(columns):
        mixed[column, :, column] = second[:, column]
    values = np.asarray(function(np.concatenate([first, second, *mixed])), float)
    if values.shape != (rows * (columns + 2),):
        raise ValueError(f"one value for each of the {rows * (columns + 2)} points, not {values.shape}")
    values = values.reshape(columns + 2, rows) - values.mean()
    a, b, ab = values[0], values[1], values[2:]
    terms = np.concatenate([b * (ab - a), (a - ab) ** 2 / 2])
    moments = np.stack([(a + b) / 2, (a**2 + b**2) / 2])
    if not moments[1].any():
        raise ValueError("the function is constant on the design")
    weights = random.multinomial(rows, np.full(rows, 1 / rows), size=resamples)
    estimate = _shares(terms.mean(axis=1), moments.mean(axis=1))
    spread = _shares(weights @ terms.T / rows, weights @ moments.T / rows).std(axis=0, ddof=1)
    return Indices(estimate[:columns], spread[:columns], estimate[columns:], spread[columns:])


def _shares(terms: np.ndarray, moments: np.ndarray) -> np.ndarray:
    mean, square = moments[..., 0, None], moments[..., 1, None]
    return terms / (square - mean**2)
