"""A quadratic emulator of a stochastic simulator: what a run gives on average at a point, and how runs scatter there.

Equation:
    y = B phi(z) + e,   phi = (1, z_i, z_i z_j, i <= j),   e ~ N(0, S)
    S = E'E/(n - p), with residuals E of n runs and p terms: what chance in a run and lack of fit leave
    ln p(y | z) = -1/2 (y - B phi)' (S + R)^-1 (y - B phi) - 1/2 ln |S + R|,   R the error of the observations
Units:
    z standard normal scores of the assumptions, y summaries on a scale on which runs scatter alike.
Errors:
    S is the same everywhere; where runs scatter more in one part of the space, the posterior there is too narrow.
    Checked by simulation-based calibration.
Source:
    Synthetic likelihood [Wood2010] with a regression in place of repeated runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

FARTHEST = 3.0
"""Scores are held within so many standard deviations, where runs are too few to say how the answer bends."""
RIDGE = 1e-3
"""Weight of the ridge on each term but the first, as a share of the runs."""


@dataclass(frozen=True)
class Emulator:
    """Coefficients (term, summary) and scatter (summary, summary)."""

    coefficients: Float[np.ndarray, "term summary"]
    scatter: Float[np.ndarray, "summary summary"]
    explained: Float[np.ndarray, " summary"]
    """Share of the variance of each summary that the point explains; 0 where it never varies."""

    def mean(self, z: Float[np.ndarray, "point score"]) -> Float[np.ndarray, "point summary"]:
        """What a run gives on average."""
        return np.asarray(terms(z)) @ self.coefficients

    def whitened(
        self, error: Float[np.ndarray, "summary summary"]
    ) -> tuple[Float[np.ndarray, "term summary"], Float[np.ndarray, "summary summary"]]:
        """Coefficients and the matrix that whitens a row of summaries, whose errors are then standard normal."""
        lower = np.linalg.cholesky(self.scatter + error)
        whitener = np.linalg.solve(lower, np.eye(len(lower))).T
        return self.coefficients @ whitener, whitener


def terms(z: Float[Any, "*point score"]) -> Float[Any, "*point term"]:
    """The terms of the quadratic at each point; works in JAX and in NumPy."""
    held = jnp.clip(z, -FARTHEST, FARTHEST)
    first, second = np.triu_indices(held.shape[-1])
    return jnp.concatenate([jnp.ones_like(held[..., :1]), held, held[..., first] * held[..., second]], axis=-1)


def fewest(scores: int) -> int:
    """The fewest runs that an emulator over so many scores is fitted to: two a term."""
    return 2 * (1 + scores + scores * (scores + 1) // 2)


def fit(z: Float[np.ndarray, "run score"], y: Float[np.ndarray, "run summary"]) -> Emulator:
    """The emulator of runs at points z with summaries y.

    Raises:
        ValueError: If there are not at least twice as many runs as terms.
    """
    phi = np.asarray(terms(z), float)
    runs, count = phi.shape
    if runs < fewest(z.shape[-1]):
        raise ValueError(f"{runs} runs are too few for {count} terms; take at least {fewest(z.shape[-1])}")
    ridge = RIDGE * runs * np.eye(count)
    ridge[0, 0] = 0.0
    coefficients = np.linalg.solve(phi.T @ phi + ridge, phi.T @ y)
    left = y - phi @ coefficients
    scatter = left.T @ left / (runs - count)
    spread = y.var(axis=0)
    explained = 1.0 - np.divide(np.diag(scatter), spread, out=np.ones_like(spread), where=spread > 0)
    return Emulator(coefficients, scatter, explained)
