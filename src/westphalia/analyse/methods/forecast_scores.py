"""Scores of an ensemble forecast: CRPS, error of the median, coverage, and the difference between two forecasters.

Definition:
    CRPS of an ensemble [Gneiting2007] by ``scoringrules``; smaller is better, in the unit of the forecast
    coverage of the central 80 and 95 % of the draws
    difference of mean CRPS with a standard error by moving blocks, since errors of neighbouring months go together
Errors:
    few independent blocks make the standard error of the difference itself rough.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scoringrules
from jaxtyping import Float

BLOCK = 6
RESAMPLES = 1000


class Score(NamedTuple):
    """Scores over some forecasts; ``each`` holds the CRPS of every one."""

    crps: float
    mae: float
    coverage80: float
    coverage95: float
    each: Float[np.ndarray, " forecast"]


def score(seen: Float[np.ndarray, " forecast"], draws: Float[np.ndarray, "forecast draw"]) -> Score:
    """Scores of forecasts, one row of draws each."""
    each = np.asarray(scoringrules.crps_ensemble(seen, draws, estimator="pwm"))
    error = float(np.abs(np.median(draws, axis=1) - seen).mean())
    return Score(float(each.mean()), error, _coverage(seen, draws, 0.8), _coverage(seen, draws, 0.95), each)


def difference(one: Score, other: Score, seed: int) -> tuple[float, float]:
    """Mean CRPS of one less that of another, on the same forecasts, with its standard error."""
    gap = one.each - other.each
    length = min(BLOCK, max(len(gap) // 2, 1))
    rng = np.random.default_rng(seed)
    first = rng.integers(0, len(gap) - length + 1, (RESAMPLES, -(-len(gap) // length)))
    means = gap[(first[..., None] + np.arange(length)).reshape(RESAMPLES, -1)[:, : len(gap)]].mean(axis=1)
    return float(gap.mean()), float(means.std())


def _coverage(seen: np.ndarray, draws: np.ndarray, share: float) -> float:
    low, high = np.quantile(draws, [0.5 - share / 2, 0.5 + share / 2], axis=1)
    return float(((low <= seen) & (seen <= high)).mean())
